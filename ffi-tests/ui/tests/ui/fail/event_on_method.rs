//! An event with a receiver.

use ffi_runtime::ffi;

#[ffi(library = "lib")]
pub struct State;

impl State {
    #[ffi(event)]
    pub fn on_it(&self);
}

fn main() {}
