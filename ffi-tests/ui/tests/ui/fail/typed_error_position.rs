//! An error that goes out only, where a value stands.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(error, flat)]
pub enum Storage {
    Full { left: u64 },
    Unknown,
}

#[ffi(error)]
pub struct NotAdded {
    pub why: Storage,
}

#[ffi]
pub fn lib_explain(storage: Storage) -> String {
    drop(storage);
    String::new()
}

fn main() {}
