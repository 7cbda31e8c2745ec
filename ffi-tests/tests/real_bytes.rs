//! What decoding takes of the budget is no less than the allocator takes for it: each block with its
//! header, as large as it is and not as was asked for, and two while a list grows.
//!
//! Alone in its process, because it counts what the allocator gives out.

#[allow(dead_code, reason = "its reader is for the tests it was written for")]
mod oracle;

use every::everything::{Block, Everything, Link, Page, Tree};
use fastrand::Rng;
use ffi_runtime::{FfiType, ffi, from_cbor, to_cbor};
use oracle::{Read, damage};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

thread_local! {
    /// What this thread holds, and the most that it held, in bytes of the allocator's.
    static HELD: Cell<(isize, isize)> = const { Cell::new((0, 0)) };
}

/// The system's allocator, counting what its blocks take.
struct Counting;

fn count(bytes: isize) {
    let _ = HELD.try_with(|held| {
        let now = held.get().0 + bytes;
        held.set((now, held.get().1.max(now)));
    });
}

/// What a block takes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn taken(block: *mut u8, size: usize) -> isize {
    // One with pages of its own has a header of two words.
    let header = if size < 128 << 10 { 1 } else { 2 } * size_of::<usize>();
    // SAFETY: the block is alive.
    (unsafe { libc::malloc_usable_size(block.cast()) } + header) as isize
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn taken(_block: *mut u8, size: usize) -> isize {
    size as isize
}

// SAFETY: all is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        let block = unsafe { System.alloc(layout) };
        count(taken(block, layout.size()));
        block
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        count(-taken(ptr, layout.size()));
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let before = taken(ptr, layout.size());
        // SAFETY: the caller's promise.
        let block = unsafe { System.realloc(ptr, layout, size) };
        // It may have moved, and then there were both.
        count(taken(block, size));
        count(-before);
        block
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What a fault takes at most, with its path.
const OF_THE_FAULT: isize = 4 << 10;

/// Asserts that no more is held than the budget, whatever it is; gives the least that is enough.
#[track_caller]
fn within_every_budget<T: FfiType>(bytes: &[u8], from: &str) -> usize {
    let (mut least, mut most) = (0, 1 << 30);
    while least < most {
        let budget = usize::midpoint(least, most);
        HELD.set((0, 0));
        let read = from_cbor::<T>(bytes, budget);
        let beside = if read.is_ok() { 0 } else { OF_THE_FAULT };
        let held = HELD.get().1;
        assert!(held <= budget as isize + beside, "{from}: {held} bytes of a budget of {budget}: {bytes:02x?}");
        (least, most) = if read.is_ok() { (least, budget) } else { (budget + 1, most) };
    }
    least
}

/// What costs one byte on the wire and eight blocks in memory.
#[ffi]
struct Boxes {
    a: Box<Option<u8>>,
    b: Box<Option<u8>>,
    c: Box<Option<u16>>,
    d: Box<Option<u32>>,
    e: Box<Option<u64>>,
    f: Box<Option<String>>,
    g: Box<Option<Box<u8>>>,
    h: Box<Option<Vec<u8>>>,
}

/// A list of so many such items.
fn list(count: usize, item: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x9a];
    bytes.extend(u32::try_from(count).expect("small").to_be_bytes());
    bytes.extend(item.repeat(count));
    bytes
}

/// The same in another form, without a count.
fn open(first: u8, count: usize, item: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    bytes.extend(item.repeat(count));
    bytes.push(0xff);
    bytes
}

/// A head with a length of four bytes.
fn head(major: u8, len: usize) -> Vec<u8> {
    let mut bytes = vec![major << 5 | 26];
    bytes.extend(u32::try_from(len).expect("small").to_be_bytes());
    bytes
}

#[test]
fn lists_of_small_blocks_are_charged_for_their_blocks() {
    for count in (0..70).chain([100, 1_000, 4_097]) {
        for bytes in [list(count, &[1]), open(0x9f, count, &[1])] {
            within_every_budget::<Vec<Box<u8>>>(&bytes, "Vec<Box<u8>>");
            within_every_budget::<Vec<Option<Box<u64>>>>(&bytes, "Vec<Option<Box<u64>>>");
            within_every_budget::<Vec<Box<Box<u16>>>>(&bytes, "Vec<Box<Box<u16>>>");
            within_every_budget::<Vec<u8>>(&bytes, "Vec<u8>");
            within_every_budget::<Vec<u16>>(&bytes, "Vec<u16>");
            within_every_budget::<Vec<f64>>(&bytes, "Vec<f64>");
        }
        for bytes in [list(count, &[0x41, 1]), open(0x9f, count, &[0x41, 1])] {
            within_every_budget::<Vec<Vec<u8>>>(&bytes, "Vec<Vec<u8>>");
        }
        within_every_budget::<Vec<Vec<bool>>>(&list(count, &[0x82, 0xf5, 0xf4]), "Vec<Vec<bool>>");
        within_every_budget::<Vec<String>>(&list(count, b"\x61a"), "Vec<String>");
        within_every_budget::<Vec<Boxes>>(&list(count, &[0xa0]), "Vec<Boxes>");
        within_every_budget::<Vec<Option<Boxes>>>(&open(0x9f, count, &[0xa0]), "Vec<Option<Boxes>>");
    }
}

