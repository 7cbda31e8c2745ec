//! Parameters that hold a type without `#[ffi]` behind two others.

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

pub struct Point;

#[ffi]
pub fn lib_rows(_state: &State, _rows: Vec<Vec<Point>>) {}

#[ffi]
pub fn lib_maybe(_maybe: Box<Option<Point>>, _times: u32) {}

fn main() {}
