//! The runtime may have another name.

pub extern crate ffi_runtime as my_ffi;

ffi_runtime::library!("lib", crate = "my_ffi");

mod reexported {
    pub use my_ffi as deep;
}

use my_ffi::ffi;

#[ffi(state)]
pub struct State;

#[ffi(crate = "crate::reexported::deep")]
pub struct Config {
    pub name: String,
}

#[ffi(crate = "::my_ffi")]
pub enum Level {
    Low,
}

#[ffi(ctor, crate = "my_ffi")]
fn lib_create(_config: Config) -> State {
    State
}

mod inner {
    use super::{State, reexported};

    #[reexported::deep::ffi(crate = "reexported::deep")]
    pub fn lib_use(_state: &State) {}
}

#[ffi(dtor, crate = "my_ffi")]
fn lib_destroy(_state: State) {}

fn main() {
    inner::lib_use(&State);
}
