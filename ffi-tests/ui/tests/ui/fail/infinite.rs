//! A struct that contains itself without a box.

use ffi_runtime::ffi;

#[ffi]
pub struct Node {
    pub next: Option<Node>,
}

fn main() {}
