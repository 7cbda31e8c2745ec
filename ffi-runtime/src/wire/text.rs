//! Reads text and byte strings, whole or in chunks.

use super::reader::{Reader, wrong_type};
use crate::error::{Fault, FaultKind};
use crate::pod::check_utf8;
use ciborium_ll::Header;
use std::borrow::Cow;

/// What the smallest block of an allocator takes, so that many small texts are charged for
/// what they cost.
const SMALLEST_BLOCK: usize = 32;

impl<'a> Reader<'a> {
    /// Reads text into a string with one spare byte, so that it can go to C without growing.
    pub(crate) fn string(&mut self) -> Result<String, Fault> {
        let text = self.text()?;
        if text.is_empty() {
            return Ok(String::new());
        }
        self.charge((text.len() + 1).max(SMALLEST_BLOCK))?;
        let mut owned = String::new();
        owned.try_reserve_exact(text.len() + 1).map_err(|_| FaultKind::OutOfMemory { bytes: text.len() + 1 })?;
        owned.push_str(&text);
        Ok(owned)
    }

    /// Reads text, borrowed where it is in one piece.
    pub(crate) fn text(&mut self) -> Result<Cow<'a, str>, Fault> {
        match self.head()? {
            Header::Text(len) => self.text_body(len),
            other => Err(wrong_type("text", &other)),
        }
    }

    /// Reads a map's key; `None` where it was something other than text, and skipped.
    pub(super) fn key(&mut self) -> Result<Option<Cow<'a, str>>, Fault> {
        let start = self.at;
        if let Header::Text(len) = self.head()? {
            return self.text_body(len).map(Some);
        }
        self.at = start;
        self.skip()?;
        Ok(None)
    }

    /// Reads a byte string, or an array of integers from 0 to 255.
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, Fault> {
        match self.head()? {
            Header::Bytes(len) => self.owned_bytes(len),
            Header::Array(count) => self.elements(count),
            other => Err(wrong_type("a byte string", &other)),
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

    /// The text whose head was read. Each chunk must be whole UTF-8 (RFC 8949, 3.2.3).
    pub(super) fn text_body(&mut self, len: Option<usize>) -> Result<Cow<'a, str>, Fault> {
        let Some(len) = len else {
            return self.chunked_text().map(Cow::Owned);
        };
        check_utf8(self.take(len)?).map(Cow::Borrowed)
    }

    fn chunked_text(&mut self) -> Result<String, Fault> {
        let mut bytes = Vec::new();
        while !self.at_end(None, 0)? {
            // RFC 8949, 3.2.3: a chunk has no tag.
            let chunk = match self.any_head()? {
                Header::Text(Some(len)) => self.take(len)?,
                other => return Err(wrong_type("a chunk of text", &other)),
            };
            self.extend(&mut bytes, check_utf8(chunk)?.as_bytes())?;
        }
        String::from_utf8(bytes).map_err(|error| FaultKind::InvalidUtf8 { at: error.utf8_error().valid_up_to() }.into())
    }

    /// The byte string whose head was read.
    pub(super) fn bytes_body(&mut self, len: Option<usize>) -> Result<Cow<'a, [u8]>, Fault> {
        if let Some(len) = len {
            return self.take(len).map(Cow::Borrowed);
        }
        let mut bytes = Vec::new();
        while !self.at_end(None, 0)? {
            match self.any_head()? {
                Header::Bytes(Some(len)) => {
                    let chunk = self.take(len)?;
                    self.extend(&mut bytes, chunk)?;
                }
                other => return Err(wrong_type("a chunk of bytes", &other)),
            }
        }
        Ok(Cow::Owned(bytes))
    }

    /// The next `len` bytes of the request.
    fn take(&mut self, len: usize) -> Result<&'a [u8], Fault> {
        let rest = &self.input[self.at..];
        let bytes = rest.get(..len).ok_or(FaultKind::Truncated { at: self.input.len() })?;
        self.at += len;
        Ok(bytes)
    }

    /// Appends bytes that were charged first.
    fn extend(&mut self, bytes: &mut Vec<u8>, more: &[u8]) -> Result<(), Fault> {
        self.charge(more.len())?;
        bytes.try_reserve(more.len()).map_err(|_| FaultKind::OutOfMemory { bytes: more.len() })?;
        bytes.extend_from_slice(more);
        Ok(())
    }
}
