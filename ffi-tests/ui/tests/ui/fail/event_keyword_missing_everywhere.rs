//! Events without `event`, with options on their parameters and with those of other functions.

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
pub fn on_it(#[ffi(rename = "count")] number: i64, name: &str);

#[ffi]
pub fn on_that(number: i64);

fn main() {}
