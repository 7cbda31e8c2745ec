//! Two events of one name.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn on_it();

mod other {
    #[ffi_runtime::ffi(event = "on_it")]
    pub fn on_that();
}

fn main() {}
