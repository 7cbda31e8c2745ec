//! An async inline method that waits moves to the worker, and goes on and answers there.

use crate::common::{Answer, Host, Probe, Symbols, map, record, to_bytes};
use crate::host::{
    GRACE, Gate, PATIENCE, beside_add, beside_ffi_dispatch, beside_ffi_poll_fd, beside_later, empty, here, named_here,
    new, turns, value,
};
use ffi_runtime::{ErrorKind, FfiCallback, RET_ERR, RET_OK, RET_STALE_WARN, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::thread;
use std::time::{Duration, Instant};

fn thread_name() -> String {
    thread::current().name().unwrap_or_default().to_owned()
}

fn later(wait_ms: u64, value: i64) -> ciborium::Value {
    map([("wait_ms", wait_ms.into()), ("value", value.into())])
}

#[test]
fn it_ends_and_answers_on_the_worker() {
    let host = new("");
    for times in [1, 2, 50] {
        let probe = Probe::with(|_| assert_eq!(thread_name(), "beside-worker"));
        let request = to_bytes(&map([("times", times.into())]));
        assert_eq!(host.submit("beside_thread", &request, probe), RET_OK);
        assert_eq!(probe.wait().value(), "beside-worker".into());
        assert_eq!(probe.count(), 1);
    }
    let probe = Probe::new();
    // SAFETY: the probe lives for ever.
    assert_eq!(unsafe { beside_later(host.ctx(), Some(record), probe.user_data(), 1, -3) }, RET_OK);
    assert_eq!(probe.wait().ok(), (-3_i64).to_ne_bytes());
    assert_eq!(host.call("beside_spawn_later", &map([("number", 4.into())])).value(), 8.into());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn many_at_once_each_get_their_answer() {
    const EACH: i64 = 500;
    let host = new("");
    thread::scope(|scope| {
        for caller in 0..4_i64 {
            scope.spawn(move || {
                let calls: Vec<_> = (0..EACH)
                    .map(|number| match number % 3 {
                        0 => host.start("beside_later", &later(2, number)),
                        1 => host.start("beside_turns", &turns((number % 7) as u64, 1)),
                        _ => host.start("beside_queued", &value(number)),
                    })
                    .collect();
                for (number, probe) in (0..).zip(calls) {
                    let answer = probe.wait().value();
                    assert!(number % 3 == 1 || answer == number.into(), "{caller} {number}");
                    assert_eq!(probe.count(), 1);
                }
            });
        }
    });
    let turned = (0..EACH).filter(|number| number % 3 == 1).count() as i64 * 4;
    assert_eq!(named_here(host, "beside_add", &map([("amount", 0.into())])).1.value(), turned.into());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_cancel_does_not_reach_it() {
    let host = new("");
    let running = host.start("beside_later", &later(200, 1));
    host.call("beside_queued", &value(0)).ok();
    assert_eq!(host.cancel(running), RET_OK);
    let gate = Gate::new();
    let blocked = host.start("beside_queued_block", &gate.request());
    gate.await_visitors(1);
    // In line behind what blocks, and so is what is queued.
    let (moved, queued) = (host.start("beside_turns", &turns(1, 2)), host.start("beside_queued", &value(3)));
    assert_eq!((host.cancel(moved), host.cancel(queued)), (RET_OK, RET_OK));
    drop(gate);
    blocked.wait().ok();
    assert_eq!(queued.wait().error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!(moved.wait().value(), 2.into());
    assert_eq!(running.wait().value(), 1.into());
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((running.count(), moved.count(), queued.count()), (1, 1, 1));
}

#[test]
fn it_goes_on_while_queued_handlers_run() {
    let host = new("");
    let moved: Vec<_> = (0..10).map(|_| host.start("beside_turns", &turns(1_000, 1))).collect();
    let queued: Vec<_> = (0..2_000).map(|number| host.start("beside_queued", &value(number))).collect();
    for (number, probe) in (0_i64..).zip(queued) {
        assert_eq!(probe.wait().value(), number.into());
    }
    moved.into_iter().for_each(|probe| assert!(probe.wait().ret == RET_OK));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn what_is_pending_when_the_grace_ends_is_cancelled() {
    let host = new("moved away");
    let (never, soon) = (host.start("beside_never", &empty()), host.start("beside_later", &later(50, 1)));
    let start = Instant::now();
    assert_eq!(host.destroy(), RET_OK);
    assert!(start.elapsed() >= GRACE, "{:?}", start.elapsed());
    assert_eq!((never.count(), soon.count()), (1, 1), "answered before destroy returned");
    assert_eq!(never.wait().error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!(soon.wait().value(), 1.into());
    assert_eq!(beside::ends("moved away"), 1);
}

#[test]
fn a_host_that_polls_polls_it_and_not_what_answers_at_once() {
    let host = new("");
    // SAFETY: any handle may be asked about.
    assert!(unsafe { beside_ffi_poll_fd(host.ctx()) } >= 0);
    // SAFETY: `here` passes a probe that lives for ever.
    assert_eq!(here(|callback, data| unsafe { beside_add(host.ctx(), callback, data, 1) }).0, RET_OK);
    assert_eq!(named_here(host, "beside_soon", &value(2)).1.value(), 2.into());
    assert_eq!(named_here(host, "beside_fail", &map([("text", "no".into())])).1.error(), "no");
    assert_eq!(named_here(host, "beside_fail", &empty()).0, RET_ERR);
    let (me, polled) =
        (thread::current().id(), [host.start("beside_turns", &turns(1, 4)), host.start("beside_queued", &value(5))]);
    let start = Instant::now();
    let mut ran = 0;
    while ran < 2 && start.elapsed() < PATIENCE {
        let before = polled.map(Probe::count);
        // SAFETY: any handle may be asked about.
        let now = unsafe { beside_ffi_dispatch(host.ctx(), 1) };
        assert!(now >= 0);
        assert_eq!(polled.map(Probe::count).iter().sum::<usize>(), before.iter().sum::<usize>() + now as usize);
        ran += now;
    }
    assert_eq!(polled.map(|probe| probe.wait().value()), [5.into(), 5.into()]);
    // The last ones are dispatched by destroy, on this thread.
    let last = Probe::with(move |_| assert_eq!(thread::current().id(), me));
    assert_eq!(host.submit("beside_turns", &to_bytes(&turns(2, 1)), last), RET_OK);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(last.count(), 1);
}

/// A library that warns of what takes long, and whose line holds a single call.
#[ffi(library = "nagging", shared, stale_warn_ms = 50, grace_ms = 500, queue_limit = 1)]
struct Nagging;

#[ffi(ctor, library = "nagging")]
fn nagging_create() -> Nagging {
    Nagging
}

#[ffi(dtor, library = "nagging")]
fn nagging_destroy(_nagging: Nagging) {}

/// Blocks its caller.
#[ffi(inline, library = "nagging")]
fn nagging_block(_nagging: &Nagging, wait_ms: u64) {
    thread::sleep(Duration::from_millis(wait_ms));
}

/// Blocks the worker.
#[ffi(library = "nagging")]
fn nagging_queued(_nagging: &Nagging, wait_ms: u64) {
    thread::sleep(Duration::from_millis(wait_ms));
}

/// Waits, on the worker.
#[ffi(inline, library = "nagging")]
async fn nagging_wait(_nagging: &Nagging, wait_ms: u64) {
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
}

mod symbols {
    use super::{FfiCallback, c_char, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn nagging_create_cbor(
            req: *const u8,
            len: usize,
            cb: FfiCallback,
            data: *mut c_void,
        ) -> *mut c_void;
        pub(super) fn nagging_destroy(ctx: *mut c_void) -> c_int;
        pub(super) fn nagging_ffi_call_cbor(
            ctx: *mut c_void,
            function: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
            req: *const u8,
            len: usize,
        ) -> c_int;
        pub(super) fn nagging_ffi_cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
        pub(super) fn nagging_ffi_close(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
    }
}

static NAGGING: Symbols = Symbols {
    create_cbor: symbols::nagging_create_cbor,
    destroy: symbols::nagging_destroy,
    call_cbor: symbols::nagging_ffi_call_cbor,
    cancel: symbols::nagging_ffi_cancel,
    close: symbols::nagging_ffi_close,
};

fn millis(wait_ms: u64) -> ciborium::Value {
    map([("wait_ms", wait_ms.into())])
}

/// How often a call was warned of, and the answer.
fn heard(probe: &Probe) -> (usize, Answer) {
    let mut warnings = 0;
    loop {
        let answer = probe.wait();
        if answer.ret != RET_STALE_WARN {
            assert_eq!(probe.count(), warnings + 1, "nothing comes after the answer");
            return (warnings, answer);
        }
        warnings += 1;
    }
}

#[test]
fn it_is_warned_of_once_it_has_moved() {
    let created = Probe::new();
    let host = Host::create_in(&NAGGING, &empty(), created);
    heard(created).1.ok();
    let (warnings, answer) = heard(host.start("nagging_wait", &millis(400)));
    assert!(warnings > 0 && answer.ok() == [0xf6], "{warnings}");
    let (warnings, answer) = heard(host.start("nagging_block", &millis(200)));
    assert_eq!((warnings, answer.ok()), (0, &[0xf6][..]), "its caller knows that it takes long");
    let (warnings, _) = heard(host.start("nagging_wait", &millis(0)));
    assert_eq!(warnings, 0);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn it_moves_however_full_the_line_is() {
    let created = Probe::new();
    let host = Host::create_in(&NAGGING, &empty(), created);
    heard(created).1.ok();
    let blocked = host.start("nagging_queued", &millis(500));
    let mut queued = Vec::new();
    let refused = loop {
        let probe = Probe::new();
        if host.submit("nagging_queued", &to_bytes(&millis(0)), probe) != RET_OK {
            break probe;
        }
        queued.push(probe);
    };
    assert_eq!(heard(refused).1.error_of(ErrorKind::QueueFull), "nagging_queued: the queue is full with 1 requests");
    // Those that moved take no place, and have as many of their own.
    let moved = host.start("nagging_wait", &millis(1));
    assert!(!moved.has_fired(), "the worker was to be blocked");
    [moved].into_iter().chain(queued).chain([blocked]).for_each(|probe| assert_eq!(heard(probe).1.ok(), [0xf6]));
    assert_eq!(host.destroy(), RET_OK);
}
