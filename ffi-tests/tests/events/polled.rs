//! Libraries whose hosts poll, and what a host does to one.

use crate::common::gate::pass;
use crate::common::{Answer, Host, Probe, Symbols, map, to_bytes};
use ciborium::Value;
use ffi_runtime::{Events, FfiCallback, NoContext, RET_OK, RET_STALE_WARN, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

// Links the library whose symbols are declared below.
use slow as _;

/// How long a test waits for what must come.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// How long a test looks whether something comes that must not.
pub(super) const A_WHILE: Duration = Duration::from_millis(300);

/// Shorter than anybody waits at a gate, and far longer than the end of a context takes.
pub(super) const BOUND: Duration = Duration::from_secs(20);

/// A library whose host polls.
#[ffi(library = "polled", grace_ms = 1_000)]
pub(super) struct Polled;

/// One more.
#[ffi(event, library = "polled")]
pub fn on_note(number: u64);

/// An emitter that outlives its context.
pub(super) static KEPT: Mutex<Option<Events<Polled>>> = Mutex::new(None);

#[ffi(ctor, library = "polled")]
fn polled_create() -> Polled {
    Polled
}

/// Gives the number back.
#[ffi(library = "polled")]
fn polled_echo(_polled: &Polled, number: u64) -> u64 {
    number
}

/// The same, within a time that is ample for it.
#[ffi(deadline_ms = 2_000, library = "polled")]
fn polled_echo_soon(_polled: &Polled, number: u64) -> u64 {
    number
}

/// Blocks the worker.
#[ffi(library = "polled")]
fn polled_block(_polled: &Polled, gate: u64) {
    pass(gate);
}

/// Fires as many events.
#[ffi(library = "polled")]
fn polled_fire(_polled: &Polled, count: u64) {
    (0..count).for_each(on_note);
}

/// Keeps an emitter.
#[ffi(library = "polled")]
fn polled_keep(_polled: &Polled) -> Result<(), NoContext> {
    *KEPT.lock().expect("no panic") = Some(Events::<Polled>::current()?);
    Ok(())
}

#[ffi(dtor, library = "polled")]
fn polled_destroy(_polled: Polled) {}

/// Declares the symbols of a library.
macro_rules! library {
    ($library:ident, $module:ident, $create:ident, $destroy:ident, $call:ident, $cancel:ident, $close:ident,
     $add:ident, $poll_fd:ident, $dispatch:ident) => {
        mod $module {
            use super::{FfiCallback, c_char, c_int, c_void};

            unsafe extern "C" {
                pub(super) fn $create(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
                pub(super) fn $destroy(ctx: *mut c_void) -> c_int;
                pub(super) fn $call(
                    ctx: *mut c_void,
                    function: *const c_char,
                    cb: FfiCallback,
                    data: *mut c_void,
                    req: *const u8,
                    len: usize,
                ) -> c_int;
                pub(super) fn $cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
                pub(super) fn $close(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
                pub(super) fn $add(ctx: *mut c_void, event: *const c_char, cb: FfiCallback, data: *mut c_void) -> u64;
                pub(super) fn $poll_fd(ctx: *mut c_void) -> c_int;
                pub(super) fn $dispatch(ctx: *mut c_void, max: usize) -> c_int;
            }
        }

        pub(super) static $library: Library = Library {
            symbols: Symbols {
                create_cbor: $module::$create,
                destroy: $module::$destroy,
                call_cbor: $module::$call,
                cancel: $module::$cancel,
                close: $module::$close,
            },
            add_listener: $module::$add,
            poll_fd: $module::$poll_fd,
            dispatch: $module::$dispatch,
        };
    };
}

library!(
    POLLED,
    polled_symbols,
    polled_create_cbor,
    polled_destroy,
    polled_ffi_call_cbor,
    polled_ffi_cancel,
    polled_ffi_close,
    polled_ffi_add_event_listener,
    polled_ffi_poll_fd,
    polled_ffi_dispatch
);
library!(
    SLOW,
    slow_symbols,
    slow_create_cbor,
    slow_destroy,
    slow_ffi_call_cbor,
    slow_ffi_cancel,
    slow_ffi_close,
    slow_ffi_add_event_listener,
    slow_ffi_poll_fd,
    slow_ffi_dispatch
);

/// A library's symbols, with those of a host that polls.
pub(super) struct Library {
    symbols: Symbols,
    add_listener: unsafe extern "C" fn(*mut c_void, *const c_char, FfiCallback, *mut c_void) -> u64,
    poll_fd: unsafe extern "C" fn(*mut c_void) -> c_int,
    dispatch: unsafe extern "C" fn(*mut c_void, usize) -> c_int,
}

impl Library {
    /// A context that calls back.
    pub(super) fn create(&'static self, request: &Value) -> Host {
        let probe = Probe::new();
        let host = Host::create_in(&self.symbols, request, probe);
        last(probe).ok();
        host
    }

    /// Makes the host poll; gives the descriptor.
    pub(super) fn poll(&self, host: Host) -> c_int {
        // SAFETY: any handle may be asked about.
        let descriptor = unsafe { (self.poll_fd)(host.ctx()) };
        assert!(descriptor >= 0);
        descriptor
    }

    /// Dispatches up to so many; how many ran.
    pub(super) fn dispatch(&self, host: Host, max: usize) -> c_int {
        // SAFETY: every callback of these tests is given what lives for ever.
        unsafe { (self.dispatch)(host.ctx(), max) }
    }

    /// Dispatches until it is so; whether it came to be.
    pub(super) fn dispatch_until(&self, host: Host, is_so: impl Fn() -> bool) -> bool {
        comes_to_be(|| {
            self.dispatch(host, 100);
            is_so()
        })
    }

    /// Has an event of the library counted.
    pub(super) fn count(&self, host: Host, count: &'static AtomicU64) {
        let data = std::ptr::from_ref(count).cast_mut().cast();
        // SAFETY: the count lives for ever.
        let id = unsafe { (self.add_listener)(host.ctx(), c"on_note".as_ptr(), Some(counted), data) };
        assert!(id > 0, "a listener is added");
    }
}

unsafe extern "C-unwind" fn counted(ret: c_int, _msg: *const c_char, _len: usize, data: *mut c_void) {
    assert_eq!(ret, RET_OK, "nothing is dropped");
    // SAFETY: the listeners of these tests are given a count that lives for ever.
    let count = unsafe { &*data.cast::<AtomicU64>() };
    count.fetch_add(1, Ordering::SeqCst);
}

pub(super) fn polled() -> Host {
    POLLED.create(&map([]))
}

pub(super) fn slow() -> Host {
    SLOW.create(&map([("wait_ms", 0.into())]))
}

/// Has the tests with `slow` take turns: one that stays in a warning holds up those of the others.
pub(super) fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn number(number: u64) -> Value {
    map([("number", number.into())])
}

pub(super) fn sleep(wait_ms: u64) -> Value {
    map([("wait_ms", wait_ms.into()), ("number", 7.into())])
}

/// The answer, after any warnings.
pub(super) fn last(probe: &Probe) -> Answer {
    loop {
        let answer = probe.wait();
        if answer.ret != RET_STALE_WARN {
            return answer;
        }
    }
}

pub(super) fn comes_to_be(is_so: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    while !is_so() {
        if start.elapsed() > BOUND {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    true
}

/// Waits until there is something to poll.
pub(super) fn await_due(descriptor: c_int) {
    let mut polled = libc::pollfd { fd: descriptor, events: libc::POLLIN, revents: 0 };
    let milliseconds = c_int::try_from(PATIENCE.as_millis()).expect("a minute");
    // SAFETY: it is one structure.
    assert_eq!(unsafe { libc::poll(&raw mut polled, 1, milliseconds) }, 1, "nothing came to be due");
}

/// Calls, and runs `inside` within the callback, on the worker. Gives what it gave.
pub(super) fn on_worker<T: Send + 'static>(host: Host, inside: impl FnOnce() -> T + Send + 'static) -> T {
    let (gave, received) = mpsc::channel();
    let mut inside = Some(inside);
    let probe = Probe::with(move |_| {
        let inside = inside.take().expect("it fires once");
        let _ = gave.send(inside());
    });
    host.submit("polled_echo", &to_bytes(&number(0)), probe);
    received.recv_timeout(PATIENCE).expect("nothing waits for itself")
}

/// Runs `inside` within a call's first warning; says when it has.
pub(super) fn in_warning(mut inside: impl FnMut() + Send + 'static) -> (&'static Probe, mpsc::Receiver<()>) {
    let (left, has_left) = mpsc::channel();
    let mut is_first = true;
    let probe = Probe::with(move |answer| {
        if answer.ret == RET_STALE_WARN && std::mem::take(&mut is_first) {
            inside();
            let _ = left.send(());
        }
    });
    (probe, has_left)
}
