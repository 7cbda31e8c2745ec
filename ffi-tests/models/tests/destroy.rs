//! Ends that meet calls, and one another.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, check, spawn};
use ffi_runtime::{RET_ERR, RET_OK};

#[test]
fn submit_against_destroy() {
    check(|| {
        let host = Host::new();
        let sharing = spawn(move || host.share().assert_served());
        let holding = spawn(move || {
            let calls = [host.hold(), host.share()];
            calls.into_iter().for_each(Call::assert_served);
        });
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(host.share().ret, RET_ERR);
        sharing.join().expect("no panic");
        holding.join().expect("no panic");
    });
}

#[test]
fn two_destroyers() {
    check(|| {
        let host = Host::new();
        let calls = spawn(move || host.share().assert_served());
        let other = spawn(move || host.destroy());
        let mine = host.destroy();
        let others = other.join().expect("no panic");
        assert!((mine == RET_OK) != (others == RET_OK), "{mine} {others}");
        calls.join().expect("no panic");
    });
}

#[test]
fn destroy_against_close() {
    check(|| {
        let host = Host::new();
        let calls = spawn(move || [host.share(), host.hold()].into_iter().for_each(Call::assert_served));
        let closed = spawn(move || host.close());
        let destroyed = host.destroy();
        let closed = closed.join().expect("no panic");
        assert!((destroyed == RET_OK) != (closed.ret == RET_OK), "{destroyed} {closed:?}");
        assert_eq!(closed.wait().ret, closed.ret);
        calls.join().expect("no panic");
    });
}

#[test]
fn a_woken_handler_ends_before_its_context() {
    check(|| {
        let host = Host::new();
        let waiting = host.wait();
        let alone = host.wait_alone();
        let signals = spawn(move || {
            host.signal();
            host.signal();
        });
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!((waiting.wait().ret, alone.wait().ret), (RET_OK, RET_OK));
        signals.join().expect("no panic");
    });
}

#[test]
fn a_broken_state_against_destroy() {
    check(|| {
        let host = Host::new();
        let breaking = host.break_state();
        let behind = spawn(move || [host.share(), host.hold()].map(|call| call.wait().ret));
        let signal = spawn(move || host.signal());
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(breaking.wait().ret, RET_ERR);
        assert_eq!(behind.join().expect("no panic"), [RET_ERR, RET_ERR], "nothing is served on a broken state");
        signal.join().expect("no panic");
    });
}

#[test]
fn a_full_queue_against_destroy() {
    check(|| {
        let host = Host::new();
        let calls = [(); 2].map(|()| {
            spawn(move || [host.share(), host.share(), host.hold()].into_iter().for_each(Call::assert_served))
        });
        assert_eq!(host.destroy(), RET_OK);
        calls.into_iter().for_each(|calls| calls.join().expect("no panic"));
    });
}
