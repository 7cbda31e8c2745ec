//! Two libraries in one crate.

ffi_runtime::library!("lib");
ffi_runtime::library!("bil");

fn main() {}
