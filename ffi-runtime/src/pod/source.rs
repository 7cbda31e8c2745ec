//! Reads C memory.

use crate::error::{Fault, FaultKind, Nesting};
use crate::memory::block;
use crate::pod::PodList;
use crate::stack;
use crate::types::FfiType;
use std::alloc::Layout;
use std::ffi::{CStr, c_char};

/// One walk through the memory of one native request: what it may still copy, how deep it is.
#[derive(Debug)]
pub struct PodSource {
    limit: usize,
    room: usize,
    memory_limit: usize,
    memory: usize,
    nesting: Nesting,
}

impl PodSource {
    /// A walk that may copy `limit` bytes of C memory.
    pub fn new(limit: usize) -> Self {
        Self::within(limit, usize::MAX)
    }

    /// A walk that may copy `limit` bytes of C memory, and take `memory_limit` bytes of its own.
    pub(crate) fn within(limit: usize, memory_limit: usize) -> Self {
        Self { limit, room: limit, memory_limit, memory: memory_limit, nesting: Nesting::default() }
    }

    /// Reads the fields of a record, one level deeper.
    ///
    /// # Errors
    /// What `fields` returns, or nesting past the limit.
    #[inline]
    pub fn record<T>(&mut self, fields: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.nesting.enter()?;
        let value = fields(self)?;
        self.nesting.leave();
        Ok(value)
    }

    /// Checks an array before it is read; `None` where it is empty.
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

    /// Reads the elements of a list one by one, one level deeper.
    ///
    /// # Safety
    /// `list` must have `len` readable elements, each as [`FfiType::from_pod`] wants it.
    pub(crate) unsafe fn elements<T: FfiType>(&mut self, list: PodList<T::Pod>) -> Result<Vec<T>, Fault> {
        self.nesting.room::<T>()?;
        let mut items = self.reserve(list.len)?;
        for index in 0..list.len {
            // SAFETY: `index` is below the length the caller vouches for.
            let element = unsafe { list.ptr.add(index) };
            stack::apart_for::<T, _>(|| {
                // SAFETY: the element is readable as the caller promises.
                items.push(unsafe { T::from_pod(element, self) }.map_err(|fault| fault.at_index(index))?);
                Ok::<(), Fault>(())
            })?;
        }
        Ok(items)
    }

    /// How deep the walk is.
    pub(crate) fn nesting(&self) -> &Nesting {
        &self.nesting
    }

    /// Enters a list; left again by [`PodSource::leave_list`].
    pub(crate) fn enter_list(&mut self) -> Result<(), Fault> {
        self.nesting.enter()
    }

    /// Leaves a list that was read to its end.
    pub(crate) fn leave_list(&mut self) {
        self.nesting.leave();
    }

    /// Reads NUL-terminated UTF-8; NULL is the empty string.
    ///
    /// The string gets one spare byte, so that it can be handed back to C without growing.
    ///
    /// # Safety
    /// `text` must be NULL or point to bytes that end with a NUL.
    pub(crate) unsafe fn text(&mut self, text: *const c_char) -> Result<String, Fault> {
        if text.is_null() {
            return Ok(String::new());
        }
        // SAFETY: the caller promises a terminating NUL.
        let bytes = unsafe { CStr::from_ptr(text) }.to_bytes();
        self.charge(bytes.len())?;
        let valid = check_utf8(bytes)?;
        self.charge_block(valid.len() + 1)?;
        with_spare(valid)
    }

    /// An empty vector with room for exactly `len` elements, which is charged.
    pub(crate) fn reserve<T>(&mut self, len: usize) -> Result<Vec<T>, Fault> {
        self.charge_block(len.saturating_mul(size_of::<T>()))?;
        reserve(len)
    }

    /// Takes what a block of so many bytes takes of the memory that is left.
    #[inline]
    pub(crate) fn charge_block(&mut self, bytes: usize) -> Result<(), Fault> {
        let limit = self.memory_limit;
        self.memory = self.memory.checked_sub(block(bytes)).ok_or_else(|| over_budget(limit))?;
        Ok(())
    }

