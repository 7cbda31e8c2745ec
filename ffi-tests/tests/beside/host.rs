//! A host of the library, which reaches it through its C symbols alone.

use crate::common::{Answer, Host, Probe, Symbols, failure_at, map, record, to_bytes};
use ciborium::Value;
use ffi_runtime::{ErrorKind, FfiCallback};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

// Links the library whose symbols are declared below.
use beside as _;

#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct GrenadePod {
    pub(crate) live: c_int,
}

unsafe extern "C" {
    fn beside_create_cbor(req: *const u8, len: usize, callback: FfiCallback, data: *mut c_void) -> *mut c_void;
    fn beside_destroy(ctx: *mut c_void) -> c_int;
    fn beside_ffi_call_cbor(
        ctx: *mut c_void,
        function: *const c_char,
        callback: FfiCallback,
        data: *mut c_void,
        req: *const u8,
        len: usize,
    ) -> c_int;
    fn beside_ffi_cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
    fn beside_ffi_close(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
    fn beside_ffi_last_error() -> *const c_char;
    fn beside_open(gate: u64);
    fn beside_visitors(gate: u64) -> u64;
    pub(crate) fn beside_ffi_add_event_listener(
        ctx: *mut c_void,
        event: *const c_char,
        callback: FfiCallback,
        data: *mut c_void,
    ) -> u64;
    pub(crate) fn beside_ffi_poll_fd(ctx: *mut c_void) -> c_int;
    pub(crate) fn beside_ffi_dispatch(ctx: *mut c_void, max: usize) -> c_int;

    pub(crate) fn beside_name(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
    pub(crate) fn beside_add(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, amount: i64) -> c_int;
    pub(crate) fn beside_soon(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, value: i64) -> c_int;
    pub(crate) fn beside_later(
        ctx: *mut c_void,
        callback: FfiCallback,
        data: *mut c_void,
        ms: u64,
        value: i64,
    ) -> c_int;
    pub(crate) fn beside_fail(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, text: *const c_char)
    -> c_int;
    pub(crate) fn beside_labelled(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
    pub(crate) fn beside_labelled_later(
        ctx: *mut c_void,
        callback: FfiCallback,
        data: *mut c_void,
        times: u64,
    ) -> c_int;
    pub(crate) fn beside_grenade(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, it: GrenadePod) -> c_int;
    pub(crate) fn beside_name_cbor(
        ctx: *mut c_void,
        callback: FfiCallback,
        data: *mut c_void,
        req: *const u8,
        len: usize,
    ) -> c_int;

    pub(crate) fn beside_none(callback: FfiCallback, data: *mut c_void) -> c_int;
    pub(crate) fn beside_parse(callback: FfiCallback, data: *mut c_void, text: *const c_char) -> c_int;
    pub(crate) fn beside_parse_cbor(callback: FfiCallback, data: *mut c_void, req: *const u8, len: usize) -> c_int;
    pub(crate) fn beside_lone_labelled(callback: FfiCallback, data: *mut c_void) -> c_int;
    pub(crate) fn beside_lone_labelled_later(callback: FfiCallback, data: *mut c_void, times: u64) -> c_int;
    pub(crate) fn beside_wait(callback: FfiCallback, data: *mut c_void, ms: u64, value: i64) -> c_int;
    pub(crate) fn beside_wait_cbor(callback: FfiCallback, data: *mut c_void, req: *const u8, len: usize) -> c_int;
}

/// How long a test waits for what must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The library's grace.
pub(crate) const GRACE: Duration = Duration::from_millis(500);

static BESIDE: Symbols = Symbols {
    create_cbor: beside_create_cbor,
    destroy: beside_destroy,
    call_cbor: beside_ffi_call_cbor,
    cancel: beside_ffi_cancel,
    close: beside_ffi_close,
};

/// A context that the constructor has made.
pub(crate) fn new(name: &str) -> Host {
    let (host, created) = create(name, None, 0);
    created.wait().ok();
    host
}

/// A context whose constructor fails as told, once the gate is open.
pub(crate) fn create(name: &str, failure: Option<&str>, gate: u64) -> (Host, &'static Probe) {
    let failure = failure.map_or(Value::Null, Value::from);
    let config = map([("name", name.into()), ("failure", failure), ("gate", gate.into())]);
    let probe = Probe::new();
    (Host::create_in(&BESIDE, &map([("config", config)]), probe), probe)
}

/// What a host passes that has no context.
pub(crate) fn nobody() -> Host {
    at(0)
}

/// What has this handle.
pub(crate) fn at(handle: usize) -> Host {
    Host::of(&BESIDE, handle)
}

/// A context and what is passed to a native entry point with it.
pub(crate) type Native<'a> = &'a dyn Fn(*mut c_void, FfiCallback, *mut c_void) -> c_int;

/// A callback that must come on this thread, exactly once, before the call returns; what the call
/// returned and the answer.
#[track_caller]
pub(crate) fn here(call: impl FnOnce(FfiCallback, *mut c_void) -> c_int) -> (c_int, Answer) {
    let here = thread::current().id();
    let probe = Probe::with(move |_| assert_eq!(thread::current().id(), here, "on the calling thread"));
    let ret = call(Some(record), probe.user_data());
    assert_eq!(probe.count(), 1, "once, before the call returns");
    (ret, probe.wait())
}

/// The same by name.
#[track_caller]
pub(crate) fn named_here(host: Host, function: &str, request: &Value) -> (c_int, Answer) {
    bytes_here(host, function, &to_bytes(request))
}

/// The same with these very bytes.
#[track_caller]
pub(crate) fn bytes_here(host: Host, function: &str, request: &[u8]) -> (c_int, Answer) {
    let function = std::ffi::CString::new(function).expect("no NUL");
    // SAFETY: name and bytes are readable, and `here` passes a probe that lives for ever.
    here(|callback, data| unsafe {
        beside_ffi_call_cbor(host.ctx(), function.as_ptr(), callback, data, request.as_ptr(), request.len())
    })
}

/// What last went wrong on this thread without a callback.
pub(crate) fn last_error() -> String {
    last_failure().0
}

/// The same; panics where it is not of this kind.
#[track_caller]
pub(crate) fn last_error_of(kind: ErrorKind) -> String {
    let (text, told) = last_failure();
    assert_eq!(told, kind as u8, "the kind of {text:?}");
    text
}

fn last_failure() -> (String, u8) {
    // SAFETY: it may be asked for at any time.
    let message = unsafe { beside_ffi_last_error() };
    // SAFETY: it is valid until the next error on this thread.
    unsafe { failure_at(message) }
}

/// A gate of the library's that is shut until this is dropped, so that a test that fails leaves
/// nobody waiting.
#[derive(Debug)]
pub(crate) struct Gate(pub(crate) u64);

impl Gate {
    pub(crate) fn new() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// The request of a function that waits there.
    pub(crate) fn request(&self) -> Value {
        map([("gate", self.0.into())])
    }

    /// Waits until so many have come.
    pub(crate) fn await_visitors(&self, count: u64) {
        // SAFETY: an export takes any number.
        wait_until(|| unsafe { beside_visitors(self.0) } >= count);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        // SAFETY: an export takes any number.
        unsafe { beside_open(self.0) };
    }
}

/// Waits until it is so.
#[track_caller]
pub(crate) fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "it never is");
        thread::sleep(Duration::from_millis(1));
    }
}

pub(crate) fn empty() -> Value {
    map([])
}

pub(crate) fn value(value: i64) -> Value {
    map([("value", value.into())])
}

pub(crate) fn turns(times: u64, amount: i64) -> Value {
    map([("times", times.into()), ("amount", amount.into())])
}
