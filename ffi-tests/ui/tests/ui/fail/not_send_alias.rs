//! Types that cannot be sent, behind aliases.

use ffi_runtime::ffi;
use std::cell::Cell;
use std::rc::Rc;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

type Names = Rc<Vec<String>>;
type Memory = *const u8;
type Shared = &'static Cell<u32>;

#[ffi]
pub fn lib_names(_state: &State, _names: Names) {}

#[ffi]
pub fn lib_memory(_state: &State, _memory: Memory) {}

#[ffi]
pub fn lib_shared(_state: &State, _shared: Vec<Shared>) {}

fn main() {}
