//! The way into a worker: an unbounded channel with a bound in a counter beside it.
//!
//! - A full queue refuses; it never blocks.
//! - The worker drains all that waits at once, which costs half of taking items one by one,
//!   and never sleeps on the channel: flume fires a waker while it holds the channel's lock.
//!
//! The only module that uses flume.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Both ends of one context's channel.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    sender: flume::Sender<T>,
    receiver: flume::Receiver<T>,
    /// Sent and not yet counted out by [`Queue::count_out`].
    waiting: AtomicUsize,
    limit: usize,
}

impl<T> Queue<T> {
    /// A queue in which `limit` items may wait.
    pub(crate) fn new(limit: usize) -> Self {
        let (sender, receiver) = flume::unbounded();
        Self { sender, receiver, waiting: AtomicUsize::new(0), limit }
    }

    /// Puts an item in line, or gives it back where the line is full.
    pub(crate) fn send(&self, item: T) -> Result<(), T> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.limit {
            self.count_out();
            return Err(item);
        }
        self.sender.send(item).map_err(|flume::SendError(item)| item)
    }

    /// Takes all that is in line; each still counts until [`Queue::count_out`].
    pub(crate) fn drain(&self) -> impl Iterator<Item = T> {
        self.receiver.drain()
    }

    /// Whether nothing is in line.
    pub(crate) fn is_empty(&self) -> bool {
        self.receiver.is_empty()
    }

    /// Makes room for one more, once an item was started or discarded.
    pub(crate) fn count_out(&self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::Queue;

    #[test]
    fn a_full_queue_gives_the_item_back_until_one_is_counted_out() {
        let queue = Queue::new(2);
        assert_eq!((queue.send(1), queue.send(2), queue.send(3)), (Ok(()), Ok(()), Err(3)));
        assert_eq!(queue.drain().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(queue.send(4), Err(4));
        queue.count_out();
        assert_eq!(queue.send(5), Ok(()));
        assert!(!queue.is_empty());
    }
}
