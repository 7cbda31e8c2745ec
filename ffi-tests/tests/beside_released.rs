//! Nothing is left of a call on its caller's thread, of one that moved to the worker, nor of one
//! that needs no context, whatever came of it.
//!
//! Alone in its process, because it counts what the allocator gives out.

mod common;
#[path = "common/counting.rs"]
mod counting;
#[path = "beside/host.rs"]
#[allow(dead_code, reason = "each test binary uses its part")]
mod host;

use common::{Host, map, to_bytes};
use counting::{ANSWERS, LIVE, count};
use host::{nobody, turns, value};
use std::sync::atomic::Ordering;

/// Makes a call whose answer is only counted; 1, for the answer that is owed.
fn call(host: Host, function: &std::ffi::CStr, request: &[u8]) -> usize {
    let (data, len) = (request.as_ptr(), request.len());
    let null = std::ptr::null_mut();
    // SAFETY: name and bytes are readable, and the callback only counts.
    unsafe { (host.library().call_cbor)(host.ctx(), function.as_ptr(), Some(count), null, data, len) };
    1
}

/// Calls of every kind, some of which are refused, fail or panic; how many answers are owed.
fn call_all(host: Host) -> usize {
    let text = to_bytes(&map([("text", "some text that is on the heap".into()), ("times", 2.into())]));
    let live = to_bytes(&map([("value", map([("live", true.into())])), ("times", 2.into())]));
    let mut owed = 0;
    for function in [c"beside_fail", c"beside_panic", c"beside_fail_later", c"beside_panic_later", c"beside_lone_fail"]
    {
        owed +=
            call(host, function, &text) + call(host, function, &text[..20]) + call(host, function, &vec![0; 70_000]);
    }
    for function in [c"beside_grenade", c"beside_drop_grenade", c"beside_grenade_later", c"beside_drop_grenade_later"] {
        owed += call(host, function, &live);
    }
    for function in [c"beside_lone_panic_later", c"beside_lone_fail_later", c"beside_lone_panic", c"beside_parse"] {
        owed += call(host, function, &text);
    }
    owed += call(host, c"beside_turns", &to_bytes(&turns(5, 1))) + call(host, c"beside_soon", &to_bytes(&value(1)));
    owed += call(host, c"beside_name", &[])
        + call(host, c"beside_never", &[])
        + call(host, c"beside_double", &to_bytes(&value(1)));
    owed + call(host, c"beside_labelled", &[]) + call(host, c"beside_labelled_later", &text)
}

/// Waits for all answers, and until every worker has gone.
fn settle(owed: usize) -> isize {
    host::wait_until(|| ANSWERS.load(Ordering::SeqCst) == owed);
    assert!(common::come_to_be("beside-worker", 0));
    LIVE.load(Ordering::SeqCst)
}

#[test]
fn nothing_is_left() {
    let config = to_bytes(&map([("config", map([("name", "".into()), ("gate", 0.into())]))]));
    let mut owed = 0;
    let mut round = || {
        let (data, null) = (config.as_ptr(), std::ptr::null_mut());
        // SAFETY: the bytes are readable, and the callback only counts.
        let ctx = unsafe { (nobody().library().create_cbor)(data, config.len(), Some(count), null) };
        let host = host::at(ctx.expose_provenance());
        owed += 1;
        host::wait_until(|| ANSWERS.load(Ordering::SeqCst) == owed);
        owed += call_all(host) + call_all(nobody());
        assert_eq!(host.destroy(), ffi_runtime::RET_OK);
        owed += call_all(host);
        settle(owed)
    };
    let live: Vec<_> = (0..8).map(|_| round()).collect();
    // What is made once and kept: the slots, the index of functions, the threads' buffers.
    assert_eq!(live[7], live[3], "allocations were left behind: {live:?}");
}
