//! Names of a kind that there is not.

ffi_runtime::library!("lib", names = "long");

fn main() {}
