//! Types without `#[ffi]` that hold what cannot be sent.

use ffi_runtime::ffi;
use std::collections::HashMap;
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

pub struct Tree {
    pub root: Rc<u32>,
}

#[ffi]
pub struct Forest {
    pub trees: Vec<Tree>,
}

#[ffi]
pub fn lib_plant(_state: &State, _tree: Tree) -> Result<Tree, String> {
    Err(String::new())
}

#[ffi]
pub fn lib_names(_state: &State, _names: HashMap<u32, Rc<String>>) {}

fn main() {}
