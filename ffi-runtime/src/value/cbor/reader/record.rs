//! Reads maps of known keys: structs, and the parameters of a request.
//!
//! While entries come in the order of the declaration, generated code reads each with [`Slot::expect`].
//! From the first on that does not, [`Reader::rest`] looks up each key, in one loop that serves every struct.

use super::Reader;
use crate::error::{Fault, FaultKind, within};
use crate::value::cbor::head::{Head, Major, wrong_type};

/// A field whose key was not read yet.
///
/// It takes a function that reads the value, and no bound on `T`, so that rustc reports a type that does not
/// cross at the field and not here. For the same reason [`Slot::new`] names the mirror `P`: rustc's message
/// about a type that does not cross is the same wherever its mirror is named.
#[derive(Debug)]
pub struct Slot<T, D> {
    value: Option<T>,
    decode: D,
}

impl<T, D: FnMut(&mut Reader<'_>) -> Result<T, Fault>> Slot<T, D> {
    /// Returns an empty slot for a field whose value `decode` reads.
    #[inline(always)]
    pub fn new<P>(decode: D) -> Self {
        Self { value: None, decode }
    }

    /// Reads the next entry of a map if its key is `name`, the field's.
    ///
    /// Generated code calls it once for each field, in the order of the declaration, which is that of all
    /// that this runtime writes. Where `name` is a constant, the call compiles to a compare or two.
    ///
    /// # Errors
    /// The value's fault.
    #[inline(always)]
    pub fn expect(&mut self, name: &'static str, reader: &mut Reader<'_>, map: &mut Map) -> Result<(), Fault> {
        if map.is_over() || !reader.take_text(name) {
            return Ok(());
        }
        map.left -= 1;
        self.value = Some(within(name, (self.decode)(reader))?);
        Ok(())
    }

    /// Returns the value, or the one of `absent` where the key is missing.
    ///
    /// # Errors
    /// The fault of `absent`, or [`FaultKind::MissingKey`] where it returns no value.
    #[inline(always)]
    pub fn take(self, absent: impl FnOnce() -> Result<Option<T>, Fault>) -> Result<T, Fault> {
        match self.value {
            Some(value) => Ok(value),
            None => absent()?.ok_or_else(missing),
        }
    }
}

/// A field of any type, so that one reader of maps serves every struct.
pub trait Fill {
    /// Reads the value.
    ///
    /// # Errors
    /// The value's fault, or [`FaultKind::DuplicateKey`].
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault>;
}

impl<T, D: FnMut(&mut Reader<'_>) -> Result<T, Fault>> Fill for Slot<T, D> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if self.value.is_some() {
            return Err(duplicate());
        }
        self.value = Some((self.decode)(reader)?);
        Ok(())
    }
}

/// A map that is being read.
#[derive(Debug)]
pub struct Map {
    /// The entries that are left. Where a break ends the map the count starts at [`OPEN`](Self::OPEN),
    /// and stays above any number of entries that an input can hold.
    left: usize,
}

impl Map {
    const OPEN: usize = usize::MAX;

    /// Whether all announced entries were read.
    #[inline(always)]
    pub fn is_over(&self) -> bool {
        self.left == 0
    }

    /// Returns the number of entries that are left, where it is known.
    fn count(&self) -> Option<usize> {
        (self.left <= Self::OPEN / 2).then_some(self.left)
    }
}

impl Reader<'_> {
    /// Reads a map, one level deeper; `fields` reads its entries.
    ///
    /// # Errors
    /// The fault of `fields`, of an item that is no map, or of nesting past the limit.
    #[inline]
    pub fn record(&mut self, fields: impl FnOnce(&mut Self, Map) -> Result<(), Fault>) -> Result<(), Fault> {
        self.nesting.enter()?;
        let map = self.map()?;
        fields(self, map)?;
        self.nesting.leave();
        Ok(())
    }

    /// Reads the map of a request's parameters, which does not count as a level of nesting. An empty request
    /// is an empty map, and no bytes may follow the map.
    ///
    /// # Errors
    /// The fault of `fields`, of an item that is no map, or of trailing bytes.
    #[inline]
    pub fn request(&mut self, fields: impl FnOnce(&mut Self, Map) -> Result<(), Fault>) -> Result<(), Fault> {
        if self.input.is_empty() {
            return Ok(());
        }
        let map = self.map()?;
        fields(self, map)?;
        self.finish()
    }

    /// Reads the entries that are left into the fields of their names, and skips unknown keys.
    ///
    /// # Errors
    /// The fault of a value, of a key that comes twice, or of malformed bytes.
    #[inline(never)]
    pub fn rest(&mut self, map: Map, fields: &mut [(&'static str, &mut dyn Fill)]) -> Result<(), Fault> {
        let (count, mut seen) = (map.count(), 0);
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
        let map = self.map()?;
        let (count, mut seen) = (map.count(), 0);
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

    fn entry(&mut self, fields: &mut [(&'static str, &mut dyn Fill)]) -> Result<(), Fault> {
        let key = self.key()?;
        let known = key.and_then(|key| fields.iter_mut().find(|(name, _)| *name == key));
        match known {
            Some((name, field)) => within(name, field.fill(self)),
            None => self.skip(),
        }
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

#[cold]
#[inline(never)]
fn missing() -> Fault {
    FaultKind::MissingKey.into()
}

#[cold]
#[inline(never)]
fn duplicate() -> Fault {
    FaultKind::DuplicateKey.into()
}
