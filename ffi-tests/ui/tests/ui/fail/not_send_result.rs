//! Results and events that cannot be sent.

use ffi_runtime::ffi;
use std::rc::Rc;

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

#[ffi]
pub async fn lib_name(_state: &State) -> Rc<String> {
    Rc::new(String::new())
}

#[ffi(inline)]
pub fn lib_names(_state: &State) -> Result<Rc<String>, String> {
    Ok(Rc::new(String::new()))
}

#[ffi(event)]
pub fn on_name(name: Rc<String>);

#[ffi(event)]
pub fn on_names(names: Vec<Rc<String>>, count: u32);

fn main() {}
