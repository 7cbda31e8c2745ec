//! The system's allocator, counting what each thread's blocks take of it.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// What this thread took less what it gave back, in bytes.
    static HELD: Cell<isize> = const { Cell::new(0) };
    /// The most that it held.
    static MOST: Cell<isize> = const { Cell::new(0) };
}

struct Counting;

/// What a block takes: more than was asked for, and a header, of two words where it has pages of its own.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn taken(block: *mut u8, size: usize) -> usize {
    let header = if size < 128 << 10 { 1 } else { 2 } * size_of::<usize>();
    // SAFETY: the block is alive.
    unsafe { libc::malloc_usable_size(block.cast()) + header }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn taken(_block: *mut u8, size: usize) -> usize {
    size
}

/// Sizes are below the greatest `isize`, as layouts are.
fn count(more: usize, less: usize) {
    let _ = HELD.try_with(|held| {
        held.set(held.get() + more as isize - less as isize);
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: all is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        let block = unsafe { System.alloc(layout) };
        count(taken(block, layout.size()), 0);
        block
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        count(0, taken(ptr, layout.size()));
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let before = taken(ptr, layout.size());
        // SAFETY: the caller's promise.
        let block = unsafe { System.realloc(ptr, layout, size) };
        // It may have moved, and then there were both.
        count(taken(block, size), 0);
        count(0, before);
        block
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What `work` gives, and the most memory that this thread held during it beyond what it held
/// before, in bytes.
pub(crate) fn most_held<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = HELD.get();
    MOST.set(before);
    let value = work();
    (value, (MOST.get() - before) as usize)
}
