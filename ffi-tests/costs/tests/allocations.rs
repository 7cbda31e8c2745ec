//! What a call allocates, on all threads together: entry, queue, worker and answer.

use costs::host::{call_and_wait, call_of, create, destroy};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

/// The system's allocator, with a count.
struct Counting;

static COUNT: AtomicU64 = AtomicU64::new(0);

// SAFETY: the system's, which is one; nothing else is done to the memory.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        COUNT.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(ptr, layout, new_size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Allocations of one call: as they are, and what they must never be more than.
const FIGURES: [(&str, u64, u64); 5] =
    [("nothing", 1, 5), ("ready", 1, 5), ("pending", 2, 5), ("echo", 2, 5), ("echo_cbor", 3, 5)];

const CALLS: u64 = 1000;

/// One test: others beside it would be counted too.
#[test]
fn a_call_allocates_as_often_as_it_is_known_to() {
    let ctx = create();
    for (name, figure, goal) in FIGURES {
        let call = call_of(name).expect("it is one of the calls");
        // What is kept from one call to the next is there after the first.
        (0..10).for_each(|_| call_and_wait(ctx, call));
        let before = COUNT.load(Ordering::Relaxed);
        (0..CALLS).for_each(|_| call_and_wait(ctx, call));
        let count = COUNT.load(Ordering::Relaxed) - before;
        println!("{name}: {count} allocations in {CALLS} calls");
        assert!(count <= goal * CALLS, "{name}: {count} allocations in {CALLS} calls, and the goal is {goal} each");
        assert_eq!(count, figure * CALLS, "{name}: allocations in {CALLS} calls");
    }
    destroy(ctx);
}
