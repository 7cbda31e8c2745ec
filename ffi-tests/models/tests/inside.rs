//! Destroys from inside callbacks, which must not wait for themselves, nor for one another.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, check, spawn};
use ffi_runtime::{RET_ERR, RET_OK};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

#[test]
fn destroy_from_inside_a_reply_against_calls() {
    check(|| {
        let host = Host::new();
        let ret = Arc::new(AtomicI32::new(-1));
        let seen = Arc::clone(&ret);
        let calls = spawn(move || {
            host.share();
            host.hold();
        });
        host.share_with(move || seen.store(host.destroy_from_inside(), Ordering::SeqCst)).wait();
        assert_eq!(ret.load(Ordering::SeqCst), RET_OK);
        calls.join().expect("no panic");
    });
}

#[test]
fn two_contexts_destroy_each_other() {
    check(|| {
        let (one, other) = (Host::new(), Host::new());
        let calls = spawn(move || one.share_with(move || destroy(other)).wait());
        other.share_with(move || destroy(one)).wait();
        calls.join().expect("no panic");
    });
}

/// Whoever destroys it first is told so, and whoever comes later that the handle is stale.
fn destroy(host: Host) {
    host.destroy_from_inside();
}

#[test]
fn destroy_from_inside_against_destroy_from_outside() {
    check(|| {
        let host = Host::new();
        let inside = Arc::new(AtomicI32::new(-1));
        let seen = Arc::clone(&inside);
        let call = spawn(move || host.share_with(move || seen.store(host.destroy_from_inside(), Ordering::SeqCst)).ret);
        let outside = host.destroy();
        if call.join().expect("no panic") == RET_OK {
            let inside = inside.load(Ordering::SeqCst);
            assert!(outside == RET_OK || inside == RET_OK || inside == -1);
        }
        assert!(outside == RET_OK || outside == RET_ERR);
    });
}

#[test]
fn destroy_from_inside_a_refusal() {
    check(|| {
        let host = Host::new();
        let blocking = host.block();
        let others = [host.share(), host.hold()];
        let ret = Arc::new(AtomicI32::new(-1));
        let seen = Arc::clone(&ret);
        let signal = spawn(move || host.signal());
        // The queue is full, or just was: destroyed from inside the refusal or the reply.
        let last = host.share_with(move || seen.store(host.destroy_from_inside(), Ordering::SeqCst));
        last.wait();
        assert_eq!(ret.load(Ordering::SeqCst), RET_OK);
        others.into_iter().chain([blocking]).for_each(Call::assert_served);
        signal.join().expect("no panic");
    });
}
