//! The value of a key, which may come once.

use super::FfiType;
use crate::error::{Fault, FaultKind};
use crate::value::cbor;
use crate::value::field::Entry;
use crate::value::pod::ByLength;

impl<T: FfiType> cbor::Fill for Entry<T, T::Pod<ByLength>> {
    fn fill(&mut self, reader: &mut cbor::Reader<'_>) -> Result<(), Fault> {
        if self.value.is_some() {
            return Err(duplicate());
        }
        self.value = Some(T::decode(reader)?);
        Ok(())
    }
}

#[cold]
#[inline(never)]
fn duplicate() -> Fault {
    FaultKind::DuplicateKey.into()
}
