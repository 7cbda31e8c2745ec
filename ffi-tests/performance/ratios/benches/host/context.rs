//! A context of the library, and what can be called in it.

use super::{Answers, RecordPod, library};
use ffi_runtime::{FfiCallback, PodText, RET_OK};
use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::hint::black_box;
use std::ptr;

/// A context, which lives until it is destroyed, or as long as the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context(*mut c_void);

// SAFETY: every thread may use a handle.
unsafe impl Send for Context {}
// SAFETY: as above.
unsafe impl Sync for Context {}

/// A constructor without parameters.
pub(crate) type Create = unsafe extern "C" fn(FfiCallback, *mut c_void) -> *mut c_void;

/// A method that gives a number back.
pub(crate) type Give = unsafe extern "C" fn(*mut c_void, FfiCallback, *mut c_void, i32) -> c_int;

impl Context {
    /// Makes one, whose worker runs where this thread may run.
    pub(crate) fn create() -> Self {
        Self::create_by(library::benched_create)
    }

    /// Makes one of a library that has this constructor.
    pub(crate) fn create_by(constructor: Create) -> Self {
        let handle = Cell::new(ptr::null_mut());
        Answers::new(None).of(1, |cb, user_data| {
            handle.set(Self::begin(constructor, cb, user_data).0);
            RET_OK
        });
        Self(handle.get())
    }

    /// Has one made, which can be called at once.
    pub(crate) fn begin(constructor: Create, cb: FfiCallback, user_data: *mut c_void) -> Self {
        // SAFETY: the callback is one for this data, which lives as long as the program.
        let handle = unsafe { black_box(constructor)(cb, user_data) };
        assert!(!handle.is_null(), "the context is made");
        Self(handle)
    }

    pub(crate) fn destroy(self) {
        // SAFETY: any handle may be passed.
        let status = unsafe { black_box(library::benched_destroy)(self.0) };
        assert_eq!(status, RET_OK, "the context is destroyed");
    }

    /// A call of a method that gives a number back.
    pub(crate) fn give(self, method: Give) -> impl Fn(FfiCallback, *mut c_void) -> c_int {
        let method = black_box(method);
        move |cb, user_data| {
            // SAFETY: the callback is one for this data, which lives as long as the program.
            unsafe { method(self.0, cb, user_data, black_box(7)) }
        }
    }

    /// A call that gives a text back.
    pub(crate) fn give_text(self, text: &'static str) -> impl Fn(FfiCallback, *mut c_void) -> c_int {
        let method = black_box(library::benched_give_text as unsafe extern "C" fn(_, _, _, _) -> _);
        move |cb, user_data| {
            // SAFETY: the callback is one for this data, which like the text lives as long as the
            // program.
            unsafe { method(self.0, cb, user_data, PodText::of(text)) }
        }
    }

    /// A call that gives a record back.
    pub(crate) fn give_record(self, record: RecordPod) -> impl Fn(FfiCallback, *mut c_void) -> c_int {
        let method = black_box(library::benched_give_record as unsafe extern "C" fn(_, _, _, _) -> _);
        move |cb, user_data| {
            // SAFETY: the callback is one for this data, which like the record lives as long as the
            // program.
            unsafe { method(self.0, cb, user_data, record) }
        }
    }

    /// A call that gives a record back, in CBOR.
    pub(crate) fn give_record_cbor(self, request: Vec<u8>) -> impl Fn(FfiCallback, *mut c_void) -> c_int {
        let method = black_box(library::benched_give_record_cbor as unsafe extern "C" fn(_, _, _, _, _) -> _);
        move |cb, user_data| {
            // SAFETY: the callback is one for this data, which lives as long as the program, and the
            // request is readable during the call.
            unsafe { method(self.0, cb, user_data, request.as_ptr(), request.len()) }
        }
    }
}
