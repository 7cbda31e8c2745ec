//! The form of text at a function, where it is the library's.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", text = "c");

#[ffi(text = "c")]
pub fn loud(text: String) -> String {
    text.to_uppercase()
}

fn main() {}
