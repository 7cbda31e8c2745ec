//! Safe code that says how C passes parameters.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::{Fault, TextForm, cbor, pod};

/// Parameters that are read as something else than what C passes.
pub struct Parameters;

impl private::Arguments for Parameters {
    type Pod<F: TextForm> = u64;

    fn from_pod<F: TextForm>(_pod: *const u64, _reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        Ok(Self)
    }

    fn decode(_reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        Ok(Self)
    }

    fn describe(_fields: &mut private::FieldsBuilder<'_>) {}
}

fn main() {}
