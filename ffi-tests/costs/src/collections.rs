//! Maps and sets: reading and writing a thousand entries, and as many as one likes.

use crate::wire::Case;
use ffi_runtime::{FfiType, from_cbor, to_cbor};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hint::black_box;

/// How many entries are counted.
pub const ENTRIES: usize = 1_000;

/// What is counted, by name.
const CASES: [(&str, Case); 6] = [
    ("decode_numbers", |count| decode(count, &numbers(), counted_decode_numbers)),
    ("insert_numbers", |count| insert(count, &numbers(), counted_insert_numbers)),
    ("decode_texts", |count| decode(count, &texts(), counted_decode_texts)),
    ("insert_texts", |count| insert(count, &texts(), counted_insert_texts)),
    ("decode_table", |count| decode(count, &table(), counted_decode_table)),
    ("insert_table", |count| insert(count, &table(), counted_insert_table)),
];

/// The case of this name.
pub fn case_of(name: &str) -> Option<Case> {
    CASES.iter().find(|(known, _)| *known == name).map(|&(_, case)| case)
}

type Numbers = BTreeMap<u64, u64>;
type Texts = BTreeMap<String, String>;
type Table = HashMap<u64, u64>;

/// Numbers in no order.
fn scattered() -> impl Iterator<Item = u64> {
    (0..ENTRIES as u64).map(|at| at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16)
}

fn numbers() -> Numbers {
    scattered().map(|at| (at, at / 2)).collect()
}

fn texts() -> Texts {
    scattered().map(|at| (format!("key {at}"), format!("value {at}"))).collect()
}

fn table() -> Table {
    scattered().map(|at| (at, at / 2)).collect()
}

fn decode<T: FfiType>(count: u64, value: &T, by: fn(&[u8]) -> T) {
    let bytes = to_cbor(value).expect("encodes");
    for _ in 0..count {
        black_box(by(black_box(&bytes)));
    }
}

/// Inserts in the order in which the entries are read.
fn insert<M, K: FfiType + Clone, V: Clone>(count: u64, map: &M, by: fn(&[(K, V)]) -> M)
where
    for<'m> &'m M: IntoIterator<Item = (&'m K, &'m V)>,
{
    let mut entries: Vec<(K, V)> = map.into_iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    entries.sort_by_cached_key(|(key, _)| to_cbor(key).expect("encodes"));
    for _ in 0..count {
        black_box(by(black_box(&entries)));
    }
}

// Only these are counted, by their names: what drops a value isn't.

#[inline(never)]
fn counted_decode_numbers(bytes: &[u8]) -> Numbers {
    from_cbor(bytes, 1 << 24).expect("decodes")
}

#[inline(never)]
fn counted_insert_numbers(entries: &[(u64, u64)]) -> Numbers {
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(*key, *value);
    }
    map
}

#[inline(never)]
fn counted_decode_texts(bytes: &[u8]) -> Texts {
    from_cbor(bytes, 1 << 24).expect("decodes")
}

#[inline(never)]
fn counted_insert_texts(entries: &[(String, String)]) -> Texts {
    let mut map = BTreeMap::new();
    for (key, value) in entries {
        map.insert(key.clone(), value.clone());
    }
    map
}

#[inline(never)]
fn counted_decode_table(bytes: &[u8]) -> Table {
    from_cbor(bytes, 1 << 24).expect("decodes")
}

#[inline(never)]
fn counted_insert_table(entries: &[(u64, u64)]) -> Table {
    let mut map = HashMap::new();
    for (key, value) in entries {
        map.insert(*key, *value);
    }
    map
}

/// What is done once, with so many entries.
const GROWING: [(&str, Case); 6] = [
    ("map_ascending", |count| read_map::<BTreeMap<u32, bool>>(0..count as u32)),
    ("map_descending", |count| read_map::<BTreeMap<u32, bool>>((0..count as u32).rev())),
    ("map_hashed", |count| read_map::<HashMap<u32, bool>>((0..count as u32).rev())),
    ("set_ascending", |count| read_set::<BTreeSet<u32>>(0..count as u32)),
    ("set_hashed", |count| read_set::<HashSet<u32>>((0..count as u32).rev())),
    ("map_written", |count| {
        let map: HashMap<u32, String> = (0..count as u32).map(|key| (key, String::new())).collect();
        black_box(to_cbor(&map).expect("encodes"));
    }),
];

/// The names of those.
pub fn growing() -> impl Iterator<Item = &'static str> {
    GROWING.iter().map(|(name, _)| *name)
}

/// Does that once; `false` where there is no such case.
pub fn grow(name: &str, count: u64) -> bool {
    let found = GROWING.iter().find(|(known, _)| *known == name);
    found.is_some_and(|(_, case)| {
        case(count);
        true
    })
}

fn read_map<M: FfiType>(keys: impl ExactSizeIterator<Item = u32>) {
    let mut bytes = vec![0xba];
    bytes.extend((keys.len() as u32).to_be_bytes());
    for key in keys {
        bytes.push(0x1a);
        bytes.extend(key.to_be_bytes());
        bytes.push(0xf5);
    }
    black_box(from_cbor::<M>(black_box(&bytes), usize::MAX / 4).expect("it is long, and sound"));
}

fn read_set<S: FfiType>(values: impl ExactSizeIterator<Item = u32>) {
    let mut bytes = vec![0x9a];
    bytes.extend((values.len() as u32).to_be_bytes());
    for value in values {
        bytes.push(0x1a);
        bytes.extend(value.to_be_bytes());
    }
    black_box(from_cbor::<S>(black_box(&bytes), usize::MAX / 4).expect("it is long, and sound"));
}
