//! The CBOR path (RFC 8949): bytes in, bytes out, for hosts elsewhere.
//!
//! - The writer is deterministic: definite lengths, fields in declaration order, integers
//!   and floats in the shortest form that keeps the value.
//! - The reader accepts more: indefinite lengths, unknown keys, tags, bignums in range,
//!   integers where a float holds them exactly, arrays of integers for bytes.
//! - No allocation trusts a length. Memory is charged against a budget before it is
//!   allocated, and a list grows only with the elements that were read.
//! - Every fault carries the path to it.

mod head;
mod order;
mod reader;
mod time;
mod writer;

pub(crate) use reader::Number;
pub use reader::Reader;
pub use reader::record::{Fill, LateField, Map};
pub(crate) use reader::variant::VariantForm;
pub(crate) use time::Moment;
pub use writer::Writer;

/// The result of a function that returns nothing.
pub(crate) const NULL: [u8; 1] = [0xf6];
