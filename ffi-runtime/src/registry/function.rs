//! Every annotated function of every library in the binary, found by name or listed in a schema.

use crate::declare::{
    Access, Answer, Arguments, Constructor, Destroy, Found, FunctionInfo, Handler, Inline, Library, Return, StateOf,
    Stateless,
};
use crate::entry::{Detaches, Export};
use crate::request::RequestBytes;
use crate::schema::{Function, FunctionKind, SchemaBuilder, join_docs};
use crate::{abi, entry, schema};
use std::any::TypeId;
use std::ffi::{c_int, c_void};

/// What follows a library's name in the C names that it has of its own: functions, and the
/// types `L_bytes` and `L_event`, since C keeps both in one space. `L_call` stands for its
/// twin, `L_call_cbor`.
const OWN: [&str; 12] = [
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

/// What stands behind `library` and `_` in a symbol.
const fn tail<'a>(symbol: &'a str, library: &str) -> Option<&'a [u8]> {
    match symbol.as_bytes().split_at_checked(library.len()) {
        Some((head, [b'_', tail @ ..])) if is_equal(head, library.as_bytes()) && !tail.is_empty() => Some(tail),
        _ => None,
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

/// How a function is called by its name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ByName {
    /// In a context.
    In(Submit),
    /// Without one, whatever handle is passed.
    Without(Submit),
}

