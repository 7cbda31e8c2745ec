//! The native path: C memory in, C memory out, nothing serialized.
//!
//! - In: one deep copy from the caller's memory straight into owned Rust values, checked on the
//!   way. No check finds a dangling pointer or a length past its buffer; those are the caller's duty.
//! - Out: the mirror points into the Rust value wherever the layouts agree (text, bytes,
//!   lists of scalars) and into the memory of a [`Writer`] elsewhere. Value and writer live
//!   until the callback has returned, and each frees its own memory.
//! - Every mirror is written field by field into zeroed memory, so its padding is zero.

mod fields;
mod forms;
mod passing;
mod reader;
mod text;
mod writer;

pub use fields::{ReadFields, WriteFields};
pub use forms::{
    ByLength, NulTerminated, PodArray, PodDuration, PodEntry, PodI128, PodList, PodOption, PodText, PodTime, PodTuple1,
    PodTuple2, PodTuple3, PodTuple4, PodTuple5, PodTuple6, PodTuple7, PodTuple8, PodTuple9, PodTuple10, PodTuple11,
    PodTuple12, PodU128, RawBytes,
};
pub(crate) use forms::{check_size, zero};
pub(crate) use passing::check_lent;
pub use passing::{Passed, Passing, Pointed, any};
pub use reader::Reader;
pub(crate) use reader::check_aligned;
pub use text::TextForm;
pub(crate) use text::terminated;
pub use writer::Writer;
