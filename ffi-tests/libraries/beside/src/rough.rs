//! Handlers that break what the worker runs in, in safe code, while others borrow the state.

use crate::{Beside, places};
use ffi_runtime::ffi;
use std::future::{pending, poll_fn};
use std::mem::forget;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// The name of a state whose constructor enters another runtime and never leaves it.
pub const MADE_IN_ANOTHER: &str = "made in another runtime";

/// Reads the state when it is dropped.
struct Look<'a>(&'a Beside);

impl Drop for Look<'_> {
    fn drop(&mut self) {
        let name = self.0.name.clone();
        places().looks.push(name);
    }
}

/// How many handlers saw this name in their state when they were dropped.
#[ffi]
pub fn beside_looks(name: String) -> u64 {
    places().looks.iter().filter(|seen| **seen == name).count() as u64
}

/// Waits for ever.
#[ffi]
pub async fn beside_watch(beside: &Beside) {
    let _look = Look(beside);
    pending::<()>().await;
}

/// Waits for ever, at first on the thread that calls it.
#[ffi(inline)]
pub async fn beside_watch_here(beside: &Beside) {
    let _look = Look(beside);
    pending::<()>().await;
}

/// A runtime without timers, kept for the process.
fn other() -> Arc<Runtime> {
    static OTHER: Mutex<Option<Arc<Runtime>>> = Mutex::new(None);
    let mut other = OTHER.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || Arc::new(Builder::new_current_thread().build().expect("a runtime"));
    Arc::clone(other.get_or_insert_with(make))
}

/// Is inside another runtime while it waits for ever.
#[ffi]
pub async fn beside_enter_other(beside: &Beside) {
    let _look = Look(beside);
    let other = other();
    let _inside = other.enter();
    pending::<()>().await;
}

/// Enters another runtime and never leaves it.
pub(crate) fn stay_in_other() {
    forget(other().enter());
}

/// Enters another runtime on the worker and never leaves it.
#[ffi]
pub fn beside_stay_in_other(_beside: &Beside) {
    stay_in_other();
}

/// Enters another runtime on the thread that calls it and never leaves it.
#[ffi(inline)]
pub fn beside_stay_in_other_here(_beside: &Beside) {
    stay_in_other();
}

/// The same once it was polled.
#[ffi(inline)]
pub async fn beside_stay_in_other_later(_beside: &Beside) {
    stay_in_other();
    tokio::task::yield_now().await;
}

/// A waker that panics.
struct Bad;

impl Wake for Bad {
    fn wake(self: Arc<Self>) {
        panic!("woken badly");
    }
}

/// Waits for a timer whose waker panics, in the worker's own loop.
#[ffi]
pub async fn beside_wake_badly(beside: &Beside, after_ms: u64) {
    let _look = Look(beside);
    let mut timer = pin!(tokio::time::sleep(Duration::from_millis(after_ms)));
    let waker = Waker::from(Arc::new(Bad));
    poll_fn(|_| {
        let _ = timer.as_mut().poll(&mut Context::from_waker(&waker));
        Poll::<()>::Pending
    })
    .await;
}

/// A value that panics when it is dropped.
struct Grenade;

impl Drop for Grenade {
    fn drop(&mut self) {
        panic!("the grenade went off");
    }
}

/// Waits for ever with a value whose drop panics.
#[ffi]
pub async fn beside_drop_badly(beside: &Beside) {
    let _look = Look(beside);
    let _grenade = Grenade;
    pending::<()>().await;
}
