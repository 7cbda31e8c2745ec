//! A context that has nothing to do costs no time of a processor without tokio either, and a worker
//! that looks for work before it sleeps misses none.
#![cfg(unix)]

use ffi_runtime::{FfiCallback, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::mem::MaybeUninit;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

// Links the library whose symbols are declared below.
use plain as _;
use toolchain::Bounded as _;

ffi_runtime::library!("keen", spin_us = 20);

/// A library whose worker looks for work before it sleeps.
#[ffi(state)]
pub struct Keen;

/// Makes the state.
#[ffi(ctor)]
pub fn keen_create() -> Keen {
    Keen
}

/// Does nothing.
#[ffi]
pub fn keen_nothing(_keen: &Keen) {}

/// Ends the state.
#[ffi(dtor)]
pub fn keen_destroy(_keen: Keen) {}

mod symbols {
    use super::{FfiCallback, c_int, c_void};

    unsafe extern "C" {
        pub(crate) fn plain_create(total: i64, callback: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(crate) fn plain_add(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, amount: i64) -> c_int;
        pub(crate) fn keen_create(callback: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(crate) fn keen_nothing(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
    }
}

/// For how long a context is watched that does nothing.
const WATCHED: Duration = Duration::from_secs(10);

/// What that may cost.
const MOST: Duration = Duration::from_millis(1);

static ANSWERS: AtomicU64 = AtomicU64::new(0);

unsafe extern "C-unwind" fn count(ret: c_int, _msg: *const c_char, _len: usize, _data: *mut c_void) {
    assert_eq!(ret, ffi_runtime::RET_OK, "the call succeeds");
    ANSWERS.fetch_add(1, Ordering::SeqCst);
}

/// Waits until there is one more answer than there were.
fn await_answer(before: u64) {
    while ANSWERS.load(Ordering::SeqCst) == before {
        thread::yield_now();
    }
}

#[test]
fn an_idle_context_costs_nothing() {
    alone("an_idle_context_costs_nothing", || {
        // SAFETY: the callback takes what it is given.
        let ctx = unsafe { symbols::plain_create(0, Some(count), std::ptr::null_mut()) };
        await_answer(0);
        // SAFETY: as above.
        move || unsafe { symbols::plain_add(ctx, Some(count), std::ptr::null_mut(), 1) }
    });
}

#[test]
fn an_idle_context_that_looks_for_work_costs_nothing() {
    alone("an_idle_context_that_looks_for_work_costs_nothing", || {
        // SAFETY: the callback takes what it is given.
        let ctx = unsafe { symbols::keen_create(Some(count), std::ptr::null_mut()) };
        await_answer(0);
        // SAFETY: as above.
        move || unsafe { symbols::keen_nothing(ctx, Some(count), std::ptr::null_mut()) }
    });
}

/// Watches a context in a process of its own, after it was busy.
fn alone<C: Fn() -> c_int>(name: &str, begin: impl FnOnce() -> C) {
    if std::env::var_os("ALONE").is_none() {
        let mut child = Command::new(std::env::current_exe().expect("this program"));
        let output = child.args(["--exact", name, "--nocapture"]).env("ALONE", "1").bounded().expect("it runs");
        return assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let call = begin();
    for number in 0..1_000 {
        let before = ANSWERS.load(Ordering::SeqCst);
        assert_eq!(call(), ffi_runtime::RET_OK, "the call is accepted");
        await_answer(before);
        // Around what a look takes, so that some calls come when the worker sleeps.
        thread::sleep(Duration::from_micros(number % 50));
    }
    thread::sleep(Duration::from_millis(200));
    let before = processor_time();
    thread::sleep(WATCHED);
    let cost = processor_time() - before;
    println!("{name}: {cost:?} in {WATCHED:?}");
    assert!(cost < MOST, "{cost:?} in {WATCHED:?}");
}

/// What all threads of this process have taken.
fn processor_time() -> Duration {
    let mut time = MaybeUninit::<libc::timespec>::uninit();
    // SAFETY: the time is written where it fits.
    let code = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, time.as_mut_ptr()) };
    assert_eq!(code, 0, "the process has a clock");
    // SAFETY: written, as the call succeeded.
    let time = unsafe { time.assume_init() };
    Duration::new(time.tv_sec.try_into().expect("not negative"), time.tv_nsec.try_into().expect("below a second"))
}
