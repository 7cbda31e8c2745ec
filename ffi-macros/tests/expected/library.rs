ffi_runtime::library!("tally", queue_limit = 16, stale_warn_ms = 250, event_overflow = "drop_newest", names = "short");

/// Counts things.
#[ffi(state)]
pub struct Tally {
    counts: Vec<Count>,
}
