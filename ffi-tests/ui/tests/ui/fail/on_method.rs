//! `#[ffi]` on a method.

use ffi_runtime::ffi;

pub struct State;

impl State {
    #[ffi]
    pub fn lib_call(&self) {}
}

fn main() {}
