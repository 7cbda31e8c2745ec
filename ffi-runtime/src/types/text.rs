//! `String`.

use super::{FfiType, Present, RawBytes};
use crate::error::{Fault, FaultKind};
use crate::pod::{PodSink, PodSource};
use crate::schema::{SchemaBuilder, Type};
use crate::wire::{Reader, Writer};
use std::ffi::c_char;

/// Puts a NUL right behind the string's bytes without making it part of the string.
///
/// Strings made by the boundary have the byte to spare; another one grows by exactly one.
fn terminate(text: &mut String) -> Result<(), Fault> {
    text.try_reserve_exact(1).map_err(|_| FaultKind::OutOfMemory { bytes: text.len() + 1 })?;
    let end = text.as_mut_ptr().wrapping_add(text.len());
    // SAFETY: the capacity is above the length, so this byte is allocated and not part of the
    // text.
    unsafe { end.write(0) };
    Ok(())
}

// SAFETY: a `const char *`, for which NULL is valid.
unsafe impl FfiType for String {
    type Pod = *const c_char;

    unsafe fn from_pod(pod: *const Self::Pod, source: &mut PodSource) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable pointer.
        let text = unsafe { pod.read() };
        // SAFETY: the caller promises NULL or a NUL-terminated string.
        unsafe { source.text(text) }
    }

    unsafe fn write_pod(&mut self, place: *mut Self::Pod, _sink: &mut PodSink) -> Result<(), Fault> {
        if let Some(at) = self.bytes().position(|byte| byte == 0) {
            return Err(FaultKind::InnerNul { at }.into());
        }
        terminate(self)?;
        // SAFETY: the caller promises a writable place.
        unsafe { place.write(self.as_ptr().cast()) };
        Ok(())
    }

    fn encode(&self, writer: &mut Writer<'_>) -> Result<(), Fault> {
        writer.text(self);
        Ok(())
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.string()
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::String
    }

    fn raw_bytes(&mut self) -> Option<RawBytes> {
        if self.is_empty() || terminate(self).is_err() {
            return Some(RawBytes::EMPTY);
        }
        Some(RawBytes { ptr: self.as_ptr(), len: self.len() })
    }
}

impl Present for String {}
