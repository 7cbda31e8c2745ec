//! The annotated functions of every library in the binary: found by name, and listed in a schema.

use super::said::Said;
use crate::abi::FfiCallback;
use crate::call::RequestBytes;
use crate::declare::{FunctionInfo, Library};
use crate::insertion_sort;
use crate::schema::{Fingerprint, Function, FunctionKind, SchemaBuilder, Text, join_docs};
use std::any::TypeId;
use std::ffi::{c_int, c_void};

/// What begins the names of a library's own functions, behind its own and `_`.
const OWN_PREFIX: &[u8] = b"ffi_";

/// The ends of the C names that a library with short names has as well: of functions, and of the types `L_bytes` and
/// `L_event`, since C keeps both in one namespace. `L_call` stands for `L_call_cbor`, its CBOR entry point.
const SHORT: [&str; 12] = [
    "abi_hash",
    "add_event_listener",
    "bytes",
    "call",
    "cancel",
    "close",
    "dispatch",
    "event",
    "last_error",
    "poll_fd",
    "remove_event_listener",
    "schema",
];

/// Whether a library with short names has the name, or reserves it, behind its own and `_`.
const fn is_short(tail: &[u8]) -> bool {
    let mut at = 0;
    while at < SHORT.len() {
        if is_equal(tail, SHORT[at].as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

/// The rest of a symbol after `library` and `_`.
const fn tail<'a>(symbol: &'a str, library: &str) -> Option<&'a [u8]> {
    match symbol.as_bytes().split_at_checked(library.len()) {
        Some((head, [b'_', tail @ ..])) if is_equal(head, library.as_bytes()) && !tail.is_empty() => Some(tail),
        _ => None,
    }
}

/// As `starts_with`, which is not `const`.
const fn begins_with(text: &[u8], head: &[u8]) -> bool {
    match text.split_at_checked(head.len()) {
        Some((begin, _)) => is_equal(begin, head),
        None => false,
    }
}

/// As `==`, which is not `const`.
const fn is_equal(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Calls one function with a CBOR request in Rust's memory.
pub(crate) type CallOwned = unsafe fn(*mut c_void, FfiCallback, *mut c_void, RequestBytes<'_>) -> c_int;

/// How a function is called by its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedCall {
    /// The entry point, which needs what [`call_bytes`](crate::call_bytes) needs.
    pub(crate) call: CallOwned,
    /// Whether it refuses a stale handle; else it ignores the handle.
    pub(crate) needs_context: bool,
}

/// One annotated function, as it is found by name or listed in the schema.
#[derive(Clone, Copy, Debug)]
pub struct FunctionEntry {
    /// The state's type, which tells one library's functions from another's.
    pub(crate) state: fn() -> TypeId,
    /// The library's name.
    pub(crate) library: &'static str,
    /// Whether the library's own functions have short names as well.
    pub(crate) short_names: bool,
    /// The library's form of text.
    pub(crate) text: Text,
    /// Name and place.
    pub(crate) info: FunctionInfo,
    /// The kind of function.
    pub(crate) kind: FunctionKind,
    /// Describes parameters, result and how the function runs.
    pub(crate) describe: fn(&mut SchemaBuilder, &mut Function),
    /// How to call it by name; `None` for constructor, destructor and exports.
    pub(crate) by_name: Option<NamedCall>,
}

// Every annotated function of every library in this binary. Registered by constructors that
// run when the binary is loaded: a slice that the linker puts together would export its bounds
// under names that all libraries share.
inventory::collect!(FunctionEntry);

impl FunctionEntry {
    /// Whether the symbol begins with the name of its state's library. Any symbol of a library without a name
    /// counts: that library stands for one whose name was refused.
    pub const fn has_prefix(&self) -> bool {
        self.library.is_empty() || tail(self.info.name, self.library).is_some()
    }

    /// Whether the symbol is one of those that the library has of its own, or reserves.
    pub const fn is_own_symbol(&self) -> bool {
        match tail(self.info.name, self.library) {
            Some(tail) => begins_with(tail, OWN_PREFIX) || self.short_names && is_short(tail),
            None => false,
        }
    }

    /// What to say of a function whose symbol is of another library than its state.
    pub const fn other_library(&self) -> Said {
        Said::new("the function's state is of the library `")
            .and(self.library)
            .and("`, but its symbol is `")
            .and(self.info.name)
            .and("`; write `library = \"")
            .and(self.library)
            .and("\"` among the options of `#[ffi]`")
    }

    /// What to say of a symbol that the library has of its own.
    pub const fn own_symbol(&self) -> Said {
        Said::new("`").and(self.info.name).and("` is one of the library's own names in C; rename the function")
    }

    /// Whether the library's text has this form, as that of a library without a name does: see
    /// [`FunctionEntry::has_prefix`].
    pub const fn has_text(&self, text: Text) -> bool {
        self.library.is_empty() || matches!((self.text, text), (Text::ByLength, Text::ByLength) | (Text::C, Text::C))
    }

    /// What to say of a function that was declared for a library with another form of text.
    pub const fn other_text(&self) -> Said {
        let said = Said::new("the library `").and(self.library);
        match self.text {
            Text::ByLength => said.and("` has text by its length; remove `text = \"c\"` here"),
            Text::C => said.and("` has NUL-terminated text; write `text = \"c\"` here too"),
        }
    }

    /// The functions of the library of `S`.
    fn all_of<S: Library>() -> impl Iterator<Item = &'static Self> {
        inventory::iter::<Self>().filter(|entry| (entry.state)() == TypeId::of::<S>())
    }

    /// The functions of the library of `S`, in the order of the schema.
    pub(super) fn in_order<S: Library>() -> Vec<&'static Self> {
        let mut entries: Vec<_> = Self::all_of::<S>().collect();
        insertion_sort::sort(&mut entries, |a, b| a.order() < b.order());
        entries
    }

    fn order(&self) -> impl Ord {
        let part = match self.kind {
            FunctionKind::Constructor => 0,
            FunctionKind::Method | FunctionKind::Stateless | FunctionKind::Export => 1,
            FunctionKind::Destructor => 2,
        };
        // A macro may make several functions in one place.
        (part, self.info.place, self.info.name)
    }

    /// Describes the function for the schema.
    pub(super) fn function(&self, schema: &mut SchemaBuilder) -> Function {
        let mut function = Function {
            name: self.info.name.to_owned(),
            rust_name: self.info.rust_name.to_owned(),
            kind: self.kind,
            docs: join_docs(self.info.docs),
            params: Vec::new(),
            returns: None,
            error: None,
            is_async: self.info.is_async,
            exclusive: false,
            inline: false,
            deadline_ms: None,
            droppable: false,
            fingerprint: Fingerprint::default(),
        };
        (self.describe)(schema, &mut function);
        function
    }
}

/// The functions of the library of `S` that are called by name, sorted.
pub(super) fn named<S: Library>() -> Vec<(&'static str, NamedCall)> {
    let entries = FunctionEntry::all_of::<S>();
    let mut functions: Vec<_> = entries.filter_map(|entry| Some((entry.info.name, entry.by_name?))).collect();
    insertion_sort::sort(&mut functions, |a, b| a.0 < b.0);
    functions
}
