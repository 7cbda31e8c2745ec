//! Arrays of a known length on the wire.

use super::cbor::Reader;
use super::error::Fault;

/// Reads an array of exactly `count` elements, each of which `read` reads by its place.
pub(crate) fn tuple<'b>(
    reader: &mut Reader<'b>,
    count: usize,
    mut read: impl FnMut(&mut Reader<'b>, usize) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut items = reader.list()?;
    for place in 0..count {
        if !reader.more(&mut items)? {
            return Err(wrong_length(count));
        }
        read(reader, place)?;
    }
    if reader.more(&mut items)? { Err(wrong_length(count)) } else { Ok(()) }
}

/// That there are more or less elements than this.
pub(super) fn wrong_length(count: usize) -> Fault {
    Fault::new(format!("expected {count} elements"))
}
