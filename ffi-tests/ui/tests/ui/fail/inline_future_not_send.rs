//! An inline future that cannot move to the worker where it has to wait.

use ffi_runtime::ffi;
use std::rc::Rc;

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(inline)]
pub async fn lib_read(_state: &State) -> u32 {
    let count = Rc::new(1);
    std::future::ready(()).await;
    *count
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
