//! Parameters that neither cross nor can be sent, of each kind of function.

use ffi_runtime::ffi;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::{Arc, MutexGuard};

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create(_name: Rc<String>) -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

#[ffi]
pub async fn lib_set(_state: &State, _count: u32, _names: Option<Vec<Rc<String>>>) {}

#[ffi(inline)]
pub async fn lib_read(_state: &State, _lock: MutexGuard<'static, u32>) {}

#[ffi]
pub fn lib_count(_cells: Arc<Cell<u32>>) {}

#[ffi(export)]
pub fn lib_export(_name: Rc<String>) {}

fn main() {}
