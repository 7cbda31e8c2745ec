//! A library that does without tokio: plain futures, woken from other threads.

#![forbid(unsafe_code)]

use ffi_runtime::ffi;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

ffi_runtime::library!("plain", event_limit = 8, event_overflow = "drop_newest");

/// A library without an async runtime of its own, whose newest events give way.
#[ffi(state)]
pub struct Plain {
    total: i64,
}

/// One more.
#[ffi(event)]
pub fn on_beat(number: i64);

/// Makes the state, after a wait.
#[ffi(ctor)]
pub async fn plain_create(total: i64) -> Plain {
    elsewhere(Duration::from_millis(5)).await;
    Plain { total }
}

/// Ends the state, after a wait.
#[ffi(dtor)]
pub async fn plain_destroy(_plain: Plain) {
    elsewhere(Duration::from_millis(5)).await;
}

/// Adds at once.
#[ffi]
pub fn plain_add(plain: &mut Plain, amount: i64) -> i64 {
    plain.total += amount;
    plain.total
}

/// Fires beats.
#[ffi]
pub fn plain_fire(_plain: &Plain, from: i64, count: i64) {
    (from..from + count).for_each(on_beat);
}

/// Waits for another thread.
#[ffi]
pub async fn plain_wait(plain: &Plain, wait_ms: u64) -> i64 {
    elsewhere(Duration::from_millis(wait_ms)).await;
    plain.total
}

/// What a thread and the future that waits for it share.
#[derive(Default)]
struct Meeting {
    is_over: bool,
    waker: Option<Waker>,
}

/// Waits while another thread sleeps.
async fn elsewhere(duration: Duration) {
    let meeting = Arc::new(Mutex::new(Meeting::default()));
    let there = Arc::clone(&meeting);
    thread::spawn(move || {
        thread::sleep(duration);
        let mut meeting = there.lock().unwrap_or_else(PoisonError::into_inner);
        meeting.is_over = true;
        if let Some(waker) = meeting.waker.take() {
            waker.wake();
        }
    });
    poll_fn(|cx| {
        let mut meeting = meeting.lock().unwrap_or_else(PoisonError::into_inner);
        meeting.waker = Some(cx.waker().clone());
        if meeting.is_over { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
