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

#[cfg(test)]
mod tests {
    use super::{Entry, Line};
    use crate::declare::EventsDropped;
    use crate::event::Fired;

    /// Fires an event; gives whether one was dropped.
    fn push(line: &mut Line, drops_oldest: bool) -> bool {
        line.push(Box::new(Fired::<EventsDropped>(EventsDropped { count: 0 })), drops_oldest).is_some()
    }

    /// The numbers of what is queued, and the counts of its gaps.
    fn drain(line: &mut Line) -> Vec<(u64, Option<u64>)> {
        let count = |entry| if let Entry::Gap(count) = entry { Some(count) } else { None };
        std::iter::from_fn(|| line.pop()).map(|(number, entry)| (number, count(entry))).collect()
    }

    #[test]
    fn a_gap_stands_where_events_were_dropped_with_their_number() {
        let mut line = Line::new(2);
        assert_eq!([(); 5].map(|()| push(&mut line, true)), [false, false, true, true, true]);
        assert_eq!(drain(&mut line), [(2, Some(3)), (3, None), (4, None)]);
        let mut line = Line::new(2);
        assert_eq!([(); 5].map(|()| push(&mut line, false)), [false, false, true, true, true]);
        assert_eq!(drain(&mut line), [(0, None), (1, None), (4, Some(3))]);
        assert!(line.is_empty() && !line.is_full() && line.next_number() == 5);
    }

    #[test]
    fn however_slowly_it_is_delivered_the_line_holds_no_more_gaps_than_events() {
        for drops_oldest in [true, false] {
            let mut line = Line::new(3);
            for round in 0..1_000 {
                push(&mut line, drops_oldest);
                push(&mut line, drops_oldest);
                if round % 3 == 0 {
                    line.pop();
                }
                assert!(line.entries.len() <= 2 * line.limit + 1, "{:?}", line.entries);
                let events = line.entries.iter().filter(|(_, entry)| matches!(entry, Entry::Event(_))).count();
                assert_eq!((events, line.is_full()), (line.events, events >= 3));
            }
            let mut numbers: Vec<_> = drain(&mut line).into_iter().map(|(number, _)| number).collect();
            numbers.dedup();
            assert!(numbers.is_sorted() && line.events == 0);
        }
    }

    #[test]
    fn nothing_is_left_of_what_was_taken_at_once() {
        let mut line = Line::new(2);
        (0..3).for_each(|_| _ = push(&mut line, false));
        assert_eq!(line.take_all().len(), 3);
        assert!(line.is_empty() && !line.is_full() && line.pop().is_none());
        assert!(!push(&mut line, false) && !push(&mut line, false) && push(&mut line, false));
    }
}
