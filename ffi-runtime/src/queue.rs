//! The way into a worker: an inbox with a bound in a counter beside it, and a line that the inbox
//! is emptied into.
//!
//! - A full queue refuses; it never blocks.
//! - All that waits in the inbox becomes the line at once, by a swap, when the line is empty: who
//!   sends and who takes hardly meet, and neither allocates, since both keep their memory.
//! - What is in line stays where others reach it too: where the worker is blocked, whoever
//!   destroys the context takes the rest.

mod line;

use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{Held, Lock};
use line::Line;
use std::collections::VecDeque;

/// For how many items there is memory whether they come or not.
const KEPT: usize = 1024;

/// How often in a row the line is filled with few before it gives back the memory for many.
const PATIENCE: u32 = 64;

/// Both ends of one context's queue.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    /// What was sent since the line was last filled. Locked after the line, by who locks both.
    inbox: Lock<Vec<T>>,
    line: Lock<Line<T>>,
    /// Sent and not yet taken.
    waiting: AtomicUsize,
    limit: usize,
}

/// A place at the end of the line.
#[must_use = "a place that is not filled counts for ever"]
pub(crate) struct Place<'a, T>(&'a Queue<T>);

impl<T> Place<'_, T> {
    /// Puts the item that `make` makes in line. Made where it is to stand, so that it is not
    /// moved there.
    #[inline]
    pub(crate) fn fill(self, make: impl FnOnce() -> T) {
        let mut inbox = self.0.inbox.hold();
        // Room first: a push that may grow keeps the item elsewhere until it has grown.
        inbox.reserve(1);
        if let Some(place) = inbox.spare_capacity_mut().first_mut() {
            place.write(make());
            let len = inbox.len() + 1;
            // SAFETY: the item behind the last was just written.
            unsafe { inbox.set_len(len) };
        }
    }
}

impl<T> Queue<T> {
    /// A queue in which `limit` items may wait.
    pub(crate) fn new(limit: usize) -> Self {
        Self { inbox: Lock::new(Vec::new()), line: Lock::new(Line::new()), waiting: AtomicUsize::new(0), limit }
    }

    /// Keeps a place in line for an item; `None` where the line is full.
    #[inline]
    pub(crate) fn reserve(&self) -> Option<Place<'_, T>> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.limit {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        Some(Place(self))
    }

    /// Keeps a place in line, however full the line is.
    pub(crate) fn reserve_urgently(&self) -> Place<'_, T> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        Place(self)
    }

    /// Takes those items that `pick` takes out of the line, which holds all of them.
    pub(crate) fn pick<R>(&self, pick: impl FnOnce(&mut VecDeque<T>) -> R) -> R {
        let mut line = self.line();
        let mut items = VecDeque::from(line.take());
        items.extend(self.inbox.hold().drain(..));
        let before = items.len();
        let picked = pick(&mut items);
        self.waiting.fetch_sub(before - items.len(), Ordering::Relaxed);
        line.fill(items.into());
        picked
    }

    /// Takes the first item, if there is one and `admits` lets it pass.
    #[inline]
    pub(crate) fn take_if(&self, admits: impl FnOnce(&T) -> bool) -> Option<T> {
        let mut line = self.line();
        if !line.front().is_some_and(admits) {
            return None;
        }
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        line.pop()
    }

    /// Whether there is a first item that `admits` lets pass.
    pub(crate) fn has(&self, admits: impl FnOnce(&T) -> bool) -> bool {
        self.line().front().is_some_and(admits)
    }

    /// Takes everything.
    pub(crate) fn take_all(&self) -> VecDeque<T> {
        self.pick(std::mem::take)
    }

    /// Whether nothing is in line.
    pub(crate) fn is_empty(&self) -> bool {
        self.line().is_empty()
    }

    /// The line, which begins with the first item wherever that is.
    #[inline(always)]
    fn line(&self) -> Held<'_, Line<T>> {
        let mut line = self.line.hold();
        if line.is_empty() {
            self.refill(&mut line);
        }
        line
    }

    /// Makes the inbox the line, which is empty.
    #[inline(never)]
    fn refill(&self, line: &mut Line<T>) {
        let mut inbox = self.inbox.hold();
        if !inbox.is_empty() {
            let emptied = line.take();
            line.fill(std::mem::replace(&mut *inbox, emptied));
            drop(inbox);
            self.trim(line);
        }
    }

    /// Gives back the memory of the inbox, which has just become the line's predecessor's, where it
    /// is for many more than have come for a while.
    fn trim(&self, line: &mut Line<T>) {
        if line.len() > KEPT / 4 {
            line.patience = PATIENCE;
        } else if line.patience > 0 {
            line.patience -= 1;
        } else {
            let mut inbox = self.inbox.hold();
            if inbox.is_empty() && inbox.capacity() > KEPT {
                let large = std::mem::take(&mut *inbox);
                drop(inbox);
                drop(large);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Queue;

    /// Puts a number in line, if there is room.
    fn send(queue: &Queue<i32>, item: i32) -> bool {
        queue.reserve().map(|place| place.fill(|| item)).is_some()
    }

    #[test]
    fn a_full_queue_has_no_room_until_an_item_is_taken() {
        let queue = Queue::new(2);
        assert_eq!([1, 2, 3].map(|item| send(&queue, item)), [true, true, false]);
        assert_eq!(queue.take_if(|&first| first == 2), None);
        assert!(!send(&queue, 4));
        assert_eq!(queue.take_if(|&first| first == 1), Some(1));
        assert!(send(&queue, 5));
        queue.reserve_urgently().fill(|| 6);
        assert!(!send(&queue, 7));
        assert!(queue.has(|&first| first == 2) && !queue.is_empty());
    }

    #[test]
    fn the_memory_for_many_is_given_back_once_few_come() {
        let queue = Queue::new(10_000);
        (0..5_000).for_each(|item| assert!(send(&queue, item)));
        while queue.take_if(|_| true).is_some() {}
        let capacity = || queue.inbox.hold().capacity();
        for _ in 0..3 {
            assert!(send(&queue, 1) && queue.take_if(|_| true).is_some());
        }
        let kept = capacity();
        for _ in 0..2 * super::PATIENCE {
            assert!(send(&queue, 1) && queue.take_if(|_| true).is_some());
        }
        assert!(kept >= 5_000 || send(&queue, 1), "it is kept for a while");
        assert!(capacity() <= super::KEPT && queue.line.hold().take().capacity() <= super::KEPT);
    }

    #[test]
    fn everything_is_taken_wherever_it_is_in_its_order() {
        let queue = Queue::new(10);
        assert!(send(&queue, 1));
        assert!(send(&queue, 2));
        assert!(queue.has(|_| true), "the first two are in the line, the third in the inbox");
        assert!(send(&queue, 3));
        assert_eq!(queue.take_all(), [1, 2, 3]);
        assert!(queue.is_empty());
        assert!((0..10).all(|item| send(&queue, item)), "and none of them counts any more");
    }
}
