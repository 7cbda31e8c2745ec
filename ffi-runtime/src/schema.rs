//! The description of a library: what `L_schema()` returns and every generator reads.
//!
//! The description is data the built library carries, encoded as CBOR (RFC 8949): maps
//! with the field names below as text keys, enums in serde's externally tagged form.
//! Within one [`FORMAT`] keys may be added, never removed or changed in meaning, so a
//! reader ignores keys it does not know and refuses a higher format.

#![deny(clippy::wildcard_enum_match_arm, reason = "a new kind of type or shape is to be decided on everywhere")]

mod builder;
mod fingerprint;

pub(crate) use builder::join_docs;
pub use builder::{Describe, FieldsBuilder, ItemName, MemberName, ParamsBuilder, SchemaBuilder, offset_in};

use serde::{Deserialize, Serialize};

/// The version of this description that [`Library::to_cbor`] writes.
pub const FORMAT: u32 = 1;

/// A whole library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Library {
    /// The version of the description's format, [`FORMAT`].
    pub format: u32,
    /// The library's name, which begins every one of its symbols.
    pub name: String,
    /// The version of the crate that declares the library.
    pub version: String,
    /// The state struct's documentation.
    pub docs: String,
    /// What the layouts below were computed for.
    pub target: Target,
    /// The limits the library was built with.
    pub options: Options,
    /// The constructor, then the methods, functions without state and exports in source order,
    /// then the destructor.
    pub functions: Vec<Function>,
    /// The library's own events in source order, then those that every library with a
    /// constructor has; none where there is no constructor.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Every record and enumeration that a function or an event mentions, sorted by name.
    pub types: Vec<TypeDef>,
    /// FNV-1a 64 over the native fingerprints of all functions, events and types, sorted by name.
    pub abi_hash: u64,
}

impl Options {
    /// What holds where an option is not given.
    pub const DEFAULT: Self = Self {
        queue_limit: 65_536,
        request_limit: 64 << 20,
        memory_limit: 256 << 20,
        grace_ms: 5_000,
        stale_warn_ms: 0,
        event_limit: 1_024,
        event_overflow: Overflow::DropOldest,
        stall_ms: 1_000,
        spin_us: 0,
    };
}

/// The machine that the layouts of a [`Library`] hold for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Width of a pointer in bits.
    pub pointer_bits: u32,
    /// `true` where the least significant byte comes first.
    pub little_endian: bool,
}

/// The limits of a library, each an option of `#[ffi(library = "…")]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// How many requests may wait in one context's queue; one more is refused.
    pub queue_limit: u64,
    /// How many bytes one request may bring, on either path.
    pub request_limit: u64,
    /// How many bytes of memory the values of one request may take, on either path.
    pub memory_limit: u64,
    /// How many milliseconds a context that closes has for what it accepted.
    #[serde(default)]
    pub grace_ms: u64,
    /// After how many milliseconds, again and again, the host is warned of a call that is still
    /// pending; 0 where it is not.
    #[serde(default)]
    pub stale_warn_ms: u64,
    /// How many events may wait for one context's listeners.
    #[serde(default)]
    pub event_limit: u64,
    /// What happens to an event that finds no room.
    #[serde(default)]
    pub event_overflow: Overflow,
    /// After how many milliseconds without a turn of its loop a worker is not responding.
    #[serde(default)]
    pub stall_ms: u64,
    /// For up to how many microseconds a worker looks for work before it sleeps; 0 where it does
    /// not.
    #[serde(default)]
    pub spin_us: u64,
}

/// What happens to an event that finds no room in its context's queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// The oldest waiting event is dropped and counted.
    #[default]
    DropOldest,
    /// The new event is dropped and counted.
    DropNewest,
    /// Whoever fires it waits for room, except on the context's own threads, where the event is
    /// dropped and counted.
    Block,
}

/// One exported function: two symbols, `name` and `name_cbor`; an export has the first alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// The symbol of the native entry point.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// What the function is for its context.
    pub kind: FunctionKind,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The parameters in declaration order.
    pub params: Vec<Param>,
    /// The result's type; `None` where there is nothing to return. A constructor returns
    /// none: its answer is the handle in decimal.
    pub returns: Option<Type>,
    /// Whether the handler is an `async fn`.
    pub is_async: bool,
    /// Whether the handler takes `&mut State` and so runs alone.
    pub exclusive: bool,
    /// Whether it runs on the thread that calls it. An async method that is not ready at once
    /// goes on on the context's worker.
    #[serde(default)]
    pub inline: bool,
    /// How many milliseconds after its acceptance a call is answered "deadline exceeded", where
    /// it has a deadline.
    #[serde(default)]
    pub deadline_ms: Option<u64>,
    /// Whether cancelling a running call, or its deadline, drops the handler's future.
    #[serde(default)]
    pub droppable: bool,
    /// Fingerprints of the signature and of every type it reaches.
    pub fingerprint: Fingerprint,
}

/// The part a [`Function`] plays in the life of a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FunctionKind {
    /// Makes a context.
    Constructor,
    /// Runs in a context.
    Method,
    /// Ends a context.
    Destructor,
    /// Needs no context, and takes none.
    Stateless,
    /// Takes and returns scalars directly: no callback, and no twin on the wire.
    Export,
}

