//! What expansions get of a field: types that name its C form.
//!
//! rustc reports a type that does not cross where an expansion names its C form, at each place in the same words, and so
//! it prints them once. Of a method that does not name it, rustc would report the bound in other words. So the
//! methods for fields of [`FfiType`](crate::FfiType) name it in their signatures, by these types.

use std::marker::PhantomData;

/// What came of a field whose C form is `P`: its value where it was read.
#[derive(Debug)]
pub struct Crossed<P, T = ()>(pub T, PhantomData<P>);

impl<P, T> Crossed<P, T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(value, PhantomData)
    }
}

/// The value of a field whose C form is `P`, if its entry was read.
#[derive(Debug)]
pub struct Entry<T, P> {
    pub(crate) value: Option<T>,
    form: PhantomData<P>,
}

impl<T, P> Entry<T, P> {
    pub(crate) const fn new(value: Option<T>) -> Self {
        Self { value, form: PhantomData }
    }
}
