//! The queue of a context, the way into its worker: an unbounded channel with a bound in a counter beside it, and a deque
//! that it is drained into.
//!
//! - A full queue refuses; it never blocks. What takes no place is never refused.
//! - All that waits in the channel is drained at once, which costs half of taking items one by
//!   one. Nobody sleeps on the channel: flume fires a waker while it holds the channel's lock.
//! - What was drained stays where others reach it too: where the worker is blocked, whoever
//!   destroys the context takes the rest.
//!
//! The only module that uses flume.

use crate::sync::atomic::{AtomicUsize, Ordering};
#[cfg(ffi_model)]
use crate::sync::flume;
use crate::sync::{Mutex, MutexGuard, lock};
use std::collections::VecDeque;

/// What may be queued.
pub(crate) trait Queued {
    /// Whether it takes one of the places that are limited.
    fn takes_place(&self) -> bool;
}

/// What is added to the number of those that wait to have nobody let in: more than memory holds.
const SHUT: usize = usize::MAX / 4;

/// Both ends of one context's channel.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    sender: flume::Sender<T>,
    receiver: flume::Receiver<T>,
    items: Mutex<VecDeque<T>>,
    /// The places that are taken: by what is sent and not yet taken out.
    waiting: AtomicUsize,
    limit: usize,
}

/// A place at the end of the queue.
#[must_use = "a place that is not filled counts for ever"]
pub(crate) struct Reservation<'a, T>(&'a Queue<T>);

impl<T> Reservation<'_, T> {
    /// Queues the item that `make` makes. Made where it is to stand, so that it is not
    /// moved there.
    #[inline]
    pub(crate) fn fill(self, make: impl FnOnce() -> T) {
        // Both ends are the queue's, so the channel is open for as long as there is one.
        let _ = self.0.sender.send(make());
    }
}

impl<T: Queued> Queue<T> {
    /// A queue in which `limit` items may wait.
    pub(crate) fn new(limit: usize) -> Self {
        let (sender, receiver) = flume::unbounded();
        Self { sender, receiver, items: Mutex::default(), waiting: AtomicUsize::new(0), limit: limit.min(SHUT) }
    }

    /// Lets nothing more in, but what is urgent.
    pub(crate) fn shut(&self) {
        self.waiting.fetch_add(SHUT, Ordering::SeqCst);
    }

    /// How many items may wait.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Reserves a place for an item; `None` where the queue is full.
    #[inline]
    pub(crate) fn reserve(&self) -> Option<Reservation<'_, T>> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.limit {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        Some(Reservation(self))
    }

    /// Queues an item that takes no place, however full the queue is.
    pub(crate) fn put(&self, item: T) {
        debug_assert!(!item.takes_place(), "what takes a place has one reserved");
        Reservation(self).fill(|| item);
    }

    /// Puts in or takes out items that take no place, with all items in the deque.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut VecDeque<T>) -> R) -> R {
        let mut items = self.items();
        items.extend(self.receiver.drain());
        change(&mut items)
    }

    /// Takes those items that `pick` takes out of the deque, which holds all of them.
    pub(crate) fn pick<R>(&self, pick: impl FnOnce(&mut VecDeque<T>) -> R) -> R {
        self.change(|items| {
            let before = places(items);
            let picked = pick(items);
            self.waiting.fetch_sub(before - places(items), Ordering::Relaxed);
            picked
        })
    }

    /// Takes the first item, if there is one and `admits` lets it pass.
    #[inline]
    pub(crate) fn take_if(&self, admits: impl FnOnce(&T) -> bool) -> Option<T> {
        let mut items = self.items();
        let first = items.front().filter(|first| admits(first))?;
        self.waiting.fetch_sub(first.takes_place().into(), Ordering::Relaxed);
        items.pop_front()
    }

    /// Whether there is a first item that `admits` lets pass.
    pub(crate) fn has(&self, admits: impl FnOnce(&T) -> bool) -> bool {
        self.items().front().is_some_and(admits)
    }

    /// Takes the first item, wherever it is.
    pub(crate) fn take(&self) -> Option<T> {
        self.take_if(|_| true)
    }

    /// Whether nothing is queued.
    pub(crate) fn is_empty(&self) -> bool {
        self.items().is_empty()
    }

    /// The deque, which begins with the first item wherever that is.
    #[inline]
    fn items(&self) -> MutexGuard<'_, VecDeque<T>> {
        let mut items = lock(&self.items);
        if items.is_empty() {
            items.extend(self.receiver.drain());
        }
        items
    }
}

/// How many places are taken.
fn places<T: Queued>(items: &VecDeque<T>) -> usize {
    items.iter().filter(|item| item.takes_place()).count()
}

#[cfg(test)]
mod tests {
    use super::{Queue, Queued};

    /// Those below zero take no place.
    impl Queued for i32 {
        fn takes_place(&self) -> bool {
            *self >= 0
        }
    }

    /// Queues a number, if there is room.
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
        assert!(!send(&queue, 6));
        assert!(queue.has(|&first| first == 2) && !queue.is_empty());
    }

    #[test]
    fn what_takes_no_place_neither_fills_the_queue_nor_makes_room() {
        let queue = Queue::new(2);
        (0..5).for_each(|_| queue.put(-1));
        queue.change(|items| items.push_back(-2));
        assert_eq!([1, 2, 3].map(|item| send(&queue, item)), [true, true, false]);
        assert_eq!(queue.take_if(|_| true), Some(-1));
        queue.pick(|items| items.retain(|&item| item != -2));
        assert!(!send(&queue, 4), "the two have their places still");
        assert_eq!(queue.pick(|items| items.drain(..).collect::<Vec<_>>()), [-1, -1, -1, -1, 1, 2]);
        assert_eq!([5, 6, 7].map(|item| send(&queue, item)), [true, true, false]);
    }

    #[test]
    fn everything_is_taken_wherever_it_is_in_its_order() {
        let queue = Queue::new(10);
        assert!(send(&queue, 1));
        assert!(send(&queue, 2));
        assert!(queue.has(|_| true), "the first two are in the deque, the third in the channel");
        assert!(send(&queue, 3));
        assert_eq!([(); 4].map(|()| queue.take()), [Some(1), Some(2), Some(3), None]);
        assert!(queue.is_empty());
        assert!((0..10).all(|item| send(&queue, item)), "and none of them counts any more");
    }

    #[test]
    fn a_queue_that_is_shut_lets_in_what_takes_no_place_alone() {
        let queue = Queue::new(usize::MAX);
        assert!(send(&queue, 1));
        queue.shut();
        assert!(!send(&queue, 2));
        queue.put(-3);
        assert_eq!([(); 3].map(|()| queue.take()), [Some(1), Some(-3), None]);
        assert!(!send(&queue, 4));
    }
}
