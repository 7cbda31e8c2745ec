//! An error with data: without a text, with a field that does not cross, and where a value is needed.

use ffi_runtime::ffi;
use std::fmt;

ffi_runtime::library!("shop");

#[ffi(error)]
pub enum Unsaid {
    Full { left: u64 },
    Unknown,
}

#[ffi(error)]
pub enum Broken {
    Io(std::io::Error),
    Unknown,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("broken")
    }
}

#[ffi(error)]
pub enum Told {
    Io(#[ffi(text)] std::io::Error),
    Full { left: u64 },
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("told")
    }
}

#[ffi]
pub fn again(told: Told) -> Result<(), Told> {
    Err(told)
}

#[ffi]
pub fn unsaid() -> Result<(), Unsaid> {
    Err(Unsaid::Unknown)
}

fn main() {}
