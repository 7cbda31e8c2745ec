//! Reads C memory, within a request's limits.

use super::forms::{ByLength, PodList, PodText};
use crate::error::{Fault, FaultKind};
use crate::memory::{block, reserve};
use crate::nesting::Nesting;
use crate::utf8::{check_utf8, with_spare};
use std::ffi::{CStr, c_char};
use std::marker::PhantomData;

/// Reads one native request: how much it may still copy, and how deep it is nested.
#[derive(Debug)]
pub struct Reader<F = ByLength> {
    limit: usize,
    room: usize,
    memory_limit: usize,
    memory: usize,
    pub(super) nesting: Nesting,
    text: PhantomData<F>,
}

impl<F> Reader<F> {
    /// Returns a reader that may copy `limit` bytes of C memory.
    pub fn new(limit: usize) -> Self {
        Self::within(limit, usize::MAX)
    }

    /// Returns a reader that may copy `limit` bytes of C memory into at most `memory_limit` bytes of Rust's.
    pub(crate) fn within(limit: usize, memory_limit: usize) -> Self {
        Self { limit, room: limit, memory_limit, memory: memory_limit, nesting: Nesting::default(), text: PhantomData }
    }

    /// Reads the fields of a record, one level deeper.
    ///
    /// # Errors
    /// What `fields` returns, or nesting past the limit.
    #[inline]
    pub(crate) fn record<T>(&mut self, fields: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.nesting.enter()?;
        let value = fields(self)?;
        self.nesting.leave();
        Ok(value)
    }

    /// Checks an array before it is read; `None` where it is empty.
    #[inline]
    pub(crate) fn array<P>(&mut self, list: PodList<P>) -> Result<Option<PodList<P>>, Fault> {
        if list.len == 0 {
            return Ok(None);
        }
        if list.ptr.is_null() {
            return Err(FaultKind::NullArray { len: list.len }.into());
        }
        check_aligned(list.ptr)?;
        let bytes = list.len.checked_mul(size_of::<P>()).filter(|&bytes| isize::try_from(bytes).is_ok());
        self.charge(bytes.ok_or(FaultKind::LengthOverflow { len: list.len })?)?;
        Ok(Some(list))
    }

    /// How deep the current value is nested.
    pub(crate) fn nesting(&self) -> &Nesting {
        &self.nesting
    }

    /// Enters a list; [`Reader::leave_list`] leaves it.
    pub(crate) fn enter_list(&mut self) -> Result<(), Fault> {
        self.nesting.enter()
    }

    /// Leaves a list that was read to its end.
    pub(crate) fn leave_list(&mut self) {
        self.nesting.leave();
    }

    /// Reads UTF-8 by its length; without a length it is the empty string.
    ///
    /// # Safety
    /// `text` must have as many readable bytes as it says.
    pub(crate) unsafe fn text(&mut self, text: PodText) -> Result<String, Fault> {
        let list = PodList { ptr: text.ptr.cast::<u8>().cast_mut(), len: text.len };
        match self.array(list)? {
            // SAFETY: neither NULL nor too long, and readable as the caller promises.
            Some(PodList { ptr, len }) => self.utf8(unsafe { std::slice::from_raw_parts(ptr, len) }),
            None => Ok(String::new()),
        }
    }

    /// Reads NUL-terminated UTF-8; NULL is the empty string.
    ///
    /// # Safety
    /// `text` must be NULL or point to bytes that end with a NUL.
    pub(crate) unsafe fn nul_terminated(&mut self, text: *const c_char) -> Result<String, Fault> {
        if text.is_null() {
            return Ok(String::new());
        }
        // SAFETY: the caller promises a terminating NUL.
        let bytes = unsafe { CStr::from_ptr(text) }.to_bytes();
        self.charge(bytes.len())?;
        self.utf8(bytes)
    }

    /// Copies text that was charged. It gets one spare byte, so that it can be handed back to C without growing.
    #[inline]
    fn utf8(&mut self, bytes: &[u8]) -> Result<String, Fault> {
        let valid = check_utf8(bytes)?;
        self.charge_block(valid.len() + 1)?;
        with_spare(valid)
    }

