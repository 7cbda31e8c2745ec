//! A library whose limits are reached within milliseconds: its grace, its deadlines, its queue and
//! its line of events.

use ffi_runtime::ffi;
use std::future::pending;
use std::thread;
use std::time::Duration;

/// A library that has little of everything.
#[ffi(
    library = "brief",
    shared,
    grace_ms = 4,
    queue_limit = 4,
    request_limit = 200,
    memory_limit = 300,
    stale_warn_ms = 1,
    stall_ms = 2,
    event_limit = 2,
    event_overflow = "block"
)]
pub(crate) struct Brief;

/// One more.
#[ffi(event, library = "brief")]
pub(crate) fn on_beat(number: u64);

/// Makes the state, or fails as told, or never ends.
#[ffi(ctor, library = "brief")]
pub(crate) async fn brief_create(config: every::Config) -> Result<Brief, String> {
    tokio::time::sleep(Duration::from_millis(config.delay_ms.into())).await;
    match config.failure.as_deref() {
        Some("panic") => panic!("the constructor was told to panic"),
        Some("forever") => pending().await,
        Some(failure) => Err(failure.to_owned()),
        None => Ok(Brief),
    }
}

/// Ends the state, firing once more.
#[ffi(dtor, library = "brief")]
pub(crate) async fn brief_destroy(_brief: Brief) {
    on_beat(0);
    tokio::task::yield_now().await;
}

/// Gives the number back.
#[ffi(library = "brief")]
pub(crate) fn brief_give(_brief: &Brief, value: i64) -> i64 {
    value
}

/// Gives the text back.
#[ffi(library = "brief")]
pub(crate) async fn brief_give_text(_brief: &Brief, value: String) -> String {
    tokio::task::yield_now().await;
    value
}

/// Never answers by itself.
#[ffi(library = "brief")]
pub(crate) async fn brief_wait(_brief: &Brief) {
    pending().await
}

/// Never answers by itself, and may be dropped.
#[ffi(cancel = "drop", library = "brief")]
pub(crate) async fn brief_wait_lightly(_brief: &Brief) {
    pending().await
}

/// Never answers by itself, and has a deadline.
#[ffi(deadline_ms = 2, library = "brief")]
pub(crate) async fn brief_hurry(_brief: &Brief) {
    pending().await
}

/// Never answers by itself, has a deadline, and may be dropped.
#[ffi(deadline_ms = 2, cancel = "drop", library = "brief")]
pub(crate) async fn brief_hurry_lightly(_brief: &Brief) {
    pending().await
}

/// Ends about when its deadline does.
#[ffi(deadline_ms = 1, library = "brief")]
pub(crate) async fn brief_race(_brief: &Brief, wait_ms: u64) {
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
}

/// Blocks the worker.
#[ffi(library = "brief")]
pub(crate) fn brief_block(_brief: &Brief, wait_ms: u64) {
    thread::sleep(Duration::from_millis(wait_ms));
}

/// Fires more than the line holds.
#[ffi(library = "brief")]
pub(crate) fn brief_fire(_brief: &Brief, count: u64) {
    (0..count * 2).for_each(on_beat);
}

/// Gives the number back, on the calling thread.
#[ffi(inline, library = "brief")]
pub(crate) fn brief_peek(_brief: &Brief, value: i64) -> i64 {
    value
}

/// Panics on the calling thread.
#[ffi(inline, library = "brief")]
pub(crate) fn brief_peek_panicking(_brief: &Brief) -> i64 {
    panic!("on the calling thread")
}

/// Gives the number back, having moved to the worker.
#[ffi(inline, library = "brief")]
pub(crate) async fn brief_peek_later(_brief: &Brief, value: i64) -> i64 {
    tokio::task::yield_now().await;
    value
}

/// Never answers by itself, having moved to the worker.
#[ffi(inline, library = "brief")]
pub(crate) async fn brief_peek_forever(_brief: &Brief) {
    pending().await
}
