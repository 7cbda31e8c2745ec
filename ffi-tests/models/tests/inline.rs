//! Methods that run on the threads that call them, against the end of their context; and functions
//! without a state against the end of the worker that they have between them.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::{Call, Stateless};
use common::{Host, Make, check, pass, spawn, until_all_have_ended, while_time_passes, yield_now};
use ffi_runtime::{RET_ERR, RET_OK};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

/// It was served, or cancelled, or refused of a stale handle.
fn assert_answered(call: Call) {
    let answer = call.wait();
    let is_refused = call.ret == RET_ERR && answer.text.contains("not a live context");
    assert!(answer.ret == RET_OK || answer.text == "cancelled" || is_refused, "{answer:?}");
}

/// It was served, or its context is not made yet.
fn assert_served_once_made(call: Call) {
    let answer = call.wait();
    let is_made = !answer.text.contains("still being constructed");
    assert_eq!((answer.ret, call.ret), if is_made { (RET_OK, RET_OK) } else { (RET_ERR, RET_ERR) }, "{answer:?}");
}

#[test]
fn inline_callers_against_destroy() {
    check(|| {
        let host = Host::new_lent();
        let looking = spawn(move || [host.look(), host.look()].into_iter().for_each(Call::assert_served));
        let sharing = spawn(move || [host.share_lent(), host.look()].into_iter().for_each(Call::assert_served));
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(host.look().ret, RET_ERR);
        looking.join().expect("no panic");
        sharing.join().expect("no panic");
    });
}

#[test]
fn an_inline_caller_that_blocks_holds_up_the_destroy_that_found_it() {
    check(|| {
        let host = Host::new_lent();
        let staring = spawn(move || host.stare().assert_served());
        let signal = spawn(move || host.signal());
        assert_eq!(host.destroy(), RET_OK);
        staring.join().expect("no panic");
        signal.join().expect("no panic");
    });
}

#[test]
fn an_inline_caller_that_outstays_the_grace() {
    check(|| {
        let host = Host::new_lent();
        let staring = spawn(move || host.stare().assert_served());
        host.await_handler();
        let time = spawn(move || {
            pass(1, || false);
            host.signal();
        });
        assert_eq!(host.destroy(), RET_OK);
        staring.join().expect("no panic");
        time.join().expect("no panic");
    });
}

#[test]
fn an_inline_caller_that_outstays_the_destroyers_patience() {
    check(|| {
        let host = Host::new_lent();
        let staring = spawn(move || host.stare().assert_served());
        host.await_handler();
        while_time_passes(3, || assert_eq!(host.destroy(), RET_ERR, "something blocks it"));
        host.signal();
        staring.join().expect("no panic");
    });
}

#[test]
fn an_inline_caller_against_close() {
    check(|| {
        let host = Host::new_lent();
        let looking = spawn(move || [host.look(), host.turn_lent()].into_iter().for_each(Call::assert_served));
        let closed = host.close();
        assert_eq!((closed.ret, closed.wait().ret), (RET_OK, RET_OK));
        looking.join().expect("no panic");
    });
}

#[test]
fn destroy_from_inside_an_inline_reply() {
    check(|| {
        let host = Host::new_lent();
        let inside = Arc::new(AtomicI32::new(-1));
        let seen = Arc::clone(&inside);
        let looking =
            spawn(move || host.look_with(move || seen.store(host.destroy_from_inside(), Ordering::SeqCst)).ret);
        let outside = host.destroy();
        let is_accepted = looking.join().expect("no panic") == RET_OK;
        let inside = inside.load(Ordering::SeqCst);
        assert!((outside == RET_OK) != (is_accepted && inside == RET_OK), "{outside} {inside}");
    });
}

#[test]
fn an_inline_call_that_moves_as_its_context_closes() {
    check(|| {
        let host = Host::new_lent();
        let turning = spawn(move || host.turn_lent().assert_served());
        assert_eq!(host.destroy(), RET_OK);
        turning.join().expect("no panic");
    });
}

