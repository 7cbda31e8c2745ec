//! The cancels that a host asked for and the worker has not carried out.
//!
//! - A cancel is queued behind the calls it is for. It takes none of the places that are limited.
//! - A host may ask for any number while the worker is blocked. What is kept of them is bounded by
//!   what they can be for: the queued calls, the waiting handlers that may be dropped, and the call
//!   that the worker took last, which may become one. The threads that ask take out the others.
//! - No cancel of something is lost, and no call that was accepted after a cancel is cancelled by it.

use super::item::Item;
use crate::call::Request;
use crate::callback::UserData;
use crate::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use crate::sync::{Arc, Mutex, MutexGuard, lock};
use std::collections::{HashMap, HashSet, VecDeque};

/// How many cancels may be queued besides those that can be for something. Few in the models, whose
/// schedules are short.
const SPARE: usize = if cfg!(ffi_model) { 2 } else { 64 };

/// The cancels of one context.
#[derive(Debug, Default)]
pub(crate) struct Cancels {
    /// Whether one may be queued that was not carried out.
    is_any: AtomicBool,
    /// How many are queued at most. Whoever changes it has the queue locked.
    count: AtomicUsize,
    droppables: Arc<Droppables>,
}

impl Cancels {
    /// The handlers that a cancel may drop.
    pub(crate) fn droppables(&self) -> &Arc<Droppables> {
        &self.droppables
    }

    /// Whether one may be queued that was not carried out.
    #[inline]
    pub(crate) fn is_any(&self) -> bool {
        self.is_any.load(Ordering::Acquire)
    }

    /// Says that one is queued. A worker told before would try to pick it again and again.
    pub(crate) fn tell(&self) {
        self.is_any.store(true, Ordering::Release);
    }

    /// Says that all queued ones will be carried out. Said before they are picked: the worker is told again of
    /// a cancel that is queued later.
    pub(crate) fn begin(&self) {
        self.is_any.swap(false, Ordering::AcqRel);
    }

    /// Queues one behind all that was accepted.
    pub(crate) fn put<E: 'static>(&self, queue: &mut VecDeque<Item<E>>, user_data: UserData) {
        queue.push_back(Item::Cancel(user_data));
        let count = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let known = self.droppables.known();
        let purposes = queue.len().saturating_sub(count) + known.waiting.len();
        // Twice as many, so that taking them out costs each cancel a constant.
        if count > 2 * purposes + SPARE {
            take_out_idle(queue, &known);
            let left = queue.iter().filter(|item| matches!(item, Item::Cancel(_))).count();
            self.count.store(left, Ordering::Relaxed);
        }
    }

    /// Takes the cancels out of the queue, and the calls before them that they are for. Gives what
    /// was asked for, and the calls from the last to the first.
    pub(crate) fn pick<E: 'static>(&self, queue: &mut VecDeque<Item<E>>) -> (HashSet<UserData>, Vec<Request<E>>) {
        self.count.store(0, Ordering::Relaxed);
        let (mut asked, mut cancelled) = (HashSet::new(), Vec::new());
        for item in std::mem::take(queue).into_iter().rev() {
            match item {
                Item::Cancel(user_data) => {
                    asked.insert(user_data);
                }
                Item::Call(request) if request.heeds_cancel() && asked.contains(&request.user_data()) => {
                    cancelled.push(request);
                }
                Item::Call(request) => queue.push_front(Item::Call(request)),
            }
        }
        (asked, cancelled)
    }
}

/// Takes those cancels out of the queue that are for nothing, or for nothing but what a later one is
/// for as well.
fn take_out_idle<E: 'static>(queue: &mut VecDeque<Item<E>>, known: &Known) {
    let mut asked = HashSet::new();
    for item in std::mem::take(queue).into_iter().rev() {
        if !matches!(item, Item::Cancel(user_data) if !asked.insert(user_data)) {
            queue.push_front(item);
        }
    }
    let mut before = HashSet::new();
    queue.retain(|item| match item {
        Item::Call(request) => {
            before.insert(request.user_data());
            true
        }
        Item::Cancel(user_data) => before.contains(user_data) || known.has(*user_data),
    });
}

/// The calls that the worker took and that a cancel may drop, by their `user_data`.
#[derive(Debug, Default)]
pub(crate) struct Droppables(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The one that was taken last. It is not waiting yet, and may be over.
    taken: Option<UserData>,
    /// How many wait with this `user_data`.
    waiting: HashMap<UserData, usize>,
}

impl Known {
    fn has(&self, user_data: UserData) -> bool {
        self.taken == Some(user_data) || self.waiting.contains_key(&user_data)
    }
}

impl Droppables {
    /// The worker takes a call out of the queue, which it has locked.
    pub(crate) fn note_taken(&self, user_data: UserData) {
        self.known().taken = Some(user_data);
    }

    /// A call waits, until the guard is dropped.
    pub(crate) fn note_waiting(self: &Arc<Self>, user_data: UserData) -> Waiting {
        *self.known().waiting.entry(user_data).or_default() += 1;
        Waiting { droppables: Arc::clone(self), user_data }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        lock(&self.0)
    }
}

/// A call that waits and that a cancel may drop.
#[derive(Debug)]
pub(crate) struct Waiting {
    droppables: Arc<Droppables>,
    user_data: UserData,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut known = self.droppables.known();
        if let Some(count) = known.waiting.get_mut(&self.user_data) {
            *count -= 1;
            if *count == 0 {
                known.waiting.remove(&self.user_data);
            }
        }
    }
}
