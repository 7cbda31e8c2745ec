//! The C symbols of the models' libraries.

use ffi_runtime::FfiCallback;
use std::ffi::{c_char, c_int, c_void};

pub(super) type Method = unsafe extern "C" fn(*mut c_void, FfiCallback, *mut c_void, u32) -> c_int;

unsafe extern "C" {
    pub(super) fn model_create(context: u32, make: c_int, callback: FfiCallback, user_data: *mut c_void)
    -> *mut c_void;
    pub(super) fn model_destroy(ctx: *mut c_void) -> c_int;
    pub(super) fn model_ffi_close(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    pub(super) fn model_ffi_cancel(ctx: *mut c_void, user_data: *mut c_void) -> c_int;
    pub(super) fn model_share(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_hold(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_wait(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_wait_alone(
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        context: u32,
    ) -> c_int;
    pub(super) fn model_wait_droppable(
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        context: u32,
    ) -> c_int;
    pub(super) fn model_break(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_block(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_jam(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_block_droppable(
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        context: u32,
    ) -> c_int;
    pub(super) fn model_fire(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_share_events(
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        context: u32,
    ) -> c_int;
    pub(super) fn model_ffi_add_event_listener(
        ctx: *mut c_void,
        event: *const c_char,
        callback: FfiCallback,
        user_data: *mut c_void,
    ) -> u64;
    pub(super) fn model_ffi_remove_event_listener(ctx: *mut c_void, id: u64) -> c_int;
    pub(super) fn model_ffi_poll_fd(ctx: *mut c_void) -> c_int;
    pub(super) fn model_ffi_dispatch(ctx: *mut c_void, max: usize) -> c_int;
    pub(super) fn model_hurry(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_hurry_droppable(
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        context: u32,
    ) -> c_int;
    pub(super) fn warned_create(context: u32, callback: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    pub(super) fn warned_destroy(ctx: *mut c_void) -> c_int;
    pub(super) fn warned_ffi_close(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    pub(super) fn warned_ffi_cancel(ctx: *mut c_void, user_data: *mut c_void) -> c_int;
    pub(super) fn warned_wait(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn warned_wait_droppable(
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        context: u32,
    ) -> c_int;
    pub(super) fn warned_block(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn lent_create(context: u32, make: c_int, callback: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    pub(super) fn lent_destroy(ctx: *mut c_void) -> c_int;
    pub(super) fn lent_ffi_close(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    pub(super) fn lent_ffi_cancel(ctx: *mut c_void, user_data: *mut c_void) -> c_int;
    pub(super) fn lent_look(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn lent_stare(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn lent_wait(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn lent_turn(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn lent_share(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn lent_jam(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn lent_block(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_turn(callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
    pub(super) fn model_await(callback: FfiCallback, user_data: *mut c_void, context: u32) -> c_int;
}

/// What a library does to its contexts and calls.
#[derive(Debug)]
pub(super) struct Symbols {
    pub(super) destroy: unsafe extern "C" fn(*mut c_void) -> c_int,
    pub(super) close: unsafe extern "C" fn(*mut c_void, FfiCallback, *mut c_void) -> c_int,
    pub(super) cancel: unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int,
}

pub(super) static MODEL: Symbols = Symbols { destroy: model_destroy, close: model_ffi_close, cancel: model_ffi_cancel };
pub(super) static WARNED: Symbols =
    Symbols { destroy: warned_destroy, close: warned_ffi_close, cancel: warned_ffi_cancel };
pub(super) static LENT: Symbols = Symbols { destroy: lent_destroy, close: lent_ffi_close, cancel: lent_ffi_cancel };
