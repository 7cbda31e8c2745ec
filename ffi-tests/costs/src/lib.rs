//! A library whose handlers do next to nothing, and a host that calls them, so that what is counted
//! is what a call costs.

pub mod collections;
pub mod eager;
pub mod here;
pub mod host;
pub mod hostile;
pub mod variant;
pub mod wire;

use ffi_runtime::ffi;
use std::cell::Cell;
use std::future::poll_fn;
use std::task::Poll;

ffi_runtime::library!("costs");

/// A library whose handlers do next to nothing.
#[ffi(state)]
pub struct Costs {
    calls: Cell<u64>,
}

/// A call has come.
#[ffi(event)]
pub fn on_call(number: u64);

/// Makes the state.
#[ffi(ctor)]
pub fn costs_create() -> Costs {
    Costs { calls: Cell::new(0) }
}

/// Ends the state.
#[ffi(dtor)]
pub fn costs_destroy(_costs: Costs) {}

/// Counts the call.
#[ffi]
pub fn costs_nothing(costs: &Costs) {
    costs.calls.set(costs.calls.get() + 1);
}

/// Counts the call, alone.
#[ffi]
pub fn costs_alone(costs: &mut Costs) {
    costs.calls.set(costs.calls.get() + 1);
}

/// Counts the call, which has a deadline.
#[ffi(deadline_ms = 60_000)]
pub fn costs_timed(costs: &Costs) {
    costs.calls.set(costs.calls.get() + 1);
}

/// Gives back its parameter.
#[ffi]
pub fn costs_echo(_costs: &Costs, text: String) -> String {
    text
}

/// Counts the call, in a future that is ready at once.
#[ffi]
pub async fn costs_ready(costs: &Costs) {
    costs.calls.set(costs.calls.get() + 1);
}

/// Counts the call, in a future that is pending once.
#[ffi]
pub async fn costs_pending(costs: &Costs) {
    let mut has_waited = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut has_waited, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
    costs.calls.set(costs.calls.get() + 1);
}
