//! Requests that are as long as one likes, and may be meant to take longer than their length.

use ffi_runtime::{ffi, from_cbor};
use std::hint::black_box;

/// A type with few of its keys in a hostile request.
#[ffi]
#[derive(Debug)]
struct Victim {
    list: Option<Vec<i64>>,
    lists: Option<Vec<Vec<u8>>>,
    options: Option<Vec<Option<u8>>>,
    bytes: Option<Vec<u8>>,
    text: Option<String>,
    inner: Option<Vec<Victim>>,
}

/// What stands before, what is repeated, and what stands after.
type Pattern = (&'static str, &'static [u8], &'static [u8], &'static [u8]);

const PATTERNS: [Pattern; 9] = [
    ("hostile_list", b"\xa1\x64list\x9f", b"\x01", b"\xff"),
    ("hostile_lists", b"\xa1\x65lists\x9f", b"\x9f\x01\xff", b"\xff"),
    ("hostile_options", b"\xa1\x67options\x9f", b"\xf6", b"\xff"),
    ("hostile_chunks_of_bytes", b"\xa1\x65bytes\x5f", b"\x41\x00", b"\xff"),
    ("hostile_chunks_of_text", b"\xa1\x64text\x7f", b"\x61x", b"\xff"),
    ("hostile_ignored", b"\xa1\x61x\x9f", b"\x82\x01\xa1\x01\x02", b"\xff"),
    ("hostile_keys", b"\xbf", b"\x61x\x01", b"\xff"),
    ("hostile_tags", b"\xa1\x64text", b"\xc1", b"\x60"),
    ("hostile_records", b"\xa1\x65inner\x9f", b"\xa1\x64list\x80", b"\xff"),
];

/// The names of the cases.
pub fn names() -> impl Iterator<Item = &'static str> {
    PATTERNS.iter().map(|pattern| pattern.0)
}

/// Reads the pattern of this name once, repeated so often; `false` where there is no such pattern.
pub fn run(name: &str, count: u64) -> bool {
    let Some((_, before, repeated, after)) = PATTERNS.iter().find(|pattern| pattern.0 == name) else { return false };
    let count = usize::try_from(count).expect("it is made in memory");
    let bytes = [before, repeated.repeat(count).as_slice(), after].concat();
    from_cbor::<Victim>(black_box(&bytes), usize::MAX / 4).expect("it is long, and sound");
    true
}
