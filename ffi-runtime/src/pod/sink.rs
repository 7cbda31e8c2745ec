//! Owns the C memory behind a mirror where the Rust value itself cannot.

use crate::error::{Fault, FaultKind, Nesting};
use crate::types::FfiType;

/// The arrays of one mirror, and how deep the walk is. Dropping it frees them.
#[derive(Debug, Default)]
pub struct PodSink {
    /// Zeroed when made, never resized; words, because no mirror is aligned to more.
    blocks: Vec<Vec<u64>>,
    nesting: Nesting,
}

impl PodSink {
    /// Writes the fields of a record, one level deeper.
    ///
    /// # Errors
    /// What `fields` returns, or nesting past the limit.
    #[inline]
    pub fn record(&mut self, fields: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.nesting.enter()?;
        fields(self)?;
        self.nesting.leave();
        Ok(())
    }

    /// Writes the elements of a list into an array of this sink, one level deeper.
    pub(crate) fn elements<T: FfiType>(&mut self, items: &mut [T]) -> Result<*mut T::Pod, Fault> {
        let array = self.array::<T::Pod>(items.len())?;
        for (index, item) in items.iter_mut().enumerate() {
            // SAFETY: the array has as many places as there are items.
            let place = unsafe { array.add(index) };
            // SAFETY: the place is zeroed, aligned and owned by this sink.
            unsafe { item.write_pod(place, self) }.map_err(|fault| fault.at_index(index))?;
        }
        Ok(array)
    }

    /// Enters a list; left again by [`PodSink::leave_list`].
    pub(crate) fn enter_list(&mut self) -> Result<(), Fault> {
        self.nesting.enter()
    }

    /// Leaves a list that was written to its end.
    pub(crate) fn leave_list(&mut self) {
        self.nesting.leave();
    }

    /// Zeroed memory for `len` mirrors, owned by this sink.
    pub(crate) fn array<P>(&mut self, len: usize) -> Result<*mut P, Fault> {
        const { assert!(align_of::<P>() <= align_of::<u64>(), "a mirror is aligned to eight bytes at most") };
        let bytes = len.checked_mul(size_of::<P>()).ok_or(FaultKind::LengthOverflow { len })?;
        let words = bytes.div_ceil(size_of::<u64>());
        let mut block = crate::pod::reserve::<u64>(words)?;
        block.resize(words, 0);
        let array = block.as_mut_ptr().cast();
        self.blocks.push(block);
        Ok(array)
    }
}
