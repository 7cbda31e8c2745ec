//! One context: its queue, its doorbell and its worker thread.

use crate::alarms::millis;
use crate::attendance::Attendance;
use crate::callback::{HostCallback, UserData};
use crate::cancels::Cancels;
use crate::contexts::Contexts;
use crate::declare::{Handler, Library};
use crate::doorbell::Doorbell;
use crate::frames::{AtExit, Part, Wait};
use crate::hub::{Hub, Listener};
use crate::item::Item;
use crate::moved::{Moved, MovedCalls};
use crate::outbox::Aside;
use crate::pending::{Deadlines, HEAD_START, Pending, Tracker};
use crate::process::spawn;
use crate::queue::{Place, Queue};
use crate::reply::{CANCELLED, Reply};
use crate::request::{Job, Request};
use crate::runtime_handle::RuntimeHandle;
use crate::slots::{Handle, Stayed};
use crate::state::{Owned, Published};
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::thread::{self, JoinHandle};
use crate::sync::time::{Duration, Instant};
use crate::sync::{Arc, Mutex, OnceLock, lock};
use crate::value::pod::RawBytes;
use crate::vitals::Vitals;
use std::collections::{HashSet, VecDeque};
use std::fmt::Display;
use std::io;

/// How long after its grace a destroy waits for what blocks.
const PATIENCE: Duration = Duration::from_secs(1);

