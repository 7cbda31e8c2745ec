//! A library that warns of calls that take long.

use ffi_runtime::ffi;
use std::thread;
use std::time::Duration;

/// A library whose every call takes as long as it is told.
#[ffi(library = "slow", stale_warn_ms = 50, grace_ms = 500)]
pub struct Slow;

/// Makes the state after a while.
#[ffi(ctor)]
pub async fn slow_create(wait_ms: u64) -> Slow {
    wait(wait_ms).await;
    Slow
}

/// Ends the state.
#[ffi(dtor)]
pub fn slow_destroy(_slow: Slow) {}

/// Answers with `number` at once.
#[ffi]
pub fn slow_echo(_slow: &Slow, number: u64) -> u64 {
    number
}

/// Blocks the worker, and answers with `number`.
#[ffi]
pub fn slow_block(_slow: &Slow, wait_ms: u64, number: u64) -> u64 {
    thread::sleep(Duration::from_millis(wait_ms));
    number
}

/// Waits without blocking the worker, and answers with `number`.
#[ffi]
pub async fn slow_sleep(_slow: &Slow, wait_ms: u64, number: u64) -> u64 {
    wait(wait_ms).await;
    number
}

/// The same, but may be cancelled.
#[ffi(cancel = "drop")]
pub async fn slow_sleep_lightly(_slow: &Slow, wait_ms: u64, number: u64) -> u64 {
    wait(wait_ms).await;
    number
}

/// The same, within a short time.
#[ffi(deadline_ms = 20)]
pub async fn slow_sleep_briefly(_slow: &Slow, wait_ms: u64, number: u64) -> u64 {
    wait(wait_ms).await;
    number
}

/// The same, within a time that leaves room for a warning.
#[ffi(deadline_ms = 120, cancel = "drop")]
pub async fn slow_sleep_a_while(_slow: &Slow, wait_ms: u64, number: u64) -> u64 {
    wait(wait_ms).await;
    number
}

async fn wait(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
