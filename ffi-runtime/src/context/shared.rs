//! What entry points and the worker share of one context: its queue with the policy of who gets in, its doorbell,
//! and what is known of its worker.

use super::cancels::Cancels;
use super::contexts::Contexts;
use super::doorbell::Doorbell;
use super::heartbeat::Heartbeat;
use super::item::Item;
use super::moved::{Moved, MovedCalls};
use super::queue::{Queue, Reservation};
use super::slots::{Handle, NotifyLeave};
use super::state::{Owned, Published};
use crate::abi::ErrorKind;
use crate::call::{Deadlines, Job, Pending, Reply, Request, Tracker};
use crate::callback::{HostCallback, UserData};
use crate::declare::{Handler, Library};
use crate::events::{Dispatcher, Listener};
use crate::failure::Failure;
use crate::runtime_handle::RuntimeHandle;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::thread::JoinHandle;
use crate::sync::time::{Duration, Instant};
use crate::sync::{Arc, Mutex, OnceLock};
use crate::threads::TeardownLatch;
use crate::timing::millis;
use std::collections::{HashSet, VecDeque};
use std::io;

/// Why a call is not served that would wait for a thread that is inside `exit`.
pub(crate) const EXITING: &str = "the process is exiting, on a thread that this waits for";

/// What such a call gets that was accepted.
#[cold]
pub(super) fn exiting() -> Failure {
    Failure::new(ErrorKind::Closed, EXITING.to_owned())
}

/// How long a context of the library has for what it accepted.
pub(crate) fn grace<S: Library>() -> Duration {
    millis(S::OPTIONS.grace_ms)
}

/// Whether the library warns of calls that are still pending.
pub(crate) const fn warns<S: Library>() -> bool {
    S::OPTIONS.stale_warn_ms > 0
}

/// What entry points and the worker share of a context with the state `S`, which an engine `E` serves.
pub(crate) struct Context<S: Library, E: 'static> {
    pub(super) handle: Handle,
    /// The library's others.
    pub(super) contexts: &'static Contexts<Self>,
    pub(super) queue: Queue<Item<E>>,
    cancels: Cancels,
    moved: MovedCalls,
    pub(super) doorbell: Arc<Doorbell>,
    /// When the grace ends. Set once by the one who closed the slot, after all callers have
    /// left it.
    pub(super) closing: OnceLock<Instant>,
    /// The call of `L_ffi_close` that ends the context, which is answered last.
    pub(super) closer: Mutex<Option<Reply>>,
    /// Who is still there, and what the calls need that others than their handlers may answer.
    tracker: Arc<Tracker>,
    /// Whether the worker responds.
    pub(super) heartbeat: Arc<Heartbeat>,
    /// Whether the worker is inside `exit`, and serves no more.
    pub(super) has_exited: AtomicBool,
    /// What inline handlers read, where the library shares its states, once it is made.
    published: OnceLock<Published<S>>,
    /// Why the worker serves no more, where it failed; inline callers may still be there.
    pub(super) failure: OnceLock<Failure>,
    /// Held while the thread starts, so that whoever destroys the context finds it here.
    pub(super) thread: Mutex<Option<JoinHandle<()>>>,
}

