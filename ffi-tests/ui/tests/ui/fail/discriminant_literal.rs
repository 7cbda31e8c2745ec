//! A discriminant beyond 32 bits.

use ffi_runtime::ffi;

#[ffi]
pub enum Level {
    Low = 1,
    High = 0x1_0000_0000,
}

fn main() {}
