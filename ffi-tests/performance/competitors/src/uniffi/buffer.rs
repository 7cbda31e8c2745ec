//! Buffers that the library allocates and frees, and how a call ends.

use crate::library::Library;
use std::ptr;

#[repr(C)]
pub(super) struct RustBuffer {
    capacity: u64,
    len: u64,
    data: *mut u8,
}

#[repr(C)]
pub(super) struct ForeignBytes {
    len: i32,
    data: *const u8,
}

#[repr(C)]
pub(super) struct RustCallStatus {
    code: i8,
    error: RustBuffer,
}

/// What the library has for buffers.
#[derive(Clone, Copy)]
pub(super) struct Buffers {
    alloc: unsafe extern "C" fn(u64, *mut RustCallStatus) -> RustBuffer,
    from_bytes: unsafe extern "C" fn(ForeignBytes, *mut RustCallStatus) -> RustBuffer,
    free: unsafe extern "C" fn(RustBuffer, *mut RustCallStatus),
}

impl Buffers {
    pub(super) fn load(library: Library) -> Self {
        // SAFETY: the signatures are those that the bindings declare.
        unsafe {
            Self {
                alloc: library.get("ffi_peer_uniffi_rustbuffer_alloc"),
                from_bytes: library.get("ffi_peer_uniffi_rustbuffer_from_bytes"),
                free: library.get("ffi_peer_uniffi_rustbuffer_free"),
            }
        }
    }

    /// A buffer with room for so much.
    pub(super) fn alloc(self, size: usize) -> RustBuffer {
        // SAFETY: any size may be asked for.
        checked(|status| unsafe { (self.alloc)(size as u64, status) })
    }

    /// A buffer with a copy of these bytes.
    pub(super) fn copy_of(self, bytes: ForeignBytes) -> RustBuffer {
        // SAFETY: the bytes are there until the call returns.
        checked(|status| unsafe { (self.from_bytes)(bytes, status) })
    }

    pub(super) fn free(self, buffer: RustBuffer) {
        // SAFETY: the buffer is the library's own, and given up.
        checked(|status| unsafe { (self.free)(buffer, status) });
    }
}

impl ForeignBytes {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { len: bytes.len() as i32, data: bytes.as_ptr() }
    }
}

impl RustBuffer {
    pub(super) fn bytes(&self) -> &[u8] {
        // SAFETY: a buffer points at this many bytes.
        unsafe { std::slice::from_raw_parts(self.data, self.len as usize) }
    }

    /// All the room there is, which is to be filled.
    pub(super) fn filled(&mut self) -> &mut [u8] {
        self.len = self.capacity;
        // SAFETY: a buffer from `alloc` points at this many bytes, which are zero.
        unsafe { std::slice::from_raw_parts_mut(self.data, self.capacity as usize) }
    }
}

/// Makes a call, which must succeed.
pub(super) fn checked<R>(call: impl FnOnce(*mut RustCallStatus) -> R) -> R {
    let mut status = RustCallStatus { code: 0, error: RustBuffer { capacity: 0, len: 0, data: ptr::null_mut() } };
    let result = call(&raw mut status);
    assert_eq!(status.code, 0, "the call succeeds, and leaves {} bytes of error", status.error.len);
    result
}