#[test]
fn an_inline_call_that_waits_is_served_before_the_end() {
    check(|| {
        let host = Host::new_lent();
        let waiting = spawn(move || host.wait_lent().assert_served());
        let turning = spawn(move || host.turn_lent().assert_served());
        let signals = spawn(move || {
            host.signal();
            host.signal();
        });
        assert_eq!(host.destroy(), RET_OK);
        waiting.join().expect("no panic");
        turning.join().expect("no panic");
        signals.join().expect("no panic");
    });
}

#[test]
fn an_inline_call_moves_to_the_worker_against_destroy() {
    check(|| {
        let host = Host::new_lent();
        let turning = spawn(move || host.turn_lent().assert_served());
        assert_eq!(host.destroy(), RET_OK);
        turning.join().expect("no panic");
    });
}

#[test]
fn an_inline_call_that_waits_against_the_end_of_the_grace() {
    check(|| {
        let host = Host::new_lent();
        let first = host.wait_lent();
        let waiting = spawn(move || assert_answered(host.wait_lent()));
        let turning = spawn(move || assert_answered(host.turn_lent()));
        let time = spawn(|| pass(1, || false));
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(first.wait().text, "cancelled");
        waiting.join().expect("no panic");
        turning.join().expect("no panic");
        time.join().expect("no panic");
    });
}

#[test]
fn a_queued_inline_call_of_a_blocked_worker_against_the_destroyers_patience() {
    check(|| {
        let host = Host::new_lent();
        let blocking = host.block_lent();
        let behind = [host.turn_lent(), host.turn_lent()];
        let signal = spawn(move || host.signal());
        while_time_passes(2, || {
            host.destroy();
        });
        behind.into_iter().chain([blocking]).for_each(assert_answered);
        signal.join().expect("no panic");
    });
}

#[test]
fn an_inline_caller_against_the_constructor() {
    check(|| {
        let (host, created) = Host::create_lent(Make::Well);
        let early = spawn(move || [host.look(), host.turn_lent()].into_iter().for_each(assert_served_once_made));
        assert_eq!(created.wait().ret, RET_OK);
        assert_eq!((host.look().ret, host.turn_lent().ret), (RET_OK, RET_OK), "made, says the constructor");
        early.join().expect("no panic");
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn an_inline_caller_against_a_constructor_that_fails() {
    check(|| {
        let (host, created) = Host::create_lent(Make::Badly);
        let calls = spawn(move || assert_eq!([host.look().ret, host.wait_lent().ret], [RET_ERR, RET_ERR]));
        assert_eq!(created.wait().ret, RET_ERR);
        assert!(host.look().wait().text.contains("not a live context"));
        assert_eq!(host.destroy(), RET_ERR);
        calls.join().expect("no panic");
    });
}

#[test]
fn destroy_against_a_constructor_that_fails_beside_an_inline_caller() {
    check(|| {
        let (host, created) = Host::create_lent(Make::Badly);
        let calls = spawn(move || assert_eq!(host.look().ret, RET_ERR));
        host.destroy();
        // Whatever destroy returned, nothing is left.
        host.ended();
        assert_eq!(created.wait().ret, RET_ERR);
        calls.join().expect("no panic");
    });
}

#[test]
fn functions_without_a_state_against_the_end_of_their_worker() {
    check(|| {
        let host = Stateless::new();
        until_all_have_ended(move || {
            let turning = spawn(move || [host.turn(), host.turn()].into_iter().for_each(assert_ok));
            let waiting = host.wait();
            let signal = spawn(move || {
                // Late, so that time could pass for a worker that should not look at it.
                (0..20).for_each(|_| yield_now());
                host.signal();
            });
            assert_ok(waiting);
            assert_ok(host.turn());
            turning.join().expect("no panic");
            signal.join().expect("no panic");
        });
    });
}

#[test]
fn one_function_after_another_against_the_end_of_their_worker() {
    check(|| {
        let host = Stateless::new();
        until_all_have_ended(move || {
            for _ in 0..3 {
                assert_ok(host.turn());
            }
        });
    });
}

/// Accepted and served.
fn assert_ok(call: Call) {
    assert_eq!((call.ret, call.wait().ret), (RET_OK, RET_OK), "{:?}", call.wait());
}
