//! What becomes of an event without room, in words that are none.

use ffi_runtime::ffi;

#[ffi(library = "lib", event_overflow = "wait")]
pub struct State;

fn main() {}
