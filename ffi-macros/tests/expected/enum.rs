/// What a number means.
#[ffi]
pub enum Unit {
    Pieces,
    /// Grams.
    #[ffi(rename = "g")]
    Grams = 7,
}
