//! What runs on its caller's thread: functions without a state, and an export.

use ffi_runtime::{FfiCallback, PodText, RET_OK, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::hint::black_box;

/// The sum, answered by callback.
#[ffi]
pub fn costs_sum(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// Gives back its parameter.
#[ffi]
pub fn costs_text(text: String) -> String {
    text
}

/// The sum, returned.
#[ffi(export)]
pub fn costs_plus(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// As a host's own would be.
extern "C" fn bare_plus(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

mod symbols {
    use super::{FfiCallback, PodText, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn costs_sum(callback: FfiCallback, user_data: *mut c_void, a: i32, b: i32) -> c_int;
        pub(super) fn costs_text(callback: FfiCallback, user_data: *mut c_void, text: PodText) -> c_int;
        pub(super) safe fn costs_plus(a: i32, b: i32) -> i32;
    }
}

/// What is done so often as it is told.
pub type Case = fn(u64);

/// The case of this name.
pub fn case_of(name: &str) -> Option<Case> {
    match name {
        "sum" => Some(sum),
        "text" => Some(text),
        "plus" => Some(|count| plus(symbols::costs_plus, count)),
        "bare_plus" => Some(|count| plus(bare_plus, count)),
        _ => None,
    }
}

fn sum(count: u64) {
    let mut answers = 0_u64;
    let function = black_box(symbols::costs_sum as unsafe extern "C" fn(FfiCallback, *mut c_void, i32, i32) -> c_int);
    for _ in 0..count {
        // SAFETY: the callback counts what outlives the call.
        let ret: c_int = unsafe { function(Some(answered), (&raw mut answers).cast(), black_box(3), black_box(4)) };
        assert_eq!(ret, RET_OK);
    }
    assert_eq!(answers, count);
}

fn text(count: u64) {
    let mut answers = 0_u64;
    let function = black_box(symbols::costs_text as unsafe extern "C" fn(FfiCallback, *mut c_void, PodText) -> c_int);
    for _ in 0..count {
        let text = PodText::of(black_box("twenty bytes of text"));
        // SAFETY: the callback counts what outlives the call; the text is readable.
        let ret: c_int = unsafe { function(Some(answered), (&raw mut answers).cast(), text) };
        assert_eq!(ret, RET_OK);
    }
    assert_eq!(answers, count);
}

fn plus(function: extern "C" fn(i32, i32) -> i32, count: u64) {
    for _ in 0..count {
        assert_eq!(black_box(function)(black_box(3), black_box(4)), 7);
    }
}

unsafe extern "C-unwind" fn answered(ret: c_int, _msg: *const c_char, _len: usize, user_data: *mut c_void) {
    // SAFETY: every call with this callback passes a counter that outlives it.
    unsafe { *user_data.cast::<u64>() += u64::from(ret == RET_OK) };
}
