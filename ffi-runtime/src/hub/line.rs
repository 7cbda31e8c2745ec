//! The events of one context that wait to be delivered.

use crate::event::AnyEvent;
use std::collections::VecDeque;

/// What waits, in its order.
#[derive(Debug)]
pub(super) struct Line {
    entries: VecDeque<(u64, Entry)>,
    /// How many of them are events.
    events: usize,
    limit: usize,
    next_number: u64,
}

/// One place in line.
#[derive(Debug)]
pub(super) enum Entry {
    Event(Box<dyn AnyEvent>),
    /// So many events were dropped here.
    Gap(u64),
}

impl Line {
    /// A line in which `limit` events may wait.
    pub(super) fn new(limit: usize) -> Self {
        Self { entries: VecDeque::new(), events: 0, limit, next_number: 0 }
    }

    /// The number of the event that is fired next.
    pub(super) fn next_number(&self) -> u64 {
        self.next_number
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.events >= self.limit
    }

    /// Puts an event at the end. Where there is no room one is dropped and given back: the
    /// first, or the new one.
    pub(super) fn push(&mut self, event: Box<dyn AnyEvent>, drops_oldest: bool) -> Option<Box<dyn AnyEvent>> {
        let number = self.next_number;
        self.next_number += 1;
        if !self.is_full() {
            self.events += 1;
            self.entries.push_back((number, Entry::Event(event)));
            return None;
        }
        if drops_oldest {
            let dropped = self.drop_first();
            self.entries.push_back((number, Entry::Event(event)));
            return dropped;
        }
        self.add_gap(number);
        Some(event)
    }

    /// Counts an event as dropped here that never came.
    pub(super) fn miss(&mut self) {
        let number = self.next_number;
        self.next_number += 1;
        self.add_gap(number);
    }

    fn add_gap(&mut self, number: u64) {
        match self.entries.back_mut() {
            Some((last, Entry::Gap(count))) => (*last, *count) = (number, *count + 1),
            _ => self.entries.push_back((number, Entry::Gap(1))),
        }
    }

    /// Makes the first event a gap, or a part of the gap before it. The number of events stays,
    /// for the one that takes its place.
    fn drop_first(&mut self) -> Option<Box<dyn AnyEvent>> {
        let at = self.entries.iter().position(|(_, entry)| matches!(entry, Entry::Event(_)))?;
        let (number, _) = self.entries[at];
        let (_, dropped) = std::mem::replace(&mut self.entries[at], (number, Entry::Gap(1)));
        if let Some((_, Entry::Gap(before))) = at.checked_sub(1).and_then(|before| self.entries.get(before)) {
            self.entries[at].1 = Entry::Gap(before + 1);
            self.entries.remove(at - 1);
        }
        match dropped {
            Entry::Event(event) => Some(event),
            Entry::Gap(_) => None,
        }
    }

    /// Takes the first entry, with its number.
    pub(super) fn pop(&mut self) -> Option<(u64, Entry)> {
        let (number, entry) = self.entries.pop_front()?;
        self.events -= usize::from(matches!(entry, Entry::Event(_)));
        Some((number, entry))
    }

    /// Takes everything.
    pub(super) fn take_all(&mut self) -> VecDeque<(u64, Entry)> {
        self.events = 0;
        std::mem::take(&mut self.entries)
    }
}
