//! A library whose state its callers read on their own threads.

#![forbid(unsafe_code)]

use ffi_runtime::{Events, ffi};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::Poll;
use std::thread;
use std::time::Duration;

ffi_runtime::library!("near", shared, grace_ms = 300, stale_warn_ms = 60_000);

/// A count that inline methods reach beside the worker.
#[ffi(state)]
pub struct Near {
    count: AtomicU64,
    notes: Mutex<Vec<String>>,
    /// Whether the state is there; cleared by its drop.
    is_alive: AtomicBool,
}

/// How many states were dropped.
static DROPPED: AtomicU64 = AtomicU64::new(0);

impl Drop for Near {
    fn drop(&mut self) {
        self.is_alive.store(false, Ordering::SeqCst);
        DROPPED.fetch_add(1, Ordering::SeqCst);
    }
}

/// A record that is read, changed and given back.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Some text.
    pub text: String,
    /// Some numbers.
    pub numbers: Vec<i64>,
    /// Another one, perhaps.
    pub next: Option<Vec<Note>>,
}

/// Somebody was near.
#[ffi(event)]
pub fn on_near(number: u64);

/// Makes the state after a while, or fails.
#[ffi(ctor)]
pub async fn near_create(wait_ms: u64, fails: bool) -> Result<Near, String> {
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    if fails {
        return Err("told to fail".to_owned());
    }
    Ok(Near { count: AtomicU64::new(0), notes: Mutex::default(), is_alive: AtomicBool::new(true) })
}

/// Ends the state.
#[ffi(dtor)]
pub fn near_destroy(near: Near) {
    near.check();
}

impl Near {
    fn check(&self) {
        assert!(self.is_alive.load(Ordering::SeqCst), "the state was dropped under a handler");
    }
}

/// Adds to the count and gives it.
#[ffi(inline)]
pub fn near_add(near: &Near, number: u64) -> u64 {
    near.check();
    near.count.fetch_add(number, Ordering::SeqCst) + number
}

/// The same on the worker.
#[ffi]
pub fn near_add_queued(near: &Near, number: u64) -> u64 {
    near_add(near, number)
}

/// Keeps a note, and gives it back with the name of the thread.
#[ffi(inline)]
pub fn near_note(near: &Near, mut note: Note) -> Result<Note, String> {
    if note.text.is_empty() {
        return Err("an empty note".to_owned());
    }
    near.notes.lock().map_err(|error| error.to_string())?.push(note.text.clone());
    note.text.push_str(thread::current().name().unwrap_or("?"));
    Ok(note)
}

/// Blocks its caller for a while.
#[ffi(inline)]
pub fn near_block(near: &Near, wait_ms: u64) -> u64 {
    thread::sleep(Duration::from_millis(wait_ms));
    near.check();
    near.count.load(Ordering::SeqCst)
}

/// Panics.
#[ffi(inline)]
pub fn near_panic(_near: &Near, text: String) -> u64 {
    panic!("{text}")
}

/// Answers what cannot be told from less in C.
#[ffi(inline)]
pub fn near_nul(_near: &Near) -> Note {
    Note { text: "a\0b".to_owned(), numbers: Vec::new(), next: None }
}

/// Fires an event, by itself and by an emitter.
#[ffi(inline)]
pub fn near_fire(_near: &Near, number: u64) -> Result<(), String> {
    on_near(number);
    let events = Events::<Near>::current().map_err(|error| error.to_string())?;
    events.within(|| on_near(number + 1)).map_err(|error| error.to_string())
}

/// Spawns a task on the worker, which adds to the count through an event.
#[ffi(inline)]
pub fn near_spawn(_near: &Near, number: u64) -> Result<(), String> {
    let events = Events::<Near>::current().map_err(|error| error.to_string())?;
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(1)).await;
        let _ = events.within(|| on_near(number));
    });
    Ok(())
}

/// Waits for a timer, unless for no time, and tells which thread it ends on.
#[ffi(inline)]
pub async fn near_nap(near: &Near, wait_ms: u64) -> Result<String, String> {
    if wait_ms > 0 {
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    }
    near.check();
    Ok(thread::current().name().unwrap_or("?").to_owned())
}

/// Is pending so many times, woken at once each time; then panics or answers.
#[ffi(inline)]
pub async fn near_turns(near: &Near, mut turns: u32, panics: bool) -> u64 {
    std::future::poll_fn(|cx| {
        if turns == 0 {
            return Poll::Ready(());
        }
        turns -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
    near.check();
    assert!(!panics, "after its turns");
    near.count.load(Ordering::SeqCst)
}

/// Waits for a thread of the runtime's pool, which sleeps for a while, and tells its name.
#[ffi(inline)]
pub async fn near_pool(_near: &Near, wait_ms: u64) -> Result<String, String> {
    pool(wait_ms).await
}

/// The same on the worker.
#[ffi]
pub async fn near_pool_queued(_near: &Near, wait_ms: u64) -> Result<String, String> {
    pool(wait_ms).await
}

/// The same on a worker that no context has.
#[ffi]
pub async fn near_pool_detached(wait_ms: u64) -> Result<String, String> {
    pool(wait_ms).await
}

async fn pool(wait_ms: u64) -> Result<String, String> {
    let slept = tokio::task::spawn_blocking(move || {
        thread::sleep(Duration::from_millis(wait_ms));
        thread::current().name().unwrap_or("?").to_owned()
    });
    slept.await.map_err(|error| error.to_string())
}

/// How many states were dropped.
#[ffi(export)]
pub fn near_dropped() -> u64 {
    DROPPED.load(Ordering::SeqCst)
}

/// The sum, on the calling thread.
#[ffi]
pub fn near_sum(numbers: Vec<i64>) -> Result<i64, String> {
    numbers.into_iter().try_fold(0_i64, |sum, number| sum.checked_add(number)).ok_or_else(|| "too large".to_owned())
}

/// The sum, after a while.
#[ffi]
pub async fn near_sum_later(numbers: Vec<i64>, wait_ms: u64) -> Result<i64, String> {
    // Not `Send`: it stays on the worker that it begins on.
    let numbers = std::rc::Rc::new(numbers);
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    near_sum(numbers.to_vec())
}

/// The quotient, unless it is divided by zero.
#[ffi(export)]
pub fn near_divide(number: i32, by: i32) -> i32 {
    number / by
}
