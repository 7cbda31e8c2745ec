//! Reads heads.
//!
//! [`Reader::any_head`] reads any head. [`Reader::number_of`] and [`Reader::len_of`] come first: they read
//! the expected kind, and leave a head of any other kind unread.

use super::Reader;
use crate::error::{Fault, FaultKind};
use crate::value::cbor::head::{Head, Major, info, len_of_number, with_number, without_number};

impl Reader<'_> {
    /// Reads the next head where it is of this kind and has a number.
    #[inline]
    pub(super) fn number_of(&mut self, major: Major) -> Option<u64> {
        let first = self.peek()?;
        if Major::of(first) != major {
            return None;
        }
        self.take_number(info::of(first))
    }

    /// Reads the next head where it is of this kind and has a length.
    #[inline]
    pub(super) fn len_of(&mut self, major: Major) -> Option<usize> {
        self.number_of(major).map(len_of_number)
    }

    /// Reads the next head, which has this `info`, if it has a number.
    #[inline]
    fn take_number(&mut self, info: u8) -> Option<u64> {
        if info < info::WIDE_1 {
            self.at += 1;
            return Some(info.into());
        }
        self.take_wide_number(info)
    }

    #[inline(never)]
    fn take_wide_number(&mut self, info: u8) -> Option<u64> {
        let rest = self.input.get(self.at + 1..)?;
        let number = match info {
            info::WIDE_1 => u64::from(*rest.first()?),
            info::WIDE_2 => u16::from_be_bytes(*rest.first_chunk()?).into(),
            info::WIDE_4 => u32::from_be_bytes(*rest.first_chunk()?).into(),
            info::WIDE_8 => u64::from_be_bytes(*rest.first_chunk()?),
            _ => return None,
        };
        self.at += 1 + (1 << (info - info::WIDE_1));
        Some(number)
    }

    /// Reads the next head, and skips tags before it.
    pub(super) fn head(&mut self) -> Result<Head, Fault> {
        Ok(self.tagged_head()?.1)
    }

    /// Reads the next head, and the tag right before it.
    pub(in crate::value::cbor) fn tagged_head(&mut self) -> Result<(Option<u64>, Head), Fault> {
        let mut last = None;
        loop {
            match self.any_head()? {
                Head::Tag(tag) => last = Some(tag),
                head => return Ok((last, head)),
            }
        }
    }

    /// Reads the next head.
    #[inline(never)]
    pub(super) fn any_head(&mut self) -> Result<Head, Fault> {
        let start = self.at;
        let first = self.peek().ok_or_else(|| self.truncated())?;
        let (major, info) = (Major::of(first), info::of(first));
        let head = match info {
            0..=info::WIDE_8 => {
                let number = self.take_number(info).ok_or_else(|| self.truncated())?;
                with_number(major, info, number)
            }
            info::NONE => {
                self.at += 1;
                without_number(major)
            }
            _ => None,
        };
        head.ok_or_else(|| FaultKind::Malformed { at: start }.into())
    }

    /// Returns the next byte without reading it.
    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.input.get(self.at).copied()
    }

    #[cold]
    #[inline(never)]
    pub(super) fn truncated(&self) -> Fault {
        FaultKind::Truncated { at: self.input.len() }.into()
    }
}
