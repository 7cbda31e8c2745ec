//! All that generated code sees of the runtime, under a name that carries the version: a
//! macro crate of another version does not find it.

pub use crate::abi::{FfiCallback, RET_ERR, RET_MISSING_CALLBACK, RET_OK};
pub use crate::entry::{
    abi_hash, add_event_listener, add_event_listener_cbor, call_cbor, cancel, close, create_cbor, create_pod, destroy,
    dispatch, last_error, poll_fd, remove_event_listener, schema, submit_bytes, submit_cbor, submit_pod,
};
pub use crate::enumeration::{Enumeration, Variant, decode_variant, fits_c_enum, variant_of_value};
pub use crate::error::{Fault, within};
pub use crate::event::{Event, EventEntry, EventInfo, Told, fire};
pub use crate::handler::{
    Access, Answer, Arguments, Constructor, ConstructorReturn, Destroy, ErrorText, Exclusive, FunctionInfo, Handler,
    OneConstructor, Probe, Return, Shared, Unless,
};
pub use crate::library::{FunctionEntry, Library, LibraryCell};
pub use crate::pod::{PodSink, PodSource};
pub use crate::schema::{
    Describe, Function, FunctionKind, ItemName, MemberName, Options, Overflow, Param, SchemaBuilder, Type, offset_in,
};
pub use crate::types::{FfiType, Present};
pub use crate::wire::{Fill, Map, Reader, Slot, Writer};
pub use inventory;
