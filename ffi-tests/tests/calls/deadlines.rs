//! A call whose deadline passes is answered "deadline exceeded", once, wherever it is by then;
//! its handler runs on, unless its author lets it be dropped. The deadlines here are 200 ms.

use crate::common::{Host, Probe, config, map, to_bytes};
use ciborium::Value;
use ffi_runtime::{ErrorKind, RET_OK};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

const EXCEEDED: &str = "deadline exceeded";

/// Longer than any test may take.
const FOREVER: u64 = 600_000;

fn empty() -> Value {
    map([])
}

fn millis(wait_ms: u64) -> Value {
    map([("wait_ms", wait_ms.into())])
}

fn named(name: &str, wait_ms: u64) -> Value {
    map([("name", name.into()), ("wait_ms", wait_ms.into())])
}

fn log(host: Host) -> Vec<String> {
    host.call("every_log", &empty()).value().deserialized().expect("texts")
}

#[test]
fn a_handler_runs_on_after_its_deadline_and_its_result_is_discarded() {
    let host = Host::new();
    let probe = host.start("every_log_briefly", &named("a", 2_000));
    assert_eq!(probe.wait().error_of(ErrorKind::DeadlineExceeded), EXCEEDED);
    assert_eq!(log(host), ["a begins"], "answered while the handler waits");
    let patience = Instant::now() + Duration::from_secs(30);
    while log(host).len() < 2 && Instant::now() < patience {
        thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(log(host), ["a begins", "a ends"]);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(probe.count(), 1);
}

#[test]
fn an_exclusive_handler_stays_exclusive_after_its_deadline() {
    let host = Host::new();
    let probe = host.start("every_log_exclusive_briefly", &named("a", 2_000));
    let next = host.start("every_log_shared", &named("b", 0));
    assert_eq!(probe.wait().error_of(ErrorKind::DeadlineExceeded), EXCEEDED);
    assert!(!next.has_fired(), "the next is still held back");
    next.wait().ok();
    assert_eq!(log(host), ["a begins", "a ends", "b begins", "b ends"]);
    assert_eq!((host.destroy(), probe.count()), (RET_OK, 1));
}

#[test]
fn a_handler_that_may_be_dropped_is_dropped_at_its_deadline() {
    let host = Host::new();
    let probe = host.start("every_log_lightly", &named("a", FOREVER));
    assert_eq!(probe.wait().error_of(ErrorKind::DeadlineExceeded), EXCEEDED);
    // It ran beside nothing that is alone, so this would wait for it for ever.
    host.call("every_log_exclusive", &named("b", 0)).ok();
    assert_eq!(log(host), ["a begins", "b begins", "b ends"]);
    assert_eq!((host.destroy(), probe.count()), (RET_OK, 1));
}

#[test]
fn an_answer_in_time_is_the_only_one() {
    let host = Host::new();
    for function in ["every_log_briefly", "every_log_exclusive_briefly", "every_log_lightly"] {
        // A machine may be slow, but hardly a hundred times.
        let in_time = (0..100).map(|_| host.start(function, &named("a", 0))).find(|probe| probe.wait().ret == RET_OK);
        let probe = in_time.expect("an answer in time");
        thread::sleep(Duration::from_millis(400));
        assert_eq!(probe.count(), 1);
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_blocked_worker_does_not_keep_a_deadline_from_being_kept() {
    let host = Host::new();
    let blocker = host.start("every_block", &millis(3_000));
    let behind: Vec<_> = (0..10).map(|index| host.start("every_log_briefly", &named(&index.to_string(), 0))).collect();
    for probe in &behind {
        assert_eq!(probe.wait().error_of(ErrorKind::DeadlineExceeded), EXCEEDED);
    }
    assert!(!blocker.has_fired(), "the worker was to be blocked for longer");
    assert_eq!(blocker.wait().ok(), [0xf6]);
    assert!(log(host).is_empty(), "what was answered is not started");
    assert_eq!(host.destroy(), RET_OK);
    assert!(behind.iter().all(|probe| probe.count() == 1));
}

#[test]
fn a_plain_function_that_blocks_past_its_deadline_is_answered_meanwhile() {
    let host = Host::new();
    let probe = host.start("every_block_briefly", &millis(3_000));
    let next = host.start("every_nothing", &empty());
    assert_eq!(probe.wait().error_of(ErrorKind::DeadlineExceeded), EXCEEDED);
    assert!(!next.has_fired(), "the worker was to be blocked for longer");
    next.wait().ok();
    assert_eq!((host.destroy(), probe.count()), (RET_OK, 1));
}

#[test]
fn a_result_after_the_deadline_is_none_even_before_anybody_noticed() {
    let host = Host::new();
    for _ in 0..5 {
        assert_eq!(host.call("every_block_briefly", &millis(240)).error_of(ErrorKind::DeadlineExceeded), EXCEEDED);
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_call_behind_an_exclusive_one_leaves_the_line_at_its_deadline() {
    let host = Host::new();
    let alone = host.start("every_sleep_lightly_alone", &millis(FOREVER));
    let behind = host.start("every_log_exclusive_briefly", &named("a", 0));
    let last = host.start("every_log_shared", &named("b", 0));
    assert_eq!(behind.wait().error_of(ErrorKind::DeadlineExceeded), EXCEEDED);
    assert!(!last.has_fired());
    assert_eq!(host.cancel(alone), RET_OK);
    assert_eq!(alone.wait().error_of(ErrorKind::Cancelled), "cancelled");
    last.wait().ok();
    assert_eq!(log(host), ["b begins", "b ends"], "it is not started after its answer");
    assert_eq!((host.destroy(), behind.count()), (RET_OK, 1));
}

#[test]
fn a_worker_that_is_free_keeps_its_deadlines_itself() {
    let host = Host::new();
    let is_on_worker = |function| {
        let (told, tells) = mpsc::channel();
        let probe = Probe::with(move |_| {
            let _ = told.send(thread::current().name() == Some("every-worker"));
        });
        host.submit(function, &to_bytes(&named("a", FOREVER)), probe);
        tells.recv().expect("an answer")
    };
    // A worker may be kept from its processor for longer than the watchdog waits, but hardly often.
    assert!((0..50).any(|_| is_on_worker("every_log_lightly")));
    let alone = host.start("every_sleep_lightly_alone", &millis(FOREVER));
    // The worker sleeps, and must hear of a deadline that is sooner than what it sleeps for.
    thread::sleep(Duration::from_millis(200));
    assert!((0..10).any(|_| is_on_worker("every_log_lightly")), "not even the first in the queue can start");
    host.cancel(alone);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_deadline_passes_during_the_constructor_too() {
    let (host, created) = Host::create(&map([("config", config("late", None, 2_000))]));
    let probe = host.start("every_log_briefly", &named("a", 0));
    assert_eq!(probe.wait().error_of(ErrorKind::DeadlineExceeded), EXCEEDED);
    assert!(!created.has_fired(), "the constructor was to take longer");
    created.wait().ok();
    assert!(log(host).is_empty());
    assert_eq!((host.destroy(), probe.count()), (RET_OK, 1));
}

#[test]
fn what_cannot_be_accepted_is_refused_for_its_own_reason() {
    let host = Host::new();
    assert!(host.call_bytes("every_log_briefly", &[0xff]).error().starts_with("every_log_briefly: "));
    host.destroy();
    let answer = host.call("every_log_briefly", &named("a", 0));
    assert_eq!(
        answer.error_of(ErrorKind::BadHandle),
        "every_log_briefly: not a live context: NULL, destroyed or never made"
    );
}

#[test]
fn cancelling_destroying_finishing_and_the_deadline_race_for_one_answer() {
    for round in 0..200 {
        let host = Host::new();
        let probes: Vec<_> = (0..10)
            .map(|index| {
                let function = if index % 2 == 0 { "every_hurry" } else { "every_hurry_lightly" };
                let probe = Probe::new();
                host.submit(function, &to_bytes(&millis(index % 3)), probe);
                probe
            })
            .collect();
        thread::scope(|scope| {
            scope.spawn(|| {
                for probe in &probes {
                    host.cancel(probe);
                }
            });
            if round % 2 == 0 {
                scope.spawn(|| assert_eq!(host.destroy(), RET_OK));
            }
        });
        let answers: Vec<_> = probes.iter().map(|probe| probe.wait()).collect();
        host.destroy();
        for (answer, probe) in answers.iter().zip(&probes) {
            assert_eq!(probe.count(), 1);
            if answer.ret != RET_OK {
                assert!([EXCEEDED, "cancelled"].contains(&answer.error()), "{}", answer.error());
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_watch_ends_with_the_last_context() {
    use crate::common::{come_to_be, threads_named};
    crate::common::in_own_process("deadlines::the_watch_ends_with_the_last_context", || {
        for _ in 0..3 {
            let (host, other) = (Host::new(), Host::new());
            assert!(threads_named("every-watch").is_empty(), "not before a call has a deadline");
            host.call("every_log_briefly", &named("a", 0)).ok();
            other.call("every_log_briefly", &named("a", 0)).ok();
            assert!(come_to_be("every-watch", 1), "one for all contexts");
            assert_eq!(host.destroy(), RET_OK);
            assert_eq!(threads_named("every-watch").len(), 1);
            assert_eq!(other.destroy(), RET_OK);
            assert!(come_to_be("every-watch", 0));
        }
    });
}
