//! Packed structs.

use ffi_runtime::ffi;

#[ffi]
#[repr(C, packed)]
#[derive(Clone, Copy)]
pub struct Sample {
    pub channel: u8,
    pub value: u64,
}

#[repr(packed(2))]
#[ffi]
pub struct Pair {
    pub first: u8,
    pub second: u32,
}

#[ffi]
pub struct Both {
    pub sample: Sample,
    pub pairs: Vec<Pair>,
}

fn main() {}
