//! Constructors that fail, or are still at it, while the host already calls and destroys.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::Call;
use common::{Host, Make, check, spawn};
use ffi_runtime::{RET_ERR, RET_OK};

#[test]
fn submit_against_a_failing_constructor() {
    check(|| {
        let (host, created) = Host::create(Make::Badly);
        let calls = spawn(move || {
            let call = host.share();
            // Accepted or refused, it cannot succeed.
            assert_eq!(call.wait().ret, RET_ERR);
            assert_eq!(created.wait().text, "made badly");
            assert_eq!(host.share().ret, RET_ERR, "the handle is stale once the host knows");
        });
        host.hold();
        assert_eq!(created.wait().ret, RET_ERR);
        assert_eq!(host.destroy(), RET_ERR);
        calls.join().expect("no panic");
    });
}

#[test]
fn destroy_against_a_failing_constructor() {
    check(|| {
        let (host, created) = Host::create(Make::Badly);
        let calls = spawn(move || host.share());
        host.destroy();
        // Whatever destroy returned, nothing is left.
        host.ended();
        assert_eq!(created.wait().ret, RET_ERR);
        calls.join().expect("no panic");
    });
}

#[test]
fn close_against_a_failing_constructor() {
    check(|| {
        let (host, created) = Host::create(Make::BadlyOnceSignalled);
        let calls = spawn(move || host.share());
        let signal = spawn(move || host.signal());
        let closed = host.close();
        assert_eq!(closed.wait().ret, closed.ret);
        assert_eq!(created.wait().ret, RET_ERR);
        calls.join().expect("no panic");
        signal.join().expect("no panic");
    });
}

#[test]
fn destroy_against_a_constructor_that_waits() {
    check(|| {
        let (host, created) = Host::create(Make::WellOnceSignalled);
        let calls = spawn(move || [host.share(), host.hold()].into_iter().for_each(Call::assert_served));
        let signal = spawn(move || host.signal());
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(created.wait().ret, RET_OK, "it was accepted, and its time does not pass");
        calls.join().expect("no panic");
        signal.join().expect("no panic");
    });
}
