//! What the state's annotation makes: the library itself.

use crate::access::Access;
use crate::context::Context;
use crate::entry::{DetachedCell, Export};
use crate::handler::{
    Answer, Arguments, Constructor, Destroy, FunctionInfo, Handler, Inline, Return, StateOf, Stateless,
};
use crate::process::Footing;
use crate::request::RequestBytes;
use crate::schema::{Function, FunctionKind, Options, SchemaBuilder, Target, join_docs};
use crate::sync::{Arc, Mutex, MutexGuard, PoisonError};
use crate::{abi, entry, event, few, schema, slots::Slots, watch::Watch};
use std::any::TypeId;
use std::cell::RefCell;
use std::ffi::{CString, c_char, c_int, c_void};
use std::marker::PhantomData;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The state of a library, and through it the library.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the state of a library",
    label = "has no `#[ffi(library = \"…\")]`",
    note = "put `#[ffi(library = \"my_library\")]` on the struct that holds the library's state"
)]
pub trait Library: Sized + 'static {
    /// The name that begins every symbol.
    const NAME: &'static str;
    /// The version of the crate that declares the library.
    const VERSION: &'static str;
    /// The module of the struct, whose crate's events are the library's.
    const MODULE: &'static str;
    /// The struct's documentation, one string a line as rustc keeps it.
    const DOCS: &'static [&'static str];
    /// The limits.
    const OPTIONS: Options;
    /// Whether inline handlers read its states on their callers' threads.
    const SHARED: bool;

    /// The one static that holds the library's contexts.
    fn cell() -> &'static LibraryCell<Self>;
}

/// A library that may have async functions without a state.
pub trait Detaches: Library {
    /// The one static that holds the worker that no context has.
    fn detached() -> &'static DetachedCell<Self>;
}

/// The library of this name, in whichever crate: a function that has only the name finds the
/// state, since rustc sees the one impl there is.
#[derive(Debug)]
pub struct Named<const HASH: u64>;

/// The state of the library that [`Named`] stands for.
#[diagnostic::on_unimplemented(
    message = "there is no library of this name",
    label = "no struct has `#[ffi(library = \"…\")]` with this name",
    note = "write it on a struct of this crate or of one that it depends on; a library of functions without state needs only a `struct L;`"
)]
pub trait LibraryNamed<S> {}

/// The one library of the crate in which a module is.
#[derive(Debug)]
pub struct InCrate<const HASH: u64>;

/// The state of the library that [`InCrate`] stands for.
#[diagnostic::on_unimplemented(
    message = "the crate has no library that the function could belong to",
    label = "no struct of this crate has `#[ffi(library = \"…\")]`",
    note = "write it on a struct of this crate (`struct L;` will do), or name the library of another: `#[ffi(export, library = \"…\")]`"
)]
pub trait LibraryInCrate<S> {}

/// A library that was found, whose state rustc infers. Every part of a function's expansion finds it by
/// the same words in the same place, so that rustc tells once that there is none.
#[derive(Debug)]
pub struct Found<S>(PhantomData<fn() -> S>);

/// The library of a name.
#[inline]
pub const fn library_named<L: LibraryNamed<S>, S: Library>() -> Found<S> {
    Found(PhantomData)
}

/// The library of a crate.
#[inline]
pub const fn library_in_crate<L: LibraryInCrate<S>, S: Library>() -> Found<S> {
    Found(PhantomData)
}

