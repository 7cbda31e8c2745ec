//! A bare result of a type without `#[ffi]`.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

pub struct Point {
    pub x: f64,
}

#[ffi]
pub fn lib_get(_state: &State) -> Vec<Point> {
    vec![Point { x: 0.0 }]
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
