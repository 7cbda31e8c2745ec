//! Inline methods run on the threads that call them, beside the worker, on a state that is there.

use crate::common::gate::{Gate, pass};
use crate::common::{Host, Probe, Symbols, map, record, to_bytes, without_place};
use ffi_runtime::{ByLength, ErrorKind, FfiCallback, FfiType, RET_ERR, RET_MISSING_CALLBACK, RET_OK, to_pod};
use near::Note;
use std::ffi::{c_char, c_int, c_void};
use std::thread;
use std::time::{Duration, Instant};

type NotePod = <Note as FfiType>::Pod<ByLength>;

unsafe extern "C" {
    fn near_create_cbor(req: *const u8, len: usize, callback: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    fn near_destroy(ctx: *mut c_void) -> c_int;
    fn near_ffi_call_cbor(
        ctx: *mut c_void,
        function: *const c_char,
        callback: FfiCallback,
        user_data: *mut c_void,
        req: *const u8,
        len: usize,
    ) -> c_int;
    fn near_ffi_cancel(ctx: *mut c_void, user_data: *mut c_void) -> c_int;
    fn near_ffi_close(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn near_add(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, number: u64) -> c_int;
    fn near_note(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, note: NotePod) -> c_int;
    fn near_ffi_poll_fd(ctx: *mut c_void) -> c_int;
    fn near_ffi_dispatch(ctx: *mut c_void, max: usize) -> c_int;
    fn near_ffi_add_event_listener(
        ctx: *mut c_void,
        event: *const c_char,
        callback: FfiCallback,
        user_data: *mut c_void,
    ) -> u64;
}

static NEAR: Symbols = Symbols {
    create_cbor: near_create_cbor,
    destroy: near_destroy,
    call_cbor: near_ffi_call_cbor,
    cancel: near_ffi_cancel,
    close: near_ffi_close,
};

fn begin(wait_ms: u64, fails: bool) -> (Host, &'static Probe) {
    let probe = Probe::new();
    let request = map([("wait_ms", wait_ms.into()), ("fails", fails.into())]);
    (Host::create_in(&NEAR, &request, probe), probe)
}

fn host() -> Host {
    let (host, probe) = begin(0, false);
    probe.wait().ok();
    host
}

fn number(value: u64) -> ciborium::Value {
    map([("number", value.into())])
}

fn block(host: Host, wait_ms: u64) -> &'static Probe {
    host.start("near_block", &map([("wait_ms", wait_ms.into())]))
}

fn turns(host: Host, turns: u32, panics: bool) -> &'static Probe {
    host.start("near_turns", &map([("turns", turns.into()), ("panics", panics.into())]))
}

fn nap(host: Host, wait_ms: u64) -> &'static Probe {
    host.start("near_nap", &map([("wait_ms", wait_ms.into())]))
}