/// FNV-1a 64 of a library's name, or of the crate that begins a module's path.
pub const fn head_hash(path: &str) -> u64 {
    let (bytes, mut at, mut hash) = (path.as_bytes(), 0, 0xcbf2_9ce4_8422_2325);
    while at < bytes.len() && bytes[at] != b':' {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// Everything a library keeps: one static per library, so that two share nothing.
pub struct LibraryCell<S: Library> {
    footing: Footing,
    slots: Slots<Context<S>>,
    watch: Watch,
    /// Whose watch is used instead.
    lender: Option<fn() -> &'static Watch>,
    /// Contexts that take themselves down, until nothing is left of them.
    falling: Mutex<Vec<Arc<Context<S>>>>,
    /// Made by whoever needs it first. Not a `OnceLock`: in a forked child there may be nobody
    /// left to finish what another thread began.
    schema: AtomicPtr<(Vec<u8>, u64)>,
    /// The methods by name, sorted.
    functions: OnceLock<Vec<(&'static str, ByName)>>,
}

impl<S: Library> LibraryCell<S> {
    /// A library without contexts.
    #[expect(clippy::new_without_default, reason = "made once, in a static")]
    pub const fn new() -> Self {
        Self::with(None)
    }

    /// The same beside that of a library whose watch it uses.
    pub(crate) const fn beside(lender: fn() -> &'static Watch) -> Self {
        Self::with(Some(lender))
    }

    const fn with(lender: Option<fn() -> &'static Watch>) -> Self {
        Self {
            footing: Footing::new(),
            slots: Slots::new(),
            watch: Watch::new(S::NAME),
            lender,
            falling: Mutex::new(Vec::new()),
            schema: AtomicPtr::new(std::ptr::null_mut()),
            functions: OnceLock::new(),
        }
    }

    /// Where the library stands in its process.
    pub(crate) fn footing(&self) -> &Footing {
        &self.footing
    }

    /// What looks after calls that take long.
    pub(crate) fn watch(&'static self) -> &'static Watch {
        self.lender.map_or(&self.watch, |lend| lend())
    }

    /// The contexts that take themselves down.
    pub(crate) fn falling(&self) -> MutexGuard<'_, Vec<Arc<Context<S>>>> {
        self.falling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn slots(&self) -> &Slots<Context<S>> {
        &self.slots
    }

    /// The `_cbor` entry of this name, if the library has one.
    pub(crate) fn by_name(&self, function: &str) -> Option<ByName> {
        let functions = self.functions.get_or_init(|| {
            let entries = inventory::iter::<FunctionEntry>().filter(|entry| entry.is_of::<S>());
            let mut functions: Vec<_> = entries.filter_map(|entry| Some((entry.info.name, entry.by_name?))).collect();
            few::sort(&mut functions, |a, b| a.0 < b.0);
            functions
        });
        let at = functions.binary_search_by_key(&function, |&(name, _)| name).ok()?;
        Some(functions[at].1)
    }

    /// The description as CBOR, and its hash. Made once and kept for ever.
    pub(crate) fn schema(&self) -> &(Vec<u8>, u64) {
        let mut made = self.schema.load(Ordering::Acquire);
        if made.is_null() {
            let library = describe::<S>();
            let fresh = Box::into_raw(Box::new((library.to_cbor(), library.abi_hash)));
            let null = std::ptr::null_mut();
            made = match self.schema.compare_exchange(null, fresh, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => fresh,
                Err(other) => {
                    // SAFETY: made from a box above, and nobody else has seen it.
                    drop(unsafe { Box::from_raw(fresh) });
                    other
                }
            };
        }
        // SAFETY: not NULL, so made from a box that is never freed.
        unsafe { &*made }
    }
}

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
    info: FunctionInfo,
    /// The part it plays.
    kind: FunctionKind,
    /// Parameters, result, and whether it runs alone.
    describe: fn(&mut SchemaBuilder, &mut Function),
    /// How to call it by name; `None` for constructor, destructor and exports.
    by_name: Option<ByName>,
}

// Every annotated function of every library in this binary. Registered by constructors that
// run when the binary is loaded: a slice put together by the linker would export its bounds
// under names that every library shares.
inventory::collect!(FunctionEntry);

impl FunctionEntry {
    /// The entry of a method.
    pub const fn method<H: Handler>() -> Self {
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
    pub const fn inline<H: Inline>() -> Self {
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
    pub const fn stateless<F: Stateless, S: Library>(_: Found<S>) -> Self {
        Self::without_state::<F, S>(entry::stateless_bytes::<F, S>)
    }

    /// The entry of an async function without a state.
    pub const fn detached<F: Stateless, S: Detaches>(_: Found<S>) -> Self {
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
    pub const fn export<E: Export, S: Library>(_: Found<S>) -> Self {
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
    pub const fn constructor<C: Constructor>() -> Self {
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
    pub const fn destructor<S: Destroy>() -> Self {
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

    fn is_of<S: 'static>(&self) -> bool {
        (self.state)() == TypeId::of::<S>()
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

    fn function(&self, schema: &mut SchemaBuilder) -> Function {
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

fn describe<S: Library>() -> schema::Library {
    let mut entries: Vec<_> = inventory::iter::<FunctionEntry>().filter(|entry| entry.is_of::<S>()).collect();
    few::sort(&mut entries, |a, b| a.order() < b.order());
    let mut builder = SchemaBuilder::default();
    let has_contexts = entries.iter().any(|entry| entry.kind == FunctionKind::Constructor);
    let functions = entries.into_iter().map(|entry| entry.function(&mut builder)).collect();
    let events = if has_contexts { event::describe(S::NAME, S::MODULE, &mut builder) } else { Vec::new() };
    let mut library = schema::Library {
        format: schema::FORMAT,
        name: S::NAME.to_owned(),
        version: S::VERSION.to_owned(),
        docs: join_docs(S::DOCS),
        target: Target { pointer_bits: usize::BITS, little_endian: cfg!(target_endian = "little") },
        options: S::OPTIONS,
        functions,
        events,
        types: builder.into_types(),
        abi_hash: 0,
    };
    library.seal();
    library
}

thread_local! {
    /// What last went wrong on this thread in a call without a callback, by library.
    static LAST_ERRORS: RefCell<Vec<(&'static str, CString)>> = const { RefCell::new(Vec::new()) };
}

/// Keeps an error for `L_last_error`, unless the thread is past keeping anything: a host may
/// call from a thread's own destructors.
pub(crate) fn set_last_error<S: Library>(text: String) {
    let text = CString::new(text).unwrap_or_default();
    let _ = LAST_ERRORS.try_with(|errors| {
        let mut errors = errors.borrow_mut();
        match errors.iter_mut().find(|(library, _)| *library == S::NAME) {
            Some((_, last)) => *last = text,
            None => errors.push((S::NAME, text)),
        }
    });
}

/// The error that [`set_last_error`] kept, empty where there was none; valid until the next
/// one on this thread.
pub(crate) fn last_error<S: Library>() -> *const c_char {
    let kept = LAST_ERRORS.try_with(|errors| {
        let errors = errors.borrow();
        errors.iter().find(|(library, _)| *library == S::NAME).map(|(_, last)| last.as_ptr())
    });
    kept.ok().flatten().unwrap_or(c"".as_ptr())
}
