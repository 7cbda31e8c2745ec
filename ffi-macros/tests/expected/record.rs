/// How much of what.
#[ffi(rename_all = "camelCase")]
pub struct Count {
    /// What is counted.
    pub item_name: String,
    pub unit: Option<Unit>,
}
