//! How handlers borrow their state, and whether other threads may read it.

use super::library::Library;
use std::ptr::NonNull;

/// How a handler borrows its state.
///
/// # Safety
/// [`Access::EXCLUSIVE`] must be true unless any number of [`Access::Ref`]s may exist at once, and
/// [`Access::borrow`] must only borrow.
pub unsafe trait Access: 'static {
    /// The reference the author's function takes.
    type Ref<'a, S: 'static>;
    /// Whether the handler runs alone.
    const EXCLUSIVE: bool;

    /// Borrows the state.
    ///
    /// # Safety
    /// `state` must be valid for `'a`, and no reference may exist in `'a` that Rust's rules
    /// for [`Access::Ref`] forbid.
    unsafe fn borrow<'a, S: 'static>(state: NonNull<S>) -> Self::Ref<'a, S>;
}

/// `&State`: runs beside other shared handlers.
#[derive(Debug)]
pub struct Shared;

/// `&mut State`: runs alone.
#[derive(Debug)]
pub struct Exclusive;

// SAFETY: shared references may be as many as they like.
unsafe impl Access for Shared {
    type Ref<'a, S: 'static> = &'a S;
    const EXCLUSIVE: bool = false;

    unsafe fn borrow<'a, S: 'static>(state: NonNull<S>) -> &'a S {
        // SAFETY: the caller's promise.
        unsafe { state.as_ref() }
    }
}

// SAFETY: the handler runs alone.
unsafe impl Access for Exclusive {
    type Ref<'a, S: 'static> = &'a mut S;
    const EXCLUSIVE: bool = true;

    unsafe fn borrow<'a, S: 'static>(mut state: NonNull<S>) -> &'a mut S {
        // SAFETY: the caller's promise.
        unsafe { state.as_mut() }
    }
}

/// A way to borrow the state `S` that is sound.
///
/// # Safety
/// Where other threads than the worker may read `S`, the reference must be a shared one.
pub unsafe trait AccessOf<S> {}

// SAFETY: a shared reference.
unsafe impl<S> AccessOf<S> for Shared {}

// SAFETY: the worker alone uses such a state.
unsafe impl<S: Unshared> AccessOf<S> for Exclusive {}

/// A state that its worker alone uses, so that a handler may borrow it alone.
///
/// # Safety
/// [`Library::SHARED`] must be false for it.
#[diagnostic::on_unimplemented(
    message = "a handler can take `&mut {Self}` only where its worker alone uses the state, which that of a `shared` library is not",
    label = "takes a state that other threads may be reading",
    note = "take `&{Self}` and keep what changes in a `Mutex` or an atomic; or remove `shared` from the library, and `inline` from its handlers"
)]
pub unsafe trait Unshared {}

/// A state that other threads than its worker may read.
///
/// # Safety
/// [`Library::SHARED`] must be true for it, and it must not be [`Unshared`].
#[diagnostic::on_unimplemented(
    message = "no handler can run inline on `{Self}`, because only its worker may use it",
    label = "not the state of a `shared` library",
    note = "write `shared` among the options of `library!`, which takes `Send + Sync` and refuses `&mut State` handlers; or remove `inline`"
)]
pub unsafe trait SharedState: Library + Send + Sync {}
