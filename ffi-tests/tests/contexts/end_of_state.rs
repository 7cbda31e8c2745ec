//! The end of a state: on the thread that made it, after the callback that asked for it, and awaited
//! no longer than the grace and a second. The library's grace is a second and a half.

use crate::common::{Host, Probe, config, map};
use every::End;
use ffi_runtime::{RET_ERR, RET_OK};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any end takes.
const PATIENCE: Duration = Duration::from_secs(30);

fn named(name: &str) -> Host {
    let (host, created) = Host::create(&map([("config", config(name, None, 0))]));
    created.wait().ok();
    host
}

fn millis(wait_ms: u64) -> ciborium::Value {
    map([("wait_ms", wait_ms.into())])
}

/// The steps of an end, which a state notes only where they happen on the thread that made it.
fn await_ends(name: &str, expected: &[End]) {
    let start = Instant::now();
    while every::ends(name).len() < expected.len() && start.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(every::ends(name), expected);
}

#[test]
fn however_it_ends_it_is_dropped_where_it_was_made() {
    const WHOLE: [End; 2] = [End::Destroyed, End::Dropped];
    let host = named("elsewhere");
    thread::spawn(move || assert_eq!(host.destroy(), RET_OK)).join().expect("no panic");
    await_ends("elsewhere", &WHOLE);

    let closed = Probe::new();
    assert_eq!(named("closing").close(closed), RET_OK);
    closed.wait().ok();
    await_ends("closing", &WHOLE);

    let host = named("out of grace");
    host.start("every_wait_forever", &map([]));
    assert_eq!(host.destroy(), RET_OK);
    await_ends("out of grace", &WHOLE);

    let host = named("broken");
    host.call("every_panic_exclusive", &map([])).error();
    thread::spawn(move || assert_eq!(host.destroy(), RET_OK)).join().expect("no panic");
    await_ends("broken", &WHOLE[1..]);
}

#[test]
fn the_end_comes_after_the_callback_that_destroys() {
    let host = named("inside");
    let probe = Probe::with(move |_| {
        assert_eq!(host.destroy(), RET_OK);
        thread::sleep(Duration::from_millis(300));
        assert_eq!(every::ends("inside"), [], "the state is there until the callback has returned");
    });
    host.submit("every_nothing", &[], probe);
    probe.wait().ok();
    await_ends("inside", &[End::Destroyed, End::Dropped]);
}

#[test]
fn destroying_waits_no_longer_than_the_grace_and_a_second() {
    // A machine may be slow, but hardly for each of five at its end.
    let took = (0..5).map(|index| {
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(100 * index));
            let host = Host::new();
            let blocker = host.start("every_block", &millis(20_000));
            let start = Instant::now();
            assert_eq!(host.destroy(), RET_ERR);
            let took = start.elapsed();
            assert!(!blocker.has_fired());
            took
        })
    });
    let threads: Vec<_> = took.collect();
    let took: Vec<Duration> = threads.into_iter().map(|thread| thread.join().expect("no panic")).collect();
    let shortest = took.iter().min().expect("five");
    assert!(*shortest < Duration::from_millis(2_500 + 400), "{took:?}");
}