    /// Copies the elements of a list that was checked: `each` reads one.
    #[inline(always)]
    pub(crate) fn elements<P, T>(
        &mut self,
        list: PodList<P>,
        mut each: impl FnMut(*const P, &mut Self) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut items = self.reserve(list.len)?;
        for index in 0..list.len {
            let element = list.ptr.wrapping_add(index);
            items.push(each(element, self).map_err(|fault| fault.at_index(index))?);
        }
        Ok(items)
    }

    /// Returns an empty vector with capacity for exactly `len` elements, and charges for it.
    pub(crate) fn reserve<T>(&mut self, len: usize) -> Result<Vec<T>, Fault> {
        self.charge_block(len.saturating_mul(size_of::<T>()))?;
        reserve(len)
    }

    /// Charges a block of so many bytes against the memory that is left.
    #[inline]
    pub(crate) fn charge_block(&mut self, bytes: usize) -> Result<(), Fault> {
        let limit = self.memory_limit;
        self.memory = self.memory.checked_sub(block(bytes)).ok_or_else(|| over_budget(limit))?;
        Ok(())
    }

    /// Gives back the charge of a block of so many bytes.
    pub(crate) fn give_back(&mut self, bytes: usize) {
        self.memory += block(bytes);
    }

    fn charge(&mut self, bytes: usize) -> Result<(), Fault> {
        self.room = self.room.checked_sub(bytes).ok_or(FaultKind::TooLarge { limit: self.limit })?;
        Ok(())
    }
}

#[cold]
#[inline(never)]
fn over_budget(limit: usize) -> Fault {
    FaultKind::OverBudget { limit }.into()
}

/// Returns a fault where `pointer` is not aligned for its type.
pub(crate) fn check_aligned<P>(pointer: *const P) -> Result<(), Fault> {
    if pointer.is_aligned() { Ok(()) } else { Err(FaultKind::Misaligned { align: align_of::<P>() }.into()) }
}

#[cfg(test)]
mod tests {
    use super::{Reader, check_aligned};
    use crate::error::FaultKind;
    use crate::memory::block;
    use crate::nesting::MAX_NESTING;
    use crate::value::convert::to_pod;
    use crate::value::pod::{ByLength, PodList, PodText};
    use crate::value::types::FfiType;
    use std::fmt::Debug;
    use std::ptr::{null, null_mut};

    fn kind<T: Debug>(result: Result<T, crate::error::Fault>) -> FaultKind {
        result.expect_err("a fault").kind().clone()
    }

    #[test]
    fn a_walk_copies_as_much_as_its_limit_in_all() {
        let bytes = [1_u8; 6];
        let list = PodList { ptr: bytes.as_ptr().cast_mut(), len: 6 };
        let mut reader = Reader::<ByLength>::new(16);
        assert!(reader.array(list).is_ok() && reader.array(list).is_ok());
        // SAFETY: the text has four bytes.
        let text = unsafe { reader.text(PodText { ptr: c"abcd".as_ptr(), len: 4 }) };
        assert_eq!(text.expect("there is room for four"), "abcd");
        assert_eq!(kind(reader.array(list)), FaultKind::TooLarge { limit: 16 });
        assert!(reader.array(PodList::<u8> { ptr: null_mut(), len: 0 }).expect("nothing to copy").is_none());
        let many = PodList { ptr: [0_u32; 2].as_mut_ptr(), len: 2 };
        assert!(Reader::<ByLength>::new(8).array(many).is_ok(), "elements count with their size");
        assert_eq!(kind(Reader::<ByLength>::new(7).array(many)), FaultKind::TooLarge { limit: 7 });
    }

    #[test]
    fn an_array_that_cannot_be_is_a_fault() {
        let mut reader = Reader::<ByLength>::new(usize::MAX);
        assert_eq!(kind(reader.array(PodList::<u8> { ptr: null_mut(), len: 1 })), FaultKind::NullArray { len: 1 });
        let mut word = 0_u64;
        let odd = (&raw mut word).wrapping_byte_add(1);
        assert_eq!(kind(reader.array(PodList { ptr: odd, len: 1 })), FaultKind::Misaligned { align: 8 });
        assert!(check_aligned(&raw const word).is_ok());
        for len in [usize::MAX, usize::MAX / 8 + 1, isize::MAX.cast_unsigned() / 8 + 1] {
            assert_eq!(kind(reader.array(PodList { ptr: &raw mut word, len })), FaultKind::LengthOverflow { len });
        }
    }

