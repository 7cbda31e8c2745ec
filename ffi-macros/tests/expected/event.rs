/// A count changed.
#[ffi(event, rename_all = "camelCase")]
pub fn on_count_changed(
    /// What is counted now.
    new_count: Count,
    #[cfg(feature = "notes")] note: String,
);

#[ffi(event = "emptied", library = "tally")]
fn on_emptied();
