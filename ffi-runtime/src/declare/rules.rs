//! Rules about a whole library that rustc checks: one constructor, on the state of a library.

use super::library::Library;
use std::marker::PhantomData;

/// The mark of a state that has a constructor: a second one is a second impl.
pub trait OneConstructor {}

/// Tells while compiling what holds for a state, with [`Unless`] in scope: an inherent constant
/// where its bound holds, that trait's constant of the same name elsewhere.
pub struct Probe<S>(PhantomData<S>);

impl<S: Library> Probe<S> {
    /// Whether it is the state of a library.
    pub const IS_LIBRARY: bool = true;
}

impl<S: OneConstructor> Probe<S> {
    /// Whether it has a constructor.
    pub const HAS_CONSTRUCTOR: bool = true;
}

/// What [`Probe`] tells where a bound does not hold.
pub trait Unless {
    /// See [`Probe`].
    const IS_LIBRARY: bool = false;
    /// See [`Probe`].
    const HAS_CONSTRUCTOR: bool = false;
}

impl<S> Unless for Probe<S> {}
