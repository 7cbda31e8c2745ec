//! Inline calls keep no order with queued ones: they do not wait for a worker that is busy.

mod common;

use common::gate::{Gate, pass};
use common::{Host, Probe, Symbols, map, to_bytes};
use ffi_runtime::{FfiCallback, RET_OK};
use std::ffi::{c_char, c_int, c_void};

// Links the library whose symbols are declared below.
use near as _;

unsafe extern "C" {
    fn near_create_cbor(req: *const u8, len: usize, callback: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    fn near_destroy(ctx: *mut c_void) -> c_int;
    fn near_call_cbor(
        ctx: *mut c_void,
        function: *const c_char,
        callback: FfiCallback,
        user_data: *mut c_void,
        req: *const u8,
        len: usize,
    ) -> c_int;
    fn near_cancel(ctx: *mut c_void, user_data: *mut c_void) -> c_int;
    fn near_close(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int;
}

static NEAR: Symbols = Symbols {
    create_cbor: near_create_cbor,
    destroy: near_destroy,
    call_cbor: near_call_cbor,
    cancel: near_cancel,
    close: near_close,
};

#[test]
fn an_inline_call_passes_the_queued_ones() {
    let created = Probe::new();
    let host = Host::create_in(&NEAR, &map([("wait_ms", 0.into()), ("fails", false.into())]), created);
    created.wait().ok();
    let (gate, number) = (Gate::new(), to_bytes(&map([("number", 1.into())])));
    let at = gate.0;
    let blocking = Probe::with(move |_| pass(at));
    assert_eq!(host.submit("near_add_queued", &number, blocking), RET_OK);
    gate.await_visitor();
    let queued = Probe::new();
    assert_eq!(host.submit("near_add_queued", &number, queued), RET_OK);
    let inline = Probe::new();
    assert_eq!((host.submit("near_add", &number, inline), inline.count()), (RET_OK, 1));
    assert_eq!(inline.wait().value(), 2.into(), "of the two queued ones the first was counted");
    assert!(!queued.has_fired());
    drop(gate);
    assert_eq!(queued.wait().value(), 3.into());
    assert_eq!(host.destroy(), RET_OK);
}
