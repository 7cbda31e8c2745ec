//! What one library has at run time: its contexts, its description and its functions by name.

pub(crate) mod event;
mod function;
mod last_error;

pub use event::EventEntry;
pub use function::FunctionEntry;
pub(crate) use function::{CallOwned, NamedCall};
pub(crate) use last_error::{last_error, set_last_error};

use crate::contexts::Contexts;
use crate::declare::{CellPointer, Library};
use crate::few;
use crate::lazy::Lazy;
use crate::schema::{self, FunctionKind, SchemaBuilder, Target, join_docs};
use crate::watch::Watch;
use crate::worker::Context;

/// A library, with what it has at run time. Every [`Library`] is one.
pub(crate) trait Hosted: Library {
    /// The one static of the library.
    fn cell() -> &'static LibraryCell<Self>;
}

impl<S: Library> Hosted for S {
    #[inline]
    fn cell() -> &'static LibraryCell<S> {
        // SAFETY: pointers for `S` are made by `LibraryCell::pointer` alone, from a static of this type.
        unsafe { &*S::cell_pointer().address().cast() }
    }
}

/// Everything a library keeps: one static per library, so that two share nothing.
pub struct LibraryCell<S: Library> {
    contexts: Contexts<Context<S>>,
    /// The description as CBOR, and its hash.
    schema: Lazy<(Vec<u8>, u64)>,
    /// The methods by name, sorted.
    functions: Lazy<Vec<(&'static str, NamedCall)>>,
}

impl<S: Library> LibraryCell<S> {
    /// A library without contexts.
    #[expect(clippy::new_without_default, reason = "made once, in a static")]
    pub const fn new() -> Self {
        Self::with(Contexts::new(S::NAME))
    }

    /// The same beside that of a library whose watch it uses.
    pub(crate) const fn beside(lender: fn() -> &'static Watch) -> Self {
        Self::with(Contexts::beside(S::NAME, lender))
    }

    const fn with(contexts: Contexts<Context<S>>) -> Self {
        Self { contexts, schema: Lazy::new(), functions: Lazy::new() }
    }

    /// What [`Library::cell_pointer`] gives for the library of this static.
    pub const fn pointer(&'static self) -> CellPointer<S> {
        CellPointer::to(self)
    }

    /// The library's contexts.
    pub(crate) fn contexts(&self) -> &Contexts<Context<S>> {
        &self.contexts
    }

    /// The `_cbor` entry of this name, if the library has one.
    pub(crate) fn by_name(&self, function: &str) -> Option<NamedCall> {
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
