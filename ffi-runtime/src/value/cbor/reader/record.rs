//! Reads maps of known keys: structs, and the parameters of a request.
//!
//! While entries come in the order of the declaration, generated code reads each in its turn. From the first
//! on that does not, [`Map::rest`] looks up each key, in one loop that serves every struct.

use super::Reader;
use crate::error::{Fault, within};
use crate::value::cbor::head::{Head, Major, wrong_type};

/// A field of any type whose value may have been read, so that one reader of maps serves every struct.
pub trait Fill {
    /// Reads the value.
    ///
    /// # Errors
    /// The value's fault, or [`FaultKind::DuplicateKey`](crate::FaultKind::DuplicateKey).
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault>;
}

/// A field that the rest of a map may hold: its key, and the place of its value.
pub type LateField<'a> = (&'static str, &'a mut dyn Fill);

/// A map that is being read.
#[derive(Debug)]
pub struct Map<'r, 'i> {
    reader: &'r mut Reader<'i>,
    /// The entries that are left. Where a break ends the map the count starts at [`OPEN`](Self::OPEN),
    /// and stays above any number of entries that an input can hold.
    left: usize,
    end: End,
}

/// What ends with a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// A level of nesting.
    Level,
    /// The request: no bytes may follow.
    Request,
    /// Nothing else.
    Nothing,
}

impl<'i> Map<'_, 'i> {
    const OPEN: usize = usize::MAX;

    /// Returns the number of entries that are left, where it is known.
    fn count(left: usize) -> Option<usize> {
        (left <= Self::OPEN / 2).then_some(left)
    }

    /// Whether all announced entries were read.
    #[inline(always)]
    pub fn is_over(&self) -> bool {
        self.left == 0
    }

    /// Returns the reader of the map, at the next value.
    #[inline(always)]
    pub(crate) fn reader(&mut self) -> &mut Reader<'i> {
        self.reader
    }

    /// Takes the key of the next entry if it is `name`.
    ///
    /// Generated code asks once for each field, in the order of the declaration, which is that of all that
    /// this runtime writes. Where `name` is a constant, the call compiles to a compare or two.
    #[inline(always)]
    pub(crate) fn take_key(&mut self, name: &'static str) -> bool {
        if self.is_over() || !self.reader.take_text(name) {
            return false;
        }
        self.left -= 1;
        true
    }

    /// Reads the entries that are left into the fields of their keys, and skips unknown keys.
    ///
    /// # Errors
    /// The fault of a value, of a key that comes twice, or of malformed bytes.
    #[inline]
    pub fn rest(&mut self, fields: &mut [LateField<'_>]) -> Result<(), Fault> {
        self.reader.rest(Self::count(self.left), fields)
    }

    /// Ends the map, whose entries were read.
    ///
    /// # Errors
    /// Trailing bytes after the parameters of a request.
    #[inline(always)]
    pub fn end(&mut self) -> Result<(), Fault> {
        match self.end {
            End::Level => self.reader.nesting.leave(),
            End::Request => return self.reader.finish(),
            End::Nothing => {}
        }
        Ok(())
    }
}

impl<'i> Reader<'i> {
    /// Begins a map, one level deeper.
    ///
    /// # Errors
    /// The fault of an item that is no map, or of nesting past the limit.
    #[inline]
    pub fn record(&mut self) -> Result<Map<'_, 'i>, Fault> {
        self.nesting.enter()?;
        let left = self.map()?;
        Ok(Map { reader: self, left, end: End::Level })
    }

    /// Begins the map of a request's parameters, which does not count as a level of nesting. An empty request
    /// is an empty map.
    ///
    /// # Errors
    /// The fault of an item that is no map.
    #[inline]
    pub fn request(&mut self) -> Result<Map<'_, 'i>, Fault> {
        let left = if self.input.is_empty() { 0 } else { self.map()? };
        Ok(Map { reader: self, left, end: End::Request })
    }

    /// Begins a map that is no level of nesting of its own.
    #[inline]
    pub(super) fn map_on_this_level(&mut self) -> Result<Map<'_, 'i>, Fault> {
        let left = self.map()?;
        Ok(Map { reader: self, left, end: End::Nothing })
    }

    #[inline(never)]
    fn rest(&mut self, count: Option<usize>, fields: &mut [LateField<'_>]) -> Result<(), Fault> {
        let mut seen = 0;
        while !self.at_end(count, seen) {
            self.entry(fields)?;
            seen += 1;
        }
        Ok(())
    }

    /// Reads a map, one level deeper; `entry` reads or skips the value of each key that is text.
    ///
    /// # Errors
    /// The fault of `entry`, of an item that is no map, of nesting past the limit, or of malformed bytes.
    pub(crate) fn entries(&mut self, mut entry: impl FnMut(&mut Self, &str) -> Result<(), Fault>) -> Result<(), Fault> {
        self.nesting.enter()?;
        let left = self.map()?;
        let (count, mut seen) = (Map::count(left), 0);
        while !self.at_end(count, seen) {
            match self.key()? {
                Some(key) => entry(self, &key)?,
                None => self.skip()?,
            }
            seen += 1;
        }
        self.nesting.leave();
        Ok(())
    }

    /// Reads the head of a map, and returns the number of its entries where it is known.
    pub(crate) fn map_head(&mut self) -> Result<Option<usize>, Fault> {
        match self.len_of(Major::MAP) {
            Some(count) => Ok(Some(count)),
            None => self.map_by_head(),
        }
    }

    fn entry(&mut self, fields: &mut [LateField<'_>]) -> Result<(), Fault> {
        let key = self.key()?;
        let known = key.and_then(|key| fields.iter_mut().find(|(name, _)| *name == key));
        match known {
            Some((name, field)) => within(name, field.fill(self)),
            None => self.skip(),
        }
    }

    /// Reads the head of a map, and returns its number of entries, or [`Map::OPEN`].
    #[inline]
    fn map(&mut self) -> Result<usize, Fault> {
        let count = self.map_head()?;
        // An entry takes two bytes at least.
        self.check_count(count, 2)?;
        Ok(count.unwrap_or(Map::OPEN))
    }

    #[inline(never)]
    fn map_by_head(&mut self) -> Result<Option<usize>, Fault> {
        match self.head()? {
            Head::Map(count) => Ok(count),
            other => Err(wrong_type("a map", other)),
        }
    }
}
