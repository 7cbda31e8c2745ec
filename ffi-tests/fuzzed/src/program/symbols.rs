//! The library's symbols.

use ffi_runtime::{FfiCallback, PodOption};
use std::ffi::{c_char, c_int, c_void};

// Links the library whose symbols are declared below.
use every as _;

#[repr(C)]
pub(super) struct ConfigC {
    pub(super) name: *const c_char,
    pub(super) failure: PodOption<*const c_char>,
    pub(super) delay_ms: u32,
}

type Ctx = *mut c_void;
type Data = *mut c_void;
type Text = *const c_char;

unsafe extern "C" {
    pub(super) fn every_create(config: ConfigC, cb: FfiCallback, data: Data) -> Ctx;
    pub(super) fn every_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: Data) -> Ctx;
    pub(super) fn every_destroy(ctx: Ctx) -> c_int;
    pub(super) fn every_close(ctx: Ctx, cb: FfiCallback, data: Data) -> c_int;
    pub(super) fn every_cancel(ctx: Ctx, data: Data) -> c_int;
    pub(super) fn every_call_cbor(
        ctx: Ctx,
        function: Text,
        cb: FfiCallback,
        data: Data,
        req: *const u8,
        len: usize,
    ) -> c_int;
    pub(super) fn every_add_event_listener(ctx: Ctx, event: Text, cb: FfiCallback, data: Data) -> u64;
    pub(super) fn every_add_event_listener_cbor(ctx: Ctx, event: Text, cb: FfiCallback, data: Data) -> u64;
    pub(super) fn every_remove_event_listener(ctx: Ctx, id: u64) -> c_int;
    pub(super) fn every_poll_fd(ctx: Ctx) -> c_int;
    pub(super) fn every_dispatch(ctx: Ctx, max: usize) -> c_int;
    pub(super) fn every_last_error() -> Text;

    pub(super) fn every_give_i64(ctx: Ctx, cb: FfiCallback, data: Data, value: i64) -> c_int;
    pub(super) fn every_give_i64_cbor(ctx: Ctx, cb: FfiCallback, data: Data, req: *const u8, len: usize) -> c_int;
    pub(super) fn every_give_string(ctx: Ctx, cb: FfiCallback, data: Data, value: Text) -> c_int;
    pub(super) fn every_storm_later(ctx: Ctx, cb: FfiCallback, data: Data, number: u64, fate: i32) -> c_int;
    pub(super) fn every_sleep_lightly(ctx: Ctx, cb: FfiCallback, data: Data, wait_ms: u64) -> c_int;
    pub(super) fn every_labelled(ctx: Ctx, cb: FfiCallback, data: Data, before: Text, after: Text) -> c_int;
    pub(super) fn every_fire_text(ctx: Ctx, cb: FfiCallback, data: Data, text: Text) -> c_int;
    pub(super) fn every_panic_exclusive(ctx: Ctx, cb: FfiCallback, data: Data) -> c_int;
    pub(super) fn every_labelled_here(cb: FfiCallback, data: Data, label: Text, is_cut: c_int) -> c_int;
}
