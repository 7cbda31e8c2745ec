/// Counts things.
#[ffi(library = "tally", queue_limit = 16, stale_warn_ms = 250, event_overflow = "drop_newest")]
pub struct Tally {
    counts: Vec<Count>,
}
