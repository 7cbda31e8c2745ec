//! A destructor in an `impl`, beside a constructor that needs one.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

pub trait End {
    fn end(self);
}

impl End for State {
    #[ffi(dtor)]
    fn end(self) {}
}

fn main() {}
