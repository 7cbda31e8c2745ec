//! Every request is released once on every path: after a context has gone, no allocation of
//! it is left.
//!
//! Alone in its process, because it counts what the allocator gives out.

mod common;
#[path = "common/counting.rs"]
mod counting;

use common::{map, to_bytes};
use counting::{ANSWERS, LIVE, count};
use ffi_runtime::{FfiCallback, PodText, RequestBytes};
use std::ffi::{c_int, c_void};
use std::sync::atomic::Ordering;

unsafe extern "C" {
    fn every_give_string(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, value: PodText) -> c_int;
}

/// One context's life, with requests on every path; gives how many answers were owed.
fn live_and_die(failure: Option<&str>) -> usize {
    // Long enough that a context that is to fail is destroyed before, and so waited for.
    let delay_ms = if failure.is_some() { 500 } else { 0 };
    let config = to_bytes(&map([("config", common::config("", failure, delay_ms))]));
    // SAFETY: the bytes are readable.
    let ctx = unsafe { common::every_create_cbor(config.as_ptr(), config.len(), Some(count), std::ptr::null_mut()) };
    let mut owed = 1;
    let mut call = |function: &str, bytes: RequestBytes<'_>| {
        owed += 1;
        // SAFETY: the callback only counts.
        unsafe { ffi_runtime::call_bytes::<every::Every>(ctx, function, Some(count), std::ptr::null_mut(), bytes) };
    };
    let text = to_bytes(&map([("value", "some text that is on the heap".into())]));
    for _ in 0..20 {
        call("every_give_string", RequestBytes::Borrowed(&text));
        call("every_give_string", RequestBytes::Owned(text.clone()));
        call("every_give_option_string", RequestBytes::Owned(Vec::with_capacity(1000)));
        call("every_give_string", RequestBytes::Borrowed(&text[..20]));
        call("every_give_string", RequestBytes::Owned(vec![0; 5_000_000]));
        call("no_such_function", RequestBytes::Owned(text.clone()));
        call("every_labelled", RequestBytes::Borrowed(&text));
        call("every_leisurely", RequestBytes::Borrowed(&text));
    }
    for _ in 0..20 {
        owed += 2;
        // SAFETY: the texts are readable; the callback only counts.
        unsafe {
            every_give_string(ctx, Some(count), std::ptr::null_mut(), PodText::of("some text that is on the heap"))
        };
        let no_text = PodText { ptr: c"\xff".as_ptr(), len: 1 };
        // SAFETY: as above; the text is not UTF-8.
        unsafe { every_give_string(ctx, Some(count), std::ptr::null_mut(), no_text) };
    }
    // SAFETY: any handle may be destroyed.
    let destroyed = unsafe { common::every_destroy(ctx) };
    assert_eq!(destroyed, ffi_runtime::RET_OK, "it had not failed yet");
    // A handle that is stale by now: refused, and released all the same.
    let stale = to_bytes(&map([("value", "late".into())]));
    // SAFETY: the callback only counts.
    unsafe {
        let bytes = RequestBytes::Owned(stale);
        ffi_runtime::call_bytes::<every::Every>(ctx, "every_give_string", Some(count), std::ptr::null_mut(), bytes)
    };
    owed + 1
}

#[test]
fn nothing_is_left_of_a_context() {
    let mut owed = 0;
    let mut cycle = |failure| {
        owed += live_and_die(failure);
        LIVE.load(Ordering::SeqCst)
    };
    // What is made once and kept: the slots, the index of functions, this thread's buffers.
    cycle(None);
    cycle(Some("no"));
    let before = cycle(None);
    for _ in 0..3 {
        cycle(None);
        cycle(Some("told to fail"));
    }
    let after = cycle(None);
    assert_eq!(ANSWERS.load(Ordering::SeqCst), owed);
    assert_eq!(after, before, "allocations were left behind");
}
