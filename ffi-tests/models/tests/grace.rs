//! Ends that run out of time. The models' time stands still but for what they advance.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, Make, check, pass, spawn, while_time_passes};
use ffi_runtime::{RET_ERR, RET_OK};
use std::time::Duration;

fn assert_finished_or_cancelled(calls: impl IntoIterator<Item = Call>) {
    for answer in calls.into_iter().map(Call::wait) {
        assert!(answer.ret == RET_OK || answer.text == "cancelled", "{answer:?}");
    }
}

#[test]
fn what_is_pending_at_the_end_of_the_grace_is_cancelled() {
    check(|| {
        let host = Host::new();
        let calls = [host.wait(), host.wait_droppable(), host.wait_alone()];
        let time = spawn(|| pass(1, || false));
        assert_eq!(host.destroy(), RET_OK);
        for call in calls {
            assert_eq!(call.wait().text, "cancelled");
        }
        time.join().expect("no panic");
    });
}

#[test]
fn the_end_of_the_grace_against_handlers_that_finish() {
    check(|| {
        let host = Host::new();
        let calls = [host.wait(), host.wait_alone(), host.share()];
        let signals = spawn(move || {
            host.signal();
            host.signal();
        });
        while_time_passes(1, || assert_eq!(host.destroy(), RET_OK));
        assert_finished_or_cancelled(calls);
        signals.join().expect("no panic");
    });
}

#[test]
fn a_blocked_worker_against_the_destroyers_patience() {
    check(|| {
        let host = Host::new();
        let (blocking, behind) = (host.block(), [host.share(), host.hold()]);
        let signal = spawn(move || host.signal());
        while_time_passes(2, || {
            host.destroy();
        });
        assert_finished_or_cancelled(behind.into_iter().chain([blocking]));
        signal.join().expect("no panic");
    });
}

#[test]
fn a_destroyer_answers_what_waits_and_gives_up_on_what_blocks() {
    check(|| {
        let host = Host::new();
        let (blocking, behind) = (host.block(), [host.share(), host.hold()]);
        let time = spawn(move || {
            host.await_handler();
            pass(2, || false);
        });
        assert_eq!(host.destroy(), RET_ERR);
        assert!(behind.iter().all(|call| call.is_answered()));
        behind.iter().for_each(|call| assert_eq!(call.wait().text, "cancelled"));
        host.signal();
        assert_eq!(blocking.wait().ret, RET_OK, "it is answered when it returns");
        time.join().expect("no panic");
    });
}

#[test]
fn a_destroyer_waits_for_the_grace_and_a_second_and_no_longer() {
    check(|| {
        let host = Host::new();
        let blocking = host.block();
        let time = spawn(move || {
            host.await_handler();
            pass(2, || false)
        });
        assert_eq!(host.destroy(), RET_ERR);
        assert_eq!(time.join().expect("no panic"), Duration::from_secs(2), "a second of grace, and one more");
        host.signal();
        assert_eq!(blocking.wait().ret, RET_OK);
    });
}

#[test]
fn a_constructor_that_is_pending_at_the_end_of_the_grace_is_cancelled() {
    check(|| {
        let (host, created) = Host::create(Make::WellOnceSignalled);
        let behind = host.share();
        let time = spawn(|| pass(1, || false));
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!((created.wait().text, behind.wait().text), ("cancelled".to_owned(), "cancelled".to_owned()));
        time.join().expect("no panic");
    });
}

#[test]
fn a_close_answers_last_when_the_grace_ends() {
    check(|| {
        let host = Host::new();
        let calls = [host.wait(), host.wait_alone(), host.share()];
        let signal = spawn(move || host.signal());
        while_time_passes(1, || assert_eq!(host.close().wait().ret, RET_OK));
        assert!(calls.iter().all(|call| call.is_answered()));
        signal.join().expect("no panic");
    });
}
