//! The library's C symbols, as its header declares them.

use super::RecordPod;
use ffi_runtime::{FfiCallback, PodList, PodText};
use std::ffi::{c_int, c_void};

// Links the library whose symbols are declared below.
use benched as _;

unsafe extern "C" {
    pub(crate) fn benched_create(cb: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    pub(crate) fn benched_destroy(ctx: *mut c_void) -> c_int;
    pub(crate) fn benched_give(ctx: *mut c_void, cb: FfiCallback, user_data: *mut c_void, value: i32) -> c_int;
    pub(crate) fn benched_give_ready(ctx: *mut c_void, cb: FfiCallback, user_data: *mut c_void, value: i32) -> c_int;
    pub(crate) fn benched_give_later(ctx: *mut c_void, cb: FfiCallback, user_data: *mut c_void, value: i32) -> c_int;
    pub(crate) fn benched_give_text(ctx: *mut c_void, cb: FfiCallback, user_data: *mut c_void, value: PodText)
    -> c_int;
    pub(crate) fn benched_give_record(
        ctx: *mut c_void,
        cb: FfiCallback,
        user_data: *mut c_void,
        value: RecordPod,
    ) -> c_int;
    pub(crate) fn benched_give_record_cbor(
        ctx: *mut c_void,
        cb: FfiCallback,
        user_data: *mut c_void,
        req: *const u8,
        req_len: usize,
    ) -> c_int;

    pub(crate) fn benched_add(cb: FfiCallback, user_data: *mut c_void, a: i32, b: i32) -> c_int;
    pub(crate) fn benched_sum(a: i32, b: i32) -> i32;
    pub(crate) fn benched_echo_text(cb: FfiCallback, user_data: *mut c_void, value: PodText) -> c_int;
    pub(crate) fn benched_echo_record(cb: FfiCallback, user_data: *mut c_void, value: RecordPod) -> c_int;
    pub(crate) fn benched_echo_numbers(cb: FfiCallback, user_data: *mut c_void, value: PodList<f64>) -> c_int;
    pub(crate) fn benched_echo_bytes(cb: FfiCallback, user_data: *mut c_void, value: PodList<u8>) -> c_int;

    pub(crate) fn spinning_create(cb: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    pub(crate) fn spinning_give(ctx: *mut c_void, cb: FfiCallback, user_data: *mut c_void, value: i32) -> c_int;
}
