//! A runtime under a name that does not exist, on items whose fields and variants have options.

use ffi_runtime::ffi;

#[ffi(crate = "::my_ffi")]
pub struct Config {
    #[ffi(rename = "q")]
    pub quiet: bool,
}

fn main() {}
