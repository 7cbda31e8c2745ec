//! A library that panics wherever its author's code runs.

use ffi_runtime::{Fault, FfiType, TextForm, cbor, ffi, pod};
use std::future::{pending, poll_fn};
use std::panic::{catch_unwind, resume_unwind};
use std::sync::Arc;
use std::task::{Poll, Wake, Waker};
use std::time::Duration;

/// Panics where it is told to.
#[ffi(library = "hook", grace_ms = 500, shared)]
pub(crate) struct Hook {
    /// What it says when it is dropped; nothing if it is empty.
    last: String,
    /// Whether the destructor panics.
    is_broken: bool,
}

impl Drop for Hook {
    fn drop(&mut self) {
        assert!(self.last.is_empty() || std::thread::panicking(), "{}", self.last);
    }
}

/// A value that says something when it is dropped.
#[ffi]
pub(crate) struct Loud {
    text: String,
}

impl Drop for Loud {
    fn drop(&mut self) {
        assert!(self.text.is_empty(), "{}", self.text);
    }
}

/// A value that cannot be made into what crosses.
pub(crate) struct Unsayable(String);

// SAFETY: a byte, which is never written.
unsafe impl FfiType for Unsayable {
    type Pod<F: TextForm> = u8;

    unsafe fn from_pod<F: TextForm>(_: *const u8, _: &mut pod::Reader<F>) -> Result<Self, Fault> {
        panic!("from C")
    }

    unsafe fn write_pod<F: TextForm>(&mut self, _: *mut u8, _: &mut pod::Writer<F>) -> Result<(), Fault> {
        panic!("{}", self.0)
    }

    unsafe fn write_shared<F: TextForm>(&self, _: *mut u8, _: &mut pod::Writer<F>) -> Result<(), Fault> {
        panic!("{}", self.0)
    }

    fn encode(&self, _: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        panic!("{}", self.0)
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        panic!("{}", String::decode(reader)?)
    }

    fn describe(schema: &mut ffi_runtime::__private_0_1_0::SchemaBuilder) -> ffi_runtime::schema::Type {
        u8::describe(schema)
    }
}

#[ffi(event, library = "hook")]
pub(crate) fn on_unsayable(value: Unsayable);

#[ffi(event, library = "hook")]
pub(crate) fn on_said(text: String);

#[ffi(ctor, library = "hook")]
pub(crate) async fn hook_create(last: String, is_broken: bool, refuses: String) -> Hook {
    tokio::task::yield_now().await;
    assert!(refuses.is_empty(), "{refuses}");
    Hook { last, is_broken }
}

#[ffi(dtor, library = "hook")]
pub(crate) async fn hook_destroy(hook: Hook) {
    tokio::task::yield_now().await;
    assert!(!hook.is_broken, "in the destructor");
}

/// Nothing.
#[ffi(library = "hook")]
pub(crate) fn hook_nothing(_hook: &Hook) {}

/// The same, on the caller's thread.
#[ffi(inline, library = "hook")]
pub(crate) fn hook_nothing_here(_hook: &Hook) {}

#[ffi(library = "hook")]
pub(crate) fn hook_panic(_hook: &Hook, text: String) {
    panic!("{text}")
}

#[ffi(inline, library = "hook")]
pub(crate) fn hook_panic_here(_hook: &Hook, text: String) {
    panic!("{text}")
}

/// Panics at its first poll or after a wait.
#[ffi(inline, library = "hook")]
pub(crate) async fn hook_panic_soon(_hook: &Hook, waits: bool, text: String) {
    if waits {
        tokio::task::yield_now().await;
    }
    panic!("{text}")
}

#[ffi(library = "hook")]
pub(crate) fn hook_take(_hook: &Hook, value: Unsayable) {
    drop(value);
}

#[ffi(library = "hook")]
pub(crate) fn hook_take_alone(value: Unsayable) {
    drop(value);
}

#[ffi(library = "hook")]
pub(crate) fn hook_give(_hook: &Hook, text: String) -> Unsayable {
    Unsayable(text)
}

#[ffi(inline, library = "hook")]
pub(crate) fn hook_give_here(_hook: &Hook, text: String) -> Unsayable {
    Unsayable(text)
}

