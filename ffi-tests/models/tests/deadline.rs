//! Deadlines and warnings against what ends a call otherwise. The models' time stands still but
//! for what they advance.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, check, pass, spawn, while_time_passes};
use ffi_runtime::RET_OK;

const EXCEEDED: &str = "deadline exceeded";

/// The answer is the handler's or one of these.
fn is_one_of(call: Call, reasons: &[&str]) -> bool {
    let answer = call.wait();
    answer.ret == RET_OK || reasons.contains(&answer.text.as_str())
}

fn signal_twice(host: Host) -> shuttle::thread::JoinHandle<()> {
    spawn(move || {
        host.signal();
        host.signal();
    })
}

#[test]
fn cancel_against_finish_against_deadline() {
    check(|| {
        let host = Host::new();
        while_time_passes(2, || {
            let calls = [host.hurry_droppable(), host.hurry()];
            let signals = signal_twice(host);
            let cancel = spawn(move || calls.map(|call| host.cancel(call)));
            assert!(calls.into_iter().all(|call| is_one_of(call, &[EXCEEDED, "cancelled"])));
            signals.join().expect("no panic");
            assert_eq!(cancel.join().expect("no panic"), [RET_OK; 2]);
        });
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn a_deadline_against_destroy() {
    check(|| {
        let host = Host::new();
        while_time_passes(3, || {
            let calls = [host.hurry(), host.hurry_droppable(), host.wait_alone()];
            let signals = signal_twice(host);
            // Time may jump past the destroyer's patience.
            host.destroy();
            assert!(calls.into_iter().all(|call| is_one_of(call, &[EXCEEDED, "cancelled"])));
            signals.join().expect("no panic");
        });
    });
}

#[test]
fn a_blocked_workers_deadlines_are_kept_by_the_watchdog() {
    check(|| {
        let host = Host::new();
        let blocking = host.block();
        let behind = [host.hurry(), host.hurry_droppable()];
        let time = spawn(move || pass(1, || false));
        for call in behind {
            assert_eq!(call.wait().text, EXCEEDED);
        }
        time.join().expect("no panic");
        host.signal();
        assert_eq!(blocking.wait().ret, RET_OK);
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn the_watchdog_against_a_worker_that_comes_back_and_is_destroyed() {
    check(|| {
        // For its sake the watchdog stays, so that nobody waits for it.
        let other = Host::new();
        let host = Host::new();
        host.block();
        let behind = host.hurry();
        while_time_passes(1, || {
            let signals = signal_twice(host);
            host.destroy();
            assert!(is_one_of(behind, &[EXCEEDED, "cancelled"]));
            signals.join().expect("no panic");
        });
        assert_eq!(other.destroy(), RET_OK);
    });
}

#[test]
fn contexts_come_and_go_beside_the_watchdog() {
    check(|| {
        let threads = [(); 2].map(|()| {
            spawn(|| {
                let host = Host::new();
                let call = host.hurry_droppable();
                host.cancel(call);
                assert!(is_one_of(call, &["cancelled"]));
                assert_eq!(host.destroy(), RET_OK);
            })
        });
        for thread in threads {
            thread.join().expect("no panic");
        }
    });
}

#[test]
fn warnings_against_finish_and_destroy() {
    check(|| {
        let (host, created) = Host::create_warned();
        while_time_passes(3, || {
            let calls = [host.wait_warned(), host.wait_warned_droppable()];
            let signals = signal_twice(host);
            host.destroy();
            // Cancelled where time jumps past the grace before it began.
            assert!(is_one_of(created, &["cancelled"]));
            assert!(calls.into_iter().all(|call| is_one_of(call, &["cancelled"])));
            signals.join().expect("no panic");
        });
    });
}

#[test]
fn warnings_against_cancel_and_close() {
    check(|| {
        let (host, created) = Host::create_warned();
        while_time_passes(3, || {
            let call = host.wait_warned_droppable();
            let cancel = spawn(move || host.cancel(call));
            assert!(is_one_of(call, &["cancelled"]));
            cancel.join().expect("no panic");
            let closed = host.close();
            assert_eq!((created.wait().ret, closed.wait().ret), (RET_OK, RET_OK));
        });
    });
}

#[test]
fn warnings_against_the_deadline_of_a_call_that_blocks() {
    check(|| {
        let (host, _created) = Host::create_warned();
        while_time_passes(4, || {
            let blocking = host.block_warned();
            let signals = signal_twice(host);
            assert!(is_one_of(blocking, &[EXCEEDED]));
            signals.join().expect("no panic");
        });
        assert_eq!(host.destroy(), RET_OK);
    });
}
