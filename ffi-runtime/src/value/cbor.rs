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
mod writer;

pub(crate) use reader::Number;
pub use reader::Reader;
pub use reader::record::{Fill, Map, Slot};
pub use writer::Writer;

/// The bytes that stand for a result that has nothing to say.
pub(crate) const NULL: [u8; 1] = [0xf6];
