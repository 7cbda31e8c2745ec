//! Methods that run on their callers' threads.

use crate::{Beside, on_beside, pass};
use ffi_runtime::{Events, NoContext, ffi};
use ffi_tests_types::everything::Everything;
use std::future::{pending, poll_fn};
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::thread;
use std::time::Duration;

/// The name that the constructor was given.
#[ffi(inline)]
pub fn beside_name(beside: &Beside) -> String {
    beside.name.clone()
}

/// Adds to the state's number, and gives what it comes to.
#[ffi(inline)]
pub fn beside_add(beside: &Beside, amount: i64) -> i64 {
    beside.total.fetch_add(amount, Ordering::SeqCst) + amount
}

/// Gives everything back.
#[ffi(inline)]
pub fn beside_echo(_beside: &Beside, value: Everything) -> Everything {
    value
}

/// Answers with nothing.
#[ffi(inline)]
pub fn beside_nothing(_beside: &Beside) {}

/// Takes several parameters by other names, of which one is not there.
#[ffi(inline, rename = "beside_joined", rename_all = "camelCase")]
pub fn joined(
    _beside: &Beside,
    first_text: String,
    #[cfg(any())] absent: u8,
    #[ffi(rename = "class")] other: Option<String>,
) -> String {
    first_text + other.as_deref().unwrap_or("-")
}

/// Is not there.
#[cfg(any())]
#[ffi(inline)]
pub fn beside_absent(_beside: &Beside) {}

/// Is there.
#[cfg(not(any()))]
#[ffi(inline)]
pub fn beside_present(_beside: &Beside) -> bool {
    true
}

/// Blocks its caller at a gate, and then gives the state's name.
#[ffi(inline)]
pub fn beside_block(beside: &Beside, gate: u64) -> String {
    pass(gate);
    beside.name.clone()
}

/// Fires an event.
#[ffi(inline)]
pub fn beside_fire(_beside: &Beside, number: i64) {
    on_beside(number);
}

/// Has a thread of its own fire an event.
#[ffi(inline)]
pub fn beside_fire_elsewhere(_beside: &Beside, number: i64) -> Result<(), NoContext> {
    let events = Events::<Beside>::current()?;
    thread::spawn(move || events.within(|| on_beside(number)));
    Ok(())
}

/// Spawns a task that waits and then fires an event.
#[ffi(inline)]
pub fn beside_spawn(_beside: &Beside, number: i64) -> Result<(), NoContext> {
    let events = Events::<Beside>::current()?;
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(1)).await;
        events.within(|| on_beside(number))
    });
    Ok(())
}

/// The same on the runtime that is found by its handle.
#[ffi(inline)]
pub fn beside_spawn_by_handle(_beside: &Beside, number: i64) -> Result<(), NoContext> {
    let events = Events::<Beside>::current()?;
    tokio::runtime::Handle::current().spawn(async move { events.within(|| on_beside(number)) });
    Ok(())
}

/// Is ready at once.
#[ffi(inline)]
pub async fn beside_soon(_beside: &Beside, value: i64) -> i64 {
    value
}

/// Blocks its caller at a gate before it yields.
#[ffi(inline)]
pub async fn beside_block_then_yield(_beside: &Beside, gate: u64, value: i64) -> i64 {
    pass(gate);
    turns(1).await;
    value
}

/// Waits for a timer.
#[ffi(inline)]
pub async fn beside_later(_beside: &Beside, wait_ms: u64, value: i64) -> i64 {
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    value
}

/// Gives everything back after a wait.
#[ffi(inline)]
pub async fn beside_echo_later(_beside: &Beside, value: Everything) -> Result<Everything, String> {
    tokio::time::sleep(Duration::from_millis(1)).await;
    Ok(value)
}

/// Yields so often, and then adds to the state's number.
#[ffi(inline)]
pub async fn beside_turns(beside: &Beside, times: u64, amount: i64) -> i64 {
    turns(times).await;
    beside.total.fetch_add(amount, Ordering::SeqCst) + amount
}

/// The name of the thread that it ends on after so many yields.
#[ffi(inline)]
pub async fn beside_thread(_beside: &Beside, times: u64) -> String {
    turns(times).await;
    thread_name()
}

/// Waits for a task that it spawns, and fires an event.
#[ffi(inline)]
pub async fn beside_spawn_later(_beside: &Beside, number: i64) -> i64 {
    let spawned = tokio::spawn(async move { number * 2 }).await.unwrap_or_default();
    on_beside(spawned);
    spawned
}

/// Never ends.
#[ffi(inline)]
pub async fn beside_never(_beside: &Beside) {
    pending::<()>().await;
}

/// Yields so often.
pub(crate) async fn turns(times: u64) {
    for _ in 0..times {
        let mut is_first = true;
        poll_fn(|cx| {
            if !std::mem::take(&mut is_first) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
}

/// The name of this thread.
pub(crate) fn thread_name() -> String {
    thread::current().name().unwrap_or_default().to_owned()
}
