//! The runtime's interface for generated code. The module's name carries the version, so that a macro crate
//! of another version does not find it.

pub use crate::abi::{FfiCallback, RET_ERR, RET_MISSING_CALLBACK, RET_OK};
pub use crate::declare::{
    Access, Answer, Arguments, CellPointer, Constructor, ConstructorReturn, Destroy, ErrorText, Event, EventInfo,
    Exclusive, Found, FunctionInfo, Handler, Inline, Library, LibraryNamed, Named, NoArgs, OneConstructor, Payload,
    Probe, Return, Shared, SharedState, Stateless, TypedError, Unless, Unshared, WithoutState, library_named, moves,
    name_hash,
};
pub use crate::entry::{
    Callee, DetachedCell, Detaches, Export, ExportParam, ExportReturn, Scalar, abi_hash, add_event_listener,
    add_event_listener_cbor, call_cbor, cancel, close, create_cbor, create_pod, destroy, detached, dispatch, export,
    inline, last_error, poll_fd, queued, remove_event_listener, schema, stateless,
};
pub use crate::error::{Fault, within};
pub use crate::events::fire;
pub use crate::registry::EventEntry;
pub use crate::registry::{FunctionEntry, LibraryCell};
pub use crate::schema::{
    Describe, FieldsBuilder, Function, FunctionKind, ItemName, Options, Overflow, Payload as VariantPayload,
    SchemaBuilder, Text, Type, VariantItem,
};
pub use crate::stack::{Bound, StackOf, of_variants};
pub use crate::value::cbor::{Fill, LateField, Map};
pub use crate::value::data_enum::{
    begin_decode, begin_variant, describe_data_enum, end_decode, in_variant, unknown_tag,
};
pub use crate::value::enumeration::{
    Enumeration, Variant, decode_variant, describe_enumeration, fits_c_enum, variant_of_value,
};
pub use crate::value::field::{Crossed, Entry};
pub use crate::value::pod::{
    ByLength, NulTerminated, Passed, Passing, Pointed, ReadFields, TextForm, WriteFields, any,
};
pub use crate::value::types::FfiType;
pub use crate::value::types::present::Present;
pub use crate::value::types::record::describe_record;
pub use crate::value::wide::{
    WideField, WidePod, decode_wide, encode_wide, fill, fill_if_any, wide_from_pod, write_wide, write_wide_shared,
};
pub use crate::{cbor, pod};
/// For tokens that stand where the author's do: with the author's edition, where that is 2015, `::core` is no crate.
pub use ::core;
pub use ::std::string::String;
pub use ffi_macros::{FfiType, of_library, state_of_library};
pub use inventory;
/// Holds the C form of a field: rustc, which looks for what a struct drops wherever it is used, does not look behind
/// it, and so tells of a field that does not cross at the field alone. Such forms drop nothing.
pub use std::mem::ManuallyDrop as Held;
