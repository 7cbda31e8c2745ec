//! What the state's annotation makes: the library itself.

mod function;
mod last_error;

pub(crate) use function::ByName;
pub use function::FunctionEntry;
pub(crate) use last_error::{last_error, set_last_error};

use crate::context::Context;
use crate::entry::DetachedCell;
use crate::made::{Made, PerProcess};
use crate::process::Footing;
use crate::schema::{FunctionKind, Options, SchemaBuilder, Target, join_docs};
use crate::sync::{Arc, Mutex, MutexGuard, PoisonError};
use crate::{event, few, schema, slots::Slots, watch::Watch};
use std::marker::PhantomData;

/// The state of a library, and through it the library.
///
/// # Safety
/// [`Library::cell`] must give the same cell for as long as the process lives, [`Library::SHARED`] must be
/// true only for a state that is `Send` and `Sync`, and no other library of the binary may have
/// the name, by which C knows the layouts of its types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the state of a library",
    label = "has no `#[ffi(library = \"…\")]`",
    note = "put `#[ffi(library = \"my_library\")]` on the struct that holds the library's state"
)]
pub unsafe trait Library: Sized + 'static {
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
///
/// # Safety
/// [`Detaches::detached`] must give the same cell for as long as the process lives.
pub unsafe trait Detaches: Library {
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
    watch: PerProcess<Watch>,
    /// Whose watch is used instead.
    lender: Option<fn() -> &'static Watch>,
    /// Contexts that take themselves down, until nothing is left of them.
    falling: PerProcess<Mutex<Vec<Arc<Context<S>>>>>,
    /// The description as CBOR, and its hash.
    schema: Made<(Vec<u8>, u64)>,
    /// The methods by name, sorted.
    functions: Made<Vec<(&'static str, ByName)>>,
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
            watch: PerProcess::new(),
            lender,
            falling: PerProcess::new(),
            schema: Made::new(),
            functions: Made::new(),
        }
    }

    /// Where the library stands in its process.
    pub(crate) fn footing(&self) -> &Footing {
        &self.footing
    }

    /// What looks after calls that take long.
    pub(crate) fn watch(&'static self) -> &'static Watch {
        self.lender.map_or_else(|| self.watch.get(|| Watch::new(S::NAME)), |lend| lend())
    }

    /// The contexts that take themselves down.
    pub(crate) fn falling(&self) -> MutexGuard<'_, Vec<Arc<Context<S>>>> {
        self.falling.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn slots(&self) -> &Slots<Context<S>> {
        &self.slots
    }

    /// The `_cbor` entry of this name, if the library has one.
    pub(crate) fn by_name(&self, function: &str) -> Option<ByName> {
        let functions = self.functions.get(|| {
            let entries = inventory::iter::<FunctionEntry>().filter(|entry| entry.is_of::<S>());
            let mut functions: Vec<_> = entries.filter_map(|entry| Some((entry.info.name, entry.by_name?))).collect();
            few::sort(&mut functions, |a, b| a.0 < b.0);
            functions
        });
        let at = functions.binary_search_by_key(&function, |&(name, _)| name).ok()?;
        Some(functions[at].1)
    }

    /// The description as CBOR, and its hash. Kept for ever.
    pub(crate) fn schema(&self) -> &(Vec<u8>, u64) {
        self.schema.get(|| {
            let library = describe::<S>();
            (library.to_cbor(), library.abi_hash)
        })
    }
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