#[ffi(library = "hook")]
pub(crate) async fn hook_give_later(_hook: &Hook, text: String) -> Unsayable {
    tokio::task::yield_now().await;
    Unsayable(text)
}

/// Gives a value back that is dropped once it was answered.
#[ffi(library = "hook")]
pub(crate) fn hook_echo(_hook: &Hook, value: Loud) -> Loud {
    value
}

#[ffi(inline, library = "hook")]
pub(crate) fn hook_echo_here(_hook: &Hook, value: Loud) -> Loud {
    value
}

#[ffi(library = "hook")]
pub(crate) async fn hook_echo_later(_hook: &Hook, value: Loud) -> Loud {
    tokio::task::yield_now().await;
    value
}

/// A task of the author's on the worker panics, and so does one elsewhere.
#[ffi(library = "hook")]
pub(crate) async fn hook_tasks(_hook: &Hook) {
    let here = tokio::spawn(async { panic!("in a task") });
    let woken = tokio::spawn(async {
        struct Woken;
        impl Wake for Woken {
            fn wake(self: Arc<Self>) {
                panic!("in a waker");
            }
        }
        tokio::task::yield_now().await;
        Waker::from(Arc::new(Woken)).wake();
    });
    let elsewhere = tokio::task::spawn_blocking(|| panic!("on a thread of the pool"));
    let (here, woken, elsewhere) = (here.await, woken.await, elsewhere.await);
    assert!(here.is_err() && woken.is_err() && elsewhere.is_err());
}

/// A task inside of the handler's own poll panics.
#[ffi(library = "hook")]
pub(crate) async fn hook_local_tasks(_hook: &Hook) {
    let tasks = tokio::task::LocalSet::new();
    tasks.run_until(async { tokio::task::spawn_local(async { panic!("in a local task") }).await }).await.unwrap_err();
}

/// What a task panicked with is the handler's panic then.
#[ffi(library = "hook")]
pub(crate) async fn hook_resume(_hook: &Hook) {
    let panicked = tokio::spawn(async { panic!("of a task, resumed") }).await.expect_err("it panics");
    resume_unwind(panicked.into_panic());
}

/// The author catches it.
#[ffi(library = "hook")]
pub(crate) fn hook_catch(_hook: &Hook) {
    catch_unwind(|| panic!("caught by the author")).expect_err("it panics");
}

#[ffi(inline, library = "hook")]
pub(crate) fn hook_catch_here(_hook: &Hook) {
    catch_unwind(|| panic!("caught by the author here")).expect_err("it panics");
}

/// Panics after its deadline, for which it was answered by then.
#[ffi(deadline_ms = 50, library = "hook")]
pub(crate) fn hook_late(_hook: &Hook) {
    std::thread::sleep(Duration::from_millis(400));
    panic!("after the deadline");
}

/// Waits for ever, and says something when it is dropped.
#[ffi(cancel = "drop", library = "hook")]
pub(crate) async fn hook_wait(_hook: &Hook, text: String) {
    let _loud = Loud { text };
    let mut is_first = true;
    poll_fn(|_| if std::mem::take(&mut is_first) { Poll::<()>::Pending } else { Poll::Pending }).await;
    pending::<()>().await;
}

/// Fires events.
#[ffi(library = "hook")]
pub(crate) fn hook_fire(_hook: &Hook, text: String) {
    on_said(text.clone());
    on_unsayable(Unsayable(text));
}

/// Says why it failed, which panics.
pub(crate) struct Unspeakable;

impl std::fmt::Display for Unspeakable {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("cannot be said")
    }
}

#[ffi(inline, library = "hook")]
pub(crate) fn hook_fail_here(_hook: &Hook) -> Result<(), Unspeakable> {
    Err(Unspeakable)
}

#[ffi(library = "hook")]
pub(crate) async fn hook_panic_detached(text: String) {
    tokio::task::yield_now().await;
    panic!("{text}")
}

#[ffi(export, library = "hook")]
pub(crate) fn hook_divide(number: i32, by: i32) -> i32 {
    number / by
}

/// Panics while it unwinds, which ends the process.
#[ffi(library = "hook")]
pub(crate) fn hook_end(_hook: &Hook) {
    let _loud = Loud { text: "the second".to_owned() };
    panic!("the first");
}
