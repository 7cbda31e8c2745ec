//! The static of a library: everything that the library keeps between calls.

use super::function::{self, NamedCall};
use super::schema;
use crate::context::Contexts;
use crate::declare::{CellPointer, Library};
use crate::lazy::Lazy;
use crate::timing::Watchdog;
use crate::worker::Context;

/// A library as it runs, which every [`Library`] does.
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
    /// The functions by name, sorted.
    functions: Lazy<Vec<(&'static str, NamedCall)>>,
}

impl<S: Library> LibraryCell<S> {
    /// A library without contexts.
    #[expect(clippy::new_without_default, reason = "made once, in a static")]
    pub const fn new() -> Self {
        Self::with(Contexts::new(S::NAME))
    }

    /// A library without contexts, which uses the watchdog of another.
    pub(crate) const fn beside(shared_watch: fn() -> &'static Watchdog) -> Self {
        Self::with(Contexts::beside(S::NAME, shared_watch))
    }

    const fn with(contexts: Contexts<Context<S>>) -> Self {
        Self { contexts, schema: Lazy::new(), functions: Lazy::new() }
    }

    /// The pointer that [`Library::cell_pointer`] returns for the library of this static.
    pub const fn pointer(&'static self) -> CellPointer<S> {
        CellPointer::to(self)
    }

    /// The library's contexts.
    pub(crate) fn contexts(&self) -> &Contexts<Context<S>> {
        &self.contexts
    }

    /// The function of this name, if the library has one that CBOR calls.
    pub(crate) fn by_name(&self, function: &str) -> Option<NamedCall> {
        let functions = self.functions.get(function::named::<S>);
        let at = functions.binary_search_by_key(&function, |&(name, _)| name).ok()?;
        Some(functions[at].1)
    }

    /// The description as CBOR, and its hash. Kept for ever.
    pub(crate) fn schema(&self) -> &(Vec<u8>, u64) {
        self.schema.get(|| {
            let library = schema::describe::<S>();
            (library.to_cbor(), library.abi_hash)
        })
    }
}
