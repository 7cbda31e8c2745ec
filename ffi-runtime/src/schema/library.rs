//! The description of a whole library, and its CBOR.

use super::function::{Event, Function, Param};
use super::types::{Type, TypeDef};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The version of this description that [`Library::to_cbor`] writes.
pub const FORMAT: u32 = 2;

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
    /// The machine that the layouts below hold for.
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
    /// The values of options that the annotation does not give.
    pub const DEFAULT: Self = Self {
        queue_limit: 65_536,
        request_limit: 64 << 20,
        memory_limit: 256 << 20,
        grace_ms: 5_000,
        stale_warn_ms: 0,
        event_limit: 65_536,
        event_overflow: Overflow::DropOldest,
        stall_ms: 1_000,
        spin_us: 0,
        short_names: false,
        text: Text::ByLength,
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

/// The options of a library, as they stand in `library!`.
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
    /// pending; 0 without warnings.
    #[serde(default)]
    pub stale_warn_ms: u64,
    /// How many events may wait for one context's listeners.
    #[serde(default)]
    pub event_limit: u64,
    /// What happens to an event that is fired while the queue is full.
    #[serde(default)]
    pub event_overflow: Overflow,
    /// After how many milliseconds without a turn of its loop a worker is not responding.
    #[serde(default)]
    pub stall_ms: u64,
    /// For up to how many microseconds a worker spins for work before it sleeps; 0 without spinning.
    #[serde(default)]
    pub spin_us: u64,
    /// Whether the library exports its own functions by short names as well, `L_name` beside `L_ffi_name`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub short_names: bool,
    /// The form of text in C.
    #[serde(default, skip_serializing_if = "is_default")]
    pub text: Text,
}

/// Whether an option has its default, which the description leaves out.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The form of text in C, the same in all of a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Text {
    /// `L_text`: a pointer and a length; text may be any.
    #[default]
    ByLength,
    /// `const char *`, which a NUL ends: no NUL may be inside.
    C,
}

/// What happens to an event that is fired while its context's queue is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// The oldest waiting event is dropped and counted.
    #[default]
    DropOldest,
    /// The new event is dropped and counted.
    DropNewest,
    /// The thread that fires it waits until the queue has room, except the context's own threads, where the
    /// event is dropped and counted.
    Block,
}

/// Why bytes are no description that this crate can read.
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
    /// The types by what [`Type::Named`] calls them: the name, or the path where another type has that name too.
    pub fn named_types(&self) -> HashMap<&str, &TypeDef> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for def in &self.types {
            *counts.entry(&def.name).or_default() += 1;
        }
        let mut types = HashMap::new();
        for def in &self.types {
            let is_shared = counts[&*def.name] > 1;
            types.insert(if is_shared { &*def.path } else { &*def.name }, def);
        }
        types
    }

    /// The type that [`Type::Named`] calls so, if there is one.
    pub fn type_named(&self, name: &str) -> Option<&TypeDef> {
        let mut named = self.types.iter().filter(|def| def.name == name);
        let only = named.next().filter(|_| named.next().is_none());
        only.or_else(|| self.types.iter().find(|def| def.path == name))
    }

    /// Every type that a function, an event or a record mentions.
    pub(super) fn mentions(&mut self) -> Vec<&mut Type> {
        fn of(Param { ty, .. }: &mut Param) -> &mut Type {
            ty
        }
        let params = self
            .functions
            .iter_mut()
            .flat_map(|it| it.params.iter_mut().map(of).chain(&mut it.returns).chain(&mut it.error));
        let fields = self.types.iter_mut().flat_map(|def| def.shape.fields_mut().map(|field| &mut field.ty));
        let payloads = self.events.iter_mut().filter_map(|event| event.payload.as_mut());
        params.chain(payloads).chain(fields).collect()
    }

    /// Encodes the description as CBOR.
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

/// What is wrong with the bytes, in words.
fn malformed(error: ciborium::de::Error<std::io::Error>) -> SchemaError {
    use ciborium::de::Error;
    let fault = match error {
        Error::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => "the bytes end too early".to_owned(),
        Error::Io(error) => error.to_string(),
        Error::Syntax(at) => format!("no CBOR item at byte {at}"),
        Error::Semantic(Some(at), fault) => format!("{fault} at byte {at}"),
        Error::Semantic(None, fault) => fault,
        Error::RecursionLimitExceeded => "its items nest too deep".to_owned(),
    };
    SchemaError::Malformed(fault)
}
