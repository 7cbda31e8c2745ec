//! Functions in an `impl`.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

impl State {
    #[ffi]
    pub fn lib_total(state: &State, #[ffi(rename = "from")] _start: u32) -> u32 {
        let _ = state;
        0
    }

    #[ffi(export)]
    pub fn lib_version() -> u32 {
        1
    }

    #[ffi(event)]
    pub fn on_it(&self, number: u32);
}

pub trait Counts {
    fn lib_count(&self) -> u32;
}

impl Counts for State {
    #[ffi(inline)] fn lib_count(&self) -> u32 {
        0
    }
}

fn main() {}
