//! Writes mirrors, and owns the C memory behind one that the Rust value cannot hold.

use super::forms::ByLength;
use crate::error::{Fault, FaultKind};
use crate::memory::reserve;
use crate::nesting::Nesting;
use crate::value::pod::RawBytes;
use std::marker::PhantomData;

/// Writes one mirror, and owns the arrays that it points to. Dropping it frees them.
///
/// Small arrays share a block: a graph of a few lists costs one allocation.
#[derive(Debug)]
pub struct Writer<F = ByLength> {
    /// The block that arrays are taken from: its length is the part that was taken, its capacity never
    /// changes. Of words, because no mirror is aligned to more.
    block: Vec<u64>,
    /// The blocks that are full, or were made for one array.
    full: Vec<Vec<u64>>,
    pub(super) nesting: Nesting,
    text: PhantomData<F>,
}

/// The least size of the first block, in words; each further block is at least twice as large as the last.
const FIRST_BLOCK: usize = 64;

impl<F> Default for Writer<F> {
    fn default() -> Self {
        Self { block: Vec::new(), full: Vec::new(), nesting: Nesting::default(), text: PhantomData }
    }
}

impl<F> Writer<F> {
    /// Writes the fields of a record, one level deeper.
    ///
    /// # Errors
    /// What `fields` returns, or nesting past the limit.
    #[inline]
    pub(crate) fn record(&mut self, fields: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.nesting.enter()?;
        fields(self)?;
        self.nesting.leave();
        Ok(())
    }

    /// How deep the current value is nested.
    pub(crate) fn nesting(&self) -> &Nesting {
        &self.nesting
    }

    /// Enters a list; [`Writer::leave_list`] leaves it.
    pub(crate) fn enter_list(&mut self) -> Result<(), Fault> {
        self.nesting.enter()
    }

    /// Leaves a list that was written to its end.
    pub(crate) fn leave_list(&mut self) {
        self.nesting.leave();
    }

    /// Returns zeroed memory for `len` mirrors, which this writer owns.
    pub(crate) fn array<P>(&mut self, len: usize) -> Result<*mut P, Fault> {
        const { assert!(align_of::<P>() <= align_of::<u64>(), "a mirror is aligned to eight bytes at most") };
        let bytes = len.checked_mul(size_of::<P>()).ok_or(FaultKind::LengthOverflow { len })?;
        let words = bytes.div_ceil(size_of::<u64>());
        if words > self.block.capacity() - self.block.len() {
            self.next_block(words)?;
        }
        let taken = self.block.len();
        // SAFETY: what is taken is within the block.
        let array = unsafe { self.block.as_mut_ptr().add(taken) };
        // SAFETY: the block has room for as many words behind what is taken.
        unsafe { array.write_bytes(0, words) };
        // SAFETY: those words were just written.
        unsafe { self.block.set_len(taken + words) };
        Ok(array.cast())
    }

    /// Writes the C form of each of these into an array, and returns the address of the first: `each` writes one.
    #[inline(always)]
    pub(crate) fn elements<P, I>(
        &mut self,
        items: impl ExactSizeIterator<Item = I>,
        mut each: impl FnMut(I, *mut P, &mut Self) -> Result<(), Fault>,
    ) -> Result<*mut P, Fault> {
        let array = self.array::<P>(items.len())?;
        for (index, item) in items.enumerate() {
            each(item, array.wrapping_add(index), self).map_err(|fault| fault.at_index(index))?;
        }
        Ok(array)
    }

    /// Begins a new block, of at least so many words.
    fn next_block(&mut self, words: usize) -> Result<(), Fault> {
        let room = words.max(2 * self.block.capacity()).max(FIRST_BLOCK);
        let block = reserve(room)?;
        let full = std::mem::replace(&mut self.block, block);
        if full.capacity() > 0 {
            self.full.push(full);
        }
        Ok(())
    }

