//! Puts the entries of a map in the order of their encoded keys (RFC 8949, 4.2.1).

use crate::error::{Fault, FaultKind};
use crate::memory::reserve;

/// The entries of one map, which stand one after the other at the end of a buffer.
#[derive(Debug)]
pub(super) struct Order {
    /// Where the first begins.
    start: usize,
    entries: Vec<Entry>,
    is_sorted: bool,
}

/// The places of an entry in the buffer.
#[derive(Clone, Copy, Debug)]
struct Entry {
    start: usize,
    key_end: usize,
    end: usize,
}

impl Entry {
    fn key(self, buffer: &[u8]) -> &[u8] {
        &buffer[self.start..self.key_end]
    }
}

impl Order {
    pub(super) fn new(start: usize, count: usize) -> Result<Self, Fault> {
        Ok(Self { start, entries: reserve(count)?, is_sorted: true })
    }

    /// Adds the entry that was written last, whose key ends there.
    pub(super) fn add(&mut self, buffer: &[u8], key_end: usize) {
        let last = self.entries.last().copied();
        let entry = Entry { start: last.map_or(self.start, |last| last.end), key_end, end: buffer.len() };
        self.is_sorted &= last.is_none_or(|last| last.key(buffer) < entry.key(buffer));
        self.entries.push(entry);
    }

    /// Moves the entries of the buffer where they belong. Keys that differ in Rust may be the same here: that is the fault
    /// `twice`.
    pub(super) fn apply(mut self, buffer: &mut [u8], twice: FaultKind) -> Result<(), Fault> {
        if self.is_sorted {
            return Ok(());
        }
        self.entries.sort_unstable_by(|a, b| a.key(buffer).cmp(b.key(buffer)));
        if self.entries.windows(2).any(|pair| pair[0].key(buffer) == pair[1].key(buffer)) {
            return Err(twice.into());
        }
        let mut sorted = reserve(buffer.len() - self.start)?;
        for entry in &self.entries {
            sorted.extend_from_slice(&buffer[entry.start..entry.end]);
        }
        buffer[self.start..].copy_from_slice(&sorted);
        Ok(())
    }
}