/// What gets a call that waits for a thread that is inside `exit`.
pub(crate) const EXITING: &str = "the process is exiting, on a thread that this waits for";

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
    handle: Handle,
    /// The library's others.
    contexts: &'static Contexts<Self>,
    queue: Queue<Item<E>>,
    cancels: Cancels,
    moved: MovedCalls,
    doorbell: Arc<Doorbell>,
    /// When the grace ends. Set once by the one who closed the slot, after all callers have
    /// left it.
    closing: OnceLock<Instant>,
    /// The call of `L_close` that ends the context, which is answered last.
    closer: Mutex<Option<Reply>>,
    /// Who is still there, and what the calls need that others than their handlers may answer.
    tracker: Arc<Tracker>,
    /// Whether the worker responds.
    vitals: Arc<Vitals>,
    /// Whether the worker is inside `exit`, and serves no more.
    has_exited: AtomicBool,
    /// What inline handlers read, where the library shares its states, once it is made.
    published: OnceLock<Published<S>>,
    /// Why the worker serves no more, where it failed; inline callers may still be there.
    failure: OnceLock<String>,
    /// Held while the thread starts, so that whoever destroys the context finds it here.
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl<S: Library, E: 'static> Context<S, E> {
    pub(crate) fn new(handle: Handle, contexts: &'static Contexts<Self>) -> Self {
        let attendance = Arc::new(Attendance::default());
        let options = S::OPTIONS;
        let hub = Hub::new(S::NAME, options.event_limit, options.event_overflow, Arc::clone(&attendance));
        let (hub, doorbell) = (Arc::new(hub), Arc::<Doorbell>::default());
        let vitals = Arc::new(Vitals::new(Arc::clone(&hub), &doorbell, contexts.watch(), options.stall_ms));
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
                hub,
                attendance,
                deadlines: Deadlines::new(),
                watch: contexts.watch(),
                warn_every: warns::<S>().then(|| millis(S::OPTIONS.stale_warn_ms)),
            }),
            vitals,
            has_exited: AtomicBool::new(false),
            published: OnceLock::new(),
            failure: OnceLock::new(),
            thread: Mutex::new(None),
        }
    }

    /// What the context's end waits for.
    pub(crate) fn attendance(&self) -> &Arc<Attendance> {
        &self.tracker.attendance
    }

    /// The context's events and listeners.
    pub(crate) fn hub(&self) -> &Arc<Hub> {
        &self.tracker.hub
    }

    /// What tells whether the worker responds.
    pub(crate) fn vitals(&self) -> &Arc<Vitals> {
        &self.vitals
    }

    /// Adds a listener; gives its number, above zero. The caller must be inside the context's
    /// slot.
    ///
    /// # Errors
    /// The system's, where it gives no thread to call the listener on.
    pub(crate) fn listen(&self, listener: Listener) -> io::Result<u64> {
        let id = self.hub().add(listener)?;
        self.vitals.observe();
        Ok(id)
    }

    /// The calls that have a deadline and are not answered.
    pub(crate) fn deadlines(&self) -> &Deadlines {
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
    /// line is. The caller stays in the context's slot, so the worker is certain to see it.
    pub(crate) fn adopt(&self, begun: impl Job<E>, mut reply: Reply) {
        if warns::<S>() {
            reply.track(|target| self.track(target, None));
        }
        self.queue.put(Item::Call(Request::new(begun, reply)));
        self.doorbell.ring();
        // Of this and the worker's last look one comes first: either it sees the call, or this
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

    /// Keeps a place in line for a call of `H`; `None` where the line is full. The caller must be
    /// inside the context's slot until the place is filled and the bell was rung: then the worker is
    /// certain to see the call.
    #[inline]
    pub(crate) fn admit<H: Handler<State = S>>(&self, reply: &mut Reply) -> Option<Place<'_, Item<E>>> {
        let place = self.queue.reserve()?;
        // Only once it has its place: a refusal is answered by its caller alone.
        let deadline = const { H::DEADLINE_MS }.map(millis);
        if deadline.is_some() || warns::<S>() {
            reply.track(|target| self.track(target, deadline));
        }
        Some(place)
    }

    /// Asks the worker to cancel what is in line with this `user_data`, and those running
    /// handlers that may be dropped. The caller must be inside the context's slot.
    pub(crate) fn ask_cancel(&self, user_data: UserData) {
        self.queue.change(|line| self.cancels.put(line, user_data));
        self.cancels.tell();
        self.doorbell.ring();
    }

    /// Whether a cancel may be in line that was not carried out.
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

    /// Cancels what is in line before a cancel with its `user_data`. Gives those that were
    /// asked for.
    pub(crate) fn carry_out_cancels(&self) -> HashSet<UserData> {
        self.cancels.begin();
        let (asked, cancelled) = self.queue.pick(|line| self.cancels.pick(line));
        for mut request in cancelled.into_iter().rev() {
            request.discard(&CANCELLED);
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

    /// Tells the worker that the slot was closed and all callers have left it. Gives the end
    /// of the grace.
    pub(crate) fn begin_closing(&self, closer: Option<Reply>) -> Instant {
        if closer.is_some() {
            self.hub().stop_fetching();
        }
        *lock(&self.closer) = closer;
        let end = *self.closing.get_or_init(|| Instant::now() + grace::<S>());
        self.hub().begin_closing();
        self.doorbell.ring();
        // Of this and the thread that exits, which looks for a closer, one comes first.
        if self.attendance().never_ends() {
            self.refuse_closer();
        }
        end
    }

    /// Answers the call of `L_close` where the end never comes.
    fn refuse_closer(&self) {
        if let Some(closer) = take(&self.closer) {
            closer.fail(&EXITING);
        }
    }

    /// Answers all that is in line, started by nobody, on the calling thread.
    pub(crate) fn cancel_waiting(&self) {
        self.discard_waiting(&CANCELLED);
    }

    /// The same on a host's thread: the worker does not retire until the last is answered.
    fn cancel_waiting_as_guest(&self) {
        let _guest = self.attendance().enter();
        self.cancel_waiting();
    }

    /// Waits for the host's threads that cancel what is in line: inline calls that wait there borrow
    /// the state until they are dropped. Only for the worker, which has found the line empty and
    /// the slot left, so that nothing more is put there.
    pub(crate) fn await_borrowers(&self) {
        if S::SHARED {
            self.vitals.sleep();
            self.attendance().await_guests(|| false);
            self.vitals.wake();
        }
    }

    /// Waits for the inline callers of a context that is closed, whose worker serves no more because
    /// of `cause`. What they still queue they answer themselves.
    pub(crate) fn await_inline_callers(&self, cause: &str) {
        if S::SHARED {
            self.failure.get_or_init(|| cause.to_owned());
            self.discard_waiting(&cause);
            self.vitals.sleep();
            self.attendance().await_guests(|| self.is_stayed_in());
            self.vitals.wake();
        }
    }

    /// Answers all that is in line with this reason, on the calling thread.
    pub(crate) fn discard_waiting(&self, reason: &dyn Display) {
        self.cancels.begin();
        // One by one: whoever's callback does not come back leaves the rest to others.
        while let Some(item) = self.queue.take() {
            if let Item::Call(mut request) = item {
                request.discard(reason);
            }
        }
    }

    /// Answers the calls whose deadline has passed, and takes them out of the line. Whether
    /// there were any since this was last asked.
    #[inline]
    pub(crate) fn expire(&self) -> bool {
        self.tracker.deadlines.expire() && self.drop_overdue()
    }

    #[cold]
    fn drop_overdue(&self) -> bool {
        let is_over = |item: &Item<E>| matches!(item, Item::Call(request) if request.is_over());
        // Dropping a request answers it, if nobody has.
        drop(self.queue.pick(|line| extract(line, is_over)));
        true
    }
}

impl<S: Library, E: 'static> AtExit for Context<S, E> {
    /// Of what waits for the worker, or for an inline handler that borrows the state, nothing comes any
    /// more.
    fn exits(&self, part: Part) {
        self.attendance().give_up();
        if part == Part::Worker {
            self.has_exited.store(true, Ordering::SeqCst);
            self.failure.get_or_init(|| EXITING.to_owned());
            self.queue.shut();
            // What was accepted before is queued once nobody passes through the slot.
            let slots = self.contexts.slots();
            while slots.is_passed(self.handle) {
                self.discard_waiting(&EXITING);
                thread::yield_now();
            }
            self.discard_waiting(&EXITING);
        }
        self.refuse_closer();
    }
}

impl<S: Library, E: 'static> Stayed for Context<S, E> {
    type Bells = (Arc<Doorbell>, Arc<Attendance>);

    fn bells(&self) -> Self::Bells {
        (Arc::clone(&self.doorbell), Arc::clone(self.attendance()))
    }

    fn tell((doorbell, attendance): Self::Bells) {
        doorbell.ring();
        attendance.stir();
    }
}