impl<S: Library, E: 'static> Context<S, E> {
    pub(crate) fn new(handle: Handle, contexts: &'static Contexts<Self>) -> Self {
        let latch = Arc::new(TeardownLatch::default());
        let options = S::OPTIONS;
        let dispatcher = Dispatcher::new(S::NAME, options, Arc::clone(&latch));
        let (dispatcher, doorbell) = (Arc::new(dispatcher), Arc::<Doorbell>::default());
        let heartbeat =
            Arc::new(Heartbeat::new(Arc::clone(&dispatcher), &doorbell, contexts.watchdog(), options.stall_ms));
        Self {
            handle,
            contexts,
            queue: Queue::new(usize::try_from(S::OPTIONS.queue_limit).unwrap_or(usize::MAX)),
            cancels: Cancels::default(),
            moved: MovedCalls::default(),
            doorbell,
            closing: OnceLock::new(),
            closer: Mutex::new(None),
            tracker: Arc::new(Tracker {
                dispatcher,
                latch,
                deadlines: Deadlines::new(),
                watchdog: contexts.watchdog(),
                warn_every: warns::<S>().then(|| millis(S::OPTIONS.stale_warn_ms)),
            }),
            heartbeat,
            has_exited: AtomicBool::new(false),
            published: OnceLock::new(),
            failure: OnceLock::new(),
            thread: Mutex::new(None),
        }
    }

    /// What the context's end waits for.
    pub(crate) fn latch(&self) -> &Arc<TeardownLatch> {
        &self.tracker.latch
    }

    /// The context's events and listeners.
    pub(crate) fn dispatcher(&self) -> &Arc<Dispatcher> {
        &self.tracker.dispatcher
    }

    /// What tells whether the worker responds.
    pub(crate) fn heartbeat(&self) -> &Arc<Heartbeat> {
        &self.heartbeat
    }

    /// Adds a listener; gives its number, above zero. The caller must be inside the context's
    /// slot.
    ///
    /// # Errors
    /// The system's, where it gives no thread to call the listener on.
    pub(crate) fn listen(&self, listener: Listener) -> io::Result<u64> {
        let id = self.dispatcher().add(listener)?;
        self.heartbeat.observe();
        Ok(id)
    }

    /// The calls that have a deadline and are not answered.
    pub(crate) fn deadlines(&self) -> &Deadlines<Pending> {
        &self.tracker.deadlines
    }

    /// Lets a call be warned of, if the library does that, and answered when its deadline
    /// passes, if it has one. Whoever asks keeps the context from ending meanwhile.
    pub(crate) fn track(&self, target: HostCallback, deadline: Option<Duration>) -> Arc<Pending> {
        Pending::begin(target, Arc::clone(&self.tracker), deadline)
    }

    pub(crate) fn handle(&self) -> Handle {
        self.handle
    }

    pub(crate) fn queue(&self) -> &Queue<Item<E>> {
        &self.queue
    }

    pub(crate) fn doorbell(&self) -> &Arc<Doorbell> {
        &self.doorbell
    }

    /// Lets inline handlers read the state, where the library shares its states, and run in what
    /// the worker runs in.
    pub(crate) fn publish(&self, state: &Owned<S>, runtime: RuntimeHandle) {
        if S::SHARED {
            self.published.get_or_init(|| Published::new(state, runtime));
        }
    }

    /// What inline handlers read, unless the constructor has not made it yet.
    pub(crate) fn published(&self) -> Option<&Published<S>> {
        self.published.get()
    }

    /// Whether a caller stays in the context's slot. Once it is closed and there was none, there
    /// will be none.
    pub(crate) fn is_stayed_in(&self) -> bool {
        S::SHARED && self.contexts.slots().is_stayed_in(self.handle)
    }

    /// Takes over a call that an inline handler began on its caller's thread, however full the
    /// queue is. The caller stays in the context's slot, so the worker is certain to see it.
    pub(crate) fn adopt(&self, continuation: impl Job<E>, mut reply: Reply) {
        if warns::<S>() {
            reply.track(|target| self.track(target, None));
        }
        self.queue.put(Item::Call(Request::new(continuation, reply)));
        self.doorbell.ring();
        // Of this and the worker's last check one comes first: either it sees the call, or this
        // sees that the worker takes no more.
        if let Some(cause) = self.failure.get() {
            self.discard_waiting(cause);
        }
    }

    /// Whether as many calls moved to the worker as it may leave untaken.
    pub(crate) fn has_moved_all(&self) -> bool {
        self.moved.count() >= self.queue.limit()
    }

    /// Counts a call that moves to the worker.
    pub(crate) fn move_one(&self) -> Moved {
        self.moved.add()
    }

    /// Whether the worker is inside `exit`, and serves no more.
    pub(crate) fn has_exited(&self) -> bool {
        self.has_exited.load(Ordering::SeqCst)
    }

    /// Reserves a place for a call of `H`; `None` where the queue is full. The caller must be
    /// inside the context's slot until the place is filled and the bell was rung: then the worker is
    /// certain to see the call.
    #[inline]
    pub(crate) fn admit<H: Handler<State = S>>(&self, reply: &mut Reply) -> Option<Reservation<'_, Item<E>>> {
        let place = self.queue.reserve()?;
        // Only once it has its place: a refusal is answered by its caller alone.
        let deadline = const { H::DEADLINE_MS }.map(millis);
        if deadline.is_some() || warns::<S>() {
            reply.track(|target| self.track(target, deadline));
        }
        Some(place)
    }

    /// Asks the worker to cancel what is queued with this `user_data`, and those running
    /// handlers that may be dropped. The caller must be inside the context's slot.
    pub(crate) fn ask_cancel(&self, user_data: UserData) {
        self.queue.change(|queue| self.cancels.put(queue, user_data));
        self.cancels.tell();
        self.doorbell.ring();
    }

    /// Whether a cancel may be queued that was not carried out.
    #[inline]
    pub(crate) fn has_cancels(&self) -> bool {
        self.cancels.is_any()
    }

    /// What cancels may be for, and the handlers that they may drop.
    pub(crate) fn cancels(&self) -> &Cancels {
        &self.cancels
    }

    /// Takes the first queued item, if there is one and `admits` lets it pass.
    #[inline]
    pub(crate) fn take_next(&self, admits: impl FnOnce(&Item<E>) -> bool) -> Option<Item<E>> {
        self.queue.take_if(|next| {
            let is_admitted = admits(next);
            if let Item::Call(request) = next
                && is_admitted
                && request.is_droppable()
            {
                self.cancels.droppables().note_taken(request.user_data());
            }
            is_admitted
        })
    }

    /// Cancels what is queued before a cancel with its `user_data`. Gives those that were
    /// asked for.
    pub(crate) fn carry_out_cancels(&self) -> HashSet<UserData> {
        self.cancels.begin();
        let (asked, cancelled) = self.queue.pick(|queue| self.cancels.pick(queue));
        for mut request in cancelled.into_iter().rev() {
            request.discard(&Failure::cancelled());
        }
        asked
    }

    /// Whether the slot was closed. What was accepted before is in the queue.
    pub(crate) fn is_closing(&self) -> bool {
        self.closing.get().is_some()
    }

    /// When the grace ends, once the context closes.
    pub(crate) fn grace_end(&self) -> Option<Instant> {
        self.closing.get().copied()
    }

    /// Whether the context closes and its grace has ended.
    #[inline]
    pub(crate) fn is_grace_over(&self) -> bool {
        self.closing.get().is_some_and(|&end| Instant::now() >= end)
    }

    /// Answers all that is queued, started by nobody, on the calling thread.
    pub(crate) fn cancel_waiting(&self) {
        self.discard_waiting(&Failure::cancelled());
    }

    /// Answers all that is queued with this reason, on the calling thread.
    pub(crate) fn discard_waiting(&self, reason: &Failure) {
        self.cancels.begin();
        // One by one: whoever's callback does not come back leaves the rest to others.
        while let Some(item) = self.queue.take() {
            if let Item::Call(mut request) = item {
                request.discard(reason);
            }
        }
    }

    /// Answers the calls whose deadline has passed, and takes them out of the queue. Whether
    /// there were any since this was last asked.
    #[inline]
    pub(crate) fn expire(&self) -> bool {
        self.tracker.deadlines.expire() && self.drop_overdue()
    }

    #[cold]
    fn drop_overdue(&self) -> bool {
        let is_over = |item: &Item<E>| matches!(item, Item::Call(request) if request.is_over());
        // Dropping a request answers it, if nobody has.
        drop(self.queue.pick(|queue| extract(queue, is_over)));
        true
    }
}

impl<S: Library, E: 'static> NotifyLeave for Context<S, E> {
    type Notifier = (Arc<Doorbell>, Arc<TeardownLatch>);

    fn notifier(&self) -> Self::Notifier {
        (Arc::clone(&self.doorbell), Arc::clone(self.latch()))
    }

    fn notify((doorbell, latch): Self::Notifier) {
        doorbell.ring();
        latch.notify();
    }
}

/// Takes out what is asked for, and keeps the rest in its order.
fn extract<T>(queue: &mut VecDeque<T>, is_asked: impl Fn(&T) -> bool) -> Vec<T> {
    let (taken, kept) = std::mem::take(queue).into_iter().partition(is_asked);
    *queue = kept;
    Vec::from(taken)
}
