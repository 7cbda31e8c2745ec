//! Each argument and each result of a call beside the worker is dropped once, whatever becomes of
//! the call.

use crate::common::{Host, Probe, Symbols, map, to_bytes};
use crate::host::{empty, wait_until};
use ffi_runtime::{ErrorKind, FfiCallback, RET_ERR, RET_OK, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The numbers of the values that were dropped.
static DROPPED: Mutex<Vec<u64>> = Mutex::new(Vec::new());

/// A value whose drop is noted.
#[ffi]
#[derive(Debug)]
struct Noted {
    number: u64,
}

impl Drop for Noted {
    fn drop(&mut self) {
        DROPPED.lock().unwrap_or_else(PoisonError::into_inner).push(self.number);
    }
}

/// How often the value of this number was dropped.
fn drops(number: u64) -> usize {
    DROPPED.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|&&it| it == number).count()
}

/// The number of a fresh value; the one above it is that of what is made of it.
fn fresh() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(2, Ordering::Relaxed) + 2
}

/// A library whose values are noted.
#[ffi(library = "noted", shared, grace_ms = 300)]
struct Notes;

#[ffi(ctor, library = "noted")]
fn noted_create() -> Notes {
    Notes
}

#[ffi(dtor, library = "noted")]
fn noted_destroy(_notes: Notes) {}

fn next(value: &Noted) -> Noted {
    Noted { number: value.number + 1 }
}

/// How a function ends.
#[ffi]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Answers,
    Fails,
    Panics,
    Never,
}

fn end(value: &Noted, way: Way) -> Result<Noted, String> {
    let made = next(value);
    match way {
        Way::Fails => Err("told to fail".to_owned()),
        Way::Panics => panic!("told to panic"),
        Way::Answers | Way::Never => Ok(made),
    }
}

async fn end_later(value: Noted, times: u32, way: Way) -> Result<Noted, String> {
    for _ in 0..times {
        tokio::task::yield_now().await;
    }
    if way == Way::Never {
        let _made = next(&value);
        return std::future::pending().await;
    }
    end(&value, way)
}

#[ffi(inline, library = "noted")]
fn noted_take(_notes: &Notes, value: Noted, way: Way) -> Result<Noted, String> {
    end(&value, way)
}

#[ffi(inline, library = "noted")]
async fn noted_take_later(_notes: &Notes, value: Noted, times: u32, way: Way) -> Result<Noted, String> {
    end_later(value, times, way).await
}

#[ffi(library = "noted")]
fn noted_lone(value: Noted, way: Way) -> Result<Noted, String> {
    end(&value, way)
}

#[ffi(library = "noted")]
async fn noted_lone_later(value: Noted, times: u32, way: Way) -> Result<Noted, String> {
    end_later(value, times, way).await
}