/// Takes out what is asked for, and keeps the rest in its order.
fn extract<T>(line: &mut VecDeque<T>, is_asked: impl Fn(&T) -> bool) -> Vec<T> {
    let (taken, kept) = std::mem::take(line).into_iter().partition(is_asked);
    *line = kept;
    Vec::from(taken)
}

fn take<T>(cell: &Mutex<Option<T>>) -> Option<T> {
    lock(cell).take()
}

impl<S: Library, E: 'static> Context<S, E> {
    /// Starts the worker thread, which runs `work` with `first`.
    ///
    /// # Errors
    /// `first` and the system's error, where the system gives no thread.
    pub(crate) fn start<F: Send + 'static>(
        self: &Arc<Self>,
        first: F,
        work: fn(&Arc<Self>, F),
    ) -> Result<(), (F, io::Error)> {
        let mut thread = lock(&self.thread);
        // Handed over beside the thread, because a thread that fails to start drops what it
        // was given.
        let handover = Arc::new(Mutex::new(Some(first)));
        let (context, taken) = (Arc::clone(self), Arc::clone(&handover));
        let run = move || {
            if let Some(first) = take(&taken) {
                work(&context, first);
            }
        };
        match spawn(format!("{}-worker", S::NAME), run) {
            Ok(handle) => *thread = Some(handle),
            Err(error) => return take(&handover).map_or(Ok(()), |first| Err((first, error))),
        }
        Ok(())
    }

    /// Closes the context from its own worker, so that nothing more is accepted. Where a
    /// host is destroying it at the same moment, that does the same.
    pub(crate) fn close_from_worker(self: &Arc<Self>) {
        // Listed before the handle is stale, so that a destroy in the meantime has something
        // to wait for.
        self.contexts.falling().push(Arc::clone(self));
        self.hub().stop_fetching();
        if self.contexts.slots().close(self.handle).is_some() {
            self.begin_closing(None);
        }
    }

    /// The worker's last act: frees the slot, answers whoever closed the context, and lets go
    /// of whoever waits for the end.
    pub(crate) fn retire(self: &Arc<Self>) {
        // From here on it waits, and is not stalled.
        self.vitals.sleep();
        self.hub().close(self.grace_end().unwrap_or_else(Instant::now));
        self.vitals.forget();
        self.attendance().await_guests(|| self.is_stayed_in());
        self.contexts.slots().vacate(self.handle);
        if let Some(closer) = take(&self.closer) {
            closer.succeed(RawBytes::EMPTY);
        }
        self.contexts.falling().retain(|context| !Arc::ptr_eq(context, self));
        self.contexts.watch().leave();
        self.contexts.footing().end_context();
        self.attendance().end();
    }

    /// Waits for the end of a context whose grace ends at `grace_end`, unless this thread is
    /// what the end waits for. `Err` where something blocks for longer than is waited.
    pub(crate) fn await_teardown(self: &Arc<Self>, grace_end: Instant) -> Result<(), Endless> {
        let Some(_wait) = Wait::begin(self.attendance().inside()) else {
            self.hub().stop_fetching();
            return Ok(());
        };
        let _aside = Aside::step();
        if !self.await_end(grace_end + HEAD_START) {
            if self.attendance().never_ends() {
                return Err(Endless::Exiting);
            }
            self.cancel_waiting_as_guest();
            if !self.await_end(grace_end + PATIENCE) {
                self.hub().stop_fetching();
                return Err(Endless::Blocked);
            }
        }
        if let Some(thread) = take(&self.thread) {
            // The worker traps every panic of the author's; one of our own has been printed.
            let _ = thread.join();
        }
        Ok(())
    }

    /// Waits until the worker is done, at most until `latest`; whether it is. Runs what is due for
    /// a host that fetches: this is the last it fetches.
    fn await_end(&self, latest: Instant) -> bool {
        loop {
            let has_ended = self.attendance().await_end(latest, || self.hub().has_due());
            if has_ended || self.attendance().never_ends() || Instant::now() >= latest {
                return has_ended;
            }
            self.hub().dispatch(1);
        }
    }
}

/// A teardown that the one who wanted it stopped waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endless {
    /// It goes on when what blocks does.
    Blocked,
    /// It waits for a thread that is inside `exit`.
    Exiting,
}
