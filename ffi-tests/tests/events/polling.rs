//! A host that polls: what is ready runs when it dispatches, wherever it does that; what is no
//! work of its worker's does not wait for it; and the end leaves nothing behind.

use crate::common::gate::{Gate, pass};
use crate::common::{Probe, map, to_bytes};
use crate::polled::*;
use ciborium::Value;
use ffi_runtime::{ErrorKind, RET_ERR, RET_OK};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

#[test]
fn a_refusal_on_the_worker_of_a_host_that_polls_has_fired_when_the_call_returns() {
    let (host, gone) = (polled(), polled());
    assert_eq!(gone.destroy(), RET_OK);
    let fired = on_worker(host, move || {
        POLLED.poll(host);
        let (unknown, stale) = (Probe::new(), Probe::new());
        let rets = [host.submit("polled_nothing", &[], unknown), gone.submit("polled_echo", &[], stale)];
        (rets, [unknown.count(), stale.count()])
    });
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(fired, ([RET_ERR; 2], [1; 2]));
}

#[test]
fn what_waits_in_one_context_is_answered_when_the_worker_of_one_that_is_polled_has_destroyed_it() {
    let (doer, destroyed) = (polled(), polled());
    let gate = Gate::new();
    let blocker = destroyed.start("polled_block", &map([("gate", gate.0.into())]));
    gate.await_visitor();
    // Its answer is what lets the blocked worker go on, and so the destroyer return.
    let mut gate = Some(gate);
    let waiting = Probe::with(move |_| drop(gate.take()));
    destroyed.submit("polled_echo", &to_bytes(&number(1)), waiting);
    let (ret, answered) = on_worker(doer, move || {
        POLLED.poll(doer);
        (destroyed.destroy(), waiting.count())
    });
    assert_eq!(doer.destroy(), RET_OK);
    assert_eq!((ret, answered), (RET_OK, 1));
    assert_eq!(waiting.wait().error_of(ErrorKind::Cancelled), "cancelled");
    blocker.wait().ok();
}

#[test]
fn who_dispatches_within_a_warning_that_was_polled_does_not_wait_for_itself() {
    let _turn = alone();
    let host = slow();
    SLOW.poll(host);
    let (probe, has_left) = in_warning(move || {
        // The result is there by now, but not due.
        thread::sleep(A_WHILE);
        SLOW.dispatch(host, 100);
    });
    host.submit("slow_sleep", &to_bytes(&sleep(120)), probe);
    let poller = thread::spawn(move || comes_to_be(|| SLOW.dispatch(host, 100) < 0));
    has_left.recv_timeout(BOUND).expect("it leaves the warning");
    assert_eq!(last(probe).value(), Value::from(7));
    assert_eq!(host.destroy(), RET_OK);
    assert!(poller.join().expect("no panic"), "it dispatches until there is no context");
}

#[test]
fn who_begins_to_poll_within_a_warning_and_dispatches_does_not_wait_for_itself() {
    let _turn = alone();
    let host = slow();
    let (probe, has_left) = in_warning(move || {
        SLOW.poll(host);
        thread::sleep(A_WHILE);
        SLOW.dispatch(host, 100);
    });
    host.submit("slow_sleep", &to_bytes(&sleep(120)), probe);
    has_left.recv_timeout(BOUND).expect("it leaves the warning");
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(last(probe).value(), Value::from(7), "the end polls what is left");
}

#[test]
fn destroying_within_a_dispatched_callback_loses_no_reply() {
    for _ in 0..200 {
        let host = polled();
        POLLED.poll(host);
        let destroyer = Probe::with(move |_| assert_eq!(host.destroy(), RET_OK));
        let (later, undecoded) = (Probe::new(), Probe::new());
        host.submit("polled_echo", &to_bytes(&number(1)), destroyer);
        host.submit("polled_echo", &to_bytes(&number(2)), later);
        host.submit("polled_echo", &[0xff], undecoded);
        assert!(comes_to_be(|| POLLED.dispatch(host, 1) != 0));
        assert!(comes_to_be(|| later.has_fired() && undecoded.has_fired()), "a reply was lost");
        let counts = [destroyer, later, undecoded].map(Probe::count);
        assert_eq!(counts, [1; 3]);
    }
}

#[test]
fn the_descriptor_is_closed_with_its_context_though_an_emitter_lives_on() {
    let test = "polling::the_descriptor_is_closed_with_its_context_though_an_emitter_lives_on";
    // Where no other test opens one of the same number.
    crate::common::in_own_process(test, || {
        let host = polled();
        host.call("polled_keep", &map([])).ok();
        let descriptor = POLLED.poll(host);
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
    let descriptor = SLOW.poll(host);
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
    let host = polled();
    POLLED.count(host, &COUNT);
    let descriptor = POLLED.poll(host);
    let probe = host.start("polled_fire", &map([("count", 3.into())]));
    await_due(descriptor);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((probe.count(), COUNT.load(Ordering::SeqCst)), (1, 3));
}

#[test]
fn a_warning_that_stays_bounds_the_wait_for_the_end_of_a_host_that_polls() {
    let _turn = alone();
    let host = slow();
    let gate = Gate::new();
    SLOW.poll(host);
    let at_gate = gate.0;
    let (probe, _) = in_warning(move || pass(at_gate));
    host.submit("slow_sleep", &to_bytes(&sleep(150)), probe);
    let poller = thread::spawn(move || comes_to_be(|| SLOW.dispatch(host, 1) > 0));
    gate.await_visitor();
    // The result is there by now, but not due.
    thread::sleep(A_WHILE);
    let (returned, has_returned) = mpsc::channel();
    thread::spawn(move || returned.send(host.destroy()));
    let ret = has_returned.recv_timeout(BOUND).expect("it returns while the warning stays");
    assert_eq!(ret, RET_ERR);
    drop(gate);
    assert_eq!(last(probe).value(), Value::from(7));
    assert!(poller.join().expect("no panic"), "a warning was polled");
}

#[test]
fn a_result_that_came_in_time_is_not_past_its_deadline_however_late_it_is_polled() {
    let host = polled();
    let descriptor = POLLED.poll(host);
    let probe = host.start("polled_echo_soon", &number(5));
    await_due(descriptor);
    thread::sleep(Duration::from_millis(2_500));
    assert!(!probe.has_fired(), "it waits to be polled");
    assert!(POLLED.dispatch_until(host, || probe.has_fired()));
    assert_eq!(probe.wait().value(), Value::from(5));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn the_end_waits_for_who_is_dispatching() {
    let host = polled();
    let gate = Gate::new();
    POLLED.poll(host);
    let at_gate = gate.0;
    let probe = Probe::with(move |_| pass(at_gate));
    host.submit("polled_echo", &to_bytes(&number(1)), probe);
    let poller = thread::spawn(move || comes_to_be(|| POLLED.dispatch(host, 100) > 0));
    gate.await_visitor();
    let (returned, has_returned) = mpsc::channel();
    thread::spawn(move || returned.send((host.destroy(), probe.count())));
    assert!(has_returned.recv_timeout(A_WHILE).is_err(), "it returned while a callback ran");
    drop(gate);
    assert_eq!(has_returned.recv_timeout(PATIENCE).expect("it returns"), (RET_OK, 1));
    assert!(poller.join().expect("no panic"));
}
