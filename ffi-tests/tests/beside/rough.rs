//! Author's code that enters another runtime than the worker's and never leaves it: the worker's
//! timers and what inline callers enter are the worker's all the same, and nothing aborts.

use crate::common::{Host, map};
use crate::host::{empty, named_here, new, value};
use beside::rough::MADE_IN_ANOTHER;
use ffi_runtime::{ErrorKind, RET_ERR, RET_OK};
use std::thread;

/// The context ends within its grace, and what still waits is dropped.
fn ends_in_time(host: Host, name: &str) {
    let before = beside::ends(name);
    let watching = [host.start("beside_watch", &empty()), host.start("beside_watch_here", &empty())];
    assert_eq!(host.call("beside_queued", &value(1)).value(), 1.into());
    assert_eq!(host.destroy(), RET_OK);
    for probe in watching {
        assert_eq!(probe.wait().error_of(ErrorKind::Cancelled), "cancelled");
        assert_eq!(probe.count(), 1);
    }
    assert_eq!(beside::ends(name), before + 1);
}

#[test]
fn on_the_worker_it_keeps_no_timer_of_the_workers() {
    let host = new("stays");
    assert_eq!(host.call("beside_stay_in_other", &empty()).ret, RET_OK);
    ends_in_time(host, "stays");
}

#[test]
fn while_it_waits_there_it_keeps_no_timer_of_the_workers() {
    let host = new("waits inside");
    let inside = [host.start("beside_enter_other", &empty()), host.start("beside_enter_other", &empty())];
    ends_in_time(host, "waits inside");
    assert!(inside.iter().all(|probe| probe.wait().error() == "cancelled"));
}

#[test]
fn in_a_constructor_it_is_not_what_inline_callers_enter() {
    let host = new(MADE_IN_ANOTHER);
    assert_eq!(host.call("beside_spawn_later", &map([("number", 4.into())])).value(), 8.into());
    ends_in_time(host, MADE_IN_ANOTHER);
}

#[test]
fn on_a_callers_thread_it_aborts_nothing() {
    let host = new("callers");
    let call_here = move || {
        // Again on a thread that is inside the other runtime already.
        for _ in 0..3 {
            let (ret, answer) = named_here(host, "beside_stay_in_other_here", &empty());
            assert_eq!((ret, answer.ret), (RET_OK, RET_OK));
            assert_eq!(host.call("beside_stay_in_other_later", &empty()).ret, RET_OK);
        }
        // It is the worker's runtime that tasks are spawned in.
        assert_eq!(host.call("beside_spawn_later", &map([("number", 5.into())])).value(), 10.into());
    };
    thread::spawn(call_here).join().expect("no panic");
    ends_in_time(host, "callers");
}

#[test]
fn a_waker_that_panics_where_the_worker_sleeps_ends_the_context_and_answers_its_calls() {
    let host = new("woken");
    let watching = [host.start("beside_watch", &empty()), host.start("beside_watch_here", &empty())];
    let burning = host.start("beside_wake_badly", &map([("after_ms", 20.into())]));
    for probe in watching.into_iter().chain([burning]) {
        assert_eq!(probe.wait().ret, RET_ERR);
    }
    while host.call("beside_queued", &value(1)).error()
        != "beside_queued: not a live context: NULL, destroyed or never made"
    {
        thread::yield_now();
    }
    // Whoever destroys it finds nothing left.
    assert_eq!(host.destroy(), RET_ERR);
    assert_eq!(beside::ends("woken"), 1);
}
