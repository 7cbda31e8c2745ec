//! Reads maps of known keys: structs, and the parameters of a request.
//!
//! Entries are read in the order they stand in. While they keep to the order of the declaration, [`Map::take`]
//! compares a key with the one that is expected; [`Reader::rest`] reads those that come in another.

use super::Reader;
use crate::error::Fault;
use crate::value::cbor::head::{Head, Major, wrong_type};

/// A map that is being read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Map {
    /// The entries to come. Counted down from [`OPEN`](Self::OPEN) where a break ends the map,
    /// which leaves more than any input can hold.
    left: usize,
}

impl Map {
    const OPEN: usize = usize::MAX;

    /// Takes the key that is next if it is `name`.
    ///
    /// Asked of each field once and first: what this runtime sends has the fields in the order of
    /// their declaration. In place, where `name` is a constant, this is a compare or two.
    #[inline(always)]
    pub(crate) fn take(&mut self, reader: &mut Reader<'_>, name: &'static str) -> bool {
        let is_next = !self.is_over() && reader.take_text(name);
        self.left -= usize::from(is_next);
        is_next
    }

    /// Whether every entry was read that was announced.
    #[inline(always)]
    pub(crate) fn is_over(&self) -> bool {
        self.left == 0
    }

    /// The entries to come, where it is known.
    fn count(&self) -> Option<usize> {
        (self.left <= Self::OPEN / 2).then_some(self.left)
    }
}

impl Reader<'_> {
    /// Reads a map, one level deeper; `fields` reads its entries.
    ///
    /// # Errors
    /// What `fields` returns, that there is no map, or nesting past the limit.
    #[inline]
    pub(crate) fn record<T>(&mut self, fields: impl FnOnce(&mut Self, Map) -> Result<T, Fault>) -> Result<T, Fault> {
        self.nesting.enter()?;
        let map = self.map()?;
        let value = fields(self, map)?;
        self.nesting.leave();
        Ok(value)
    }

    /// Begins the map of a request's parameters, which is no level of its own. No bytes at
    /// all stand for an empty map.
    ///
    /// # Errors
    /// That there is no map.
    #[inline]
    pub(crate) fn request(&mut self) -> Result<Map, Fault> {
        if self.input.is_empty() { Ok(Map { left: 0 }) } else { self.map() }
    }

    /// Reads a map, one level deeper; `entry` reads or skips the value of each key that is text.
    ///
    /// # Errors
    /// What `entry` returns, that there is no map, nesting past the limit, or malformed bytes.
    pub(crate) fn entries(&mut self, entry: impl FnMut(&mut Self, &str) -> Result<(), Fault>) -> Result<(), Fault> {
        self.record(|reader, map| reader.rest(map, entry))
    }

    /// Reads the entries that are left of a map, as [`Reader::entries`] does.
    ///
    /// # Errors
    /// What `entry` returns, or malformed bytes.
    pub(crate) fn rest(
        &mut self,
        map: Map,
        mut entry: impl FnMut(&mut Self, &str) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let (count, mut seen) = (map.count(), 0);
        while !self.at_end(count, seen) {
            match self.key()? {
                Some(key) => entry(self, &key)?,
                None => self.skip()?,
            }
            seen += 1;
        }
        Ok(())
    }

    #[inline]
    fn map(&mut self) -> Result<Map, Fault> {
        let count = match self.len_of(Major::MAP) {
            Some(count) => Some(count),
            None => self.map_by_head()?,
        };
        // An entry takes two bytes at least.
        self.check_count(count, 2)?;
        Ok(Map { left: count.unwrap_or(Map::OPEN) })
    }

    #[inline(never)]
    fn map_by_head(&mut self) -> Result<Option<usize>, Fault> {
        match self.head()? {
            Head::Map(count) => Ok(count),
            other => Err(wrong_type("a map", other)),
        }
    }
}
