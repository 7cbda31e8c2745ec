//! UTF-8 of requests: checks it, and copies it into strings with a spare byte for C's NUL.

use crate::error::{Fault, FaultKind};
use std::alloc::Layout;

/// Returns the bytes as text, or a fault with the place of the first bad byte.
#[inline]
pub(crate) fn check_utf8(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.len() < LONG && is_ascii(bytes) {
        // SAFETY: ASCII is UTF-8.
        return Ok(unsafe { std::str::from_utf8_unchecked(bytes) });
    }
    check_any_utf8(bytes)
}

/// Copies text into a string with one spare byte; a fault instead of an abort.
///
/// Most of a request is text, and `try_reserve_exact` computes at run time what is constant
/// here.
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

/// Does the same as the standard library's, in less code: a word at a time, the last one overlapping.
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

#[cfg(test)]
mod tests {
    use super::{check_utf8, with_spare};
    use crate::error::FaultKind;

    #[test]
    fn what_is_no_ascii_is_seen_wherever_it_stands() {
        for len in 1..140 {
            for at in 0..len {
                let mut bytes = vec![b'a'; len];
                assert!(check_utf8(&bytes).is_ok());
                bytes[at] = 0xff;
                let fault = check_utf8(&bytes).expect_err("not UTF-8");
                assert_eq!(fault.kind(), &FaultKind::InvalidUtf8 { at }, "of {len}");
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
}
