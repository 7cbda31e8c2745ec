//! A panic in the worker's own loop, at any of its looks at the clock: each call is answered, and
//! whatever borrows the state goes before it.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, check, spawn, while_time_passes};
use ffi_runtime::{RET_ERR, RET_OK};
use shuttle::rand::{Rng, thread_rng};

/// How many looks at the clock come before the one that panics, at the most.
const LOOKS: usize = 5;

/// It was served, or refused for a stale handle, a full queue or too many moved calls, or ended with
/// its context.
fn assert_answered(call: Call) {
    let answer = call.wait();
    let says = |text| answer.text.contains(text);
    let is_refused = call.ret == RET_ERR
        && (says("not a live context") || says("the queue is full") || says("are left to the worker"));
    let is_ended = answer.text == "cancelled" || answer.text.starts_with("the worker ended: ");
    assert!(answer.ret == RET_OK || is_ended || is_refused, "{answer:?}");
}

/// A context whose worker's loop panics at any of the first looks, as the schedule has it.
fn check_jammed(make: fn() -> Host, model: fn(Host)) {
    check(move || {
        let host = make();
        // A signal each; the calls of these models wait for one or two.
        (0..thread_rng().gen_range(0..LOOKS)).for_each(|_| host.signal());
        model(host);
    });
}

/// Destroys the context, unless its worker's panic was first; either way nothing is left of it.
fn end(host: Host) {
    while_time_passes(1, || {
        host.destroy();
    });
    host.ended();
}

#[test]
fn a_panic_against_handlers_that_wait() {
    check_jammed(Host::new, |host| {
        let calls = [host.jam(), host.wait(), host.wait_droppable(), host.wait_alone(), host.share()];
        let late = spawn(move || assert_answered(host.share()));
        end(host);
        calls.into_iter().for_each(assert_answered);
        late.join().expect("no panic");
    });
}

#[test]
fn a_panic_against_close() {
    check_jammed(Host::new_lent, |host| {
        let calls = [host.jam_lent(), host.wait_lent()];
        let turning = spawn(move || assert_answered(host.turn_lent()));
        while_time_passes(1, || assert_eq!(host.close().wait().ret, RET_OK));
        calls.into_iter().for_each(assert_answered);
        turning.join().expect("no panic");
    });
}

#[test]
fn a_panic_against_inline_callers() {
    check_jammed(Host::new_lent, |host| {
        let calls = [host.wait_lent(), host.jam_lent(), host.wait_lent()];
        let turning = spawn(move || [host.turn_lent(), host.look()].into_iter().for_each(assert_answered));
        let sharing = spawn(move || [host.share_lent(), host.turn_lent()].into_iter().for_each(assert_answered));
        end(host);
        calls.into_iter().for_each(assert_answered);
        turning.join().expect("no panic");
        sharing.join().expect("no panic");
    });
}

#[test]
fn a_panic_while_an_inline_caller_reads_the_state() {
    check_jammed(Host::new_lent, |host| {
        let jam = host.jam_lent();
        let staring = spawn(move || host.stare().assert_served());
        let turning = spawn(move || assert_answered(host.turn_lent()));
        let signal = spawn(move || host.signal());
        end(host);
        assert_answered(jam);
        staring.join().expect("no panic");
        turning.join().expect("no panic");
        signal.join().expect("no panic");
    });
}
