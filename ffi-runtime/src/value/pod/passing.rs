//! How a native parameter is passed: by its value, or by a pointer to it where its C form holds a union.
//!
//! Libraries that call C functions by their description at run time (libffi, and so ctypes and others) know no unions,
//! and pass garbage where one stands inside a struct. So no union is passed by value.

use super::check_aligned;
use crate::error::{Fault, FaultKind};
use std::marker::PhantomData;

/// How a parameter is passed whose type has this [`FfiType::BY_POINTER`](crate::FfiType::BY_POINTER).
///
/// It is told by a number and not by a type of the parameter's: rustc tells of a type that does not cross wherever a
/// type depends on it, but of a number that it could not compute once.
#[derive(Debug)]
pub enum Passed<const BY_POINTER: bool> {}

/// What a parameter is in C.
pub trait Passing {
    /// A parameter whose C form is `P`.
    type Param<P>;
}

/// The parameter is the form itself.
impl Passing for Passed<false> {
    type Param<P> = P;
}

/// The parameter points to the form, and is lent for the call.
impl Passing for Passed<true> {
    type Param<P> = *const P;
}

/// Whether a parameter is a pointer whose C form is `P`, named so that rustc reports a type that does not cross in the
/// usual words.
#[derive(Debug)]
pub struct Pointed<P> {
    is_pointer: bool,
    form: PhantomData<P>,
}

impl<P> Pointed<P> {
    pub(crate) const fn new(is_pointer: bool) -> Self {
        Self { is_pointer, form: PhantomData }
    }

    /// Returns whether it is one.
    pub const fn get(self) -> bool {
        self.is_pointer
    }
}

/// Returns the pointer that is a parameter.
///
/// # Errors
/// That of a pointer that is NULL or not aligned.
#[inline]
pub(crate) fn check_lent<P>(pod: *const P) -> Result<*const P, Fault> {
    if pod.is_null() {
        return Err(FaultKind::Null.into());
    }
    check_aligned(pod)?;
    Ok(pod)
}

/// Returns whether one of these is true.
pub const fn any<const N: usize>(all: [bool; N]) -> bool {
    let mut all = all.as_slice();
    while let [first, others @ ..] = all {
        if *first {
            return true;
        }
        all = others;
    }
    false
}
