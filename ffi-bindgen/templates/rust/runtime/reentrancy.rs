//! Callbacks of the library on this thread: inside of one a thread may not wait for the end of its context, and a
//! panic may not leave it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    /// How many callbacks this thread is inside of.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Whether this thread is inside a callback.
pub(crate) fn is_inside() -> bool {
    DEPTH.try_with(Cell::get).is_ok_and(|depth| depth > 0)
}

/// Runs what a callback does. A panic does not leave it, for it must not unwind into the library; its text
/// comes back.
pub(crate) fn inside(work: impl FnOnce()) -> Result<(), String> {
    let _frame = Frame::enter();
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        // The payload's drop may panic as well; there the payload of that is left.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(panic))).map_err(std::mem::forget);
        text.unwrap_or_else(|| "a panic without a text".to_owned())
    })
}

struct Frame;

impl Frame {
    fn enter() -> Self {
        let _ = DEPTH.try_with(|depth| depth.set(depth.get() + 1));
        Self
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let _ = DEPTH.try_with(|depth| depth.set(depth.get() - 1));
    }
}
