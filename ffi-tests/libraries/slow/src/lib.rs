//! A library that warns of calls that take long.

#![forbid(unsafe_code)]

use ffi_runtime::{Events, NoContext, ffi};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

ffi_runtime::library!(
    "slow",
    stale_warn_ms = 50,
    grace_ms = 500,
    event_limit = 8,
    event_overflow = "block",
    text = "c"
);

/// A library whose every call takes as long as it is told, and whose events wait for room.
#[ffi(state)]
pub struct Slow;

/// One more.
#[ffi(event)]
pub fn on_beat(number: u64);

/// A word.
#[ffi]
pub struct Word {
    /// The word itself.
    pub text: String,
}

/// A word was said.
#[ffi(event)]
pub fn on_said(word: Word);

/// How many beats threads of the library's own have fired.
static FIRED: AtomicU64 = AtomicU64::new(0);

/// Makes the state after a while.
#[ffi(ctor)]
pub async fn slow_create(wait_ms: u64) -> Slow {
    wait(wait_ms).await;
    Slow
}

/// Ends the state.
#[ffi(dtor)]
pub fn slow_destroy(_slow: Slow) {}

/// Says a word, with a NUL behind it where it `is_cut`.
#[ffi]
pub fn slow_say(_slow: &Slow, mut word: Word, is_cut: bool) {
    if is_cut {
        word.text.push('\0');
    }
    on_said(word);
}

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

/// Fires beats from the worker, which never waits for room.
#[ffi]
pub fn slow_fire(_slow: &Slow, from: u64, count: u64) {
    (from..from + count).for_each(on_beat);
}

/// Fires beats from a thread of the library's own, until there is no context any more.
#[ffi]
pub fn slow_fire_elsewhere(_slow: &Slow, from: u64, count: u64) -> Result<(), NoContext> {
    let events = Events::<Slow>::current()?;
    thread::spawn(move || {
        for number in from..from + count {
            if events.within(|| on_beat(number)).is_err() {
                return;
            }
            FIRED.fetch_add(1, Ordering::SeqCst);
        }
    });
    Ok(())
}

/// How many beats threads of the library's own have fired.
#[ffi]
pub fn slow_fired(_slow: &Slow) -> u64 {
    FIRED.load(Ordering::SeqCst)
}

async fn wait(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
