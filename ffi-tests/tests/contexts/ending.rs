//! How a context ends: within its grace and a second, answering everyone, waiting for nobody
//! that waits for it. The library's grace is a second and a half.

use crate::common::{Answer, Host, Probe, config, map};
use ciborium::Value;
use every::End;
use ffi_runtime::{ErrorKind, RET_ERR, RET_MISSING_CALLBACK, RET_OK};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

const GRACE: Duration = Duration::from_millis(1_500);
const BOUND: Duration = Duration::from_millis(2_500);
/// What a loaded machine may add.
const SLACK: Duration = Duration::from_secs(10);

fn empty() -> Value {
    map([])
}

fn millis(wait_ms: u64) -> Value {
    map([("wait_ms", wait_ms.into())])
}

fn named(name: &str) -> Host {
    let (host, created) = Host::create(&map([("config", config(name, None, 0))]));
    created.wait().ok();
    host
}

#[test]
fn what_is_pending_when_the_grace_ends_is_cancelled_and_the_destructor_runs() {
    let host = named("pending");
    let forever: Vec<_> = (0..10).map(|_| host.start("every_wait_forever", &empty())).collect();
    let alone = host.start("every_add", &map([("amount", 1.into())]));
    let behind: Vec<_> = (0..100).map(|_| host.start("every_nothing", &empty())).collect();
    let start = Instant::now();
    assert_eq!(host.destroy(), RET_OK);
    let took = start.elapsed();
    assert!(took >= GRACE && took < BOUND + SLACK, "{took:?}");
    for probe in forever.iter().chain(&behind).chain([&alone]) {
        assert_eq!(probe.count(), 1, "all were answered before destroy returned");
        assert_eq!(probe.wait().error_of(ErrorKind::Cancelled), "cancelled");
    }
    assert_eq!(every::ends("pending"), [End::Destroyed, End::Dropped]);
}

