//! The description of a library: what `L_ffi_schema()` returns and every generator reads.
//!
//! The description is data the built library carries, encoded as CBOR (RFC 8949): maps
//! with the field names below as text keys, enums in serde's externally tagged form.
//! Within one [`FORMAT`] keys may be added, never removed or changed in meaning, so a
//! reader ignores keys it does not know and refuses a higher format.

#![deny(clippy::wildcard_enum_match_arm, reason = "a new kind of type or shape is to be decided on everywhere")]

mod builder;
mod fingerprint;
mod function;
mod library;
mod types;

pub(crate) use builder::join_docs;
pub use builder::{Describe, FieldsBuilder, ItemName, Layouts, SchemaBuilder, VariantItem};
pub use function::{Event, Function, FunctionKind, Param};
pub use library::{FORMAT, Library, Options, Overflow, SchemaError, Target, Text};
pub use types::{DataVariant, Field, Fingerprint, Payload, Shape, Type, TypeDef, Variant};
