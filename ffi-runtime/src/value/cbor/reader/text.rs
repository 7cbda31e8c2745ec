//! Reads text and byte strings, whole or in chunks.

use super::Reader;
use crate::error::{Fault, FaultKind};
use crate::utf8::{check_utf8, with_spare};
use crate::value::cbor::head::{Head, Major, info, wrong_type};
use std::borrow::Cow;

impl<'a> Reader<'a> {
    /// Reads text into a string with one spare byte, so that it can go to C without growing.
    pub(crate) fn string(&mut self) -> Result<String, Fault> {
        match self.len_of(Major::TEXT) {
            Some(len) => {
                let text = check_utf8(self.take(len)?)?;
                self.owned(text)
            }
            None => self.string_by_head(),
        }
    }

    #[inline(never)]
    fn string_by_head(&mut self) -> Result<String, Fault> {
        let text = self.text_by_head()?;
        self.owned(&text)
    }

    #[inline]
    fn owned(&mut self, text: &str) -> Result<String, Fault> {
        if text.is_empty() {
            return Ok(String::new());
        }
        self.charge_block(text.len() + 1)?;
        with_spare(text)
    }

    /// Reads text, borrowed where it is in one piece.
    #[inline]
    pub(crate) fn text(&mut self) -> Result<Cow<'a, str>, Fault> {
        match self.len_of(Major::TEXT) {
            Some(len) => check_utf8(self.take(len)?).map(Cow::Borrowed),
            None => self.text_by_head(),
        }
    }

    #[inline(never)]
    fn text_by_head(&mut self) -> Result<Cow<'a, str>, Fault> {
        match self.head()? {
            Head::Text(len) => self.text_body(len),
            other => Err(wrong_type("text", other)),
        }
    }

    /// Reads this text where it is next, under a head of one byte.
    #[inline(always)]
    pub(super) fn take_text(&mut self, text: &str) -> bool {
        let Some((first, rest)) = self.input.get(self.at..).and_then(<[u8]>::split_first) else { return false };
        let is_next = text.len() < info::WIDE_1.into()
            && *first == Major::TEXT.first(text.len() as u8)
            && rest.starts_with(text.as_bytes());
        if is_next {
            self.at += 1 + text.len();
        }
        is_next
    }

    /// Reads a map's key; `None` where it was something other than text, and skipped.
    pub(super) fn key(&mut self) -> Result<Option<Cow<'a, str>>, Fault> {
        if let Some(len) = self.len_of(Major::TEXT) {
            return self.text_body(Some(len)).map(Some);
        }
        let start = self.at;
        if let Head::Text(len) = self.head()? {
            return self.text_body(len).map(Some);
        }
        self.at = start;
        self.skip()?;
        Ok(None)
    }

    /// Reads a byte string, or an array of integers from 0 to 255, which `elements` reads after the head.
    pub(crate) fn bytes(
        &mut self,
        elements: impl FnOnce(&mut Self, Option<usize>) -> Result<Vec<u8>, Fault>,
    ) -> Result<Vec<u8>, Fault> {
        match self.head()? {
            Head::Bytes(len) => self.owned_bytes(len),
            Head::Array(count) => elements(self, count),
            other => Err(wrong_type("a byte string", other)),
        }
    }

    fn owned_bytes(&mut self, len: Option<usize>) -> Result<Vec<u8>, Fault> {
        match self.bytes_body(len)? {
            Cow::Owned(bytes) => Ok(bytes),
            Cow::Borrowed(bytes) => {
                let mut owned = Vec::new();
                self.extend(&mut owned, bytes)?;
                Ok(owned)
            }
        }
    }

    /// Reads the text whose head was read. Each chunk must be whole UTF-8 (RFC 8949, 3.2.3).
    pub(in crate::value::cbor) fn text_body(&mut self, len: Option<usize>) -> Result<Cow<'a, str>, Fault> {
        let Some(len) = len else {
            return self.chunked_text().map(Cow::Owned);
        };
        check_utf8(self.take(len)?).map(Cow::Borrowed)
    }

    fn chunked_text(&mut self) -> Result<String, Fault> {
        let mut bytes = Vec::new();
        while !self.at_end(None, 0) {
            // RFC 8949, 3.2.3: a chunk has no tag.
            let chunk = match self.any_head()? {
                Head::Text(Some(len)) => self.take(len)?,
                other => return Err(wrong_type("a chunk of text", other)),
            };
            self.extend(&mut bytes, check_utf8(chunk)?.as_bytes())?;
        }
        String::from_utf8(bytes).map_err(|error| FaultKind::InvalidUtf8 { at: error.utf8_error().valid_up_to() }.into())
    }

    /// Reads the byte string whose head was read.
    pub(super) fn bytes_body(&mut self, len: Option<usize>) -> Result<Cow<'a, [u8]>, Fault> {
        if let Some(len) = len {
            return self.take(len).map(Cow::Borrowed);
        }
        let mut bytes = Vec::new();
        while !self.at_end(None, 0) {
            match self.any_head()? {
                Head::Bytes(Some(len)) => {
                    let chunk = self.take(len)?;
                    self.extend(&mut bytes, chunk)?;
                }
                other => return Err(wrong_type("a chunk of bytes", other)),
            }
        }
        Ok(Cow::Owned(bytes))
    }

    /// Reads the next `len` bytes of the request.
    #[inline]
    fn take(&mut self, len: usize) -> Result<&'a [u8], Fault> {
        let bytes = self.input[self.at..].get(..len).ok_or_else(|| self.truncated())?;
        self.at += len;
        Ok(bytes)
    }

    /// Appends bytes, after charging for them.
    fn extend(&mut self, bytes: &mut Vec<u8>, more: &[u8]) -> Result<(), Fault> {
        let (len, room) = (bytes.len() + more.len(), bytes.capacity());
        if len > room {
            let grown = len.max(2 * room);
            self.move_to(grown, room, || bytes.try_reserve_exact(grown - bytes.len()))?;
        }
        bytes.extend_from_slice(more);
        Ok(())
    }
}
