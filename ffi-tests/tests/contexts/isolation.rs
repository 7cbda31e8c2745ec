//! Whatever one context waits for, others wait for none of it: they are made, answer and are
//! destroyed while it stands still.
//!
//! Nothing here is measured. What stands still does so at a gate that opens only after the
//! others were done, in a library whose grace is longer than any test.

use crate::common::gate::{Gate, pass};
use crate::common::{Host, Probe, map, to_bytes};
use ciborium::Value;
use ffi_runtime::{FfiCallback, RET_ERR, RET_OK, RequestBytes, ffi};
use std::ffi::{c_int, c_void};
use std::thread;

/// A library whose functions wait at gates.
#[ffi(library = "isle", request_limit = 1_000, grace_ms = 600_000)]
struct Isle;

/// Makes the state, once the gate is open.
#[ffi(ctor, library = "isle")]
fn isle_create(gate: u64) -> Isle {
    pass(gate);
    Isle
}

/// Blocks the worker until the gate is open.
#[ffi(library = "isle")]
fn isle_block(_isle: &Isle, gate: u64) {
    pass(gate);
}

/// Gives back its parameter.
#[ffi(library = "isle")]
fn isle_give(_isle: &Isle, value: u64) -> u64 {
    value
}

/// Ends the state.
#[ffi(dtor, library = "isle")]
fn isle_destroy(_isle: Isle) {}

mod symbols {
    use super::{FfiCallback, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn isle_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn isle_destroy(ctx: *mut c_void) -> c_int;
    }
}

/// A context of the library with gates.
#[derive(Clone, Copy)]
struct Place(usize);

impl Place {
    /// A context whose constructor waits at this gate; 0 is none.
    fn create(gate: u64) -> (Self, &'static Probe) {
        let (probe, request) = (Probe::new(), to_bytes(&map([("gate", gate.into())])));
        let (bytes, data) = (request.as_ptr(), probe.user_data());
        // SAFETY: the bytes are readable and the probe lives for ever.
        let ctx = unsafe { symbols::isle_create_cbor(bytes, request.len(), Some(crate::common::record), data) };
        assert!(!ctx.is_null());
        (Self(ctx.expose_provenance()), probe)
    }

    fn new() -> Self {
        let (place, created) = Self::create(0);
        created.wait().ok();
        place
    }

    fn submit(self, function: &str, request: &Value, probe: &'static Probe) -> c_int {
        let ctx = std::ptr::with_exposed_provenance_mut(self.0);
        let request = RequestBytes::Owned(to_bytes(request));
        // SAFETY: the probe lives for ever.
        unsafe {
            ffi_runtime::call_bytes::<Isle>(ctx, function, Some(crate::common::record), probe.user_data(), request)
        }
    }

    /// Makes the worker block at a gate; returns once it does.
    fn block_at(self, gate: &Gate) -> &'static Probe {
        let probe = Probe::new();
        assert_eq!(self.submit("isle_block", &map([("gate", gate.0.into())]), probe), RET_OK);
        gate.await_visitor();
        probe
    }

    /// Makes so many calls, one after the other, each with its own answer.
    fn answers(self, calls: u64) {
        for value in 0..calls {
            let probe = Probe::new();
            assert_eq!(self.submit("isle_give", &map([("value", value.into())]), probe), RET_OK);
            assert_eq!(probe.wait().value(), value.into());
        }
    }

    fn destroy(self) -> c_int {
        // SAFETY: any handle may be destroyed.
        unsafe { symbols::isle_destroy(std::ptr::with_exposed_provenance_mut(self.0)) }
    }
}

/// Others of this library and of another are made, answer and are destroyed.
fn others_come_and_go() {
    for _ in 0..10 {
        let (place, host) = (Place::new(), Host::new());
        place.answers(10);
        assert_eq!(host.call("every_name", &map([])).value(), Value::from("test"));
        assert_eq!((place.destroy(), host.destroy()), (RET_OK, RET_OK));
    }
}

#[test]
fn a_blocked_handler_holds_up_no_other_context() {
    let (stuck, other, gate) = (Place::new(), Place::new(), Gate::new());
    let blocked = stuck.block_at(&gate);
    other.answers(1_000);
    assert_eq!(other.destroy(), RET_OK);
    others_come_and_go();
    assert!(!blocked.has_fired(), "it was to be blocked all the while");
    drop(gate);
    blocked.wait().ok();
    assert_eq!(stuck.destroy(), RET_OK);
}

#[test]
fn a_stuck_callback_holds_up_no_other_context() {
    let (stuck, other, gate) = (Place::new(), Place::new(), Gate::new());
    let at = gate.0;
    let callback = Probe::with(move |_| pass(at));
    assert_eq!(stuck.submit("isle_give", &map([("value", 1.into())]), callback), RET_OK);
    gate.await_visitor();
    other.answers(1_000);
    assert_eq!(other.destroy(), RET_OK);
    others_come_and_go();
    assert!(!callback.has_fired(), "it was to be stuck all the while");
    drop(gate);
    assert_eq!(callback.wait().value(), Value::from(1));
    assert_eq!(stuck.destroy(), RET_OK);
}

#[test]
fn a_stuck_refusal_holds_up_no_other_context_nor_its_own() {
    let (host, gate) = (Place::new(), Gate::new());
    let at = gate.0;
    let refused = Probe::with(move |_| pass(at));
    let too_large = map([("value", "x".repeat(1_000).into())]);
    thread::scope(|scope| {
        let caller = scope.spawn(move || host.submit("isle_give", &too_large, refused));
        gate.await_visitor();
        host.answers(100);
        others_come_and_go();
        assert!(!refused.has_fired(), "it was to be stuck all the while");
        drop(gate);
        assert_eq!(caller.join().expect("no panic"), RET_ERR);
    });
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_constructor_that_blocks_delays_no_other() {
    let gate = Gate::new();
    let (unborn, created) = Place::create(gate.0);
    gate.await_visitor();
    others_come_and_go();
    let behind = Probe::new();
    assert_eq!(unborn.submit("isle_give", &map([("value", 2.into())]), behind), RET_OK);
    assert!(!created.has_fired() && !behind.has_fired(), "it was to be blocked all the while");
    drop(gate);
    created.wait().ok();
    assert_eq!(behind.wait().value(), Value::from(2));
    assert_eq!(unborn.destroy(), RET_OK);
}

#[test]
fn a_destroy_that_waits_delays_no_other_context() {
    let (ending, gate) = (Place::new(), Gate::new());
    let blocked = ending.block_at(&gate);
    thread::scope(|scope| {
        let destroyer = scope.spawn(move || ending.destroy());
        // Stale at once: from the first refusal on, the destroy has begun.
        while ending.submit("isle_give", &map([("value", 3.into())]), Probe::new()) == RET_OK {
            thread::yield_now();
        }
        others_come_and_go();
        assert!(!blocked.has_fired() && !destroyer.is_finished(), "it was to wait all the while");
        drop(gate);
        assert_eq!(destroyer.join().expect("no panic"), RET_OK);
    });
    blocked.wait().ok();
}
