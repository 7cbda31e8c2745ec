//! Functions on their callers' threads, against ends; and functions without a state, against the
//! end of the worker that no context has.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, Make, check, pass_until_alone, spawn, while_time_passes};
use ffi_runtime::{RET_ERR, RET_OK};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

#[test]
fn callers_against_destroy() {
    check(|| {
        let host = Host::beside();
        let callers = [(); 2]
            .map(|()| spawn(move || [host.read(), host.share_beside()].into_iter().for_each(Call::assert_served)));
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(host.read().ret, RET_ERR);
        callers.into_iter().for_each(|caller| caller.join().expect("no panic"));
    });
}

#[test]
fn a_caller_that_blocks_against_destroy() {
    check(|| {
        let host = Host::beside();
        let caller = spawn(move || host.block_here().assert_served());
        let signal = spawn(move || host.signal());
        assert_eq!(host.destroy(), RET_OK);
        caller.join().expect("no panic");
        signal.join().expect("no panic");
    });
}

#[test]
fn a_caller_that_blocks_against_the_destroyers_patience() {
    check(|| {
        let host = Host::beside();
        let caller = spawn(move || host.block_here().assert_served());
        let signal = spawn(move || host.signal());
        while_time_passes(2, || {
            host.destroy();
        });
        caller.join().expect("no panic");
        signal.join().expect("no panic");
    });
}

#[test]
fn what_moves_against_destroy() {
    check(|| {
        let host = Host::beside();
        let caller = spawn(move || host.wait_beside().assert_served());
        let signal = spawn(move || host.signal());
        assert_eq!(host.destroy(), RET_OK);
        caller.join().expect("no panic");
        signal.join().expect("no panic");
    });
}

#[test]
fn what_moves_against_the_end_of_the_grace() {
    check(|| {
        let host = Host::beside();
        let caller = spawn(move || {
            let call = host.wait_beside();
            let answer = call.wait();
            assert!(answer.ret == call.ret || answer.text == "cancelled", "{answer:?}");
        });
        let signal = spawn(move || host.signal());
        while_time_passes(1, || assert_eq!(host.destroy(), RET_OK));
        caller.join().expect("no panic");
        signal.join().expect("no panic");
    });
}

#[test]
fn a_close_is_answered_after_callers() {
    check(|| {
        let host = Host::beside();
        let callers = [spawn(move || host.read().assert_served()), spawn(move || host.wait_beside().assert_served())];
        let signal = spawn(move || host.signal());
        assert_eq!(host.close().wait().ret, RET_OK);
        callers.into_iter().for_each(|caller| caller.join().expect("no panic"));
        signal.join().expect("no panic");
    });
}

#[test]
fn destroy_from_inside_an_answer_against_callers() {
    check(|| {
        let host = Host::beside();
        let ret = Arc::new(AtomicI32::new(-1));
        let seen = Arc::clone(&ret);
        let other = spawn(move || host.read().assert_served());
        host.read_with(move || seen.store(host.destroy_from_inside(), Ordering::SeqCst)).wait();
        assert_eq!(ret.load(Ordering::SeqCst), RET_OK);
        other.join().expect("no panic");
    });
}

#[test]
fn two_contexts_destroy_each_other_from_inside_answers() {
    check(|| {
        let (one, other) = (Host::beside(), Host::beside());
        let ends = |target: Host| {
            move || {
                target.destroy_from_inside();
            }
        };
        let calls = spawn(move || one.read_with(ends(other)).wait());
        other.read_with(ends(one)).wait();
        calls.join().expect("no panic");
    });
}

#[test]
fn whoever_knows_of_a_context_is_served() {
    check(|| {
        let (host, created) = Host::create_beside(Make::Well);
        let early = spawn(move || {
            let call = host.read();
            let answer = call.wait();
            assert!(call.ret == RET_OK || answer.text.contains("still being constructed"), "{answer:?}");
        });
        assert_eq!(created.wait().ret, RET_OK);
        assert_eq!((host.read().ret, host.read().wait().ret), (RET_OK, RET_OK));
        early.join().expect("no panic");
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn callers_against_a_constructor_that_fails() {
    check(|| {
        let (host, created) = Host::create_beside(Make::Badly);
        let caller = spawn(move || assert_eq!((host.read().ret, host.wait_beside().ret), (RET_ERR, RET_ERR)));
        assert_eq!(created.wait().ret, RET_ERR);
        host.destroy();
        caller.join().expect("no panic");
    });
}

#[test]
fn calls_without_a_state_against_the_end_of_their_worker() {
    check(|| {
        let host = Host::nobody();
        let others = spawn(move || [host.lone(), host.lone()].into_iter().for_each(assert_done));
        while_time_passes(2, || assert_done(host.lone()));
        while_time_passes(1, || assert_done(host.lone()));
        others.join().expect("no panic");
        pass_until_alone();
    });
}

/// The call was accepted, and answered well.
fn assert_done(call: Call) {
    assert_eq!((call.ret, call.wait().ret), (RET_OK, RET_OK), "{:?}", call.wait());
}
