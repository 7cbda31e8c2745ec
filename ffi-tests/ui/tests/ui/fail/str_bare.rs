//! `str` and others without a size, where a value has to stand.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create(_name: str) -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

#[ffi]
pub struct Song {
    pub title: str,
    pub notes: [u8],
    pub player: dyn ToString,
}

#[ffi]
pub fn lib_set(_state: &State, _name: str, _bytes: [u8]) {}

#[ffi]
pub fn lib_get(_state: &State) -> core::primitive::str {
    "text"
}

#[ffi(event)]
pub fn on_name(name: str);

fn main() {}
