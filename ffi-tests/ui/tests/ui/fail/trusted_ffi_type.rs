//! Safe code that says how a type looks in C.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::{Fault, FfiType, RawBytes, TextForm, cbor, pod};

/// A type whose bytes are nowhere.
pub struct Nowhere;

impl FfiType for Nowhere {
    type Pod<F: TextForm> = u8;

    fn from_pod<F: TextForm>(_pod: *const u8, _reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        Ok(Self)
    }

    fn write_pod<F: TextForm>(&mut self, _place: *mut u8, _writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        Ok(())
    }

    fn write_shared<F: TextForm>(&self, _place: *mut u8, _writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        Ok(())
    }

    fn encode(&self, _writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        Ok(())
    }

    fn decode(_reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        Ok(Self)
    }

    fn describe(_schema: &mut private::SchemaBuilder) -> private::Type {
        private::Type::U8
    }

    fn raw_bytes(&mut self) -> Result<Option<RawBytes>, Fault> {
        Ok(Some(RawBytes { ptr: std::ptr::without_provenance(1), len: 1 << 20 }))
    }
}

fn main() {}
