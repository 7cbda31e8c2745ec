//! How deep a value is nested, and whether the thread's stack has room for one more level.

use crate::error::{Fault, FaultKind};
use crate::stack;

/// How deep structs and lists may nest, on both paths and in both directions.
pub const MAX_NESTING: u32 = 64;

/// Up to this many levels of ordinary values are not checked: every thread has that stack.
const FREE_LEVELS: u32 = 3;

/// Counts the levels of structs and lists around the current value.
#[derive(Debug, Default)]
pub(crate) struct Nesting(u32);

impl Nesting {
    /// Enters a level, or returns a fault past [`MAX_NESTING`].
    #[inline]
    pub(crate) fn enter(&mut self) -> Result<(), Fault> {
        if self.0 == MAX_NESTING {
            return Err(too_deep());
        }
        self.0 += 1;
        Ok(())
    }

    /// Checks, before a list's element or a box's value is read, written or mirrored, that the thread's
    /// stack has room for this bound. A few levels of ordinary values always fit.
    ///
    /// # Errors
    /// [`FaultKind::StackTooSmall`].
    #[inline(always)]
    pub(crate) fn check_room(&self, bound: usize) -> Result<(), Fault> {
        if bound <= stack::ORDINARY && self.0 < FREE_LEVELS {
            return Ok(());
        }
        stack::check_left(bound)
    }

    /// Returns how many levels are around.
    pub(crate) fn levels(&self) -> u32 {
        self.0
    }

    /// Leaves a level. A fault ends the whole read or write, so levels need not be left after one.
    #[inline]
    pub(crate) fn leave(&mut self) {
        self.0 -= 1;
    }
}

#[cold]
#[inline(never)]
fn too_deep() -> Fault {
    FaultKind::TooDeep { limit: MAX_NESTING }.into()
}

#[cfg(test)]
mod tests {
    use super::{MAX_NESTING, Nesting};
    use crate::error::FaultKind;

    #[test]
    fn the_sixty_fifth_level_is_refused() {
        let mut nesting = Nesting::default();
        for _ in 0..MAX_NESTING {
            nesting.enter().expect("within the limit");
        }
        assert_eq!(nesting.enter().unwrap_err().kind(), &FaultKind::TooDeep { limit: 64 });
        nesting.leave();
        nesting.enter().expect("one level was left");
    }
}
