/// Adds one.
#[ffi]
pub fn tally_add(tally: &mut Tally, count: Count, #[cfg(feature = "notes")] note: String) -> u64 {
    tally.counts.push(count);
    tally.counts.len() as u64
}

#[ffi(deadline_ms = 1_000, cancel = "drop")]
pub async fn tally_wait(_tally: &Tally) {}
