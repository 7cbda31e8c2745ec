//! A host, which reaches the library through its C symbols alone.

use ffi_runtime::FfiCallback;
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};

unsafe extern "C" {
    fn costs_create(callback: FfiCallback, user_data: *mut c_void) -> Ctx;
    fn costs_destroy(ctx: Ctx) -> c_int;
    fn costs_nothing(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_alone(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_timed(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_ready(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_pending(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_echo(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void, text: *const c_char) -> c_int;
    fn costs_echo_cbor(
        ctx: Ctx,
        callback: FfiCallback,
        user_data: *mut c_void,
        request: *const u8,
        len: usize,
    ) -> c_int;
}

/// A context's handle.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Ctx(*mut c_void);

/// One call of one function, which is accepted.
pub type Call = fn(Ctx, FfiCallback, *mut c_void);

/// The calls that have a cost, by name.
pub const CALLS: [(&str, Call); 7] = [
    ("nothing", |ctx, callback, user_data| {
        // SAFETY: the callback is a host's here, which takes what it is given.
        accepted(unsafe { costs_nothing(ctx, callback, user_data) });
    }),
    ("alone", |ctx, callback, user_data| {
        // SAFETY: as above.
        accepted(unsafe { costs_alone(ctx, callback, user_data) });
    }),
    ("timed", |ctx, callback, user_data| {
        // SAFETY: as above.
        accepted(unsafe { costs_timed(ctx, callback, user_data) });
    }),
    ("ready", |ctx, callback, user_data| {
        // SAFETY: as above.
        accepted(unsafe { costs_ready(ctx, callback, user_data) });
    }),
    ("pending", |ctx, callback, user_data| {
        // SAFETY: as above.
        accepted(unsafe { costs_pending(ctx, callback, user_data) });
    }),
    ("echo", |ctx, callback, user_data| {
        // SAFETY: as above; the text ends with a NUL.
        accepted(unsafe { costs_echo(ctx, callback, user_data, c"twenty bytes of text".as_ptr()) });
    }),
    ("echo_cbor", |ctx, callback, user_data| {
        let request = b"\xa1\x64text\x74twenty bytes of text";
        // SAFETY: as above; the request is readable.
        accepted(unsafe { costs_echo_cbor(ctx, callback, user_data, request.as_ptr(), request.len()) });
    }),
];

fn accepted(code: c_int) {
    assert_eq!(code, ffi_runtime::RET_OK, "the call was not accepted");
}

/// The call of this name.
pub fn call_of(name: &str) -> Option<Call> {
    CALLS.iter().find(|(known, _)| *known == name).map(|&(_, call)| call)
}

/// A context whose constructor has answered.
pub fn create() -> Ctx {
    let answers = AtomicU64::new(0);
    // SAFETY: the callback counts what outlives it, as this waits for the answer.
    let ctx = unsafe { costs_create(Some(count), (&raw const answers).cast_mut().cast()) };
    assert!(!ctx.0.is_null(), "there is a context");
    await_answers(&answers, 1);
    ctx
}

/// Ends a context.
pub fn destroy(ctx: Ctx) {
    // SAFETY: any handle may be destroyed.
    assert_eq!(unsafe { costs_destroy(ctx) }, ffi_runtime::RET_OK, "nothing blocks");
}

/// Calls once and waits for the answer.
pub fn call_and_wait(ctx: Ctx, call: Call) {
    let answers = AtomicU64::new(0);
    call(ctx, Some(count), (&raw const answers).cast_mut().cast());
    await_answers(&answers, 1);
}

fn await_answers(answers: &AtomicU64, count: u64) {
    while answers.load(Ordering::Acquire) < count {
        std::thread::yield_now();
    }
}

unsafe extern "C-unwind" fn count(ret: c_int, _msg: *const c_char, _len: usize, user_data: *mut c_void) {
    assert_eq!(ret, ffi_runtime::RET_OK, "the call succeeds");
    // SAFETY: every call with this callback passes a counter that outlives it.
    unsafe { &*user_data.cast::<AtomicU64>() }.fetch_add(1, Ordering::Release);
}
