//! Safe code that says where an answer's bytes are.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::{Fault, RawBytes, TextForm, ffi, pod};
use std::mem::MaybeUninit;

ffi_runtime::library!("letters");

#[ffi(state)]
pub struct Letters;

/// Answers with bytes that are nowhere.
pub struct Nowhere;

impl private::Answer for Nowhere {
    type Place<F: TextForm> = ();

    fn mirror<F: TextForm>(&mut self, _place: &mut MaybeUninit<()>, _writer: &mut pod::Writer<F>) -> Result<RawBytes, Fault> {
        Ok(RawBytes { ptr: std::ptr::without_provenance(1), len: 1 << 20 })
    }

    fn encode(&self, _buffer: &mut Vec<u8>) -> Result<(), Fault> {
        Ok(())
    }

    fn describe(_schema: &mut private::SchemaBuilder) -> Option<private::Type> {
        None
    }
}

#[ffi]
pub fn letters_read(_letters: &Letters) -> Result<Nowhere, String> {
    Ok(Nowhere)
}

#[ffi(ctor)]
pub fn letters_create() -> Letters {
    unreachable!()
}

#[ffi(dtor)]
pub fn letters_destroy(_state: Letters) {}

fn main() {}
