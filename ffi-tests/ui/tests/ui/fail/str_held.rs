//! `str` and others without a size, in other types: those that cannot hold them, and those that can.

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
    pub cover: Box<str>,
}

#[ffi]
pub fn lib_set(_state: &State, _names: Vec<str>, _name: std::sync::Arc<str>) {}

#[ffi]
pub fn lib_get(_state: &State) -> Result<Box<str>, String> {
    Ok(String::new().into_boxed_str())
}

#[ffi]
pub fn lib_static(_state: &State) -> &'static str {
    ""
}

fn main() {}
