//! How both peers lay values out in buffers: lengths of 32 bits before what they count, a byte before
//! what may be absent, fields in their order. UniFFI's is big-endian and BoltFFI's is little-endian.

mod read;
mod write;

pub(crate) use read::Reader;
pub(crate) use write::{Coded, Writer};

/// In which order the bytes of numbers come.
pub(crate) trait Order {
    fn length(length: u32) -> [u8; 4];
    fn number(number: u64) -> [u8; 8];
    fn to_length(bytes: [u8; 4]) -> u32;
    fn to_number(bytes: [u8; 8]) -> u64;
}

/// UniFFI's order.
pub(crate) struct Big;

/// BoltFFI's order.
pub(crate) struct Little;

impl Order for Big {
    fn length(length: u32) -> [u8; 4] {
        length.to_be_bytes()
    }

    fn number(number: u64) -> [u8; 8] {
        number.to_be_bytes()
    }

    fn to_length(bytes: [u8; 4]) -> u32 {
        u32::from_be_bytes(bytes)
    }

    fn to_number(bytes: [u8; 8]) -> u64 {
        u64::from_be_bytes(bytes)
    }
}

impl Order for Little {
    fn length(length: u32) -> [u8; 4] {
        length.to_le_bytes()
    }

    fn number(number: u64) -> [u8; 8] {
        number.to_le_bytes()
    }

    fn to_length(bytes: [u8; 4]) -> u32 {
        u32::from_le_bytes(bytes)
    }

    fn to_number(bytes: [u8; 8]) -> u64 {
        u64::from_le_bytes(bytes)
    }
}
