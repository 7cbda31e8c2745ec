//! The state, and the handlers running on it.

use crate::doorbell::Doorbell;
use crate::handler::{Access, Handler};
use crate::library::Library;
use crate::reply::{CANCELLED, Reply};
use crate::request::{Item, Request, Transport};
use crate::tasks::{Droppable, Finished, Tasks};
use crate::worker::call::{Call, call_now};
use std::ptr::NonNull;
use std::sync::Arc;
use std::task::Poll;

/// The state of one context, borrowed by the handlers that run on it.
///
/// The state is owned by this engine through `state`, made from a box. References to it exist
/// only in handlers: many shared ones or a single exclusive one at a time, as
/// [`Engine::admits`] says; all of them are gone when [`Engine::is_idle`] says so.
pub(crate) struct Engine<S> {
    state: NonNull<S>,
    tasks: Tasks,
    /// Whether the one task that is waiting holds the state exclusively.
    is_held: bool,
    /// Why the state may be broken.
    poison: Option<String>,
}

impl<S: Library> Engine<S> {
    /// An engine that owns `state`, whose tasks ring `doorbell` when they are woken.
    pub(crate) fn new(state: Box<S>, doorbell: Arc<Doorbell>) -> Self {
        let state = NonNull::from(Box::leak(state));
        Self { state, tasks: Tasks::new(doorbell), is_held: false, poison: None }
    }

    /// The state, and whether a panic may have broken it. No handler may be running.
    pub(crate) fn into_state(self) -> (Box<S>, bool) {
        assert!(self.is_idle(), "handlers still borrow the state");
        // SAFETY: made from a box in `new`, and no handler is left to borrow it.
        let state = unsafe { Box::from_raw(self.state.as_ptr()) };
        (state, self.poison.is_some())
    }

    /// Whether a handler may start now.
    #[inline]
    pub(crate) fn admits(&self, item: &Item<S>) -> bool {
        match item {
            Item::Call(request) => !self.is_held && (!request.is_exclusive() || self.is_idle()),
            Item::Cancel(_) => false,
        }
    }

    /// Whether no handler is waiting.
    pub(crate) fn is_idle(&self) -> bool {
        self.tasks.count() == 0
    }

    /// Whether a waiting handler was woken.
    pub(crate) fn any_ready(&self) -> bool {
        self.tasks.any_ready()
    }

    /// Polls the handlers that were woken; returns how many.
    pub(crate) fn run_ready(&mut self) -> usize {
        let Self { tasks, is_held, poison, .. } = self;
        tasks.run_ready(|end| {
            if std::mem::take(is_held) {
                note_poison(poison, end);
            }
        })
    }

    /// Drops the handlers that are waiting, which answers them.
    pub(crate) fn drop_running(&mut self) {
        self.tasks.drop_those(|_| true);
        self.is_held = false;
    }

    /// Drops those waiting handlers that may be dropped and are asked for, which answers them.
    pub(crate) fn drop_running_if(&mut self, is_asked: impl Fn(&Droppable) -> bool) {
        self.tasks.drop_those(|task| task.droppable.as_ref().is_some_and(&is_asked));
        self.is_held &= !self.is_idle();
    }

    /// Starts an admitted request, or answers why the state no longer serves. The request is spent
    /// after this.
    #[inline]
    pub(crate) fn start(&mut self, request: &mut Request<S>) {
        match &self.poison {
            _ if request.is_over() => request.discard(&CANCELLED),
            Some(reason) => request.discard(reason),
            None => request.start(self),
        }
    }

    /// Runs a handler: to its end if it is ready, else as a task.
    #[inline]
    pub(crate) fn run<H: Handler<State = S>, T: Transport<H::Args>>(&mut self, args: H::Args, reply: Reply) {
        // SAFETY: the state outlives every handler, as this engine owns it until it is idle;
        // the request was admitted, so the borrow is alone if it is exclusive and else only
        // beside shared ones.
        let state = unsafe { H::Access::borrow::<'static, S>(self.state) };
        let end = if H::INFO.is_async {
            let droppable = H::DROPPABLE.then(|| Droppable::new(&reply));
            self.tasks.start(Call::<H, T, _>::new(H::call(state, args), reply), droppable)
        } else {
            Poll::Ready(call_now::<H, T>(state, args, reply))
        };
        match end {
            Poll::Ready(end) => self.ended::<H>(end),
            Poll::Pending => self.is_held = H::Access::EXCLUSIVE,
        }
    }

    fn ended<H: Handler<State = S>>(&mut self, end: Finished) {
        if H::Access::EXCLUSIVE {
            note_poison(&mut self.poison, end);
        }
    }
}

/// Remembers that an exclusive handler may have left the state broken.
fn note_poison(poison: &mut Option<String>, end: Finished) {
    if let Finished::Panicked(function) = end {
        *poison = Some(format!("the context is poisoned: {function} panicked while it held the state"));
    }
}
