//! A length on the wire is never trusted for an allocation: no block is larger than twice what
//! was read when it was taken. And it is charged before: where the budget does not allow for a block, it
//! is never asked for.
//!
//! Alone in its process, because it counts what the allocator gives out.

use ffi_runtime::{FfiType, ffi, from_cbor};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// The largest block that this thread took.
    static LARGEST: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, noting the largest block.
struct Noting;

fn note(bytes: usize) {
    let _ = LARGEST.try_with(|largest| largest.set(largest.get().max(bytes)));
}

// SAFETY: all is passed on to the system's allocator.
unsafe impl GlobalAlloc for Noting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(size);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(ptr, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Noting = Noting;

/// A byte on the wire, much more in memory.
#[ffi]
#[derive(Debug)]
struct Wide {
    a: Option<u64>,
    b: Option<u64>,
    c: Option<String>,
    d: Option<String>,
}

/// The items that are announced.
const ANNOUNCED: u32 = 1_000_000;

/// A list that announces a million items and has that many bytes, of which the first `good` are
/// items such as `item` and the next is none. Gives the largest block that reading it took.
#[track_caller]
fn largest_block<T: FfiType + std::fmt::Debug>(item: &[u8], good: usize) -> usize {
    let mut bytes = vec![0x9a];
    bytes.extend(ANNOUNCED.to_be_bytes());
    bytes.extend(item.repeat(good));
    bytes.resize(bytes.len() + ANNOUNCED as usize, 0xff);
    LARGEST.set(0);
    let fault = from_cbor::<Vec<T>>(&bytes, usize::MAX).expect_err("a break is no item");
    let largest = LARGEST.get();
    assert!(fault.to_string().starts_with(&format!("[{good}]")), "{fault}");
    largest
}

#[test]
fn a_list_reserves_no_more_than_twice_what_was_read() {
    // What the fault itself takes, its path and text.
    const OF_THE_FAULT: usize = 256;
    for good in [0, 1, 2, 3, 10, 100, 1_000, 10_000] {
        let most = |size: usize, each: usize| (2 * good * size.max(each)).max(size).max(OF_THE_FAULT);
        let largest = largest_block::<Wide>(&[0xa0], good);
        assert!(largest <= most(size_of::<Wide>(), 1), "{largest} bytes after {good} items");
        let largest = largest_block::<u64>(&[0x01], good);
        assert!(largest <= most(8, 1), "{largest} bytes after {good} numbers");
        let largest = largest_block::<u16>(&[0x19, 0x01, 0x00], good);
        assert!(largest <= most(2, 3), "{largest} bytes after {good} small numbers");
        let largest = largest_block::<Vec<u64>>(&[0x81, 0x01], good);
        assert!(largest <= most(size_of::<Vec<u64>>(), 2), "{largest} bytes after {good} lists");
    }
}

#[test]
fn a_list_that_is_as_long_as_it_says_takes_what_it_holds() {
    let mut bytes = vec![0x9a, 0, 0, 0x27, 0x10];
    bytes.extend([0xa0; 10_000]);
    LARGEST.set(0);
    let items = from_cbor::<Vec<Wide>>(&bytes, usize::MAX).expect("a list");
    assert_eq!((items.len(), items.capacity()), (10_000, 10_000));
    assert_eq!(LARGEST.get(), 10_000 * size_of::<Wide>());
}

/// What one value may decode to.
const BUDGET: usize = 4_096;

/// What each of these values would decode to, if it were allowed to.
const WHOLE: usize = 1 << 20;

/// A head of this major type, which announces so many.
fn head(major: u8, count: usize) -> Vec<u8> {
    let mut bytes = vec![major << 5 | 26];
    bytes.extend(u32::try_from(count).expect("small").to_be_bytes());
    bytes
}

#[track_caller]
fn takes_no_more_than_it_may<T: FfiType + std::fmt::Debug>(bytes: &[u8]) {
    LARGEST.set(0);
    let fault = from_cbor::<T>(bytes, BUDGET).expect_err("over the budget");
    let largest = LARGEST.get();
    assert!(fault.to_string().ends_with("the request decodes to more than the limit of 4096 bytes"), "{fault}");
    assert!(largest <= BUDGET, "a block of {largest} bytes");
}

#[test]
fn no_block_is_larger_than_the_budget() {
    let with = |major, fill: &[u8], count| [head(major, count), fill.repeat(count)].concat();
    takes_no_more_than_it_may::<String>(&with(3, b"a", WHOLE));
    takes_no_more_than_it_may::<Vec<u8>>(&with(2, b"a", WHOLE));
    takes_no_more_than_it_may::<Vec<u8>>(&with(4, &[1], WHOLE));
    takes_no_more_than_it_may::<Vec<u64>>(&with(4, &[1], WHOLE / 8));
    takes_no_more_than_it_may::<Vec<Option<u64>>>(&with(4, &[0xf6], WHOLE / 16));
    takes_no_more_than_it_may::<Vec<String>>(&with(4, b"\x61a", WHOLE / 24));
    takes_no_more_than_it_may::<Vec<Vec<u64>>>(&with(4, &[0x80], WHOLE / 24));
    // Those that do not say how long they are.
    let chunks = |begin: u8, chunk: Vec<u8>| [vec![begin], chunk.repeat(WHOLE / 1_024), vec![0xff]].concat();
    takes_no_more_than_it_may::<String>(&chunks(0x7f, with(3, b"a", 1_024)));
    takes_no_more_than_it_may::<Vec<u8>>(&chunks(0x5f, with(2, b"a", 1_024)));
    takes_no_more_than_it_may::<Vec<u64>>(&chunks(0x9f, vec![1; 1_024]));
}
