//! Handlers that run on the worker.

use crate::Benched;
use crate::record::Record;
use ffi_runtime::ffi;
use std::future::poll_fn;
use std::task::Poll;

/// Gives a number back.
#[ffi]
pub fn benched_give(_benched: &Benched, value: i32) -> i32 {
    value
}

/// Gives a number back, from a future that is ready at its first poll.
#[ffi]
pub async fn benched_give_ready(_benched: &Benched, value: i32) -> i32 {
    value
}

/// Gives a number back, from a future that is ready at its second poll.
#[ffi]
pub async fn benched_give_later(_benched: &Benched, value: i32) -> i32 {
    let mut was_polled = false;
    poll_fn(|cx| {
        if was_polled {
            return Poll::Ready(());
        }
        was_polled = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
    value
}

/// Gives a text back.
#[ffi]
pub fn benched_give_text(_benched: &Benched, value: String) -> String {
    value
}

/// Gives a record back.
#[ffi]
pub fn benched_give_record(_benched: &Benched, value: Record) -> Record {
    value
}
