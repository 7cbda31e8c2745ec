//! Events, asked for one by one.

use super::call::Answer;
use super::error::Error;
use super::events::Subscription;
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
/// As many wait as may wait in the library; where nobody takes them, the oldest go and are counted. The stream
/// ends with its context.
pub struct EventStream<T> {
    queue: Arc<Queue<T>>,
    _subscription: Subscription,
}

/// The future of the next event; [`None`] where the context has ended.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Next<'a, T>(&'a mut EventStream<T>);

struct Queue<T>(Mutex<Waiting<T>>);

struct Waiting<T> {
    events: VecDeque<T>,
    limit: usize,
    dropped: u64,
    is_ended: bool,
    waker: Option<Waker>,
}

/// The listener's end, whose drop is the stream's end.
struct Sender<T>(Arc<Queue<T>>);

impl Session {
    /// Queues the events of one kind.
    pub(crate) fn stream<T: Answer>(&self, event: &'static CStr, limit: usize) -> Result<EventStream<T>, Error> {
        let waiting = Waiting { events: VecDeque::new(), limit, dropped: 0, is_ended: false, waker: None };
        let queue = Arc::new(Queue(Mutex::new(waiting)));
        let sender = Sender(Arc::clone(&queue));
        let subscription = self.listen(event, move |payload| sender.send(payload))?;
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
        if let Some(event) = waiting.events.pop_front() {
            return Poll::Ready(Some(event));
        }
        if waiting.is_ended {
            return Poll::Ready(None);
        }
        waiting.waker = Some(cx.waker().clone());
        Poll::Pending
    }

    /// How many events this stream had no room for.
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
        f.debug_struct("EventStream").field("waiting", &self.queue.lock().events.len()).finish_non_exhaustive()
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

impl<T> Sender<T> {
    fn send(&self, event: T) {
        self.0.change(|waiting| {
            if waiting.events.len() >= waiting.limit && waiting.events.pop_front().is_some() {
                waiting.dropped += 1;
            }
            waiting.events.push_back(event);
        });
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.change(|waiting| waiting.is_ended = true);
    }
}
