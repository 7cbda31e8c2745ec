//! Errors that cross with what they hold, without a text.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(error)]
pub struct Missing {
    pub path: String,
}

/// Its variant crosses.
#[ffi(error, flat)]
pub enum Storage {
    Full { left: u64 },
    Unknown,
}

#[ffi]
pub fn lib_find() -> Result<u32, Missing> {
    Err(Missing { path: String::new() })
}

#[ffi]
pub fn lib_store() -> Result<(), Storage> {
    Err(Storage::Unknown)
}

fn main() {}