    /// Copies text, with a NUL behind it.
    pub(crate) fn copy_text(&mut self, text: &str) -> Result<RawBytes, Fault> {
        if text.is_empty() {
            return Ok(RawBytes::EMPTY);
        }
        let copy = self.array::<u8>(text.len() + 1)?;
        // SAFETY: zeroed memory of this writer, with room for the text and a NUL.
        unsafe { copy.copy_from_nonoverlapping(text.as_ptr(), text.len()) };
        Ok(RawBytes { ptr: copy, len: text.len() })
    }

    /// Copies bytes that stand in two places, one behind the other.
    ///
    /// # Safety
    /// Both must be readable.
    pub(crate) unsafe fn copy_bytes(&mut self, [front, back]: [RawBytes; 2]) -> Result<RawBytes, Fault> {
        let len = front.len + back.len;
        let copy = self.array::<u8>(len)?;
        // SAFETY: memory of this writer with room for both, the first of which is readable as the caller promises.
        unsafe { copy.copy_from_nonoverlapping(front.ptr, front.len) };
        // SAFETY: the place behind the first, and the same of the second.
        unsafe { copy.wrapping_add(front.len).copy_from_nonoverlapping(back.ptr, back.len) };
        Ok(RawBytes { ptr: copy, len })
    }
}

#[cfg(test)]
mod tests {
    use super::{ByLength, Writer};

    #[test]
    fn arrays_stay_where_they_are_and_are_zeroed_whatever_comes_after() {
        let mut writer = Writer::<ByLength>::default();
        let mut arrays = Vec::new();
        for len in [1, 3, 60, 1, 500, 2, 5000] {
            let array = writer.array::<u64>(len).expect("memory");
            // SAFETY: the array has as many words, which nobody else uses.
            let words = unsafe { std::slice::from_raw_parts_mut(array, len) };
            assert!(words.iter().all(|&word| word == 0), "{len} words are zeroed");
            words.fill(len as u64);
            arrays.push((array, len));
        }
        for (array, len) in arrays {
            // SAFETY: as above.
            let words = unsafe { std::slice::from_raw_parts(array, len) };
            assert!(words.iter().all(|&word| word == len as u64), "{len} words are as they were written");
        }
    }

    #[test]
    fn lists_out_are_levels_of_nesting_and_bytes_are_none() {
        use crate::error::FaultKind;
        use crate::nesting::MAX_NESTING;
        use crate::value::types::FfiType;
        fn write<T: FfiType>(mut value: T, writer: &mut Writer) -> Result<(), FaultKind> {
            let mut place = std::mem::MaybeUninit::<T::Pod<ByLength>>::zeroed();
            // SAFETY: the place is zeroed, and the value lives as long as what is written.
            unsafe { value.write_pod(place.as_mut_ptr(), writer) }.map_err(|fault| fault.kind().clone())
        }
        let mut writer = Writer::<ByLength>::default();
        (0..MAX_NESTING - 1).for_each(|_| writer.enter_list().expect("within the limit"));
        for _ in 0..2 {
            assert_eq!(write(vec![1_u16], &mut writer), Ok(()), "one level is left, and left again");
            assert_eq!(write(Vec::<u16>::new(), &mut writer), Ok(()));
        }
        writer.enter_list().expect("the last level");
        let too_deep = Err(FaultKind::TooDeep { limit: MAX_NESTING });
        assert_eq!(
            (write(vec![1_u16], &mut writer), write(vec![String::new()], &mut writer)),
            (too_deep.clone(), too_deep)
        );
        assert_eq!(write(vec![1_u8], &mut writer), Ok(()));
    }

    #[test]
    fn small_arrays_share_a_block() {
        let mut writer = Writer::<ByLength>::default();
        let arrays: Vec<*mut u64> = (0..4).map(|_| writer.array(16).expect("memory")).collect();
        assert!(arrays.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(16)));
        assert!(writer.full.is_empty());
    }
}
