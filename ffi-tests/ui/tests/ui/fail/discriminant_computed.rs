//! A discriminant beyond 32 bits that only the compiler knows.

use ffi_runtime::ffi;

const BASE: isize = i32::MAX as isize;

#[ffi]
pub enum Level {
    Low = BASE,
    High,
}

fn main() {}
