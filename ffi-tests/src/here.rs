//! Functions without a state, and exports: what needs no context.

use crate::everything::{Everything, Level, Page, Shelf, Sign};
use crate::misuse::{Grenade, Labelled};
use ffi_runtime::ffi;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, SystemTime};

/// Gives everything back, on the calling thread.
#[ffi]
pub fn every_echo_here(value: Everything) -> Everything {
    value
}

/// Gives a page back, on the calling thread.
#[ffi]
pub fn every_echo_page_here(value: Page) -> Page {
    value
}

/// Gives a shelf back, on the calling thread.
#[ffi]
pub fn every_echo_shelf_here(value: Shelf) -> Shelf {
    value
}

/// Tells the time that is so many seconds and nanoseconds from 1970.
#[ffi]
pub fn every_time_of(secs: i64, nanos: u32) -> SystemTime {
    let whole = Duration::from_secs(secs.unsigned_abs());
    let second = if secs < 0 { SystemTime::UNIX_EPOCH - whole } else { SystemTime::UNIX_EPOCH + whole };
    second + Duration::from_nanos(nanos.into())
}

/// Tells the span of so many seconds and nanoseconds.
#[ffi]
pub fn every_duration_of(secs: u64, nanos: u32) -> Duration {
    Duration::new(secs, nanos)
}

/// Gives the sign back that stands between two numbers.
#[ffi]
pub fn every_sign_between(from: i16, value: Sign, to: i16) -> Sign {
    match value {
        Sign::Without => Sign::Between(from, to),
        Sign::Plus(_) | Sign::Minus { .. } | Sign::Between(..) => value,
    }
}

/// Gives everything back from a worker that no context has.
#[ffi]
pub async fn every_echo_detached(value: Everything) -> Result<Everything, String> {
    tokio::task::yield_now().await;
    Ok(value)
}

/// Tells its thread's name after a while.
#[ffi]
pub async fn every_thread_detached(wait_ms: u64) -> String {
    // Not `Send`, as nothing need be that stays on one thread.
    let name = Rc::new(thread::current().name().unwrap_or("?").to_owned());
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    name.as_ref().clone()
}

/// Tells its thread's name.
#[ffi]
pub fn every_thread_here() -> String {
    thread::current().name().unwrap_or("?").to_owned()
}

/// Fails with this text.
#[ffi]
pub fn every_fail_here(text: String) -> Result<(), String> {
    Err(text)
}

/// Panics with this text.
#[ffi]
pub fn every_panic_here(text: String) {
    panic!("{text}")
}

/// Panics with this text, after a wait.
#[ffi]
pub async fn every_panic_detached(text: String) {
    tokio::task::yield_now().await;
    panic!("{text}")
}

/// Gives back a value whose drop panics.
#[ffi]
pub fn every_grenade_here(value: Grenade) -> Grenade {
    value
}

/// Drops a value whose drop panics.
#[ffi]
pub fn every_drop_grenade_here(value: Grenade) {
    drop(value);
}

/// Answers a record whose text may hold a NUL.
#[ffi]
pub fn every_labelled_here(label: String, is_cut: bool) -> Labelled {
    Labelled { label: if is_cut { format!("{label}\0{label}") } else { label } }
}

/// Divides, which panics by zero.
#[ffi(export)]
pub fn every_divide(number: i32, by: i32) -> i32 {
    number / by
}

/// The next higher level, from the highest to the lowest.
#[ffi(export, rename_all = "camelCase")]
pub fn every_next_level(this_level: Level) -> Level {
    match this_level {
        Level::Lowest => Level::Middle,
        Level::Middle => Level::Next,
        Level::Next => Level::Highest,
        Level::Highest => Level::Lowest,
    }
}

/// Returns nothing.
#[ffi(export)]
pub fn every_ignore(_number: u8) {}

macro_rules! same {
    ($($name:ident: $ty:ty),* $(,)?) => {
        $(
            /// Returns its argument.
            #[ffi(export)]
            pub fn $name(value: $ty) -> $ty {
                value
            }
        )*
    };
}

same! {
    every_same_i8: i8,
    every_same_i16: i16,
    every_same_i32: i32,
    every_same_i64: i64,
    every_same_isize: isize,
    every_same_u8: u8,
    every_same_u16: u16,
    every_same_u32: u32,
    every_same_u64: u64,
    every_same_usize: usize,
    every_same_f32: f32,
    every_same_f64: f64,
    every_same_bool: bool,
    every_same_char: char,
}
