//! A panic in the worker's own loop, at any of its looks at the clock: each call is answered, and
//! whatever borrows the state goes before it.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, check, pass, spawn};
use ffi_runtime::{RET_ERR, RET_OK};

/// How many looks at the clock come before the one that panics, at the most.
const LOOKS: usize = 5;

/// It was served, or refused of a stale handle, or ended with its context.
fn assert_answered(call: Call) {
    let answer = call.wait();
    let is_refused = call.ret == RET_ERR && answer.text.contains("not a live context");
    let is_ended = answer.text == "cancelled" || answer.text.starts_with("the worker ended: ");
    assert!(answer.ret == RET_OK || is_ended || is_refused, "{answer:?}");
}

/// The same context for as many looks as there may be, one schedule after another.
fn check_jammed(make: fn() -> Host, model: fn(Host)) {
    for looks in 0..LOOKS {
        check(move || {
            let host = make();
            // A signal each; the calls of these models wait for more.
            (0..looks).for_each(|_| host.signal());
            model(host);
        });
    }
}

#[test]
fn a_panic_against_handlers_that_wait() {
    check_jammed(Host::new, |host| {
        let calls = [host.jam(), host.wait(), host.wait_droppable(), host.wait_alone(), host.share()];
        let time = spawn(|| pass(1, || false));
        let late = spawn(move || assert_answered(host.hurry()));
        assert_eq!(host.destroy(), RET_OK);
        calls.into_iter().for_each(assert_answered);
        late.join().expect("no panic");
        time.join().expect("no panic");
    });
}

#[test]
fn a_panic_against_close() {
    check_jammed(Host::new_lent, |host| {
        let calls = [host.jam_lent(), host.wait_lent()];
        let time = spawn(|| pass(1, || false));
        let turning = spawn(move || assert_answered(host.turn_lent()));
        assert_eq!(host.close().wait().ret, RET_OK);
        calls.into_iter().for_each(assert_answered);
        turning.join().expect("no panic");
        time.join().expect("no panic");
    });
}

#[test]
fn a_panic_against_inline_callers() {
    check_jammed(Host::new_lent, |host| {
        let calls = [host.wait_lent(), host.jam_lent(), host.wait_lent()];
        let time = spawn(|| pass(1, || false));
        let turning = spawn(move || [host.turn_lent(), host.look()].into_iter().for_each(assert_answered));
        let sharing = spawn(move || [host.share_lent(), host.turn_lent()].into_iter().for_each(assert_answered));
        assert_eq!(host.destroy(), RET_OK);
        calls.into_iter().for_each(assert_answered);
        turning.join().expect("no panic");
        sharing.join().expect("no panic");
        time.join().expect("no panic");
    });
}

#[test]
fn a_panic_while_an_inline_caller_reads_the_state() {
    check_jammed(Host::new_lent, |host| {
        let jam = host.jam_lent();
        let staring = spawn(move || host.stare().assert_served());
        let turning = spawn(move || assert_answered(host.turn_lent()));
        let signal = spawn(move || host.signal());
        let time = spawn(|| pass(1, || false));
        assert_eq!(host.destroy(), RET_OK);
        assert_answered(jam);
        staring.join().expect("no panic");
        turning.join().expect("no panic");
        signal.join().expect("no panic");
        time.join().expect("no panic");
    });
}
