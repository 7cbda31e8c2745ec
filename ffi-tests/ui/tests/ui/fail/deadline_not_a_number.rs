//! A deadline is a number of milliseconds, and not zero.

use ffi_runtime::ffi;

ffi_runtime::library!("l");

#[ffi(state)]
pub struct State;

#[ffi(deadline_ms = "100")]
pub fn l_text(_state: &State) {}

#[ffi(deadline_ms = 0)]
pub fn l_zero(_state: &State) {}

#[ffi(deadline_ms)]
pub fn l_word(_state: &State) {}

#[ffi(deadline_ms = 100, deadline_ms = 200)]
pub fn l_twice(_state: &State) {}

fn main() {}
