//! Stale handles while their slot is used again. These models have one context at a time, so
//! that the slot is always the same.

extern crate ffi_models as ffi_runtime;

mod common;

use common::{Host, check, spawn};
use ffi_runtime::{RET_ERR, RET_OK};

#[test]
fn a_stale_handle_reaches_no_later_context() {
    check(|| {
        let first = Host::new();
        let call = first.share();
        let stale = spawn(move || {
            first.share().assert_served();
            first.cancel(call);
            first.hold().assert_served();
        });
        assert_eq!(first.destroy(), RET_OK);
        let second = Host::new();
        let waiting = second.share();
        assert_eq!(first.share().ret, RET_ERR);
        assert_eq!(first.close().ret, RET_ERR);
        assert_eq!(first.destroy(), RET_ERR);
        assert_eq!(waiting.wait().ret, RET_OK);
        assert_eq!(second.destroy(), RET_OK);
        stale.join().expect("no panic");
    });
}

#[test]
fn a_late_destroyer_ends_no_later_context() {
    check(|| {
        let first = Host::new();
        let late = spawn(move || first.destroy() == RET_OK);
        let destroyed = first.destroy() == RET_OK;
        let is_late_done = late.join().expect("no panic");
        assert!(destroyed != is_late_done);
        let second = Host::new();
        let late = spawn(move || first.destroy());
        assert_eq!(second.share().wait().ret, RET_OK);
        assert_eq!(late.join().expect("no panic"), RET_ERR);
        assert_eq!(second.destroy(), RET_OK);
    });
}