#[test]
fn texts_and_bytes_of_any_length_are_charged_for_their_block() {
    for len in (0..200).chain([1_000, 4_096, 131_000, 131_048, 131_064, 131_072, 300_000]) {
        for major in [2, 3] {
            let mut bytes = head(major, len);
            bytes.resize(bytes.len() + len, b'a');
            let chunk = [head(major, len / 3), vec![b'a'; len / 3]].concat();
            let chunks = open(major << 5 | 31, 4, &chunk);
            for bytes in [bytes, chunks] {
                if major == 2 {
                    within_every_budget::<Vec<u8>>(&bytes, "bytes");
                } else {
                    within_every_budget::<String>(&bytes, "text");
                }
            }
        }
    }
}

/// The number as CBOR.
fn number(number: u32) -> Vec<u8> {
    head(0, number as usize)
}

/// Asserts the same, and that not much more is charged than is held.
#[track_caller]
fn charged_fairly<T: FfiType>(bytes: &[u8], from: &str) {
    let least = within_every_budget::<T>(bytes, from);
    HELD.set((0, 0));
    drop(from_cbor::<T>(bytes, usize::MAX));
    let held = HELD.get().1 as usize;
    assert!(least <= 3 * held + 1024, "{from}: {least} bytes are charged for {held}");
}

#[test]
fn collections_are_charged_for_their_nodes_and_places() {
    let mut rng = Rng::with_seed(1);
    for count in (0..80).chain([200, 1_000, 3_000]) {
        let ascending: Vec<u32> = (0..count).collect();
        let descending: Vec<u32> = ascending.iter().rev().copied().collect();
        let mut shuffled = ascending.clone();
        rng.shuffle(&mut shuffled);
        // A tree has the least in its nodes where each is split and then left alone.
        let outwards = ascending.iter().map(|at| if at % 2 == 0 { count + at } else { count - at }).collect();
        for keys in [ascending, descending, shuffled, outwards] {
            let len = keys.len();
            let set: Vec<u8> = keys.iter().flat_map(|&key| number(key)).collect();
            for bytes in [[head(4, len), set.clone()].concat(), [vec![0x9f], set.clone(), vec![0xff]].concat()] {
                charged_fairly::<BTreeSet<u32>>(&bytes, "BTreeSet<u32>");
                charged_fairly::<HashSet<u32>>(&bytes, "HashSet<u32>");
                charged_fairly::<HashSet<u64>>(&bytes, "HashSet<u64>");
                charged_fairly::<VecDeque<u64>>(&bytes, "VecDeque<u64>");
                charged_fairly::<Box<[u32]>>(&bytes, "Box<[u32]>");
                charged_fairly::<Arc<[u32]>>(&bytes, "Arc<[u32]>");
            }
            let map: Vec<u8> = keys.iter().flat_map(|&key| [number(key), b"\x61a".to_vec()].concat()).collect();
            for bytes in [[head(5, len), map.clone()].concat(), [vec![0xbf], map, vec![0xff]].concat()] {
                charged_fairly::<BTreeMap<u32, String>>(&bytes, "BTreeMap<u32, String>");
                charged_fairly::<HashMap<u64, Arc<str>>>(&bytes, "HashMap<u64, Arc<str>>");
                charged_fairly::<BTreeMap<i128, Box<str>>>(&bytes, "BTreeMap<i128, Box<str>>");
                charged_fairly::<HashMap<u32, Arc<String>>>(&bytes, "HashMap<u32, Arc<String>>");
                charged_fairly::<BTreeMap<u32, PathBuf>>(&[0xa0], "an empty map");
            }
        }
    }
    for bytes in [&b"\x84aaaaaaaa"[..], b"\x8461a61b61c61d"] {
        within_every_budget::<[String; 4]>(bytes, "[String; 4]");
    }
    within_every_budget::<IpAddr>(b"\x693127.0.0.1", "IpAddr");
    charged_fairly::<[u8; 300]>(&[head(2, 300), vec![1; 300]].concat(), "[u8; 300]");
    charged_fairly::<[Vec<u8>; 2]>(b"\x82\x41a\x41b", "[Vec<u8>; 2]");
}

fn values_of_a_type<T: FfiType + Read>(rng: &mut Rng, from: &str) {
    let bytes = to_cbor(&T::make(rng, 3)).expect("encodes");
    let mut other = Vec::new();
    damage::another_form(&ciborium::from_reader(&bytes[..]).expect("CBOR"), rng, &mut other);
    within_every_budget::<T>(&bytes, from);
    within_every_budget::<T>(&other, from);
}

#[test]
fn values_of_every_type_are_charged_for_their_blocks() {
    for seed in 0..150 {
        let (mut rng, from) = (Rng::with_seed(seed), format!("seed {seed}"));
        values_of_a_type::<Everything>(&mut rng, &from);
        values_of_a_type::<Tree>(&mut rng, &from);
        values_of_a_type::<Link>(&mut rng, &from);
        values_of_a_type::<Block>(&mut rng, &from);
        values_of_a_type::<Vec<Page>>(&mut rng, &from);
        values_of_a_type::<Vec<Option<Everything>>>(&mut rng, &from);
        values_of_a_type::<Vec<Box<Option<Tree>>>>(&mut rng, &from);
        values_of_a_type::<Vec<Vec<Option<Box<Link>>>>>(&mut rng, &from);
    }
}
