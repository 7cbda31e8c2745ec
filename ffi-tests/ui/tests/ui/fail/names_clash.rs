//! Two fields with one name.

use ffi_runtime::ffi;

#[ffi(rename_all = "camelCase")]
pub struct Config {
    pub retry_on: bool,
    #[ffi(rename = "retryOn")]
    pub retry: bool,
}

fn main() {}
