//! Skips the values of unknown keys, under the same rules as values that are read.

use super::Reader;
use crate::error::Fault;
use crate::value::cbor::head::{Head, wrong_type};

impl Reader<'_> {
    /// Skips one item of any type. It must be well-formed, its text must be UTF-8, and it
    /// may nest as deep as a value that is read.
    ///
    /// # Errors
    /// The fault of a malformed item, or of nesting past the limit.
    pub fn skip(&mut self) -> Result<(), Fault> {
        match self.head()? {
            Head::Text(len) => self.text_body(len).map(drop),
            Head::Bytes(len) => self.bytes_body(len).map(drop),
            Head::Array(count) => self.skip_items(count, 1),
            Head::Map(count) => self.skip_items(count, 2),
            found @ Head::Break => Err(wrong_type("a value", found)),
            _ => Ok(()),
        }
    }

    fn skip_items(&mut self, count: Option<usize>, items_each: usize) -> Result<(), Fault> {
        self.nesting.enter()?;
        self.check_count(count, items_each)?;
        let mut seen = 0;
        while !self.at_end(count, seen) {
            for _ in 0..items_each {
                self.skip()?;
            }
            seen += 1;
        }
        self.nesting.leave();
        Ok(())
    }
}