#[test]
fn a_plain_one_answers_here_before_it_returns() {
    let (host, here) = (host(), thread::current().id());
    let probe = Probe::with(move |_| assert_eq!(thread::current().id(), here));
    // SAFETY: the probe lives for ever.
    let ret = unsafe { near_add(host.ctx(), Some(record), probe.user_data(), 5) };
    assert_eq!((ret, probe.count()), (RET_OK, 1));
    assert_eq!(probe.wait().ok(), 5_u64.to_ne_bytes());
    assert_eq!(host.call("near_add", &number(2)).value(), 7.into());
    assert_eq!(host.call("near_add_queued", &number(3)).value(), 10.into(), "the state is the same");
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn records_cross_on_both_paths_and_errors_are_told() {
    let host = host();
    let note = Note { text: "x".to_owned(), numbers: vec![1, -1], next: Some(Vec::new()) };
    let mirror = to_pod(note.clone()).expect("it can be mirrored");
    let kept = Probe::new();
    // SAFETY: the mirror is readable.
    let pod = unsafe { mirror.as_ptr().read() };
    // SAFETY: what the mirror points to is readable during the call, and the probe lives for ever.
    let ret = unsafe { near_note(host.ctx(), Some(record), kept.user_data(), pod) };
    assert_eq!((ret, kept.count(), kept.wait().ok().len()), (RET_OK, 1, size_of::<NotePod>()));
    let request = |text: &str| {
        let numbers = ciborium::Value::Array(vec![1.into(), (-1).into()]);
        map([("note", map([("text", text.into()), ("numbers", numbers)]))])
    };
    let answer = host.call("near_note", &request("x")).value();
    let text = answer.as_map().and_then(|entries| entries[0].1.as_text().map(str::to_owned));
    assert_eq!(text, Some(format!("x{}", thread::current().name().unwrap_or("?"))));
    assert_eq!(host.call("near_note", &request("")).error(), "an empty note");
    assert_eq!(
        without_place(host.call("near_panic", &map([("text", "boom".into())])).error()),
        "near_panic panicked: boom"
    );
    assert_eq!(host.call("near_add", &number(1)).value(), 1.into(), "a panic poisons nothing");
    host.destroy();
}

#[test]
fn what_is_refused_was_answered_here() {
    let (host, here) = (host(), thread::current().id());
    let refused = |host: Host, function: &str, request: &[u8]| {
        let probe = Probe::with(move |_| assert_eq!(thread::current().id(), here));
        assert_ne!(host.submit(function, request, probe), RET_OK, "{function}");
        assert_eq!(probe.count(), 1);
        probe.wait().error().to_owned()
    };
    assert_eq!(refused(host, "near_add", &[]), "near_add: number: the key is missing");
    assert_eq!(refused(host, "near_nap", &[0xf6]), "near_nap: expected a map, found null");
    // SAFETY: nothing is called.
    assert_eq!(unsafe { near_add(host.ctx(), None, std::ptr::null_mut(), 1) }, RET_MISSING_CALLBACK);
    assert_eq!(host.destroy(), RET_OK);
    for ctx in [host.ctx(), std::ptr::null_mut(), std::ptr::without_provenance_mut(0x1234)] {
        let probe = Probe::new();
        // SAFETY: the probe lives for ever; any handle may be passed.
        assert_eq!(unsafe { near_add(ctx, Some(record), probe.user_data(), 1) }, RET_ERR);
        assert_eq!(
            probe.wait().error_of(ErrorKind::BadHandle),
            "near_add: not a live context: NULL, destroyed or never made"
        );
    }
}

#[test]
fn until_the_constructor_has_ended_there_is_no_state() {
    let (host, made) = begin(50, false);
    assert_eq!(
        host.call("near_add", &number(1)).error_of(ErrorKind::Constructing),
        "near_add: the context is still being constructed"
    );
    let queued = host.start("near_add_queued", &number(1));
    made.wait().ok();
    host.call("near_add", &number(1)).ok();
    queued.wait().ok();
    host.destroy();
    let (failing, made) = begin(20, true);
    assert!(failing.call("near_add", &number(1)).error().ends_with("still being constructed"));
    made.wait().error();
    assert!(failing.call("near_add", &number(1)).error().contains("not a live context"));
}

#[test]
fn the_state_is_there_from_within_the_constructors_answer_on() {
    for _ in 0..50 {
        let probe = Probe::with(|made| {
            let handle = made.value().as_text().and_then(|text| text.parse().ok()).expect("a handle");
            let inner = Probe::new();
            // SAFETY: the probe lives for ever.
            unsafe { near_add(std::ptr::with_exposed_provenance_mut(handle), Some(record), inner.user_data(), 1) };
            inner.wait().ok();
        });
        let host = Host::create_in(&NEAR, &map([("wait_ms", 0.into()), ("fails", false.into())]), probe);
        probe.wait().ok();
        host.destroy();
    }
}

#[test]
fn an_async_one_that_need_not_wait_answers_here_and_else_on_the_worker() {
    let host = host();
    let ready = nap(host, 0);
    assert_eq!(ready.count(), 1, "it was answered before the call returned");
    let here = thread::current().name().unwrap_or("?").to_owned();
    assert_eq!(ready.wait().value(), here.into());
    // Long enough that none is over before it is looked at for the first time.
    let moved: Vec<_> = (0..50).map(|wait_ms| nap(host, 100 + wait_ms % 7)).collect();
    assert!(moved.iter().all(|probe| probe.wait().value() == "near-worker".into()));
    let woken: Vec<_> = (0..50).map(|count| turns(host, count, false)).collect();
    woken.iter().for_each(|probe| drop(probe.wait().ok().to_vec()));
    assert_eq!(without_place(turns(host, 0, true).wait().error()), "near_turns panicked: after its turns");
    assert_eq!(without_place(turns(host, 3, true).wait().error()), "near_turns panicked: after its turns");
    host.call("near_add_queued", &number(1)).ok();
    assert_eq!(host.destroy(), RET_OK);
    assert!(moved.iter().chain(&woken).all(|probe| probe.count() == 1));
}

#[test]
fn cancelling_does_not_reach_it() {
    let host = host();
    let waiting = nap(host, 50);
    assert_eq!(host.cancel(waiting), RET_OK);
    assert_eq!(waiting.wait().value(), "near-worker".into());
    host.destroy();
}

#[test]
fn what_still_waits_when_the_grace_ends_is_cancelled() {
    let host = host();
    let waiting: Vec<_> = (0..10).map(|_| nap(host, 60_000)).collect();
    let start = Instant::now();
    assert_eq!(host.destroy(), RET_OK);
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert!(waiting.iter().all(|probe| probe.wait().error() == "cancelled" && probe.count() == 1));
}

#[test]
fn destroying_waits_for_the_callers_inside() {
    let host = host();
    // It looks, before it answers, whether the state is still there.
    let caller = thread::spawn(move || block(host, 200).wait());
    thread::sleep(Duration::from_millis(50));
    let start = Instant::now();
    assert_eq!(host.destroy(), RET_OK);
    assert!(start.elapsed() >= Duration::from_millis(100), "it waited");
    caller.join().expect("no panic").ok();
}

#[test]
#[cfg(target_os = "linux")]
fn a_caller_that_stays_too_long_is_left_and_the_end_comes_after_it() {
    crate::common::in_own_process("inline::a_caller_that_stays_too_long_is_left_and_the_end_comes_after_it", || {
        let host = host();
        let caller = thread::spawn(move || block(host, 2_500).wait());
        thread::sleep(Duration::from_millis(50));
        let start = Instant::now();
        assert_eq!(host.destroy(), RET_ERR, "grace and a second");
        assert!(start.elapsed() < Duration::from_millis(2_300));
        assert!(host.call("near_add", &number(1)).error().contains("not a live context"));
        assert_eq!(near::near_dropped(), 0);
        caller.join().expect("no panic").ok();
        assert!(crate::common::come_to_be("near-worker", 0));
        assert_eq!(near::near_dropped(), 1);
    });
}

#[test]
fn a_context_ends_from_inside_its_inline_callbacks() {
    let host_a = host();
    let ended = Probe::with(move |_| assert_eq!(host_a.destroy(), RET_OK));
    // SAFETY: the probe lives for ever.
    assert_eq!(unsafe { near_add(host_a.ctx(), Some(record), ended.user_data(), 1) }, RET_OK);
    assert!(host_a.call("near_add", &number(1)).error().contains("not a live context"));
    let (host_b, last) = (host(), Probe::new());
    let closing = Probe::with(move |_| assert_eq!(host_b.close(last), RET_OK));
    // SAFETY: the probe lives for ever.
    assert_eq!(unsafe { near_add(host_b.ctx(), Some(record), closing.user_data(), 1) }, RET_OK);
    last.wait().ok();
}

#[test]
fn inline_calls_nest_here_and_on_the_worker() {
    let host = host();
    let deep = Probe::with(move |_| {
        host.call("near_add", &number(1)).ok();
        assert_eq!(nap(host, 0).count(), 1);
    });
    // SAFETY: the probe lives for ever.
    unsafe { near_add(host.ctx(), Some(record), deep.user_data(), 1) };
    let on_worker = Probe::with(move |_| drop(host.call("near_add", &number(1)).ok().to_vec()));
    host.submit("near_add_queued", &crate::common::to_bytes(&number(1)), on_worker);
    on_worker.wait().ok();
    assert_eq!(host.call("near_add", &number(0)).value(), 4.into());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn events_and_tasks_begin_in_it_as_on_the_worker() {
    let (host, heard) = (host(), Probe::new());
    // SAFETY: the name ends with a NUL and the probe lives for ever.
    let id = unsafe { near_ffi_add_event_listener(host.ctx(), c"on_near".as_ptr(), Some(record), heard.user_data()) };
    assert!(id > 0);
    host.call("near_fire", &number(10)).ok();
    host.call("near_spawn", &number(12)).ok();
    for expected in [10_u64, 11, 12] {
        assert_eq!(heard.wait().ok(), expected.to_ne_bytes());
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
#[cfg(unix)]
fn a_host_that_polls_polls_what_moved_and_hears_the_rest_at_once() {
    let host = host();
    // SAFETY: any handle may be asked.
    assert!(unsafe { near_ffi_poll_fd(host.ctx()) } >= 0);
    assert_eq!(host.start("near_add", &number(1)).count(), 1);
    assert_eq!(nap(host, 0).count(), 1);
    assert_eq!(host.start("near_panic", &map([("text", "no".into())])).count(), 1);
    let moved = nap(host, 100);
    thread::sleep(Duration::from_millis(300));
    assert_eq!(moved.count(), 0, "it waits to be polled");
    // SAFETY: any handle may be asked.
    assert_eq!(unsafe { near_ffi_dispatch(host.ctx(), 10) }, 1);
    moved.wait().ok();
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn callers_against_destroyers_are_answered_once_and_find_the_state() {
    for _ in 0..40 {
        let host = host();
        let callers: Vec<_> = (0..3_u32)
            .map(|which| {
                thread::spawn(move || {
                    let probes: Vec<_> = (0..60)
                        .map(|call| match (call + which) % 4 {
                            0 => host.start("near_add", &number(1)),
                            1 => turns(host, call % 3, false),
                            2 => nap(host, u64::from(call % 2)),
                            _ => host.start("near_add_queued", &number(1)),
                        })
                        .collect();
                    probes.iter().for_each(|probe| drop(probe.wait()));
                    probes.iter().all(|probe| probe.count() == 1)
                })
            })
            .collect();
        thread::sleep(Duration::from_micros(500));
        assert_eq!(host.destroy(), RET_OK);
        assert!(callers.into_iter().all(|caller| caller.join().expect("no panic")));
    }
}

/// They do not wait for a worker that is busy.
#[test]
fn an_inline_call_passes_the_queued_ones() {
    let created = Probe::new();
    let host = Host::create_in(&NEAR, &map([("wait_ms", 0.into()), ("fails", false.into())]), created);
    created.wait().ok();
    let (gate, number) = (Gate::new(), to_bytes(&map([("number", 1.into())])));
    let at = gate.0;
    let blocking = Probe::with(move |_| pass(at));
    assert_eq!(host.submit("near_add_queued", &number, blocking), RET_OK);
    gate.await_visitor();
    let queued = Probe::new();
    assert_eq!(host.submit("near_add_queued", &number, queued), RET_OK);
    let inline = Probe::new();
    assert_eq!((host.submit("near_add", &number, inline), inline.count()), (RET_OK, 1));
    assert_eq!(inline.wait().value(), 2.into(), "of the two queued ones the first was counted");
    assert!(!queued.has_fired());
    drop(gate);
    assert_eq!(queued.wait().value(), 3.into());
    assert_eq!(host.destroy(), RET_OK);
}
