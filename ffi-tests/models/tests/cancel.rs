//! `L_ffi_cancel` against what it is for.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, check, spawn};
use ffi_runtime::RET_OK;

/// The answer is what the handler or the cancel gave, and nothing else.
fn is_won_by_either(call: Call) -> bool {
    let answer = call.wait();
    answer.ret == RET_OK || answer.text == "cancelled"
}

#[test]
fn cancel_against_a_handler_that_finishes() {
    check(|| {
        let host = Host::new();
        let waiting = host.wait_droppable();
        let cancel = spawn(move || host.cancel(waiting));
        let signals = spawn(move || {
            host.signal();
            host.signal();
        });
        assert!(is_won_by_either(waiting));
        assert_eq!(host.destroy(), RET_OK);
        cancel.join().expect("no panic");
        signals.join().expect("no panic");
    });
}

#[test]
fn a_cancel_wakes_a_worker_that_waits_for_nothing_else() {
    check(|| {
        let host = Host::new();
        let waiting = host.wait_droppable();
        let behind = host.wait();
        assert_eq!((host.cancel(waiting), host.cancel(behind)), (RET_OK, RET_OK));
        assert_eq!(waiting.wait().text, "cancelled");
        // Cancelled where it was not started yet; else it may not be dropped.
        host.signal();
        host.signal();
        assert!(is_won_by_either(behind));
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn cancel_against_destroy() {
    check(|| {
        let host = Host::new();
        let alone = host.wait_alone();
        let behind = host.share();
        let cancel = spawn(move || {
            let ret = host.cancel(behind);
            host.signal();
            host.signal();
            ret
        });
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(alone.wait().ret, RET_OK, "it may not be dropped");
        let is_asked = cancel.join().expect("no panic") == RET_OK;
        let answer = behind.wait();
        if is_asked {
            assert_eq!(answer.text, "cancelled", "it was queued until the signals came");
        } else {
            assert_eq!(answer.ret, RET_OK);
        }
    });
}

#[test]
fn each_of_two_cancels_is_carried_out() {
    check(|| {
        let host = Host::new();
        let alone = host.wait_alone();
        let behind = [host.share(), host.hold()];
        let cancels = behind.map(|call| spawn(move || host.cancel(call)));
        for cancel in cancels {
            assert_eq!(cancel.join().expect("no panic"), RET_OK);
        }
        host.signal();
        host.signal();
        assert_eq!(alone.wait().ret, RET_OK, "it may not be dropped");
        behind.iter().for_each(|call| assert_eq!(call.wait().text, "cancelled"));
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn cancels_of_nothing_take_out_none_of_a_handler_that_begins() {
    check(|| {
        let host = Host::new();
        let begun = host.block_droppable();
        host.await_handler();
        assert_eq!(host.cancel(begun), RET_OK);
        host.cancel_nothing(4);
        host.signal();
        // There is no second signal: it ends by the cancel or not at all.
        assert_eq!(begun.wait().text, "cancelled");
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn nor_of_handlers_that_wait() {
    check(|| {
        let host = Host::new();
        let waiting = [host.wait_droppable(), host.wait_droppable()];
        let blocking = host.block();
        host.await_handler();
        for call in waiting {
            assert_eq!(host.cancel(call), RET_OK);
        }
        host.cancel_nothing(8);
        host.signal();
        waiting.iter().for_each(|call| assert_eq!(call.wait().text, "cancelled"));
        assert_eq!(blocking.wait().ret, RET_OK);
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn nor_of_a_queued_call() {
    check(|| {
        let host = Host::new();
        let alone = host.wait_alone();
        let behind = [host.share(), host.hold()];
        let others = spawn(move || host.cancel_nothing(5));
        for call in behind {
            assert_eq!(host.cancel(call), RET_OK);
        }
        others.join().expect("no panic");
        host.signal();
        host.signal();
        assert_eq!(alone.wait().ret, RET_OK, "it may not be dropped");
        behind.iter().for_each(|call| assert_eq!(call.wait().text, "cancelled"));
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn cancels_leave_the_calls_their_places() {
    check(|| {
        let host = Host::new();
        let blocking = host.block();
        host.await_handler();
        host.cancel_nothing(2);
        let cancels = spawn(move || host.cancel_nothing(4));
        let behind = [host.share(), host.hold(), host.share()];
        assert!(behind.iter().all(|call| call.ret == RET_OK), "three may wait: {behind:?}");
        host.signal();
        cancels.join().expect("no panic");
        [blocking].iter().chain(&behind).for_each(|call| assert_eq!(call.wait().ret, RET_OK));
        assert_eq!(host.destroy(), RET_OK);
    });
}