/// A `_cbor` entry point, in Rust's terms.
pub(crate) type Submit = unsafe fn(*mut c_void, abi::FfiCallback, *mut c_void, RequestBytes<'_>) -> c_int;

/// One annotated function, as it is found by name or listed in the schema.
#[derive(Debug)]
pub struct FunctionEntry {
    /// The state's type, which tells one library's functions from another's.
    state: fn() -> TypeId,
    /// The library's name.
    library: &'static str,
    /// Name and place.
    pub(super) info: FunctionInfo,
    /// The part it plays.
    pub(super) kind: FunctionKind,
    /// Parameters, result, and whether it runs alone.
    describe: fn(&mut SchemaBuilder, &mut Function),
    /// How to call it by name; `None` for constructor, destructor and exports.
    pub(super) by_name: Option<ByName>,
}

// Every annotated function of every library in this binary. Registered by constructors that
// run when the binary is loaded: a slice put together by the linker would export its bounds
// under names that every library shares.
inventory::collect!(FunctionEntry);

impl FunctionEntry {
    /// The entry of a method.
    ///
    /// # Safety
    /// The symbol of its name must be exported, and be the entry point that C calls with the parameters and the
    /// result that are described here.
    pub const unsafe fn method<H: Handler>() -> Self {
        Self {
            state: TypeId::of::<H::State>,
            library: <H::State as Library>::NAME,
            info: H::INFO,
            kind: FunctionKind::Method,
            describe: |schema, function| {
                describe_signature::<H::Args, H::Return>(schema, function);
                function.exclusive = H::Access::EXCLUSIVE;
                function.deadline_ms = H::DEADLINE_MS;
                function.droppable = H::DROPPABLE;
            },
            by_name: Some(ByName::In(entry::submit_bytes::<H>)),
        }
    }

    /// The entry of a method that runs on the thread that calls it.
    ///
    /// # Safety
    /// As for [`FunctionEntry::method`].
    pub const unsafe fn inline<H: Inline>() -> Self {
        Self {
            state: TypeId::of::<H::State>,
            library: <H::State as Library>::NAME,
            info: H::INFO,
            kind: FunctionKind::Method,
            describe: |schema, function| {
                describe_signature::<H::Args, H::Return>(schema, function);
                function.inline = true;
            },
            by_name: Some(ByName::In(entry::inline_bytes::<H>)),
        }
    }

    /// The entry of a plain function without a state.
    ///
    /// # Safety
    /// As for [`FunctionEntry::method`].
    pub const unsafe fn stateless<F: Stateless, S: Library>(_: Found<S>) -> Self {
        Self::without_state::<F, S>(entry::stateless_bytes::<F, S>)
    }

    /// The entry of an async function without a state.
    ///
    /// # Safety
    /// As for [`FunctionEntry::method`].
    pub const unsafe fn detached<F: Stateless, S: Detaches>(_: Found<S>) -> Self {
        Self::without_state::<F, S>(entry::detached_bytes::<F, S>)
    }

    const fn without_state<F: Stateless, S: Library>(submit: Submit) -> Self {
        Self {
            state: TypeId::of::<S>,
            library: S::NAME,
            info: F::INFO,
            kind: FunctionKind::Stateless,
            describe: |schema, function| {
                describe_signature::<F::Args, F::Return>(schema, function);
                function.inline = !F::INFO.is_async;
            },
            by_name: Some(ByName::Without(submit)),
        }
    }

    /// The entry of an export.
    ///
    /// # Safety
    /// As for [`FunctionEntry::method`].
    pub const unsafe fn export<E: Export, S: Library>(_: Found<S>) -> Self {
        Self {
            state: TypeId::of::<S>,
            library: S::NAME,
            info: E::INFO,
            kind: FunctionKind::Export,
            describe: |schema, function| {
                function.params = E::describe(schema);
                function.returns = E::describe_return(schema);
                function.inline = true;
            },
            by_name: None,
        }
    }

    /// The entry of a constructor.
    ///
    /// # Safety
    /// As for [`FunctionEntry::method`].
    pub const unsafe fn constructor<C: Constructor>() -> Self {
        Self {
            state: TypeId::of::<StateOf<C>>,
            library: <StateOf<C> as Library>::NAME,
            info: C::INFO,
            kind: FunctionKind::Constructor,
            describe: |schema, function| function.params = C::Args::describe(schema),
            by_name: None,
        }
    }

    /// The entry of a destructor.
    ///
    /// # Safety
    /// As for [`FunctionEntry::method`].
    pub const unsafe fn destructor<S: Destroy>() -> Self {
        Self {
            state: TypeId::of::<S>,
            library: <S as Library>::NAME,
            info: <S as Destroy>::INFO,
            kind: FunctionKind::Destructor,
            describe: |_, _| {},
            by_name: None,
        }
    }

    /// Whether the symbol begins with its library's name and an underscore. So does any symbol
    /// of a library without a name: it stands for one whose name was refused.
    pub const fn has_prefix(&self) -> bool {
        self.library.is_empty() || tail(self.info.name, self.library).is_some()
    }

    /// Whether the symbol is one that the library has, or is to have, of its own.
    pub const fn is_own_symbol(&self) -> bool {
        let Some(tail) = tail(self.info.name, self.library) else { return false };
        let mut at = 0;
        while at < OWN.len() {
            if is_equal(tail, OWN[at].as_bytes()) {
                return true;
            }
            at += 1;
        }
        false
    }

    pub(super) fn is_of<S: 'static>(&self) -> bool {
        (self.state)() == TypeId::of::<S>()
    }

    pub(super) fn order(&self) -> impl Ord {
        let part = match self.kind {
            FunctionKind::Constructor => 0,
            FunctionKind::Method | FunctionKind::Stateless | FunctionKind::Export => 1,
            FunctionKind::Destructor => 2,
        };
        // A macro may make several functions in one place.
        (part, self.info.place, self.info.name)
    }

    pub(super) fn function(&self, schema: &mut SchemaBuilder) -> Function {
        let mut function = Function {
            name: self.info.name.to_owned(),
            rust_name: self.info.rust_name.to_owned(),
            kind: self.kind,
            docs: join_docs(self.info.docs),
            params: Vec::new(),
            returns: None,
            is_async: self.info.is_async,
            exclusive: false,
            inline: false,
            deadline_ms: None,
            droppable: false,
            fingerprint: schema::Fingerprint::default(),
        };
        (self.describe)(schema, &mut function);
        function
    }
}

fn describe_signature<A: Arguments, R: Return<Value: Answer>>(schema: &mut SchemaBuilder, function: &mut Function) {
    function.params = A::describe(schema);
    function.returns = R::Value::describe(schema);
}
