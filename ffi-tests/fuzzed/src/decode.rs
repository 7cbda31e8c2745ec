//! CBOR as values of every type, within a budget of memory.

use crate::allocator::most_held;
use crate::oracle::{self, Read};
use every::everything::{Block, Everything, Link, Page, Piece, Point, Shelf, Tree};
use ffi_runtime::{FfiType, ffi, from_cbor, from_pod, to_cbor, to_pod};
use std::fmt::Debug;

/// Some that run out soon, and one that never does.
const BUDGETS: [usize; 4] = [1 << 24, 100, 1_000, 20_000];

/// What a fault takes at most, with its path and its text.
const OF_THE_FAULT: usize = 4_096;

/// What costs one byte on the wire, where the key is missing, and much more in memory.
#[ffi]
#[derive(Debug)]
struct Hollow {
    filling: Box<Option<Everything>>,
}

/// Reads the bytes behind the first as a value of the type that the first one says.
pub fn decode(data: &[u8]) {
    let Some((&first, bytes)) = data.split_first() else { return };
    let budget = BUDGETS[usize::from(first >> 4) % BUDGETS.len()];
    match first & 0xf {
        0 => is_read_alike::<Everything>(bytes, budget),
        1 => is_read_alike::<Tree>(bytes, budget),
        2 => is_read_alike::<Link>(bytes, budget),
        3 => is_read_alike::<Vec<Vec<i32>>>(bytes, budget),
        4 => is_read_alike::<Vec<Option<Everything>>>(bytes, budget),
        5 => is_read_alike::<Vec<Option<Point>>>(bytes, budget),
        6 => is_read_alike::<Vec<Option<Box<Link>>>>(bytes, budget),
        7 => is_read_alike::<Vec<Vec<u8>>>(bytes, budget),
        8 => is_read_alike::<Vec<Option<String>>>(bytes, budget),
        9 => is_read_alike::<Vec<Box<Box<u8>>>>(bytes, budget),
        10 => is_read_alike::<String>(bytes, budget),
        11 => is_read_alike::<Block>(bytes, budget),
        12 => is_read_alike::<Vec<Page>>(bytes, budget),
        13 => is_stable::<Shelf>(bytes, budget),
        14 => is_stable::<Vec<Piece>>(bytes, budget),
        _ => drop(comes_back::<Vec<Hollow>>(bytes, budget)),
    }
}

/// Asserts that the runtime and the oracle say the same, in the same words.
fn is_read_alike<T: FfiType + Read + Debug>(bytes: &[u8], budget: usize) {
    let ours = comes_back::<T>(bytes, budget);
    let expected = oracle::reader::read::<T>(bytes, budget).map_err(|fault| fault.to_string());
    let expected = expected.map(|value| to_cbor(&value).expect("encodes"));
    assert_eq!(ours, expected, "the oracle says otherwise");
}

/// What the value is as it is sent, if it is one: that is read as the same value again.
fn comes_back<T: FfiType + Debug>(bytes: &[u8], budget: usize) -> Result<Vec<u8>, String> {
    let value = within_budget::<T>(bytes, budget).map_err(|fault| fault.to_string())?;
    let sent = to_cbor(&value).expect("what was read can be sent");
    let again = within_budget::<T>(&sent, usize::MAX / 4).expect("what is sent can be read");
    assert_eq!(to_cbor(&again).expect("and sent again"), sent);
    // As text: numbers that are none are equal there.
    assert_eq!(format!("{again:?}"), format!("{value:?}"));
    Ok(sent)
}

/// The same of what holds maps and sets, which are in no order that a text would show, and what it is natively.
fn is_stable<T: FfiType + Clone>(bytes: &[u8], budget: usize) {
    let Ok(value) = within_budget::<T>(bytes, budget) else { return };
    let sent = to_cbor(&value).expect("what was read can be sent");
    let again = within_budget::<T>(&sent, usize::MAX / 4).expect("what is sent can be read");
    assert_eq!(to_cbor(&again).expect("and sent again"), sent);
    let mirrored = to_pod(value).expect("it has a C form");
    // SAFETY: the mirror lives.
    let back = unsafe { from_pod::<T>(mirrored.as_ptr()) }.expect("which is read");
    assert_eq!(to_cbor(&back).expect("and sent"), sent);
}

/// Reads a value, and asserts that its blocks took no more than the budget.
fn within_budget<T: FfiType>(bytes: &[u8], budget: usize) -> Result<T, ffi_runtime::Fault> {
    let (read, most) = most_held(|| from_cbor::<T>(bytes, budget));
    let beside = if read.is_ok() { 0 } else { OF_THE_FAULT };
    assert!(most <= budget + beside, "{most} bytes were taken of a budget of {budget}");
    read
}
