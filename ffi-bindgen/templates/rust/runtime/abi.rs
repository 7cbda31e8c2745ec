//! The C interface that all libraries share.

use std::ffi::{c_char, c_int, c_void};

/// What every answer, warning and event comes by.
pub(crate) type Callback = unsafe extern "C" fn(c_int, *const c_char, usize, *mut c_void);

/// An entry point on the wire: `name_cbor` of a function that needs a context.
pub(crate) type WireMethod = unsafe extern "C" fn(*mut c_void, Callback, *mut c_void, *const u8, usize) -> c_int;

/// An entry point on the wire: `name_cbor` of a function that needs none.
pub(crate) type WireStateless = unsafe extern "C" fn(Callback, *mut c_void, *const u8, usize) -> c_int;

/// An entry point on the wire: `name_cbor` of a constructor.
pub(crate) type WireConstructor = unsafe extern "C" fn(*const u8, usize, Callback, *mut c_void) -> *mut c_void;

/// The entry points that add a listener.
pub(crate) type AddListener = unsafe extern "C" fn(*mut c_void, *const c_char, Callback, *mut c_void) -> u64;

/// An answer, or an event.
pub(crate) const RET_OK: c_int = 0;

/// An error.
pub(crate) const RET_ERR: c_int = 1;

/// An error of a function's own.
pub(crate) const RET_FAILURE: c_int = 4;

/// Not yet an answer: the call takes long.
pub(crate) const RET_STALE_WARN: c_int = 3;

/// What a context is known by: a number that the library checks, never an address to read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Handle(usize);

impl Handle {
    /// The handle that a constructor returned; none where it refused.
    pub(crate) fn new(raw: *mut c_void) -> Option<Self> {
        (!raw.is_null()).then(|| Self(raw.addr()))
    }

    /// The handle that a constructor's answer says in decimal.
    pub(crate) fn told(text: &[u8]) -> Option<Self> {
        std::str::from_utf8(text).ok()?.parse().ok().map(Self)
    }

    /// As the entry points take it.
    pub(crate) fn raw(self) -> *mut c_void {
        std::ptr::without_provenance_mut(self.0)
    }
}