    #[test]
    fn a_box_is_charged_like_a_list_of_one() {
        let (value, mut reader) = (7_u64, Reader::<ByLength>::new(20));
        let pointer: *const u64 = &raw const value;
        // SAFETY: the pointer points to a number.
        let mut read = || unsafe { Box::<u64>::from_pod(&raw const pointer, &mut reader) };
        assert_eq!((*read().expect("there is room"), *read().expect("for two")), (7, 7));
        assert_eq!(kind(read()), FaultKind::TooLarge { limit: 20 });
        let none: *const u64 = null();
        // SAFETY: NULL is looked for.
        assert_eq!(kind(unsafe { Box::<u64>::from_pod(&raw const none, &mut reader) }), FaultKind::Null);
        // A list of boxes is charged for both.
        let boxes = [pointer; 4];
        let list = PodList { ptr: boxes.as_ptr().cast_mut(), len: 4 };
        let each = size_of::<*const u64>() + 8;
        // SAFETY: the list has four pointers to a number.
        let read = |limit| unsafe { Vec::<Box<u64>>::from_pod(&raw const list, &mut Reader::<ByLength>::new(limit)) };
        assert!(read(4 * each).is_ok());
        assert_eq!(kind(read(4 * each - 1)), FaultKind::TooLarge { limit: 4 * each - 1 });
    }

    #[test]
    fn lists_of_lists_nest_and_bytes_do_not() {
        let mut reader = Reader::<ByLength>::new(usize::MAX);
        (0..MAX_NESTING).for_each(|_| reader.enter_list().expect("within the limit"));
        let (list, bytes) = (PodList::<u16> { ptr: null_mut(), len: 0 }, PodList::<u8> { ptr: null_mut(), len: 0 });
        // SAFETY: the lists are empty.
        let read = unsafe { Vec::<u16>::from_pod(&raw const list, &mut reader) };
        assert_eq!(kind(read), FaultKind::TooDeep { limit: 64 });
        // SAFETY: as above.
        assert!(unsafe { Vec::<u8>::from_pod(&raw const bytes, &mut reader) }.is_ok());
        reader.leave_list();
        // SAFETY: as above.
        assert!(unsafe { Vec::<u16>::from_pod(&raw const list, &mut reader) }.is_ok());
        // SAFETY: as above; what was read leaves no level behind.
        assert!(unsafe { Vec::<u16>::from_pod(&raw const list, &mut reader) }.is_ok());
    }

    /// Asserts that reading the value takes so much memory, and no less.
    #[track_caller]
    fn takes<T: FfiType>(value: T, memory: usize) {
        let mirrored = to_pod(value).expect("memory");
        for (limit, is_enough) in [(memory, true), (memory - 1, false)] {
            // SAFETY: the mirror is alive.
            let read = unsafe { T::from_pod(mirrored.as_ptr(), &mut Reader::<ByLength>::within(usize::MAX, limit)) };
            assert_eq!(read.is_ok(), is_enough, "{limit} of {memory}");
        }
    }

    #[test]
    fn what_is_read_is_charged_for_its_blocks() {
        takes("abc".to_owned(), block(4));
        takes(vec![1_u8; 40], block(40));
        takes(vec![1_u64; 40], block(320));
        takes(vec![true; 40], block(40));
        takes(vec!['a'; 40], block(160));
        takes(Some(Box::new(1_u8)), block(1));
        takes(vec![Box::new(1_u8), Box::new(2)], 2 * block(1) + block(2 * size_of::<usize>()));
        takes(vec![vec![1_u8], vec![]], block(1) + block(2 * size_of::<Vec<u8>>()));
        // An empty text takes no block.
        takes(vec![String::new(), "a".to_owned()], block(2) + block(2 * size_of::<String>()));
    }
}
