//! `str` and others without a size, in other types that cannot hold them.

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

#[ffi]
pub struct Song {
    pub titles: Vec<str>,
    pub notes: Option<[u8]>,
    pub players: Vec<Option<dyn ToString>>,
    pub cover: (u8, Vec<str>),
}

#[ffi]
pub fn lib_set(_state: &State, _names: Vec<str>, _name: [Option<str>; 2]) {}

#[ffi]
pub fn lib_get(_state: &State) -> Result<Option<str>, String> {
    Err(String::new())
}

#[ffi]
pub fn lib_static(_state: &State) -> &'static str {
    ""
}

fn main() {}
