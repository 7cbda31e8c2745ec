//! Events that every library has.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(event)]
pub fn events_dropped(count: u64);

#[ffi(event = "not_responding")]
pub fn on_stall();

#[ffi(event = "responding")]
pub fn on_turn();

fn main() {}
