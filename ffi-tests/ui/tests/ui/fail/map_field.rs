//! A map, which C has no form for.

use ffi_runtime::ffi;

#[ffi]
pub struct Config {
    pub settings: std::collections::HashMap<String, String>,
}

fn main() {}
