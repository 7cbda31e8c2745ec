//! What becomes of an event without room, in words that are none.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", event_overflow = "wait");

#[ffi(state)]
pub struct State;

fn main() {}
