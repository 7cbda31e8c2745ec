//! The annotation of a library's state: the library's constants, and how functions find the library.

use crate::schema::Options;
use std::marker::PhantomData;

/// The state of a library, and through it the library.
///
/// # Safety
/// [`Library::cell_pointer`] must point to the same static for as long as the process lives, [`Library::SHARED`] must
/// be true only for a state that is `Send` and `Sync`, and no other library of the binary may have the name, by
/// which C knows the layouts of its types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the state of a library",
    label = "has no `#[ffi(state)]`",
    note = "put `#[ffi(state)]` on the struct that holds the library's state"
)]
pub unsafe trait Library: Sized + 'static {
    /// The name that begins every symbol.
    const NAME: &'static str;
    /// The version of the crate that declares the library.
    const VERSION: &'static str;
    /// The struct's documentation, one string a line as rustc keeps it.
    const DOCS: &'static [&'static str];
    /// The limits.
    const OPTIONS: Options;
    /// Whether inline handlers read its states on their callers' threads.
    const SHARED: bool;
    /// Evaluates where the library has a constructor; every method asks for it.
    #[doc(hidden)]
    const CONSTRUCTED: () = ();

    /// Points to the one static of the library.
    fn cell_pointer() -> CellPointer<Self>;
}

/// A pointer to what a library has at run time, the type of which only layers above know.
#[derive(Debug)]
pub struct CellPointer<S> {
    address: *const (),
    library: PhantomData<fn(S) -> S>,
}

impl<S> CellPointer<S> {
    /// Points to the static of the library `S`.
    pub(crate) const fn to<T>(cell: &'static T) -> Self {
        Self { address: std::ptr::from_ref(cell).cast(), library: PhantomData }
    }

    /// Where the static is.
    #[inline]
    pub(crate) const fn address(self) -> *const () {
        self.address
    }
}

/// The library of this name, in any crate: a function that has only the name finds the
/// state, since rustc sees that one type implements [`LibraryNamed`].
#[derive(Debug)]
pub struct Named<const HASH: u64>;

/// The state of the library that [`Named`] stands for.
#[diagnostic::on_unimplemented(
    message = "there is no library of this name",
    label = "no crate that is used here has a library of this name with a state",
    note = "write `#[ffi(state)]` on a struct in the library's own crate, where `struct L;` will do, and depend on that crate"
)]
pub trait LibraryNamed<S> {}

/// A library that was found, whose state rustc infers. Every part of a function's expansion finds it with
/// the same tokens at the same span, so that rustc reports a missing library once.
#[derive(Debug)]
pub struct Found<S>(PhantomData<fn() -> S>);

impl<S: Library> Found<S> {
    /// The library of a state that is known.
    pub const NEW: Self = Self(PhantomData);
}

/// What `library!` declares where the crate has no `#[ffi(state)]`: the library of functions without a state. A state
/// declares an inherent constant of the name, which rustc takes before this one.
pub trait WithoutState: Library {
    /// The library of the crate.
    const THE_ONE_STATE_OF_THE_LIBRARY: Found<Self> = Found::NEW;
}

/// Finds the library of a name.
#[inline]
pub const fn library_named<L: LibraryNamed<S>, S: Library>() -> Found<S> {
    Found(PhantomData)
}

/// Returns FNV-1a 64 of a library's name.
pub const fn name_hash(name: &str) -> u64 {
    let (bytes, mut at, mut hash) = (name.as_bytes(), 0, 0xcbf2_9ce4_8422_2325);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}
