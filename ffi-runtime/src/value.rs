//! Values that cross the boundary, in two forms: C structs, which are copied or mirrored, and CBOR.
//!
//! - [`pod`] and [`cbor`] read and write the forms, and know no type.
//! - [`types`] says how each type does it in both.

pub(crate) mod cbor;
pub(crate) mod convert;
pub(crate) mod data_enum;
pub(crate) mod enumeration;
pub(crate) mod field;
pub(crate) mod pod;
pub(crate) mod types;
pub(crate) mod wide;
