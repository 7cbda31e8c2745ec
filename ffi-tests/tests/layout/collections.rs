//! Measures maps, sets, tuples and arrays, and what is two numbers.

use super::{Rust, size_at};
use every::everything::{Level, Piece, Point, Shelf};
use ffi_runtime::{ByLength, FfiType, PodArray, PodEntry, PodList, PodTuple1, PodTuple2};
use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;
use std::mem::offset_of;
use std::net::{IpAddr, SocketAddr};
use std::num::{NonZeroI64, NonZeroU8};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

type C<T> = <T as FfiType>::Pod<ByLength>;

/// A key that a tree need not compare, as only its form counts.
type Map<K, V> = std::collections::HashMap<K, V>;

impl Rust {
    fn pointer_and_len<P>(&mut self, name: &str) {
        let [ptr, len] = [offset_of!(PodList<P>, ptr), offset_of!(PodList<P>, len)];
        self.field(name, "ptr", ptr, size_at(|it: &PodList<P>| &it.ptr));
        self.field(name, "len", len, size_at(|it: &PodList<P>| &it.len));
    }

    fn map<K: FfiType + Eq + Hash, V: FfiType>(&mut self) {
        let name = self.mirror::<Map<K, V>>();
        self.pointer_and_len::<PodEntry<C<K>, C<V>>>(&name);
        let entry = name.replacen("map2", "entry2", 1);
        let [key, value] = [offset_of!(PodEntry<C<K>, C<V>>, key), offset_of!(PodEntry<C<K>, C<V>>, value)];
        self.field(&entry, "key", key, size_of::<C<K>>());
        self.field(&entry, "value", value, size_of::<C<V>>());
    }

    fn set<T: FfiType + Eq + Hash>(&mut self) {
        let name = self.mirror::<HashSet<T>>();
        self.pointer_and_len::<C<T>>(&name);
    }

    fn pair<A: FfiType, B: FfiType>(&mut self) {
        let name = self.mirror::<(A, B)>();
        let [first, second] = [offset_of!(PodTuple2<C<A>, C<B>>, _0), offset_of!(PodTuple2<C<A>, C<B>>, _1)];
        self.field(&name, "_0", first, size_of::<C<A>>());
        self.field(&name, "_1", second, size_of::<C<B>>());
    }

    fn single<A: FfiType>(&mut self) {
        let name = self.mirror::<(A,)>();
        self.field(&name, "_0", offset_of!(PodTuple1<C<A>>, _0), size_of::<C<A>>());
    }

    fn array<T: FfiType, const N: usize>(&mut self) {
        let name = self.mirror::<[T; N]>();
        self.field(&name, "items", offset_of!(PodArray<C<T>, N>, items), N * size_of::<C<T>>());
    }

    /// Those that the library mentions; the test fails where one is missing.
    pub(super) fn collections(&mut self) {
        self.mirror::<i128>();
        self.mirror::<u128>();
        self.mirror::<Duration>();
        self.mirror::<SystemTime>();
        self.map::<String, i32>();
        self.map::<String, u32>();
        self.map::<Level, Point>();
        self.map::<Level, Vec<Point>>();
        self.map::<i64, Vec<String>>();
        self.map::<char, u8>();
        self.map::<bool, u8>();
        self.map::<bool, BTreeMap<char, u8>>();
        self.map::<char, BTreeMap<bool, u8>>();
        self.map::<(i16, i16), Option<String>>();
        self.map::<i128, Piece>();
        self.map::<IpAddr, Duration>();
        self.map::<String, Piece>();
        self.map::<PathBuf, IpAddr>();
        self.map::<Duration, SystemTime>();
        self.map::<Vec<u8>, [u8; 2]>();
        self.map::<Option<char>, u8>();
        self.set::<String>();
        self.set::<u8>();
        self.set::<u16>();
        self.set::<[u8; 3]>();
        self.set::<(u8, String)>();
        self.set::<SocketAddr>();
        self.set::<SystemTime>();
        self.set::<Option<u16>>();
        self.pair::<String, u64>();
        self.pair::<i16, i16>();
        self.pair::<i32, String>();
        self.pair::<u8, String>();
        self.pair::<bool, char>();
        self.pair::<u8, Option<u16>>();
        self.pair::<Piece, Option<Point>>();
        self.pair::<NonZeroI64, NonZeroU8>();
        self.single::<f32>();
        self.single::<Level>();
        self.array::<u8, 2>();
        self.array::<u8, 3>();
        self.array::<u8, 4>();
        self.array::<i16, 2>();
        self.array::<i32, 3>();
        self.array::<String, 2>();
        self.array::<[i16; 2], 3>();
        self.array::<[u8; 2], 2>();
        self.array::<Piece, 2>();
        self.mirror::<Box<[Piece; 2]>>();
        self.list::<(bool, char)>();
        self.list::<Duration>();
        self.list::<i128>();
        self.list::<PathBuf>();
        self.option::<BTreeMap<char, BTreeMap<bool, u8>>>();
        self.option::<(u8, Option<u16>)>();
        self.option::<u16>();
        self.option::<SystemTime>();
        self.option::<u128>();
        self.option::<IpAddr>();
        self.option::<SocketAddr>();
        self.mirror::<Shelf>();
        self.mirror::<Piece>();
    }
}