#[test]
fn a_blocked_handler_bounds_the_wait_and_is_answered_when_it_returns() {
    let host = named("blocked");
    let blocker = host.start("every_block", &millis(6_000));
    thread::sleep(Duration::from_millis(50));
    let behind: Vec<_> = (0..100).map(|_| host.start("every_nothing", &empty())).collect();
    let start = Instant::now();
    assert_eq!(host.destroy(), RET_ERR);
    assert!(start.elapsed() >= BOUND, "{:?}", start.elapsed());
    assert_eq!(crate::common::last_error(), "every_destroy: something blocks the context; it ends when that does");
    assert!(!blocker.has_fired(), "the handler was to block for longer than destroy waits");
    for probe in &behind {
        assert_eq!(probe.count(), 1, "answered by the destroying thread");
        assert_eq!(probe.wait().error_of(ErrorKind::Cancelled), "cancelled");
    }
    assert_eq!(blocker.wait().ok(), [0xf6]);
    let patience = Instant::now() + SLACK;
    while every::ends("blocked").len() < 2 && Instant::now() < patience {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(every::ends("blocked"), [End::Destroyed, End::Dropped]);
    assert_eq!(blocker.count(), 1);
}

#[test]
fn a_constructor_that_is_pending_when_the_grace_ends_is_cancelled() {
    let (host, created) = Host::create(&map([("config", config("unborn", None, 600_000))]));
    let behind = host.start("every_nothing", &empty());
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((created.count(), behind.count()), (1, 1));
    assert_eq!(created.wait().error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!(behind.wait().error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!(every::ends("unborn"), []);
}

#[test]
fn destroying_a_context_whose_constructor_failed_leaves_nothing() {
    for _ in 0..50 {
        let (host, created) = Host::create(&map([("config", config("", Some("no"), 2))]));
        let behind: Vec<_> = (0..20).map(|_| host.start("every_nothing", &empty())).collect();
        thread::sleep(Duration::from_millis(2));
        host.destroy();
        assert_eq!(created.count(), 1);
        assert!(behind.iter().all(|probe| probe.count() == 1), "none fires after destroy returned");
    }
}

#[test]
fn the_callback_of_close_is_the_last() {
    let host = named("closed");
    let fired = Arc::new(AtomicUsize::new(0));
    let count = |fired: &Arc<AtomicUsize>| {
        let fired = Arc::clone(fired);
        move |_: &Answer| {
            fired.fetch_add(1, Ordering::SeqCst);
        }
    };
    let request = crate::common::to_bytes(&millis(300));
    for _ in 0..50 {
        host.submit("every_sleep", &request, Probe::with(count(&fired)));
    }
    let seen = Arc::clone(&fired);
    let last = Probe::with(move |_| {
        assert_eq!(seen.load(Ordering::SeqCst), 50);
        assert_eq!(every::ends("closed"), [End::Destroyed, End::Dropped]);
    });
    assert_eq!(host.close(last), RET_OK);
    assert!(!last.has_fired(), "close does not wait");
    assert!(host.call("every_nothing", &empty()).error().contains("not a live context"));
    assert_eq!(host.destroy(), RET_ERR);
    let again = Probe::new();
    assert_eq!(host.close(again), RET_ERR);
    assert_eq!(
        again.wait().error_of(ErrorKind::BadHandle),
        "every_ffi_close: not a live context: NULL, destroyed or never made"
    );
    assert_eq!(last.wait().ok(), [0_u8; 0]);
    assert_eq!(last.count(), 1);
}

#[test]
fn blocking_work_of_an_authors_holds_up_no_end() {
    let host = named("with blocking work");
    host.call("every_leave_blocking", &millis(20_000)).ok();
    // Had it been waited for, the bound would have made this an error.
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(every::ends("with blocking work"), [End::Destroyed, End::Dropped]);
}

#[test]
fn close_needs_a_callback() {
    let host = Host::new();
    // SAFETY: a NULL callback is never called.
    let ret = unsafe { crate::common::every_ffi_close(host.ctx(), None, std::ptr::null_mut()) };
    assert_eq!(ret, RET_MISSING_CALLBACK);
    assert_eq!(host.call("every_nothing", &empty()).ok(), [0xf6]);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn two_contexts_that_destroy_each_other_end() {
    for _ in 0..20 {
        let (one, other) = (Host::new(), Host::new());
        let (met, meets) = (Arc::new(std::sync::Barrier::new(2)), mpsc::channel());
        let destroyer = |target: Host| {
            let (met, sender) = (Arc::clone(&met), meets.0.clone());
            Probe::with(move |_| {
                met.wait();
                sender.send(target.destroy()).expect("the test waits");
            })
        };
        one.submit("every_nothing", &[], destroyer(other));
        other.submit("every_nothing", &[], destroyer(one));
        // Had one waited for the other until its bound, that would have been an error.
        assert_eq!((meets.1.recv(), meets.1.recv()), (Ok(RET_OK), Ok(RET_OK)));
    }
}

#[test]
fn destroy_from_a_refusal_does_not_wait() {
    let host = Host::new();
    let sleeper = host.start("every_sleep", &millis(500));
    let (sender, returned) = mpsc::channel();
    let refused = Probe::with(move |_| {
        sender.send((host.destroy(), sleeper.has_fired())).expect("the test waits");
    });
    assert_eq!(host.submit("every_give_bytes", &vec![0; 4_194_305], refused), RET_ERR);
    assert_eq!(returned.recv().expect("the callback ran"), (RET_OK, false));
    assert_eq!(sleeper.wait().ok(), [0xf6]);
}

#[test]
fn cancel_is_for_what_is_queued_with_the_same_user_data_by_then() {
    let host = Host::new();
    let blocker = host.start("every_block", &millis(1_000));
    thread::sleep(Duration::from_millis(30));
    let (wanted, unwanted) = (Probe::new(), Probe::new());
    for _ in 0..10 {
        host.submit("every_nothing", &[], wanted);
        host.submit("every_nothing", &[], unwanted);
    }
    assert_eq!(host.cancel(unwanted), 0);
    for _ in 0..5 {
        host.submit("every_nothing", &[], unwanted);
    }
    assert!(!blocker.has_fired(), "the worker was to be blocked meanwhile");
    let answers: Vec<_> = (0..15).map(|_| unwanted.wait()).collect();
    assert!(answers[..10].iter().all(|answer| answer.error() == "cancelled"), "{answers:?}");
    assert!(answers[10..].iter().all(|answer| answer.ok() == [0xf6]), "what came later was not asked for");
    assert!((0..10).all(|_| wanted.wait().ok() == [0xf6]));
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((wanted.count(), unwanted.count()), (10, 15));
    assert_eq!(host.cancel(wanted), RET_ERR);
    assert_eq!(crate::common::last_error(), "every_ffi_cancel: not a live context: NULL, destroyed or never made");
}

#[test]
fn a_running_handler_is_cancelled_only_where_its_author_allows_it() {
    let host = Host::new();
    let (light, heavy) = (Probe::new(), Probe::new());
    let long = crate::common::to_bytes(&millis(60_000));
    host.submit("every_sleep_lightly", &long, light);
    host.submit("every_sleep", &crate::common::to_bytes(&millis(100)), heavy);
    host.call("every_nothing", &empty()).ok();
    assert_eq!((host.cancel(light), host.cancel(heavy)), (0, 0));
    assert_eq!(light.wait().error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!(heavy.wait().ok(), [0xf6]);

    // An exclusive one that is dropped lets the others go on, and poisons nothing.
    let alone = Probe::new();
    host.submit("every_sleep_lightly_alone", &long, alone);
    let behind = host.start("every_nothing", &empty());
    assert_eq!(host.cancel(alone), 0);
    assert_eq!(alone.wait().error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!(behind.wait().ok(), [0xf6]);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((light.count(), heavy.count(), alone.count()), (1, 1, 1));
}

#[test]
fn cancels_race_with_answers_and_every_call_is_answered_once() {
    let host = Host::new();
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..500 {
                    let probe = Probe::new();
                    host.submit("every_sleep_lightly", &crate::common::to_bytes(&millis(0)), probe);
                    host.cancel(probe);
                    let answer = probe.wait();
                    assert!(answer.ret == RET_OK || answer.error() == "cancelled");
                    assert_eq!(probe.count(), 1);
                }
            });
        }
    });
    assert_eq!(host.destroy(), RET_OK);
}
