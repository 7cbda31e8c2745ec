//! Reads tuples: arrays of a known length, whose elements have types of their own.

use super::Reader;
use crate::error::{Fault, FaultKind};

/// A tuple that is being read.
#[derive(Debug)]
pub struct Tuple<'r, 'i> {
    reader: &'r mut Reader<'i>,
    /// The length that the array gives; `None` where a break ends it.
    count: Option<usize>,
    seen: usize,
    /// The length that the type has.
    len: usize,
}

impl<'i> Tuple<'_, 'i> {
    /// Returns the reader at the next element.
    ///
    /// # Errors
    /// [`FaultKind::WrongLength`] where there is none.
    #[inline]
    pub fn next(&mut self) -> Result<&mut Reader<'i>, Fault> {
        if self.count.is_none() && self.reader.at_end(None, self.seen) {
            return Err(wrong_length(self.len));
        }
        self.seen += 1;
        Ok(self.reader)
    }

    /// Ends the tuple, whose elements were read.
    ///
    /// # Errors
    /// [`FaultKind::WrongLength`] where more follow.
    #[inline]
    pub fn end(&mut self) -> Result<(), Fault> {
        if self.count.is_none() && !self.reader.at_end(None, self.seen) {
            return Err(wrong_length(self.len));
        }
        Ok(())
    }
}

impl<'i> Reader<'i> {
    /// Begins an array of exactly `len` elements, on the level of what it stands in.
    ///
    /// # Errors
    /// The fault of an item that is no array, and [`FaultKind::WrongLength`].
    #[inline]
    pub fn tuple(&mut self, len: usize) -> Result<Tuple<'_, 'i>, Fault> {
        let count = self.array()?;
        if count.is_some_and(|count| count != len) {
            return Err(wrong_length(len));
        }
        Ok(Tuple { reader: self, count, seen: 0, len })
    }
}

#[cold]
#[inline(never)]
fn wrong_length(expected: usize) -> Fault {
    FaultKind::WrongLength { expected }.into()
}
