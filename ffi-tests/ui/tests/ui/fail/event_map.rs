//! An event that tells a map of what does not cross.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it(settings: std::collections::HashMap<String, std::rc::Rc<String>>);

fn main() {}
