//! What is decoded is charged before it is taken: where the budget does not allow for it, no block
//! of that size is ever asked for.

use ffi_runtime::{FfiType, from_cbor};
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
