//! A panic becomes an answer, and the worker goes on.

use crate::common::{Host, Probe, map, without_place};
use ciborium::Value;
use ffi_runtime::{FfiCallback, RET_OK};
use std::ffi::{c_int, c_void};

#[repr(C)]
struct GrenadePod {
    live: c_int,
}

unsafe extern "C" {
    fn every_grenade(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, value: GrenadePod) -> c_int;
}

fn empty() -> Value {
    map([])
}

fn grenade(is_live: bool) -> Value {
    map([("value", map([("live", is_live.into())]))])
}

#[test]
fn a_panic_is_answered_with_its_text_and_the_functions_name() {
    let host = Host::new();
    for (function, request, text) in [
        ("every_panic", map([("text", "boom".into())]), "every_panic panicked: boom"),
        ("every_panic_with_number", empty(), "every_panic_with_number panicked: a panic without text"),
        (
            "every_panic_later",
            map([("is_after", false.into())]),
            "every_panic_later panicked: in an async handler, after an await: false",
        ),
        (
            "every_panic_later",
            map([("is_after", true.into())]),
            "every_panic_later panicked: in an async handler, after an await: true",
        ),
        ("every_drop_grenade", grenade(true), "every_drop_grenade panicked: the grenade went off"),
    ] {
        assert_eq!(without_place(host.call(function, &request).error()), text);
        assert_eq!(host.call("every_name", &empty()).value(), Value::from("test"));
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_result_whose_drop_panics_was_answered_before() {
    let host = Host::new();
    assert_eq!(host.call("every_grenade", &grenade(true)).value(), map([("live", true.into())]));
    assert_eq!(host.call("every_name", &empty()).value(), Value::from("test"));
    host.destroy();
}

#[test]
fn a_panic_while_holding_the_state_poisons_the_context() {
    for function in ["every_panic_exclusive", "every_panic_exclusive_later"] {
        let host = Host::new();
        let broken = host.start(function, &empty());
        let queued = host.start("every_name", &empty());
        assert!(broken.wait().error().starts_with(&format!("{function} panicked: while holding the state")));
        let text = format!("the context is poisoned: {function} panicked while it held the state");
        assert_eq!(without_place(queued.wait().error()), text);
        assert_eq!(without_place(host.call("every_name", &empty()).error()), text);
        assert_eq!(without_place(host.call_bytes("every_drop_grenade", &[0xff]).error()), text);
        assert_eq!(host.destroy(), RET_OK);
    }
}

#[test]
fn arguments_whose_drop_panics_do_no_harm_where_the_handler_never_runs() {
    let host = Host::new();
    host.call("every_panic_exclusive", &empty()).error();
    for _ in 0..3 {
        let probe = Probe::new();
        // SAFETY: the probe lives for ever. Natively the argument exists before the handler runs.
        let ret = unsafe {
            every_grenade(host.ctx(), Some(crate::common::record), probe.user_data(), GrenadePod { live: 1 })
        };
        assert_eq!(ret, RET_OK);
        assert!(probe.wait().error().starts_with("the context is poisoned"));
        assert_eq!(probe.count(), 1);
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn ten_thousand_panics_leave_the_worker_alive() {
    let host = Host::new();
    for _ in 0..10_000 {
        host.call("every_panic", &map([("text", "again".into())])).error();
    }
    assert_eq!(host.call("every_name", &empty()).value(), Value::from("test"));
    assert_eq!(host.destroy(), RET_OK);
}