mod symbols {
    use super::{FfiCallback, c_char, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn noted_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn noted_destroy(ctx: *mut c_void) -> c_int;
        pub(super) fn noted_ffi_call_cbor(
            ctx: *mut c_void,
            function: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
            req: *const u8,
            len: usize,
        ) -> c_int;
        pub(super) fn noted_ffi_cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
        pub(super) fn noted_ffi_close(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
        pub(super) fn noted_take(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: u64, way: c_int)
        -> c_int;
        pub(super) fn noted_lone(cb: FfiCallback, data: *mut c_void, value: u64, way: c_int) -> c_int;
        pub(super) fn noted_lone_later(cb: FfiCallback, data: *mut c_void, value: u64, times: u32, way: c_int)
        -> c_int;
    }
}

static NOTED: Symbols = Symbols {
    create_cbor: symbols::noted_create_cbor,
    destroy: symbols::noted_destroy,
    call_cbor: symbols::noted_ffi_call_cbor,
    cancel: symbols::noted_ffi_cancel,
    close: symbols::noted_ffi_close,
};

fn noted() -> Host {
    let created = Probe::new();
    let host = Host::create_in(&NOTED, &empty(), created);
    created.wait().ok();
    host
}

fn request(number: u64, times: u32, way: &str) -> Vec<u8> {
    to_bytes(&map([("value", map([("number", number.into())])), ("times", times.into()), ("way", way.into())]))
}

/// Waits until the value and what was made of it were dropped, and asserts that it was once.
#[track_caller]
fn assert_dropped(number: u64) {
    wait_until(|| drops(number) > 0 && drops(number + 1) > 0);
    assert_eq!((drops(number), drops(number + 1)), (1, 1));
}

#[test]
fn whatever_the_handler_does() {
    let host = noted();
    for (function, times) in [
        ("noted_take", 0),
        ("noted_take_later", 0),
        ("noted_take_later", 1),
        ("noted_take_later", 5),
        ("noted_lone", 0),
        ("noted_lone_later", 0),
        ("noted_lone_later", 3),
    ] {
        for (way, ret) in [("Answers", RET_OK), ("Fails", RET_ERR), ("Panics", RET_ERR)] {
            let (number, probe) = (fresh(), Probe::new());
            assert_eq!(host.submit(function, &request(number, times, way), probe), RET_OK);
            assert_eq!(probe.wait().ret, ret, "{function} {way}");
            assert_dropped(number);
            assert_eq!(probe.count(), 1);
        }
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn natively_too() {
    let host = noted();
    for way in [Way::Answers, Way::Fails, Way::Panics] {
        let numbers = [(); 3].map(|()| fresh());
        let probes = [(); 3].map(|()| Probe::new());
        let (callback, way) = (Some(crate::common::record as ffi_runtime::Callback), way as c_int);
        // A struct of one number is passed as that number; the probes live for ever.
        let rets = [
            // SAFETY: as said above.
            unsafe { symbols::noted_take(host.ctx(), callback, probes[0].user_data(), numbers[0], way) },
            // SAFETY: as said above.
            unsafe { symbols::noted_lone(callback, probes[1].user_data(), numbers[1], way) },
            // SAFETY: as said above.
            unsafe { symbols::noted_lone_later(callback, probes[2].user_data(), numbers[2], 1, way) },
        ];
        assert_eq!(rets, [RET_OK; 3]);
        for (probe, number) in probes.into_iter().zip(numbers) {
            probe.wait();
            assert_dropped(number);
        }
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn where_the_call_is_refused() {
    let host = noted();
    assert_eq!(host.destroy(), RET_OK);
    let (number, probe) = (fresh(), Probe::new());
    // SAFETY: a struct of one number is passed as that number; the probe lives for ever.
    let ret = unsafe { symbols::noted_take(host.ctx(), Some(crate::common::record), probe.user_data(), number, 0) };
    assert_eq!((ret, probe.count(), drops(number)), (RET_ERR, 1, 0), "it was not even read");
    let (number, probe) = (fresh(), Probe::new());
    // SAFETY: as above. The way is none, and stands behind the value.
    let ret = unsafe { symbols::noted_lone(Some(crate::common::record), probe.user_data(), number, 99) };
    assert_eq!((ret, probe.count()), (RET_ERR, 1));
    assert_eq!(probe.wait().error(), "noted_lone: way: 99 is not a value of the enumeration");
    assert_eq!(drops(number), 1);
}

#[test]
fn where_the_context_goes_away() {
    let host = noted();
    let calls = [0, 3].map(|times| {
        let (number, probe) = (fresh(), Probe::new());
        assert_eq!(host.submit("noted_take_later", &request(number, times, "Never"), probe), RET_OK);
        (number, probe)
    });
    assert_eq!(host.destroy(), RET_OK);
    for (number, probe) in calls {
        assert_eq!(probe.wait().error_of(ErrorKind::Cancelled), "cancelled");
        assert_eq!(drops(number), 1, "before destroy returned");
        assert_dropped(number);
        assert_eq!(probe.count(), 1);
    }
}
