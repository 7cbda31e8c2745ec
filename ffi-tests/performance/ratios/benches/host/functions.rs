//! The library's functions without state, which answer before they return.

use super::{RecordPod, library};
use ffi_runtime::{FfiCallback, PodList, PodText};
use std::ffi::{c_int, c_void};
use std::hint::black_box;

/// A call that adds.
pub(crate) fn add() -> impl Fn(FfiCallback, *mut c_void) -> c_int {
    let function = black_box(library::benched_add as unsafe extern "C" fn(_, _, _, _) -> _);
    move |cb, user_data| {
        // SAFETY: the callback is one for this data, which is there until the call returns.
        unsafe { function(cb, user_data, black_box(3), black_box(4)) }
    }
}

/// A call that gives a text back.
pub(crate) fn echo_text(text: &'static str) -> impl Fn(FfiCallback, *mut c_void) -> c_int {
    let function = black_box(library::benched_echo_text as unsafe extern "C" fn(_, _, _) -> _);
    move |cb, user_data| {
        // SAFETY: the callback is one for this data, which like the text is there until the call
        // returns.
        unsafe { function(cb, user_data, PodText::of(text)) }
    }
}

/// A call that gives a record back.
pub(crate) fn echo_record(record: RecordPod) -> impl Fn(FfiCallback, *mut c_void) -> c_int {
    let function = black_box(library::benched_echo_record as unsafe extern "C" fn(_, _, _) -> _);
    move |cb, user_data| {
        // SAFETY: the callback is one for this data, which like the record is there until the call
        // returns.
        unsafe { function(cb, user_data, record) }
    }
}

/// A call that gives numbers back.
pub(crate) fn echo_numbers(mut numbers: Vec<f64>) -> impl FnMut(FfiCallback, *mut c_void) -> c_int {
    let function = black_box(library::benched_echo_numbers as unsafe extern "C" fn(_, _, _) -> _);
    move |cb, user_data| {
        let list = PodList { ptr: numbers.as_mut_ptr(), len: numbers.len() };
        // SAFETY: the callback is one for this data, which like the numbers is there until the call
        // returns.
        unsafe { function(cb, user_data, list) }
    }
}

/// A call that gives bytes back.
pub(crate) fn echo_bytes(mut bytes: Vec<u8>) -> impl FnMut(FfiCallback, *mut c_void) -> c_int {
    let function = black_box(library::benched_echo_bytes as unsafe extern "C" fn(_, _, _) -> _);
    move |cb, user_data| {
        let list = PodList { ptr: bytes.as_mut_ptr(), len: bytes.len() };
        // SAFETY: the callback is one for this data, which like the bytes is there until the call
        // returns.
        unsafe { function(cb, user_data, list) }
    }
}
