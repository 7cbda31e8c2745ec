//! An event that tells a set of what does not cross beside something else.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it(number: i64, settings: std::collections::BTreeSet<std::rc::Rc<String>>);

fn main() {}
