//! `String`.

use super::{FfiType, Present};
use crate::error::{Fault, FaultKind};
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::RawBytes;
use crate::value::{cbor, pod};
use std::ffi::c_char;

/// Puts a NUL right behind the string's bytes without making it part of the string, and returns
/// their address.
///
/// Strings that were read from a request have a spare byte; any other grows by exactly one.
fn terminate(text: &mut String) -> Result<*const u8, Fault> {
    // SAFETY: the text's own bytes are not changed, only the spare one behind them.
    let bytes = unsafe { text.as_mut_vec() };
    if bytes.len() == bytes.capacity() {
        grow(bytes)?;
    }
    if let [spare, ..] = bytes.spare_capacity_mut() {
        spare.write(0);
    }
    Ok(bytes.as_ptr())
}

#[cold]
fn grow(bytes: &mut Vec<u8>) -> Result<(), Fault> {
    bytes.try_reserve_exact(1).map_err(|_| FaultKind::OutOfMemory { bytes: bytes.len() + 1 }.into())
}

/// Finds the first NUL, with C's own search: the standard library's looks at a word at a time at most.
#[inline]
fn find_nul(text: &str) -> Option<usize> {
    // SAFETY: the text has as many readable bytes as it says.
    let found = unsafe { libc::memchr(text.as_ptr().cast(), 0, text.len()) };
    (!found.is_null()).then(|| found.addr() - text.as_ptr().addr())
}

// SAFETY: a `const char *`, for which NULL is valid.
unsafe impl FfiType for String {
    type Pod = *const c_char;

    unsafe fn from_pod(pod: *const Self::Pod, reader: &mut pod::Reader) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable pointer.
        let text = unsafe { pod.read() };
        // SAFETY: the caller promises NULL or a NUL-terminated string.
        unsafe { reader.text(text) }
    }

    unsafe fn write_pod(&mut self, place: *mut Self::Pod, _writer: &mut pod::Writer) -> Result<(), Fault> {
        if let Some(at) = find_nul(self) {
            return Err(FaultKind::InnerNul { at }.into());
        }
        let text = terminate(self)?;
        // SAFETY: the caller promises a writable place.
        unsafe { place.write(text.cast()) };
        Ok(())
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.text(self);
        Ok(())
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        reader.string()
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::String
    }

    fn raw_bytes(&mut self) -> Result<Option<RawBytes>, Fault> {
        if self.is_empty() {
            return Ok(Some(RawBytes::EMPTY));
        }
        Ok(Some(RawBytes { ptr: terminate(self)?, len: self.len() }))
    }
}

impl Present for String {}