    /// Gives back what a block of so many bytes took.
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

/// Text as it must be, or a fault with the first bad byte.
#[inline]
pub(crate) fn check_utf8(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.len() < LONG && is_ascii(bytes) {
        // SAFETY: ASCII is UTF-8.
        return Ok(unsafe { std::str::from_utf8_unchecked(bytes) });
    }
    check_any_utf8(bytes)
}

/// A copy of text with one spare byte, or a fault instead of an abort.
///
/// Texts are what requests are made of, and `try_reserve_exact` works out at run time what is
/// plain here.
#[inline]
pub(crate) fn with_spare(text: &str) -> Result<String, Fault> {
    let room = text.len() + 1;
    let layout = Layout::array::<u8>(room).map_err(|_| no_memory(room))?;
    // SAFETY: the layout's size is above zero.
    let start = unsafe { std::alloc::alloc(layout) };
    if start.is_null() {
        return Err(no_memory(room));
    }
    // SAFETY: fresh memory with room for the text.
    unsafe { start.copy_from_nonoverlapping(text.as_ptr(), text.len()) };
    // SAFETY: the memory is the global allocator's, with this capacity, and begins with the text.
    Ok(unsafe { String::from_raw_parts(start, text.len(), room) })
}

#[cold]
#[inline(never)]
fn no_memory(bytes: usize) -> Fault {
    FaultKind::OutOfMemory { bytes }.into()
}

/// From this length on the vectorized check is the faster one for ASCII too.
const LONG: usize = 64;

/// As the standard library's, but short: a word at a time, the last one overlapping.
#[inline]
fn is_ascii(bytes: &[u8]) -> bool {
    let ored = match (bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
        (Some(last), ..) => {
            let words = bytes.as_chunks::<8>().0.iter();
            words.fold(u64::from_ne_bytes(*last), |ored, word| ored | u64::from_ne_bytes(*word))
        }
        (_, Some(first), Some(last)) => (u32::from_ne_bytes(*first) | u32::from_ne_bytes(*last)).into(),
        _ => bytes.iter().fold(0, |ored, &byte| ored | byte).into(),
    };
    ored & 0x8080_8080_8080_8080 == 0
}

#[inline(never)]
fn check_any_utf8(bytes: &[u8]) -> Result<&str, Fault> {
    simdutf8::basic::from_utf8(bytes).map_err(|_| {
        let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        FaultKind::InvalidUtf8 { at }.into()
    })
}

/// A fault where `pointer` is not aligned for what it points to.
pub(crate) fn check_aligned<P>(pointer: *const P) -> Result<(), Fault> {
    if pointer.is_aligned() { Ok(()) } else { Err(FaultKind::Misaligned { align: align_of::<P>() }.into()) }
}

/// An empty vector with room for exactly `len` elements, or a fault instead of an abort.
pub(crate) fn reserve<T>(len: usize) -> Result<Vec<T>, Fault> {
    let mut items = Vec::new();
    items.try_reserve_exact(len).map_err(|_| FaultKind::OutOfMemory { bytes: len.saturating_mul(size_of::<T>()) })?;
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::{PodSource, check_aligned, check_utf8, with_spare};
    use crate::error::{FaultKind, MAX_NESTING};
    use crate::memory::block;
    use crate::pod::{PodList, to_pod};
    use crate::types::FfiType;
    use std::fmt::Debug;
    use std::ptr::{null, null_mut};

    fn kind<T: Debug>(result: Result<T, crate::error::Fault>) -> FaultKind {
        result.expect_err("a fault").kind().clone()
    }

    #[test]
    fn what_is_no_ascii_is_seen_wherever_it_stands() {
        for len in 1..140 {
            for at in 0..len {
                let mut bytes = vec![b'a'; len];
                assert!(check_utf8(&bytes).is_ok());
                bytes[at] = 0xff;
                assert_eq!(kind(check_utf8(&bytes).map(str::len)), FaultKind::InvalidUtf8 { at }, "of {len}");
            }
        }
        assert_eq!(check_utf8("gr\u{fc}n".as_bytes()).expect("valid"), "gr\u{fc}n");
    }

    #[test]
    fn a_text_that_is_read_has_one_byte_to_spare() {
        for text in ["", "a", "0123456789abcdef"] {
            let read = with_spare(text).expect("memory");
            assert_eq!((read.as_str(), read.capacity()), (text, text.len() + 1));
        }
    }

    #[test]
    fn a_walk_copies_as_much_as_its_limit_in_all() {
        let bytes = [1_u8; 6];
        let list = PodList { ptr: bytes.as_ptr().cast_mut(), len: 6 };
        let mut source = PodSource::new(16);
        assert!(source.array(list).is_ok() && source.array(list).is_ok());
        // SAFETY: the text ends with a NUL.
        let text = unsafe { source.text(c"abcd".as_ptr()) };
        assert_eq!(text.expect("there is room for four"), "abcd");
        assert_eq!(kind(source.array(list)), FaultKind::TooLarge { limit: 16 });
        assert!(source.array(PodList::<u8> { ptr: null_mut(), len: 0 }).expect("nothing to copy").is_none());
        let many = PodList { ptr: [0_u32; 2].as_mut_ptr(), len: 2 };
        assert!(PodSource::new(8).array(many).is_ok(), "elements count with their size");
        assert_eq!(kind(PodSource::new(7).array(many)), FaultKind::TooLarge { limit: 7 });
    }

    #[test]
    fn an_array_that_cannot_be_is_a_fault() {
        let mut source = PodSource::new(usize::MAX);
        assert_eq!(kind(source.array(PodList::<u8> { ptr: null_mut(), len: 1 })), FaultKind::NullArray { len: 1 });
        let mut word = 0_u64;
        let odd = (&raw mut word).wrapping_byte_add(1);
        assert_eq!(kind(source.array(PodList { ptr: odd, len: 1 })), FaultKind::Misaligned { align: 8 });
        assert!(check_aligned(&raw const word).is_ok());
        for len in [usize::MAX, usize::MAX / 8 + 1, isize::MAX.cast_unsigned() / 8 + 1] {
            assert_eq!(kind(source.array(PodList { ptr: &raw mut word, len })), FaultKind::LengthOverflow { len });
        }
    }

    #[test]
    fn a_box_is_charged_like_a_list_of_one() {
        let (value, mut source) = (7_u64, PodSource::new(20));
        let pointer: *const u64 = &raw const value;
        // SAFETY: the pointer points to a number.
        let mut read = || unsafe { Box::<u64>::from_pod(&raw const pointer, &mut source) };
        assert_eq!((*read().expect("there is room"), *read().expect("for two")), (7, 7));
        assert_eq!(kind(read()), FaultKind::TooLarge { limit: 20 });
        let none: *const u64 = null();
        // SAFETY: NULL is looked for.
        assert_eq!(kind(unsafe { Box::<u64>::from_pod(&raw const none, &mut source) }), FaultKind::Null);
        // A list of boxes is charged for both.
        let boxes = [pointer; 4];
        let list = PodList { ptr: boxes.as_ptr().cast_mut(), len: 4 };
        let each = size_of::<*const u64>() + 8;
        // SAFETY: the list has four pointers to a number.
        let read = |limit| unsafe { Vec::<Box<u64>>::from_pod(&raw const list, &mut PodSource::new(limit)) };
        assert!(read(4 * each).is_ok());
        assert_eq!(kind(read(4 * each - 1)), FaultKind::TooLarge { limit: 4 * each - 1 });
    }

    #[test]
    fn lists_of_lists_nest_and_bytes_do_not() {
        let mut source = PodSource::new(usize::MAX);
        (0..MAX_NESTING).for_each(|_| source.enter_list().expect("within the limit"));
        let (list, bytes) = (PodList::<u16> { ptr: null_mut(), len: 0 }, PodList::<u8> { ptr: null_mut(), len: 0 });
        // SAFETY: the lists are empty.
        let read = unsafe { Vec::<u16>::from_pod(&raw const list, &mut source) };
        assert_eq!(kind(read), FaultKind::TooDeep { limit: 64 });
        // SAFETY: as above.
        assert!(unsafe { Vec::<u8>::from_pod(&raw const bytes, &mut source) }.is_ok());
        source.leave_list();
        // SAFETY: as above.
        assert!(unsafe { Vec::<u16>::from_pod(&raw const list, &mut source) }.is_ok());
        // SAFETY: as above; what was read leaves no level behind.
        assert!(unsafe { Vec::<u16>::from_pod(&raw const list, &mut source) }.is_ok());
    }

    /// Asserts that reading the value takes so much memory, and no less.
    #[track_caller]
    fn takes<T: FfiType>(value: T, memory: usize) {
        let mirrored = to_pod(value).expect("memory");
        for (limit, is_enough) in [(memory, true), (memory - 1, false)] {
            // SAFETY: the mirror is alive.
            let read = unsafe { T::from_pod(mirrored.as_ptr(), &mut PodSource::within(usize::MAX, limit)) };
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
        takes(vec![String::new(), "a".to_owned()], block(1) + block(2) + block(2 * size_of::<String>()));
    }
}
