//! `#[ffi]` on an impl block.

use ffi_runtime::ffi;

pub struct State;

#[ffi]
impl State {
    pub fn call(&self) {}
}

fn main() {}
