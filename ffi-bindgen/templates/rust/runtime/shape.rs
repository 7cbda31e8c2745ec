//! What crosses, as it is spelled for the traits of both paths.
//!
//! Mostly it is the type of the values themselves. A list of pairs is a map where that is meant, and what a host lends
//! may have an address of its own in C: such shapes only say how values cross that have another type.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What crosses.
pub(crate) trait Shape: Sized {
    /// The type of its values.
    type Value;
}

/// A value that crosses as a box does, by its address.
pub(crate) struct Boxed<S>(PhantomData<S>);

/// A map that is a list of pairs in Rust.
pub(crate) struct Entries<L>(PhantomData<L>);

/// A set that is a list in Rust.
pub(crate) struct Distinct<L>(PhantomData<L>);

/// Types whose values cross as what they are.
macro_rules! own {
    ($($ty:ty)*) => { $(
        impl Shape for $ty {
            type Value = Self;
        }
    )* };
}

own!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char String);
own!(Duration SystemTime PathBuf IpAddr SocketAddr &str &Path);

impl Shape for () {
    type Value = Self;
}

impl<'a, S: Shape> Shape for &'a S {
    type Value = &'a S::Value;
}

impl<'a, S: Shape> Shape for &'a [S] {
    type Value = &'a [S::Value];
}

impl<S: Shape> Shape for Vec<S> {
    type Value = Vec<S::Value>;
}

impl<S: Shape> Shape for Option<S> {
    type Value = Option<S::Value>;
}

impl<S: Shape> Shape for Box<S> {
    type Value = Box<S::Value>;
}

impl<S: Shape> Shape for Boxed<S> {
    type Value = S::Value;
}

impl<S: Shape, const N: usize> Shape for [S; N] {
    type Value = [S::Value; N];
}

impl<K: Shape, V: Shape> Shape for BTreeMap<K, V> {
    type Value = BTreeMap<K::Value, V::Value>;
}

impl<S: Shape> Shape for BTreeSet<S> {
    type Value = BTreeSet<S::Value>;
}

impl<L: Shape> Shape for Entries<L> {
    type Value = L::Value;
}

impl<L: Shape> Shape for Distinct<L> {
    type Value = L::Value;
}

macro_rules! tuples {
    ($($($S:ident)*;)*) => { $(
        impl<$($S: Shape),*> Shape for ($($S,)*) {
            type Value = ($($S::Value,)*);
        }
    )* };
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}
