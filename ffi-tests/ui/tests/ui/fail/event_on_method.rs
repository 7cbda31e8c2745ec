//! An event with a receiver.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

impl State {
    #[ffi(event)]
    pub fn on_it(&self);
}

fn main() {}
