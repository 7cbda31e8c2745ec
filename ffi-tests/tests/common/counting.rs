//! What is live on the heap, and how many answers came.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};

/// The system's allocator, counting what is live.
struct Counting;

/// How many allocations are live.
pub(crate) static LIVE: AtomicIsize = AtomicIsize::new(0);

// SAFETY: all is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(1, Ordering::SeqCst);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        LIVE.fetch_sub(1, Ordering::SeqCst);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How many answers came.
pub(crate) static ANSWERS: AtomicUsize = AtomicUsize::new(0);

/// A callback that counts its answers.
pub(crate) unsafe extern "C-unwind" fn count(_ret: c_int, _msg: *const c_char, _len: usize, _data: *mut c_void) {
    ANSWERS.fetch_add(1, Ordering::SeqCst);
}
