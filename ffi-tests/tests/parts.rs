//! A crate adds functions and events to the library of a crate that it depends on.

use ffi_runtime::schema::{FunctionKind, Library};
use ffi_runtime::{FfiCallback, RET_OK, ffi};
use near::Near;
use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::slice;
use std::sync::mpsc::{Sender, channel};

ffi_runtime::library!("near", part);

/// Something was doubled.
#[ffi(event)]
pub fn on_doubled(number: u64);

/// Doubles a number, and says so.
#[ffi]
pub fn double(_near: &Near, number: u64) -> u64 {
    on_doubled(number);
    number * 2
}

/// Halves a number. Needs no context.
#[ffi]
pub fn near_halve(number: u64) -> u64 {
    number / 2
}

/// A third of a number, directly.
#[ffi(export)]
pub fn third(number: u64) -> u64 {
    number / 3
}

mod symbols {
    use super::{FfiCallback, c_char, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn near_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) safe fn near_destroy(ctx: *mut c_void) -> c_int;
        pub(super) fn near_double(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, number: u64) -> c_int;
        pub(super) fn near_halve(cb: FfiCallback, data: *mut c_void, number: u64) -> c_int;
        pub(super) safe fn near_third(number: u64) -> u64;
        pub(super) fn near_ffi_schema(len: *mut usize) -> *const u8;
        pub(super) fn near_ffi_add_event_listener(
            ctx: *mut c_void,
            event: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
        ) -> u64;
    }
}

/// Sends the number that an answer or an event is.
unsafe extern "C-unwind" fn told(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    assert_eq!((ret, len), (RET_OK, 8));
    // SAFETY: a result and a payload of eight bytes is a number here.
    let number = unsafe { msg.cast::<u64>().read_unaligned() };
    // SAFETY: the sender lives for ever.
    let sender = unsafe { &*data.cast::<Sender<u64>>() };
    sender.send(number).expect("somebody waits");
}

unsafe extern "C-unwind" fn made(ret: c_int, _msg: *const c_char, _len: usize, _data: *mut c_void) {
    assert_eq!(ret, RET_OK);
}

#[test]
fn a_part_belongs_to_the_library_of_another_crate() {
    let (heard, events) = channel::<u64>();
    let (answer, answers) = channel::<u64>();
    let [heard, answer] = [heard, answer].map(|it| Box::leak(Box::new(it)));
    let [heard, answer] = [heard, answer].map(|it| std::ptr::from_mut(it).cast::<c_void>());
    let request = b"\xa2\x67wait_ms\x00\x65fails\xf4";
    // SAFETY: the request is readable, and the callback takes what it is given.
    let ctx = unsafe { symbols::near_create_cbor(request.as_ptr(), request.len(), Some(made), null_mut()) };
    // SAFETY: the name ends with a NUL, and the sender lives for ever.
    let id = unsafe { symbols::near_ffi_add_event_listener(ctx, c"on_doubled".as_ptr(), Some(told), heard) };
    assert_ne!(id, 0);
    // SAFETY: as above.
    assert_eq!(unsafe { symbols::near_double(ctx, Some(told), answer, 21) }, RET_OK);
    assert_eq!((events.recv(), answers.recv()), (Ok(21), Ok(42)));
    // SAFETY: as above.
    assert_eq!(unsafe { symbols::near_halve(Some(told), answer, 42) }, RET_OK);
    assert_eq!((answers.recv(), symbols::near_third(63)), (Ok(21), 21));
    assert_eq!(symbols::near_destroy(ctx), RET_OK);
}

#[test]
fn and_the_library_describes_it() {
    let mut len = 0;
    // SAFETY: the length is writable.
    let bytes = unsafe { symbols::near_ffi_schema(&raw mut len) };
    assert_ne!(bytes, null());
    // SAFETY: a description is static memory.
    let library = Library::from_cbor(unsafe { slice::from_raw_parts(bytes, len) }).expect("a description");
    let kind = |name: &str| library.functions.iter().find(|function| function.name == name).map(|it| it.kind);
    assert_eq!(kind("near_double"), Some(FunctionKind::Method));
    assert_eq!(kind("near_halve"), Some(FunctionKind::Stateless));
    assert_eq!(kind("near_third"), Some(FunctionKind::Export));
    assert!(library.events.iter().any(|event| event.name == "on_doubled"));
}
