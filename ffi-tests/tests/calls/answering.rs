//! Who answers, in which order, and from where a host may ask: by name every function, from inside
//! of every callback every entry point.

use crate::common::{Answer, Host, Probe, config, map, record, to_bytes};
use ciborium::Value;
use ffi_runtime::schema::{FunctionKind, Library};
use ffi_runtime::{FfiCallback, PodText, RET_ERR, RET_OK};
use std::ffi::{c_char, c_int, c_void};
use std::ptr::null_mut;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long a test waits for a callback to return.
const PATIENCE: Duration = Duration::from_secs(60);

type Listen = unsafe extern "C" fn(*mut c_void, *const c_char, FfiCallback, *mut c_void) -> u64;

unsafe extern "C" {
    safe fn every_divide(number: i32, by: i32) -> i32;
    safe fn every_ffi_remove_event_listener(ctx: *mut c_void, id: u64) -> c_int;
    safe fn every_ffi_poll_fd(ctx: *mut c_void) -> c_int;
    fn every_ffi_dispatch(ctx: *mut c_void, max: usize) -> c_int;
    fn every_ffi_add_event_listener(ctx: *mut c_void, event: *const c_char, cb: FfiCallback, data: *mut c_void) -> u64;
    fn every_ffi_add_event_listener_cbor(
        ctx: *mut c_void,
        event: *const c_char,
        cb: FfiCallback,
        data: *mut c_void,
    ) -> u64;
    fn every_nothing(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
    fn every_nothing_cbor(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, req: *const u8, len: usize) -> c_int;
    fn every_thread_here(cb: FfiCallback, data: *mut c_void) -> c_int;
    fn every_log_shared(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, name: PodText, wait_ms: u64) -> c_int;
}

fn empty() -> Value {
    map([])
}

fn millis(wait_ms: u64) -> Value {
    map([("wait_ms", wait_ms.into())])
}

fn log_call(name: &str) -> Value {
    map([("name", name.into()), ("wait_ms", 0.into())])
}

#[test]
fn every_function_is_reached_by_its_name() {
    let mut len = 0;
    // SAFETY: the length is writable.
    let schema = unsafe { crate::common::every_ffi_schema(&raw mut len) };
    // SAFETY: the schema is static memory.
    let schema = unsafe { std::slice::from_raw_parts(schema, len) };
    let library = Library::from_cbor(schema).expect("a schema");
    let host = Host::new();
    let mut reached = 0;
    for function in &library.functions {
        if matches!(function.kind, FunctionKind::Constructor | FunctionKind::Destructor | FunctionKind::Export) {
            continue;
        }
        // No request at all, so that its handler does not run; told by the function that was reached.
        let answer = host.call_bytes(&function.name, &[0xff]);
        assert_eq!(answer.error(), format!("{}: expected a map, found a break", function.name));
        reached += 1;
    }
    assert!(reached > 80, "only {reached} functions were found");
    assert_eq!(host.destroy(), RET_OK);
}

/// A probe that tells the name of the thread that it fires on.
fn teller() -> (&'static Probe, mpsc::Receiver<Option<String>>) {
    let (tells, told) = mpsc::channel();
    let probe = Probe::with(move |_| {
        let _ = tells.send(thread::current().name().map(str::to_owned));
    });
    (probe, told)
}

#[track_caller]
fn is_of_the_library(told: &mpsc::Receiver<Option<String>>) {
    let name = told.recv_timeout(PATIENCE).expect("an answer");
    assert!(name.as_ref().is_some_and(|name| name.starts_with("every-")), "{name:?}");
}

#[test]
fn what_was_accepted_is_answered_on_a_thread_of_the_library() {
    let (probe, told) = teller();
    let request = to_bytes(&map([("config", config("answering", None, 0))]));
    // SAFETY: the bytes are readable and the probe lives for ever.
    let ctx =
        unsafe { crate::common::every_create_cbor(request.as_ptr(), request.len(), Some(record), probe.user_data()) };
    is_of_the_library(&told);
    let host = Host::at(ctx.expose_provenance());
    for (function, request) in [
        ("every_nothing", to_bytes(&empty())),
        ("every_nothing", vec![0xff]),
        ("every_fail", to_bytes(&map([("text", "no".into())]))),
        ("every_panic", to_bytes(&map([("text", "boom".into())]))),
        ("every_sleep", to_bytes(&millis(5))),
        ("every_block_briefly", to_bytes(&millis(1_000))),
        ("every_thread_detached", to_bytes(&millis(1))),
    ] {
        let (probe, told) = teller();
        assert_eq!(host.submit(function, &request, probe), RET_OK, "{function}");
        is_of_the_library(&told);
    }
    let (probe, told) = teller();
    host.start("every_block", &millis(200));
    assert_eq!(host.submit("every_nothing", &[], probe), RET_OK);
    assert_eq!(host.cancel(probe), RET_OK);
    is_of_the_library(&told);
    let (probe, told) = teller();
    assert_eq!(host.close(probe), RET_OK);
    is_of_the_library(&told);
}

/// Calls every entry point on this context and on another, and destroys both.
fn use_everything(host: Host) {
    use_context(host, false);
    let other = Host::new();
    use_context(other, true);
    assert_eq!((every_divide(6, 3), every_divide(1, 0)), (2, 0));
    assert!(crate::common::last_error().contains("divide by zero"));
    let here = Probe::new();
    // SAFETY: the probe lives for ever.
    assert_eq!((unsafe { every_thread_here(Some(record), here.user_data()) }, here.count()), (RET_OK, 1));
    let mut len = 0;
    // SAFETY: the length is writable.
    assert!(!unsafe { crate::common::every_ffi_schema(&raw mut len) }.is_null() && len > 0);
    // SAFETY: it may be asked for at any time.
    assert_ne!(unsafe { crate::common::every_ffi_abi_hash() }, 0);
    let closed = Probe::new();
    assert_eq!(Host::new().close(closed), RET_OK);
    closed.wait().ok();
    host.destroy();
}

/// Calls the entry points of a context, of which the answers are waited for where they can be.
fn use_context(host: Host, is_waited_for: bool) {
    let probes = [Probe::new(), Probe::new(), Probe::new()];
    // SAFETY: the probe lives for ever.
    let native = unsafe { every_nothing(host.ctx(), Some(record), probes[0].user_data()) };
    // SAFETY: the probe lives for ever; no bytes are read.
    let cbor = unsafe { every_nothing_cbor(host.ctx(), Some(record), probes[1].user_data(), std::ptr::null(), 0) };
    let named = host.submit("every_nothing", &[], probes[2]);
    assert!(native == cbor && cbor == named, "all are accepted or none is");
    assert_eq!(host.cancel(Probe::new()), named);
    for listen in [every_ffi_add_event_listener as Listen, every_ffi_add_event_listener_cbor] {
        // SAFETY: the name is readable and the probe lives for ever.
        let id = unsafe { listen(host.ctx(), c"on_number".as_ptr(), Some(record), Probe::new().user_data()) };
        assert_eq!(id > 0, named == RET_OK);
        assert_eq!(every_ffi_remove_event_listener(host.ctx(), id), named);
    }
    if is_waited_for {
        probes.iter().for_each(|probe| assert_eq!(probe.wait().ret, named));
        assert!(every_ffi_poll_fd(host.ctx()) >= 0);
    }
    // SAFETY: every callback of this context is given what lives for ever.
    let ran = unsafe { every_ffi_dispatch(host.ctx(), 1) };
    assert!(if named == RET_OK { ran >= 0 } else { ran == -1 });
    if is_waited_for {
        assert_eq!(host.destroy(), RET_OK);
    }
}

/// A probe that uses everything when it first fires, and says when it has.
fn user(host: impl Fn() -> Host + Send + 'static) -> (&'static Probe, mpsc::Receiver<()>) {
    let (leaves, has_left) = mpsc::channel();
    let mut is_first = true;
    let probe = Probe::with(move |_| {
        if std::mem::take(&mut is_first) {
            use_everything(host());
            let _ = leaves.send(());
        }
    });
    (probe, has_left)
}

#[track_caller]
fn leaves(has_left: &mpsc::Receiver<()>) {
    has_left.recv_timeout(PATIENCE).expect("the callback returns");
}

#[test]
fn from_inside_any_callback_every_entry_point_may_be_called() {
    for (function, request) in [
        ("every_nothing", to_bytes(&empty())),
        ("every_panic", to_bytes(&map([("text", "boom".into())]))),
        ("every_block_briefly", to_bytes(&millis(1_000))),
        ("every_give_bytes", vec![0; 4_194_305]),
        ("every_unknown", vec![]),
    ] {
        let host = Host::new();
        let (probe, has_left) = user(move || host);
        host.submit(function, &request, probe);
        leaves(&has_left);
        assert_eq!(probe.wait().ret == RET_OK, function == "every_nothing");
    }
}

#[test]
fn so_it_is_in_those_of_a_constructor_a_close_and_a_listener() {
    let (handle_is, handle) = mpsc::channel();
    let (created, has_left) = user(move || handle.recv().expect("a handle"));
    let request = to_bytes(&map([("config", config("answering", None, 0))]));
    // SAFETY: the bytes are readable and the probe lives for ever.
    let ctx =
        unsafe { crate::common::every_create_cbor(request.as_ptr(), request.len(), Some(record), created.user_data()) };
    handle_is.send(Host::at(ctx.expose_provenance())).expect("it is awaited");
    leaves(&has_left);

    let host = Host::new();
    let (closed, has_left) = user(move || host);
    assert_eq!(host.close(closed), RET_OK);
    leaves(&has_left);

    for listen in [every_ffi_add_event_listener as Listen, every_ffi_add_event_listener_cbor] {
        let host = Host::new();
        let (heard, has_left) = user(move || host);
        // SAFETY: the name is readable and the probe lives for ever.
        assert!(unsafe { listen(host.ctx(), c"on_number".as_ptr(), Some(record), heard.user_data()) } > 0);
        host.start("every_fire_numbers", &map([("from", 1.into()), ("count", 1.into())]));
        leaves(&has_left);
    }
}

static CANCELLED: AtomicUsize = AtomicUsize::new(0);
static ANSWERED: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C-unwind" fn count(ret: c_int, _msg: *const c_char, _len: usize, user_data: *mut c_void) {
    assert!(user_data.is_null());
    let count = if ret == RET_ERR { &CANCELLED } else { &ANSWERED };
    count.fetch_add(1, Ordering::SeqCst);
}

