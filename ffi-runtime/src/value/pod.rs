//! The native path: C memory in, C memory out, nothing serialized.
//!
//! - In: one deep copy from the caller's memory straight into owned Rust values. Every check
//!   happens on the way; what cannot be checked (a dangling pointer, a length past its
//!   buffer) is the caller's duty.
//! - Out: the mirror points into the Rust value wherever the layouts agree (text, bytes,
//!   lists of scalars) and into a [`Writer`] elsewhere. Value and sink live until the
//!   callback has returned, and each frees what it allocated.
//! - What is sent is written field by field into zeroed memory, so its padding is zero.

mod forms;
mod reader;
mod writer;

pub(crate) use forms::zero;
pub use forms::{PodList, PodOption, RawBytes};
pub use reader::Reader;
pub use writer::Writer;
