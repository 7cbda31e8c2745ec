//! Events, asked for one by one.

use super::call::Answer;
use super::error::Error;
use super::events::{Heard, Subscription};
use super::session::Session;
use super::wait;
use std::collections::VecDeque;
use std::ffi::CStr;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// The events of one kind that a context has fired since this was made.
///
/// As many wait as may wait in the library. Where nobody takes them, later ones are dropped; those that the library
/// drops are missing too. [`EventStream::dropped`] tells each gap once the stream comes to its place. The stream ends
/// with its context.
pub struct EventStream<T> {
    queue: Arc<Queue<T>>,
    _subscription: Subscription,
}

/// The future of the next event; [`None`] where the context has ended.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Next<'a, T>(&'a mut EventStream<T>);

struct Queue<T>(Mutex<Waiting<T>>);

struct Waiting<T> {
    entries: VecDeque<Heard<T>>,
    /// How many of them are events.
    events: usize,
    limit: usize,
    /// How many events are missing so far: in the gaps that were passed.
    dropped: u64,
    is_ended: bool,
    waker: Option<Waker>,
}

/// The listener's end, whose drop is the stream's end.
struct Sender<T>(Arc<Queue<T>>);

impl Session {
    /// Queues the events of one kind.
    pub(crate) fn stream<T: Answer>(&self, event: &'static CStr, limit: usize) -> Result<EventStream<T::Given>, Error> {
        let waiting = Waiting { entries: VecDeque::new(), events: 0, limit, dropped: 0, is_ended: false, waker: None };
        let queue = Arc::new(Queue(Mutex::new(waiting)));
        let sender = Sender(Arc::clone(&queue));
        let subscription = self.hear::<T>(event, move |heard| sender.send(heard))?;
        Ok(EventStream { queue, _subscription: subscription })
    }
}

impl<T> EventStream<T> {
    /// The next event. What is awaited can be dropped without losing an event.
    #[expect(clippy::should_implement_trait, reason = "it is the async form of that")]
    pub fn next(&mut self) -> Next<'_, T> {
        Next(self)
    }

    /// Takes the next event if there is one, as a `Stream` does: for `futures::stream::poll_fn`.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut waiting = self.queue.lock();
        if let Some(event) = waiting.take() {
            return Poll::Ready(Some(event));
        }
        if waiting.is_ended {
            return Poll::Ready(None);
        }
        waiting.waker = Some(cx.waker().clone());
        Poll::Pending
    }

    /// How many events are missing before the last one that was taken: where it has grown with an event, so many were
    /// dropped between that and the one before. While the next one is waited for, and at the end, those are counted
    /// that were dropped behind the last one.
    pub fn dropped(&self) -> u64 {
        self.queue.lock().dropped
    }
}

impl<T> Next<'_, T> {
    /// Blocks the thread until there is an event.
    pub fn wait(self) -> Option<T> {
        wait::wait(self)
    }

    /// Blocks the thread until there is an event, or for as long.
    ///
    /// # Errors
    /// [`Error::TimedOut`].
    pub fn wait_for(self, timeout: Duration) -> Result<Option<T>, Error> {
        wait::wait_for(self, timeout)
    }
}

impl<T> Future for Next<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll_next(cx)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("waiting", &self.queue.lock().events).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Next<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Next").field(&self.0).finish()
    }
}

impl<T> Queue<T> {
    /// No code but this module's runs while the lock is held, so there is nothing to poison it.
    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what waits, and wakes who waits for it, outside the lock.
    fn change(&self, change: impl FnOnce(&mut Waiting<T>)) {
        let mut waiting = self.lock();
        change(&mut waiting);
        let waker = waiting.waker.take();
        drop(waiting);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Waiting<T> {
    /// The next event. Gaps before it are counted.
    fn take(&mut self) -> Option<T> {
        loop {
            match self.entries.pop_front()? {
                Heard::Event(event) => {
                    self.events -= 1;
                    return Some(event);
                }
                Heard::Gap(count) => self.dropped += count,
            }
        }
    }

    fn put(&mut self, heard: Heard<T>) {
        let missing = match heard {
            Heard::Event(event) if self.events < self.limit => {
                self.events += 1;
                self.entries.push_back(Heard::Event(event));
                return;
            }
            Heard::Event(_) => 1,
            Heard::Gap(count) => count,
        };
        match self.entries.back_mut() {
            Some(Heard::Gap(count)) => *count += missing,
            Some(Heard::Event(_)) | None => self.entries.push_back(Heard::Gap(missing)),
        }
    }
}

impl<T> Sender<T> {
    fn send(&self, heard: Heard<T>) {
        self.0.change(|waiting| waiting.put(heard));
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.change(|waiting| waiting.is_ended = true);
    }
}
