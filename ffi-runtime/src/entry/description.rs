//! What a library says of itself: `L_ffi_schema`, `L_ffi_abi_hash` and `L_ffi_last_error`, which work after a fork too.

use crate::declare::{Found, Library};
use crate::registry::{self, Hosted};
use std::ffi::c_char;

/// Notes the process that the library is used in; a child after a fork is not refused.
fn settle<S: Library>() {
    let _ = S::cell().contexts().process_guard().check();
}

/// `L_ffi_schema`.
///
/// # Safety
/// `len` must be NULL or writable.
pub unsafe fn schema<S: Library>(_: Found<S>, len: *mut usize) -> *const u8 {
    settle::<S>();
    let (bytes, _) = S::cell().schema();
    if !len.is_null() {
        // SAFETY: not NULL, so writable as the caller promises.
        unsafe { len.write(bytes.len()) };
    }
    bytes.as_ptr()
}

/// `L_ffi_abi_hash`.
pub fn abi_hash<S: Library>(_: Found<S>) -> u64 {
    settle::<S>();
    S::cell().schema().1
}

/// `L_ffi_last_error`.
pub fn last_error<S: Library>(_: Found<S>) -> *const c_char {
    settle::<S>();
    registry::last_error::<S>()
}
