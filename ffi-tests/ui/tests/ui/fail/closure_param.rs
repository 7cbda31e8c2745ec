//! Closures as parameters.

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
pub fn lib_boxed(_state: &State, _listener: Box<dyn Fn(u32) + Send>) {}

#[ffi]
pub async fn lib_maybe(_state: &State, _listener: Option<std::sync::Arc<dyn Fn() -> u32 + Send + Sync>>) {}

#[ffi]
pub fn lib_any(_listener: impl FnOnce(String)) {}

#[ffi]
pub fn lib_borrowed(_listener: &dyn Fn(u32)) {}

fn main() {}
