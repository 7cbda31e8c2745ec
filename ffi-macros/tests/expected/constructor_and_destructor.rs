/// Starts empty, or not.
#[ffi(ctor)]
pub fn tally_create(counts: Vec<Count>) -> Result<Tally, String> {
    Ok(Tally { counts })
}

/// Ends it.
#[ffi(dtor)]
pub fn tally_destroy(_tally: Tally) {}
