//! A function without state where its library's struct is private.

mod library {
    #[ffi_runtime::ffi(library = "lib")]
    struct Lib;
}

#[ffi_runtime::ffi(library = "lib")]
pub fn lib_parse(text: String) -> String {
    text
}

fn main() {}
