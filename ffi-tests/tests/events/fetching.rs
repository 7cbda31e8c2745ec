//! A host that fetches: what is due runs when it dispatches, wherever it does that; what is no
//! work of its worker's does not wait for it; and the end leaves nothing behind.

use crate::common::gate::{Gate, pass};
use crate::common::{Answer, Host, Probe, Symbols, map, to_bytes};
use ciborium::Value;
use ffi_runtime::{Events, FfiCallback, NoContext, RET_ERR, RET_OK, RET_STALE_WARN, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

// Links the library whose symbols are declared below.
use slow as _;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a test looks whether something comes that must not.
const A_WHILE: Duration = Duration::from_millis(300);

/// Shorter than anybody waits at a gate, and far longer than the end of a context takes.
const BOUND: Duration = Duration::from_secs(20);

/// A library whose host fetches.
#[ffi(library = "fetched", grace_ms = 1_000)]
struct Fetched;

/// One more.
#[ffi(event)]
pub fn on_note(number: u64);

/// An emitter that outlives its context.
static KEPT: Mutex<Option<Events<Fetched>>> = Mutex::new(None);

#[ffi(ctor)]
fn fetched_create() -> Fetched {
    Fetched
}

/// Gives the number back.
#[ffi]
fn fetched_echo(_fetched: &Fetched, number: u64) -> u64 {
    number
}

/// The same, within a time that is ample for it.
#[ffi(deadline_ms = 2_000)]
fn fetched_echo_soon(_fetched: &Fetched, number: u64) -> u64 {
    number
}

/// Blocks the worker.
#[ffi]
fn fetched_block(_fetched: &Fetched, gate: u64) {
    pass(gate);
}

/// Fires as many events.
#[ffi]
fn fetched_fire(_fetched: &Fetched, count: u64) {
    (0..count).for_each(on_note);
}

/// Keeps an emitter.
#[ffi]
fn fetched_keep(_fetched: &Fetched) -> Result<(), NoContext> {
    *KEPT.lock().expect("no panic") = Some(Events::<Fetched>::current()?);
    Ok(())
}

#[ffi(dtor)]
fn fetched_destroy(_fetched: Fetched) {}

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

        static $library: Library = Library {
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
    FETCHED,
    fetched_symbols,
    fetched_create_cbor,
    fetched_destroy,
    fetched_call_cbor,
    fetched_cancel,
    fetched_close,
    fetched_add_event_listener,
    fetched_poll_fd,
    fetched_dispatch
);
library!(
    SLOW,
    slow_symbols,
    slow_create_cbor,
    slow_destroy,
    slow_call_cbor,
    slow_cancel,
    slow_close,
    slow_add_event_listener,
    slow_poll_fd,
    slow_dispatch
);

/// A library's symbols, with those of a host that fetches.
struct Library {
    symbols: Symbols,
    add_listener: unsafe extern "C" fn(*mut c_void, *const c_char, FfiCallback, *mut c_void) -> u64,
    poll_fd: unsafe extern "C" fn(*mut c_void) -> c_int,
    dispatch: unsafe extern "C" fn(*mut c_void, usize) -> c_int,
}

impl Library {
    /// A context that calls back.
    fn create(&'static self, request: &Value) -> Host {
        let probe = Probe::new();
        let host = Host::create_in(&self.symbols, request, probe);
        last(probe).ok();
        host
    }

    /// Makes the host fetch; gives the descriptor.
    fn fetch(&self, host: Host) -> c_int {
        // SAFETY: any handle may be asked about.
        let descriptor = unsafe { (self.poll_fd)(host.ctx()) };
        assert!(descriptor >= 0);
        descriptor
    }

    /// Dispatches up to so many; how many ran.
    fn dispatch(&self, host: Host, max: usize) -> c_int {
        // SAFETY: every callback of these tests is given what lives for ever.
        unsafe { (self.dispatch)(host.ctx(), max) }
    }

    /// Dispatches until it is so; whether it came to be.
    fn dispatch_until(&self, host: Host, is_so: impl Fn() -> bool) -> bool {
        comes_to_be(|| {
            self.dispatch(host, 100);
            is_so()
        })
    }

    /// Has an event of the library counted.
    fn count(&self, host: Host, count: &'static AtomicU64) {
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

fn fetched() -> Host {
    FETCHED.create(&map([]))
}

fn slow() -> Host {
    SLOW.create(&map([("wait_ms", 0.into())]))
}

/// Has the tests with `slow` take turns: one that stays in a warning holds up those of the others.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn number(number: u64) -> Value {
    map([("number", number.into())])
}

fn sleep(wait_ms: u64) -> Value {
    map([("wait_ms", wait_ms.into()), ("number", 7.into())])
}

/// The answer, after any warnings.
fn last(probe: &Probe) -> Answer {
    loop {
        let answer = probe.wait();
        if answer.ret != RET_STALE_WARN {
            return answer;
        }
    }
}

fn comes_to_be(is_so: impl Fn() -> bool) -> bool {
    let start = Instant::now();
    while !is_so() {
        if start.elapsed() > BOUND {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    true
}

/// Waits until there is something to fetch.
fn await_due(descriptor: c_int) {
    let mut polled = libc::pollfd { fd: descriptor, events: libc::POLLIN, revents: 0 };
    let milliseconds = c_int::try_from(PATIENCE.as_millis()).expect("a minute");
    // SAFETY: it is one structure.
    assert_eq!(unsafe { libc::poll(&raw mut polled, 1, milliseconds) }, 1, "nothing came to be due");
}

/// Calls, and runs `inside` within the callback, on the worker. Gives what it gave.
fn on_worker<T: Send + 'static>(host: Host, inside: impl FnOnce() -> T + Send + 'static) -> T {
    let (gave, received) = mpsc::channel();
    let mut inside = Some(inside);
    let probe = Probe::with(move |_| {
        let inside = inside.take().expect("it fires once");
        let _ = gave.send(inside());
    });
    host.submit("fetched_echo", &to_bytes(&number(0)), probe);
    received.recv_timeout(PATIENCE).expect("nothing waits for itself")
}

/// Runs `inside` within a call's first warning; says when it has.
fn in_warning(mut inside: impl FnMut() + Send + 'static) -> (&'static Probe, mpsc::Receiver<()>) {
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

#[test]
fn a_refusal_on_the_worker_of_a_host_that_fetches_has_fired_when_the_call_returns() {
    let (host, gone) = (fetched(), fetched());
    assert_eq!(gone.destroy(), RET_OK);
    let fired = on_worker(host, move || {
        FETCHED.fetch(host);
        let (unknown, stale) = (Probe::new(), Probe::new());
        let rets = [host.submit("fetched_nothing", &[], unknown), gone.submit("fetched_echo", &[], stale)];
        (rets, [unknown.count(), stale.count()])
    });
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(fired, ([RET_ERR; 2], [1; 2]));
}

#[test]
fn what_waits_in_one_context_is_answered_when_the_worker_of_one_that_is_fetched_has_destroyed_it() {
    let (doer, destroyed) = (fetched(), fetched());
    let gate = Gate::new();
    let blocker = destroyed.start("fetched_block", &map([("gate", gate.0.into())]));
    gate.await_visitor();
    // Its answer is what lets the blocked worker go on, and so the destroyer return.
    let mut gate = Some(gate);
    let waiting = Probe::with(move |_| drop(gate.take()));
    destroyed.submit("fetched_echo", &to_bytes(&number(1)), waiting);
    let (ret, answered) = on_worker(doer, move || {
        FETCHED.fetch(doer);
        (destroyed.destroy(), waiting.count())
    });
    assert_eq!(doer.destroy(), RET_OK);
    assert_eq!((ret, answered), (RET_OK, 1));
    assert_eq!(waiting.wait().error(), "cancelled");
    blocker.wait().ok();
}

#[test]
fn who_dispatches_within_a_warning_that_was_fetched_does_not_wait_for_itself() {
    let _turn = alone();
    let host = slow();
    SLOW.fetch(host);
    let (probe, has_left) = in_warning(move || {
        // The result is there by now, but not due.
        thread::sleep(A_WHILE);
        SLOW.dispatch(host, 100);
    });
    host.submit("slow_sleep", &to_bytes(&sleep(120)), probe);
    let fetcher = thread::spawn(move || comes_to_be(|| SLOW.dispatch(host, 100) < 0));
    has_left.recv_timeout(BOUND).expect("it leaves the warning");
    assert_eq!(last(probe).value(), Value::from(7));
    assert_eq!(host.destroy(), RET_OK);
    assert!(fetcher.join().expect("no panic"), "it dispatches until there is no context");
}

#[test]
fn who_begins_to_fetch_within_a_warning_and_dispatches_does_not_wait_for_itself() {
    let _turn = alone();
    let host = slow();
    let (probe, has_left) = in_warning(move || {
        SLOW.fetch(host);
        thread::sleep(A_WHILE);
        SLOW.dispatch(host, 100);
    });
    host.submit("slow_sleep", &to_bytes(&sleep(120)), probe);
    has_left.recv_timeout(BOUND).expect("it leaves the warning");
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(last(probe).value(), Value::from(7), "the end fetches what is left");
}

#[test]
fn destroying_within_a_dispatched_callback_loses_no_reply() {
    for _ in 0..200 {
        let host = fetched();
        FETCHED.fetch(host);
        let destroyer = Probe::with(move |_| assert_eq!(host.destroy(), RET_OK));
        let (later, undecoded) = (Probe::new(), Probe::new());
        host.submit("fetched_echo", &to_bytes(&number(1)), destroyer);
        host.submit("fetched_echo", &to_bytes(&number(2)), later);
        host.submit("fetched_echo", &[0xff], undecoded);
        assert!(comes_to_be(|| FETCHED.dispatch(host, 1) != 0));
        assert!(comes_to_be(|| later.has_fired() && undecoded.has_fired()), "a reply was lost");
        let counts = [destroyer, later, undecoded].map(Probe::count);
        assert_eq!(counts, [1; 3]);
    }
}

#[test]
fn the_descriptor_is_closed_with_its_context_though_an_emitter_lives_on() {
    let test = "fetching::the_descriptor_is_closed_with_its_context_though_an_emitter_lives_on";
    // Where no other test opens one of the same number.
    crate::common::in_own_process(test, || {
        let host = fetched();
        host.call("fetched_keep", &map([])).ok();
        let descriptor = FETCHED.fetch(host);
        assert_eq!(host.destroy(), RET_OK);
        assert!(KEPT.lock().expect("no panic").is_some());
        // SAFETY: any number may be asked about.
        assert_eq!(unsafe { libc::fcntl(descriptor, libc::F_GETFD) }, -1);
    });
}

#[test]
fn when_the_host_has_closed_the_replies_come_from_the_worker() {
    let _turn = alone();
    let host = slow();
    let descriptor = SLOW.fetch(host);
    let (thread_named, names) = mpsc::channel();
    let kept = Probe::with(move |answer| {
        if answer.ret == RET_OK {
            let _ = thread_named.send(thread::current().name().map(str::to_owned));
        }
    });
    host.submit("slow_echo", &to_bytes(&number(1)), kept);
    await_due(descriptor);
    host.start("slow_block", &sleep(400));
    let closed = Probe::new();
    assert_eq!(host.close(closed), RET_OK);
    last(closed).ok();
    let name = names.recv_timeout(PATIENCE).expect("it was answered");
    assert_eq!(name.as_deref(), Some("slow-worker"));
}

#[test]
fn events_that_were_fired_before_the_end_are_delivered_by_who_waits_for_it() {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let host = fetched();
    FETCHED.count(host, &COUNT);
    let descriptor = FETCHED.fetch(host);
    let probe = host.start("fetched_fire", &map([("count", 3.into())]));
    await_due(descriptor);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((probe.count(), COUNT.load(Ordering::SeqCst)), (1, 3));
}

#[test]
fn a_warning_that_stays_bounds_the_wait_for_the_end_of_a_host_that_fetches() {
    let _turn = alone();
    let host = slow();
    let gate = Gate::new();
    SLOW.fetch(host);
    let at_gate = gate.0;
    let (probe, _) = in_warning(move || pass(at_gate));
    host.submit("slow_sleep", &to_bytes(&sleep(150)), probe);
    let fetcher = thread::spawn(move || comes_to_be(|| SLOW.dispatch(host, 1) > 0));
    gate.await_visitor();
    // The result is there by now, but not due.
    thread::sleep(A_WHILE);
    let (returned, has_returned) = mpsc::channel();
    thread::spawn(move || returned.send(host.destroy()));
    let ret = has_returned.recv_timeout(BOUND).expect("it returns while the warning stays");
    assert_eq!(ret, RET_ERR);
    drop(gate);
    assert_eq!(last(probe).value(), Value::from(7));
    assert!(fetcher.join().expect("no panic"), "a warning was fetched");
}

#[test]
fn a_result_that_came_in_time_is_not_past_its_deadline_however_late_it_is_fetched() {
    let host = fetched();
    let descriptor = FETCHED.fetch(host);
    let probe = host.start("fetched_echo_soon", &number(5));
    await_due(descriptor);
    thread::sleep(Duration::from_millis(2_500));
    assert!(!probe.has_fired(), "it waits to be fetched");
    assert!(FETCHED.dispatch_until(host, || probe.has_fired()));
    assert_eq!(probe.wait().value(), Value::from(5));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn the_end_waits_for_who_is_dispatching() {
    let host = fetched();
    let gate = Gate::new();
    FETCHED.fetch(host);
    let at_gate = gate.0;
    let probe = Probe::with(move |_| pass(at_gate));
    host.submit("fetched_echo", &to_bytes(&number(1)), probe);
    let fetcher = thread::spawn(move || comes_to_be(|| FETCHED.dispatch(host, 100) > 0));
    gate.await_visitor();
    let (returned, has_returned) = mpsc::channel();
    thread::spawn(move || returned.send((host.destroy(), probe.count())));
    assert!(has_returned.recv_timeout(A_WHILE).is_err(), "it returned while a callback ran");
    drop(gate);
    assert_eq!(has_returned.recv_timeout(PATIENCE).expect("it returns"), (RET_OK, 1));
    assert!(fetcher.join().expect("no panic"));
}
