//! Rules about a whole library that rustc checks: one constructor, on the state of a library.

use super::library::Library;
use std::marker::PhantomData;

/// Marks a state that has a constructor: a second constructor is a second impl, which rustc refuses.
pub trait OneConstructor {}

/// Tests bounds of a state while compiling, with [`Unless`] in scope: rustc takes the inherent constant
/// where its bound holds, and that trait's constant of the same name elsewhere.
pub struct Probe<S>(PhantomData<S>);

impl<S: Library> Probe<S> {
    /// Whether it is the state of a library.
    pub const IS_LIBRARY: bool = true;
    /// Evaluates where it has a constructor, which what is no library need not have.
    pub const CONSTRUCTED: () = S::CONSTRUCTED;
}

impl<S: OneConstructor> Probe<S> {
    /// Whether it has a constructor.
    pub const HAS_CONSTRUCTOR: bool = true;
}

/// The constants of [`Probe`] where a bound does not hold.
pub trait Unless {
    /// See [`Probe`].
    const IS_LIBRARY: bool = false;
    /// See [`Probe`].
    const HAS_CONSTRUCTOR: bool = false;
    /// See [`Probe`].
    const CONSTRUCTED: () = ();
}

impl<S> Unless for Probe<S> {}
