/// Counts things.
#[ffi(library = "tally", queue_limit = 16, stale_warn_ms = 250, event_overflow = "drop_newest")]
pub struct Tally {
    counts: Vec<Count>,
}

/// How much of what.
#[ffi(rename_all = "camelCase")]
pub struct Count {
    /// What is counted.
    pub item_name: String,
    pub unit: Option<Unit>,
}

/// What a number means.
#[ffi]
pub enum Unit {
    Pieces,
    /// Grams.
    #[ffi(rename = "g")]
    Grams = 7,
}

/// Starts empty, or not.
#[ffi(ctor)]
pub fn tally_create(counts: Vec<Count>) -> Result<Tally, String> {
    Ok(Tally { counts })
}

/// Adds one.
#[ffi]
pub fn tally_add(tally: &mut Tally, count: Count, #[cfg(feature = "notes")] note: String) -> u64 {
    tally.counts.push(count);
    tally.counts.len() as u64
}

#[ffi(deadline_ms = 1_000, cancel = "drop")]
pub async fn tally_wait(_tally: &Tally) {}

/// A count changed.
#[ffi(event, rename_all = "camelCase")]
pub fn on_count_changed(
    /// What is counted now.
    new_count: Count,
    #[cfg(feature = "notes")] note: String,
);

#[ffi(event = "emptied", library = "tally")]
fn on_emptied();

/// Ends it.
#[ffi(dtor)]
pub fn tally_destroy(_tally: Tally) {}
