//! The way into a worker: an unbounded channel with a bound in a counter beside it, and a line
//! that it is drained into.
//!
//! - A full queue refuses; it never blocks.
//! - All that waits in the channel is drained at once, which costs half of taking items one by
//!   one. Nobody sleeps on the channel: flume fires a waker while it holds the channel's lock.
//! - What was drained stays where others reach it too: where the worker is blocked, whoever
//!   destroys the context takes the rest.
//!
//! The only module that uses flume.

use crate::sync::atomic::{AtomicUsize, Ordering};
#[cfg(ffi_model)]
use crate::sync::flume;
use crate::sync::{Mutex, MutexGuard, PoisonError};
use std::collections::VecDeque;

/// What is added to the number of those that wait to have nobody let in: more than memory holds.
const SHUT: usize = usize::MAX / 4;

/// Both ends of one context's channel.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    sender: flume::Sender<T>,
    receiver: flume::Receiver<T>,
    line: Mutex<VecDeque<T>>,
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
        // Both ends are the queue's, so the channel is open for as long as there is one.
        let _ = self.0.sender.send(make());
    }
}

impl<T> Queue<T> {
    /// A queue in which `limit` items may wait.
    pub(crate) fn new(limit: usize) -> Self {
        let (sender, receiver) = flume::unbounded();
        Self { sender, receiver, line: Mutex::default(), waiting: AtomicUsize::new(0), limit: limit.min(SHUT) }
    }

    /// Lets nothing more in, but what is urgent.
    pub(crate) fn shut(&self) {
        self.waiting.fetch_add(SHUT, Ordering::SeqCst);
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
        line.extend(self.receiver.drain());
        let before = line.len();
        let picked = pick(&mut line);
        self.waiting.fetch_sub(before - line.len(), Ordering::Relaxed);
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
        line.pop_front()
    }

    /// Whether there is a first item that `admits` lets pass.
    pub(crate) fn has(&self, admits: impl FnOnce(&T) -> bool) -> bool {
        self.line().front().is_some_and(admits)
    }

    /// Takes the first item, wherever it is.
    pub(crate) fn take(&self) -> Option<T> {
        self.pick(VecDeque::pop_front)
    }

    /// Whether nothing is in line.
    pub(crate) fn is_empty(&self) -> bool {
        self.line().is_empty()
    }

    /// The line, which begins with the first item wherever that is.
    #[inline]
    fn line(&self) -> MutexGuard<'_, VecDeque<T>> {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        if line.is_empty() {
            line.extend(self.receiver.drain());
        }
        line
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
    fn everything_is_taken_wherever_it_is_in_its_order() {
        let queue = Queue::new(10);
        assert!(send(&queue, 1));
        assert!(send(&queue, 2));
        assert!(queue.has(|_| true), "the first two are in the line, the third in the channel");
        assert!(send(&queue, 3));
        assert_eq!([(); 4].map(|()| queue.take()), [Some(1), Some(2), Some(3), None]);
        assert!(queue.is_empty());
        assert!((0..10).all(|item| send(&queue, item)), "and none of them counts any more");
    }

    #[test]
    fn a_queue_that_is_shut_lets_in_what_is_urgent_alone() {
        let queue = Queue::new(usize::MAX);
        assert!(send(&queue, 1));
        queue.shut();
        assert!(!send(&queue, 2));
        queue.reserve_urgently().fill(|| 3);
        assert_eq!([(); 3].map(|()| queue.take()), [Some(1), Some(3), None]);
        assert!(!send(&queue, 4));
    }
}
