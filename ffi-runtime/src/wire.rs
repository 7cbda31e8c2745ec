//! The CBOR path (RFC 8949): bytes in, bytes out, for hosts elsewhere.
//!
//! - What is sent is deterministic: definite lengths, fields in declaration order, integers
//!   and floats in the shortest form that keeps the value.
//! - What is accepted is wider: indefinite lengths, unknown keys, tags, bignums in range,
//!   integers where a float holds them exactly, arrays of integers for bytes.
//! - A length is never trusted for an allocation. Memory is charged against a budget before
//!   it is taken, and a list grows only with what was really read.
//! - Every fault carries the path to it.

mod head;
mod reader;
mod record;
mod skip;
mod text;
mod writer;

pub(crate) use reader::Number;
pub use reader::Reader;
pub use record::{Fill, Map, Slot};
pub use writer::Writer;

use crate::error::Fault;
use crate::stack;
use crate::types::FfiType;

/// The bytes that stand for a result that has nothing to say.
pub(crate) const NULL: [u8; 1] = [0xf6];

/// The CBOR form of a value, as it crosses the boundary.
///
/// # Errors
/// A [`Fault`] with the path to it: nesting past [`MAX_NESTING`](crate::MAX_NESTING).
///
/// ```
/// assert_eq!(ffi_runtime::to_cbor(&vec![1_i64, -1]).unwrap(), [0x82, 0x01, 0x20]);
/// ```
pub fn to_cbor<T: FfiType>(value: &T) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    stack::check(const { stack::of_value::<T>(T::STACK) })?;
    value.encode(&mut Writer::new(&mut bytes))?;
    Ok(bytes)
}

/// Reads one value that fills `bytes` wholly, taking `budget` bytes of memory at most.
///
/// # Errors
/// A [`Fault`] with the path to it.
///
/// ```
/// assert_eq!(ffi_runtime::from_cbor::<f64>(&[0x01], 1024).unwrap(), 1.0);
/// assert!(ffi_runtime::from_cbor::<i64>(&[0xf9, 0x3c, 0x00], 1024).is_err());
/// ```
pub fn from_cbor<T: FfiType>(bytes: &[u8], budget: usize) -> Result<T, Fault> {
    let mut reader = Reader::new(bytes, budget);
    stack::check(const { stack::of_value::<T>(T::STACK) })?;
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}
