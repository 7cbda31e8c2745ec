//! A shared state that cannot go to another thread.

use ffi_runtime::ffi;
use std::sync::{Mutex, MutexGuard};

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State {
    guard: MutexGuard<'static, u32>,
}

#[ffi(ctor)]
pub fn lib_create() -> State {
    static COUNT: Mutex<u32> = Mutex::new(0);
    State { guard: COUNT.lock().unwrap() }
}

#[ffi]
pub fn lib_read(state: &State) -> u32 {
    *state.guard
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
