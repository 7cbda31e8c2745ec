//! Blocks of memory: the cost of each with the allocator's overhead, and vectors that are refused with a fault where
//! memory runs out.

use crate::error::{Fault, FaultKind};

/// The least that an allocator takes for a block, in bytes.
const SMALLEST: usize = 4 * size_of::<usize>();

/// The size of the header in front of a block, in bytes.
const HEADER: usize = size_of::<usize>();

/// The alignment of a block's start and size, in bytes.
const STEP: usize = 16;

/// From this size on a block has pages of its own.
const LARGE: usize = 128 << 10;

/// The size of a page on most machines.
const PAGE: usize = 4 << 10;

/// Returns the bytes that an allocator takes for a block of so many; none for none. The count is glibc's,
/// which takes no less than others do.
#[inline]
pub(crate) const fn block(bytes: usize) -> usize {
    if bytes == 0 {
        return 0;
    }
    if bytes >= LARGE {
        return bytes.saturating_add(2 * HEADER + PAGE - 1) & !(PAGE - 1);
    }
    let taken = (bytes + HEADER + STEP - 1) & !(STEP - 1);
    // With the rest of a block that was free before, where it is too small for one of its own.
    STEP + if taken < SMALLEST { SMALLEST } else { taken }
}

/// Returns an empty vector with capacity for exactly `len` elements, or a fault instead of an abort.
pub(crate) fn reserve<T>(len: usize) -> Result<Vec<T>, Fault> {
    let mut items = Vec::new();
    items.try_reserve_exact(len).map_err(|_| FaultKind::OutOfMemory { bytes: len.saturating_mul(size_of::<T>()) })?;
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::block;

    #[test]
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    fn an_allocator_takes_no_more_than_is_said() {
        for bytes in (1..5_000).chain((0..200).map(|step| 100_000 + step * 997)) {
            // SAFETY: it has no conditions; the block is freed below.
            let start = unsafe { libc::malloc(bytes) };
            // SAFETY: the block is alive.
            let usable = unsafe { libc::malloc_usable_size(start) };
            // SAFETY: as above, and not used again.
            unsafe { libc::free(start) };
            let taken = usable + if bytes >= super::LARGE { 2 } else { 1 } * size_of::<usize>();
            assert!(block(bytes) >= taken, "{taken} bytes are taken for {bytes}, and {} said", block(bytes));
        }
        assert_eq!((block(0), block(usize::MAX) > usize::MAX / 2), (0, true));
    }
}