#[test]
fn null_cancels_the_calls_whose_user_data_is_null_and_no_others() {
    let host = Host::new();
    let blocker = host.start("every_block", &millis(500));
    let call = || {
        // SAFETY: the callback only counts.
        assert_eq!(unsafe { every_nothing(host.ctx(), Some(count), null_mut()) }, RET_OK);
    };
    (0..5).for_each(|_| call());
    let other = host.start("every_nothing", &empty());
    // One that matches nothing first.
    assert_eq!(host.cancel(Probe::new()), RET_OK);
    // SAFETY: any pointer may be asked about.
    assert_eq!(unsafe { crate::common::every_ffi_cancel(host.ctx(), null_mut()) }, RET_OK);
    (0..3).for_each(|_| call());
    assert!(!blocker.has_fired(), "the worker was to be blocked meanwhile");
    assert_eq!(other.wait().ok(), [0xf6]);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((CANCELLED.load(Ordering::SeqCst), ANSWERED.load(Ordering::SeqCst)), (5, 3));
}

#[test]
fn calls_begin_in_the_order_of_their_acceptance_whichever_path_they_take() {
    const CALLS: usize = 600;
    let host = Host::new();
    let names: Vec<String> = (0..CALLS).map(|index| index.to_string()).collect();
    let probes: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let probe = Probe::new();
            let ret = match index % 3 {
                // SAFETY: the name is readable and the probe lives for ever.
                0 => unsafe { every_log_shared(host.ctx(), Some(record), probe.user_data(), PodText::of(name), 0) },
                1 => host.submit("every_log_shared", &to_bytes(&log_call(&index.to_string())), probe),
                _ => host.submit("every_log_briefly", &to_bytes(&log_call(&index.to_string())), probe),
            };
            assert_eq!(ret, RET_OK);
            probe
        })
        .collect();
    probes.iter().for_each(|probe| drop(probe.wait()));
    let log: Vec<String> = host.call("every_log", &empty()).value().deserialized().expect("texts");
    let begun: Vec<&str> = log.iter().filter_map(|entry| entry.strip_suffix(" begins")).collect();
    // One whose deadline passed before it began was answered, and is not begun any more.
    let order: Vec<usize> = begun.iter().map(|name| name.parse().expect("a number")).collect();
    assert!(order.is_sorted_by(|before, after| before < after), "{order:?}");
    assert!(order.len() >= CALLS * 2 / 3, "{} began", order.len());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_handler_that_waits_gets_its_turn_within_64_requests() {
    let host = Host::new();
    let served = Arc::new(AtomicUsize::new(0));
    let (counted, at_turn) = (Arc::clone(&served), Arc::new(AtomicUsize::new(usize::MAX)));
    let seen = Arc::clone(&at_turn);
    let waiter = Probe::with(move |_: &Answer| seen.store(counted.load(Ordering::SeqCst), Ordering::SeqCst));
    // Queued behind a handler that blocks, so that all of it is there at once.
    host.start("every_block", &millis(200));
    assert_eq!(host.submit("every_is_at_home", &[], waiter), RET_OK);
    for _ in 0..2_000 {
        let served = Arc::clone(&served);
        let count = Probe::with(move |_| {
            served.fetch_add(1, Ordering::SeqCst);
        });
        host.submit("every_nothing", &[], count);
    }
    waiter.wait().ok();
    let turn = at_turn.load(Ordering::SeqCst);
    assert!(turn <= 64, "it was served after {turn} requests");
    assert_eq!(host.destroy(), RET_OK);
}
