//! Functions without a state.

use crate::inline::{thread_name, turns};
use crate::{Beside, on_beside, pass};
use ffi_runtime::{Events, NoContext, ffi};
use ffi_tests_types::everything::Everything;
use std::time::Duration;

/// Reads a number.
#[ffi]
pub fn beside_parse(text: String) -> Result<i64, std::num::ParseIntError> {
    text.parse()
}

/// Gives everything back.
#[ffi]
pub fn beside_copy(value: Everything) -> Everything {
    value
}

/// Answers with nothing.
#[ffi]
pub fn beside_none() {}

/// Takes a parameter by another name.
#[ffi(rename = "beside_measured", rename_all = "camelCase")]
pub fn measured(some_text: String, #[cfg(any())] absent: u8) -> usize {
    some_text.len()
}

/// Is not there.
#[cfg(any())]
#[ffi]
pub fn beside_missing() {}

/// Blocks its caller at a gate.
#[ffi]
pub fn beside_wait_at(gate: u64) {
    pass(gate);
}

/// Fires an event, if this thread serves a context.
#[ffi]
pub fn beside_tell(number: i64) {
    on_beside(number);
}

/// Fails where there is no context to fire events in.
#[ffi]
pub fn beside_is_served() -> Result<(), NoContext> {
    Events::<Beside>::current().map(drop)
}

/// Waits for a timer.
#[ffi]
pub async fn beside_wait(wait_ms: u64, value: i64) -> i64 {
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    value
}

/// Is ready at once, and gives the name of its thread.
#[ffi]
pub async fn beside_worker() -> String {
    thread_name()
}

/// Gives everything back after two turns.
#[ffi]
pub async fn beside_copy_later(value: Everything) -> Result<Everything, String> {
    turns(2).await;
    Ok(value)
}

/// Waits for a task that it spawns.
#[ffi]
pub async fn beside_double(value: i64) -> i64 {
    tokio::spawn(async move { value * 2 }).await.unwrap_or_default()
}

/// Blocks the worker at a gate.
#[ffi]
pub async fn beside_hold_worker(gate: u64) {
    pass(gate);
}
