//! The bounded queue of one context's events, with gaps where events were dropped.

use super::payload::{AnyEvent, discard};
use std::collections::VecDeque;

/// What waits, in its order.
#[derive(Debug)]
pub(super) struct EventQueue {
    entries: VecDeque<(u64, QueueItem)>,
    /// How many of them are events.
    events: usize,
    limit: usize,
    next_number: u64,
}

/// One place in the queue.
#[derive(Debug)]
pub(super) enum QueueItem {
    Event(Box<dyn AnyEvent>),
    /// So many events were dropped here.
    Gap(u64),
}

impl EventQueue {
    /// A queue in which `limit` events may wait.
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
            self.entries.push_back((number, QueueItem::Event(event)));
            return None;
        }
        if drops_oldest {
            let dropped = self.drop_first();
            self.entries.push_back((number, QueueItem::Event(event)));
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
            Some((last, QueueItem::Gap(count))) => (*last, *count) = (number, *count + 1),
            _ => self.entries.push_back((number, QueueItem::Gap(1))),
        }
    }

    /// Makes the first event a gap, or a part of the gap before it. The number of events stays,
    /// for the one that takes its place.
    fn drop_first(&mut self) -> Option<Box<dyn AnyEvent>> {
        let at = self.entries.iter().position(|(_, entry)| matches!(entry, QueueItem::Event(_)))?;
        let (number, _) = self.entries[at];
        let (_, dropped) = std::mem::replace(&mut self.entries[at], (number, QueueItem::Gap(1)));
        if let Some((_, QueueItem::Gap(before))) = at.checked_sub(1).and_then(|before| self.entries.get(before)) {
            self.entries[at].1 = QueueItem::Gap(before + 1);
            self.entries.remove(at - 1);
        }
        match dropped {
            QueueItem::Event(event) => Some(event),
            QueueItem::Gap(_) => None,
        }
    }

    /// Takes the first entry, with its number.
    pub(super) fn pop(&mut self) -> Option<(u64, QueueItem)> {
        let (number, entry) = self.entries.pop_front()?;
        self.events -= usize::from(matches!(entry, QueueItem::Event(_)));
        Some((number, entry))
    }

    /// Takes everything.
    pub(super) fn take_all(&mut self) -> VecDeque<(u64, QueueItem)> {
        self.events = 0;
        std::mem::take(&mut self.entries)
    }
}

/// Drops events that are delivered to nobody.
pub(super) fn discard_all(entries: VecDeque<(u64, QueueItem)>) {
    for (_, entry) in entries {
        if let QueueItem::Event(event) = entry {
            discard(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{EventQueue, QueueItem};
    use crate::declare::EventsDropped;
    use crate::events::payload::Fired;

    /// Fires an event; gives whether one was dropped.
    fn push(queue: &mut EventQueue, drops_oldest: bool) -> bool {
        queue.push(Box::new(Fired::<EventsDropped>(EventsDropped { count: 0 })), drops_oldest).is_some()
    }

    /// The numbers of what is queued, and the counts of its gaps.
    fn drain(queue: &mut EventQueue) -> Vec<(u64, Option<u64>)> {
        let count = |entry| if let QueueItem::Gap(count) = entry { Some(count) } else { None };
        std::iter::from_fn(|| queue.pop()).map(|(number, entry)| (number, count(entry))).collect()
    }

    #[test]
    fn a_gap_stands_where_events_were_dropped_with_their_number() {
        let mut queue = EventQueue::new(2);
        assert_eq!([(); 5].map(|()| push(&mut queue, true)), [false, false, true, true, true]);
        assert_eq!(drain(&mut queue), [(2, Some(3)), (3, None), (4, None)]);
        let mut queue = EventQueue::new(2);
        assert_eq!([(); 5].map(|()| push(&mut queue, false)), [false, false, true, true, true]);
        assert_eq!(drain(&mut queue), [(0, None), (1, None), (4, Some(3))]);
        assert!(queue.is_empty() && !queue.is_full() && queue.next_number() == 5);
    }

    #[test]
    fn however_slowly_it_is_delivered_the_line_holds_no_more_gaps_than_events() {
        for drops_oldest in [true, false] {
            let mut queue = EventQueue::new(3);
            for round in 0..1_000 {
                push(&mut queue, drops_oldest);
                push(&mut queue, drops_oldest);
                if round % 3 == 0 {
                    queue.pop();
                }
                assert!(queue.entries.len() <= 2 * queue.limit + 1, "{:?}", queue.entries);
                let events = queue.entries.iter().filter(|(_, entry)| matches!(entry, QueueItem::Event(_))).count();
                assert_eq!((events, queue.is_full()), (queue.events, events >= 3));
            }
            let mut numbers: Vec<_> = drain(&mut queue).into_iter().map(|(number, _)| number).collect();
            numbers.dedup();
            assert!(numbers.is_sorted() && queue.events == 0);
        }
    }

    #[test]
    fn nothing_is_left_of_what_was_taken_at_once() {
        let mut queue = EventQueue::new(2);
        (0..3).for_each(|_| _ = push(&mut queue, false));
        assert_eq!(queue.take_all().len(), 3);
        assert!(queue.is_empty() && !queue.is_full() && queue.pop().is_none());
        assert!(!push(&mut queue, false) && !push(&mut queue, false) && push(&mut queue, false));
    }
}
