//! An error whose variants hold something.

use ffi_runtime::ffi;
use std::fmt;

#[ffi(error)]
pub enum Storage {
    Full { left: u64 },
    Broken(std::io::Error),
    Unknown,
}

impl fmt::Display for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("storage")
    }
}

fn main() {}