/// One parameter of a [`Function`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    /// Name in C (before keywords get their underscore) and key on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The parameter's type.
    #[serde(rename = "type")]
    pub ty: Type,
}

/// One event, which a context tells to its listeners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The name that listeners give, and the `eventType` on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// What the event tells; `None` where it is nothing but that it happened.
    pub payload: Option<Type>,
    /// Whether every library with a constructor has it.
    #[serde(default)]
    pub builtin: bool,
    /// Fingerprints of the name and of every type the payload reaches.
    pub fingerprint: Fingerprint,
}

/// A record or an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeDef {
    /// The name, without the library's prefix.
    pub name: String,
    /// Where the type stands in Rust, `krate::module::Type`; tells two of one name apart.
    pub path: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// Bytes the C form takes on the described target.
    pub size: u64,
    /// Alignment of the C form on the described target, in bytes.
    pub align: u64,
    /// What the type is made of.
    pub shape: Shape,
    /// Fingerprints of the type and of every type it reaches.
    pub fingerprint: Fingerprint,
}

/// What a [`TypeDef`] is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A struct with named fields; without any, its C form holds one `uint8_t`.
    Record {
        /// The fields in declaration order.
        fields: Vec<Field>,
    },
    /// An enum without data: an `int32_t` in C, the variant's name on the wire.
    Enumeration {
        /// The variants in declaration order.
        variants: Vec<Variant>,
    },
}

/// One field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Name in C (before keywords get their underscore) and key on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The field's type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Bytes from the start of the C form to this field.
    pub offset: u64,
}

/// One variant of an enumeration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Name in C (after the type's name) and text on the wire.
    pub name: String,
    /// The name in Rust, which differs where the item is renamed.
    #[serde(default)]
    pub rust_name: String,
    /// Documentation, lines separated by `\n`.
    pub docs: String,
    /// The Rust discriminant.
    pub value: i32,
}

/// A type as it stands in a signature or a field.
///
/// In CBOR the types without a parameter are text (`"i64"`), the others a map of one key
/// (`{"list": "i64"}`, `{"named": "EchoRequest"}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// `int8_t`
    I8,
    /// `int16_t`
    I16,
    /// `int32_t`
    I32,
    /// `int64_t`
    I64,
    /// `uint8_t`
    U8,
    /// `uint16_t`
    U16,
    /// `uint32_t`
    U32,
    /// `uint64_t`
    U64,
    /// `ptrdiff_t`; 64 bits on the wire
    Isize,
    /// `size_t`; 64 bits on the wire
    Usize,
    /// `float`
    F32,
    /// `double`
    F64,
    /// `int`, 0 or 1; `true` or `false` on the wire
    Bool,
    /// `uint32_t`, a Unicode scalar value; a text of that one character on the wire
    Char,
    /// `const char *`, UTF-8 and NUL-terminated; text on the wire
    String,
    /// `L_bytes`; a byte string on the wire
    Bytes,
    /// `L_list_T`; an array on the wire
    List(Box<Type>),
    /// `L_option_T`; the bare value or null on the wire
    Option(Box<Type>),
    /// `const T *`; the bare value on the wire
    #[serde(rename = "box")]
    Boxed(Box<Type>),
    /// A [`TypeDef`] of the same library, by name
    Named(String),
}

/// Two FNV-1a 64 hashes of an item and everything it reaches, documentation excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Changes when a caller compiled against the C header would break: names, order,
    /// types and the target's layout.
    pub native: u64,
    /// Changes when what crosses the CBOR path does: keys, types and variant names,
    /// whatever their order.
    pub wire: u64,
}

/// Why bytes are not a description this crate can read.
#[derive(Debug)]
#[non_exhaustive]
pub enum SchemaError {
    /// The bytes are not the CBOR of a [`Library`]; the text says where.
    Malformed(String),
    /// The description's format is newer than [`FORMAT`].
    Newer(u32),
}

impl std::fmt::Display for SchemaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(fault) => write!(f, "not a library's schema: {fault}"),
            Self::Newer(format) => {
                write!(f, "the schema has format {format}, this tool reads up to {FORMAT}: use a newer cargo ffi")
            }
        }
    }
}

impl std::error::Error for SchemaError {}

impl Library {
    /// The description as CBOR.
    pub fn to_cbor(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        ciborium::into_writer(self, &mut bytes).expect("a Vec takes every byte, and every type here has a CBOR form");
        bytes
    }

    /// Reads what [`Library::to_cbor`] wrote.
    ///
    /// # Errors
    /// [`SchemaError::Newer`] where the format is above [`FORMAT`], whatever else the bytes
    /// hold; [`SchemaError::Malformed`] where they are no description.
    pub fn from_cbor(bytes: &[u8]) -> Result<Self, SchemaError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let malformed = |error: ciborium::de::Error<std::io::Error>| SchemaError::Malformed(error.to_string());
        let head: Head = ciborium::from_reader(bytes).map_err(malformed)?;
        if head.format > FORMAT {
            return Err(SchemaError::Newer(head.format));
        }
        let mut left = bytes;
        let library = ciborium::from_reader(&mut left).map_err(malformed)?;
        match left.len() {
            0 => Ok(library),
            count => Err(SchemaError::Malformed(format!("{count} bytes follow it"))),
        }
    }
}
