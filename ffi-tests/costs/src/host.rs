//! A host, which reaches the library through its C symbols alone.

use ffi_runtime::{FfiCallback, PodText};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::Thread;

unsafe extern "C" {
    fn costs_create(callback: FfiCallback, user_data: *mut c_void) -> Ctx;
    fn costs_destroy(ctx: Ctx) -> c_int;
    fn costs_ffi_add_event_listener(
        ctx: Ctx,
        event: *const c_char,
        callback: FfiCallback,
        user_data: *mut c_void,
    ) -> u64;
    fn eager_create(callback: FfiCallback, user_data: *mut c_void) -> Ctx;
    fn eager_destroy(ctx: Ctx) -> c_int;
    fn eager_nothing(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_nothing(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_alone(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_timed(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_ready(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_pending(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    fn costs_echo(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void, text: PodText) -> c_int;
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

// SAFETY: nobody follows a handle.
unsafe impl Send for Ctx {}
// SAFETY: as above.
unsafe impl Sync for Ctx {}

/// One call of one function; gives what the entry point returned.
pub type Call = unsafe extern "C" fn(Ctx, FfiCallback, *mut c_void) -> c_int;

/// The calls that have a cost, by name.
pub const CALLS: [(&str, Call); 7] = [
    ("nothing", costs_nothing),
    ("alone", costs_alone),
    ("timed", costs_timed),
    ("ready", costs_ready),
    ("pending", costs_pending),
    ("echo", echo),
    ("echo_cbor", echo_cbor),
];

unsafe extern "C" fn echo(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int {
    // SAFETY: the caller's promise about the callback; the text is readable.
    unsafe { costs_echo(ctx, callback, user_data, PodText::of("twenty bytes of text")) }
}

unsafe extern "C" fn echo_cbor(ctx: Ctx, callback: FfiCallback, user_data: *mut c_void) -> c_int {
    let request = b"\xa1\x64text\x74twenty bytes of text";
    // SAFETY: the caller's promise about the callback; the request is readable.
    unsafe { costs_echo_cbor(ctx, callback, user_data, request.as_ptr(), request.len()) }
}

/// The call of the library whose worker looks for work before it sleeps.
pub const EAGER: Call = eager_nothing;

/// The call of this name.
pub fn call_of(name: &str) -> Option<Call> {
    CALLS.iter().find(|(known, _)| *known == name).map(|&(_, call)| call)
}

/// A context whose constructor has answered.
pub fn create() -> Ctx {
    create_by(costs_create)
}

/// A context of the library whose worker looks for work before it sleeps.
pub fn create_eager() -> Ctx {
    create_by(eager_create)
}

fn create_by(constructor: unsafe extern "C" fn(FfiCallback, *mut c_void) -> Ctx) -> Ctx {
    let creator = Creator { thread: std::thread::current(), is_told: AtomicBool::new(false) };
    // SAFETY: the creator outlives its callback, as this waits for it.
    let ctx = unsafe { constructor(Some(tell), (&raw const creator).cast_mut().cast()) };
    assert!(!ctx.0.is_null(), "there is a context");
    // It sleeps: how often it would look for the answer depends on the machine, and all that is done here is counted.
    while !creator.is_told.load(Ordering::Acquire) {
        std::thread::park();
    }
    ctx
}

/// Who waits for a constructor.
struct Creator {
    thread: Thread,
    is_told: AtomicBool,
}

unsafe extern "C-unwind" fn tell(ret: c_int, _msg: *const c_char, _len: usize, user_data: *mut c_void) {
    assert_eq!(ret, ffi_runtime::RET_OK, "the constructor succeeds");
    // SAFETY: the creator waits until it is told.
    let creator = unsafe { &*user_data.cast::<Creator>() };
    // It may go as soon as it is told.
    let thread = creator.thread.clone();
    creator.is_told.store(true, Ordering::Release);
    thread.unpark();
}

/// Adds a listener that does nothing to a context.
pub fn listen(ctx: Ctx) {
    unsafe extern "C-unwind" fn ignore(_ret: c_int, _msg: *const c_char, _len: usize, _user_data: *mut c_void) {}
    // SAFETY: the listener takes what it is given, and the name ends with a NUL.
    let id = unsafe { costs_ffi_add_event_listener(ctx, c"on_call".as_ptr(), Some(ignore), std::ptr::null_mut()) };
    assert_ne!(id, 0, "there is such an event");
}

/// Ends a context.
pub fn destroy(ctx: Ctx) {
    // SAFETY: any handle may be destroyed.
    assert_eq!(unsafe { costs_destroy(ctx) }, ffi_runtime::RET_OK, "nothing blocks");
}

/// Ends a context of the library whose worker looks for work before it sleeps.
pub fn destroy_eager(ctx: Ctx) {
    // SAFETY: any handle may be destroyed.
    assert_eq!(unsafe { eager_destroy(ctx) }, ffi_runtime::RET_OK, "nothing blocks");
}

/// Calls once and waits for the answer.
pub fn call_and_wait(ctx: Ctx, call: Call) {
    let answers = AtomicU64::new(0);
    // SAFETY: the callback counts what outlives it, as this waits for the answer.
    let code = unsafe { call(ctx, Some(count), (&raw const answers).cast_mut().cast()) };
    assert_eq!(code, ffi_runtime::RET_OK, "the call is accepted");
    await_answers(&answers, 1);
}

/// Looks for the answers for a moment, and then yields to whoever is to answer.
fn await_answers(answers: &AtomicU64, count: u64) {
    let mut looks = 0;
    while answers.load(Ordering::Acquire) < count {
        looks += 1;
        if looks % 1_000 == 0 { std::thread::yield_now() } else { std::hint::spin_loop() }
    }
}

unsafe extern "C-unwind" fn count(ret: c_int, _msg: *const c_char, _len: usize, user_data: *mut c_void) {
    assert_eq!(ret, ffi_runtime::RET_OK, "the call succeeds");
    // SAFETY: every call with this callback passes a counter that outlives it.
    unsafe { &*user_data.cast::<AtomicU64>() }.fetch_add(1, Ordering::Release);
}
