//! Shared handlers run beside each other, exclusive ones alone, all in order; nothing starves.

use crate::common::{Host, Probe, map};
use ciborium::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

fn empty() -> Value {
    map([])
}

fn log_call(name: &str, wait_ms: u64) -> Value {
    map([("name", name.into()), ("wait_ms", wait_ms.into())])
}

fn log(host: Host) -> Vec<String> {
    let entries = host.call("every_log", &empty()).value().into_array().expect("a list");
    entries.into_iter().map(|entry| entry.into_text().expect("text")).collect()
}

#[test]
fn shared_handlers_interleave_at_their_awaits() {
    let host = Host::new();
    let slow = host.start("every_log_shared", &log_call("slow", 60));
    let fast = host.start("every_log_shared", &log_call("fast", 5));
    slow.wait();
    fast.wait();
    assert_eq!(log(host), ["slow begins", "fast begins", "fast ends", "slow ends"]);
    host.destroy();
}

#[test]
fn an_exclusive_handler_waits_for_the_running_and_holds_back_the_later() {
    let host = Host::new();
    let calls = [
        host.start("every_log_shared", &log_call("a", 40)),
        host.start("every_log_exclusive", &log_call("b", 20)),
        host.start("every_log_shared", &log_call("c", 1)),
        host.start("every_log_exclusive", &log_call("d", 1)),
        host.start("every_log_shared", &log_call("e", 1)),
    ];
    for call in calls {
        call.wait().ok();
    }
    let order = ["a", "b", "c", "d", "e"].map(|name| [format!("{name} begins"), format!("{name} ends")]);
    assert_eq!(log(host), order.concat());
    host.destroy();
}

#[test]
fn an_exclusive_handler_is_alone_even_while_it_awaits() {
    let host = Host::new();
    let slow: Vec<_> =
        (0..20).map(|_| host.start("every_add_slowly", &map([("amount", 1.into()), ("wait_ms", 1.into())]))).collect();
    let quick: Vec<_> = (0..20).map(|_| host.start("every_add", &map([("amount", 100.into())]))).collect();
    for call in slow.iter().chain(&quick) {
        call.wait().ok();
    }
    assert_eq!(host.call("every_add", &map([("amount", 0.into())])).value(), Value::from(2020));
    host.destroy();
}

#[test]
fn a_waiting_handler_holds_up_nobody() {
    let host = Host::new();
    let sleeper = host.start("every_sleep", &map([("wait_ms", 2_000.into())]));
    for _ in 0..100 {
        host.call("every_nothing", &empty()).ok();
    }
    assert!(!sleeper.has_fired());
    sleeper.wait().ok();
    host.destroy();
}

#[test]
fn a_busy_queue_starves_no_timer() {
    let host = Host::new();
    let sleeper = host.start("every_sleep", &map([("wait_ms", 1.into())]));
    let start = Instant::now();
    let mut calls = 0;
    while !sleeper.has_fired() && start.elapsed() < Duration::from_secs(30) {
        // Never empty: more is always sent than is waited for.
        let batch: Vec<_> = (0..500).map(|_| host.start("every_nothing", &empty())).collect();
        calls += batch.len();
        batch[0].wait().ok();
    }
    assert!(sleeper.has_fired(), "a timer of 1 ms was not served while {calls} calls were");
    host.destroy();
}

#[test]
fn a_timer_gets_its_turn_within_64_requests() {
    let host = Host::new();
    let served = Arc::new(AtomicUsize::new(0));
    let (counted, at_timer) = (Arc::clone(&served), Arc::new(AtomicUsize::new(usize::MAX)));
    let seen = Arc::clone(&at_timer);
    let sleeper = Probe::with(move |_| seen.store(counted.load(Ordering::SeqCst), Ordering::SeqCst));
    let block = crate::common::to_bytes(&map([("wait_ms", 1.into())]));
    // Queued behind a handler that blocks, so that all of it is there at once.
    host.start("every_block", &map([("wait_ms", 50.into())]));
    host.submit("every_sleep", &block, sleeper);
    for _ in 0..500 {
        let served = Arc::clone(&served);
        let count = Probe::with(move |_| {
            served.fetch_add(1, Ordering::SeqCst);
        });
        host.submit("every_block", &block, count);
    }
    sleeper.wait().ok();
    let turn = at_timer.load(Ordering::SeqCst);
    assert!(turn <= 64, "a timer of 1 ms was served after {turn} requests of 1 ms");
    host.destroy();
}

#[test]
fn tokio_works_inside_handlers() {
    let host = Host::new();
    let echoed = host.call("every_socket", &map([("text", "over a socket".into())]));
    assert_eq!(echoed.value(), Value::from("over a socket"));
    assert_eq!(host.call("every_woken_from_afar", &empty()).value(), Value::from(42));
    host.destroy();
}

#[test]
fn the_state_stays_on_its_thread() {
    let host = Host::new();
    assert_eq!(host.call("every_is_at_home", &empty()).value(), Value::from(true));
    thread::spawn(move || host.destroy()).join().expect("no panic");
}

#[test]
fn the_worker_is_named_after_its_library() {
    let host = Host::new();
    assert_eq!(host.call("every_thread_name", &empty()).value(), Value::from("every-worker"));
    host.destroy();
}
