//! A mistake in a struct: those that use the struct do not suffer from it.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi]
pub struct Point {
    #[ffi(optional)]
    pub x: f64,
}

#[ffi]
pub struct Line {
    pub ends: Vec<Point>,
    pub middle: Option<Point>,
}

#[ffi]
pub fn lib_mirror(_state: &State, point: Point) -> Result<Option<Point>, String> {
    Ok(Some(point))
}

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
