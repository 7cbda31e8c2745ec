//! The thread that owns a context's state, and the loop it runs.
//!
//! - The state is made, used and dropped here and nowhere else.
//! - Requests start in the order in which they were accepted. A shared handler that waits
//!   lets later ones start; an exclusive one waits for the running ones, holds back the later
//!   ones, and runs alone.
//! - Tasks, timers and sockets get a turn at least every [`TURN`] handlers.
//! - When the context closes, all that was accepted runs to its end. Then the destructor
//!   runs, the state is dropped, and the context's slot is free.

mod engine;
mod executor;

pub(crate) use engine::Engine;

use crate::context::Context;
use crate::handler::Destroy;
use crate::library::Library;
use crate::panic::{Trap, trap};
use crate::request::Request;
use std::cell::Cell;
use std::collections::VecDeque;
use std::fmt::Display;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

/// How many handlers and tasks run before timers and sockets get their turn.
const TURN: usize = 64;

/// The constructor's call.
pub(crate) trait Boot<S: Library>: Send {
    /// Makes the state, and answers the call.
    fn boot(self: Box<Self>, context: Arc<Context<S>>) -> BootFuture<S>;

    /// Answers the call where there is no thread to make the state on.
    fn refuse(self: Box<Self>, reason: &dyn Display);
}

/// A state in the making; `Err` is why there is none.
pub(crate) type BootFuture<S> = Pin<Box<dyn Future<Output = Result<S, String>>>>;

thread_local! {
    /// The context this thread is the worker of, by address; NULL on every other thread.
    static WORKER_OF: Cell<*const ()> = const { Cell::new(std::ptr::null()) };
}

/// Whether the calling thread is the worker of `context`.
pub(crate) fn is_worker_of<S: Destroy>(context: &Context<S>) -> bool {
    std::ptr::eq(WORKER_OF.get(), std::ptr::from_ref(context).cast())
}

/// The worker's life, from constructor to destructor.
pub(crate) fn run<S: Destroy>(context: &Arc<Context<S>>, first: Box<dyn Boot<S>>) {
    WORKER_OF.set(Arc::as_ptr(context).cast());
    // Taken by the life that begins; still here where none does.
    let mut first = Some(first);
    let life = trap(|| executor::block_on(live(context, &mut first)));
    let failure = match life {
        Ok(Ok(Ok(()))) => None,
        Ok(Ok(Err(cause))) => Some(cause),
        Ok(Err(error)) => Some(format!("the worker could not start: {error}")),
        Err(panic) => Some(format!("the worker ended: {panic}")),
    };
    if let Some(cause) = failure {
        context.close_from_worker();
        if let Some(first) = first {
            first.refuse(&cause);
        }
        refuse_all(context, &cause);
    }
    context.retire();
}

/// Makes the state and serves with it; `Err` is why there is none.
async fn live<S: Destroy>(context: &Arc<Context<S>>, first: &mut Option<Box<dyn Boot<S>>>) -> Result<(), String> {
    let Some(first) = first.take() else { return Ok(()) };
    let state = first.boot(Arc::clone(context)).await?;
    Worker { context, inbox: VecDeque::new(), turn: 0 }.live(state).await;
    Ok(())
}

/// Answers all that was accepted with the reason why it is not served. The context is closed,
/// by this worker or by a host that destroys it and is waiting for the callers to leave.
fn refuse_all<S: Destroy>(context: &Context<S>, cause: &dyn Display) {
    loop {
        let is_closing = context.is_closing();
        for request in context.queue().drain() {
            context.queue().count_out();
            request.discard(cause);
        }
        if is_closing {
            return;
        }
        std::thread::yield_now();
    }
}

struct Worker<'a, S: Destroy> {
    context: &'a Context<S>,
    /// Taken from the queue and not yet started.
    inbox: VecDeque<Request<S>>,
    /// Handlers and tasks run since timers and sockets had their turn.
    turn: usize,
}

impl<S: Destroy> Worker<'_, S> {
    /// Serves until the context closes, then destroys the state.
    async fn live(&mut self, state: S) {
        let mut engine = Engine::new(state, Arc::clone(self.context.doorbell()));
        self.serve(&mut engine).await;
        let (state, is_poisoned) = engine.into_state();
        if is_poisoned {
            let _ = trap(|| drop(state));
        } else {
            // The state is the author's: a panic in its destructor has nobody to be told.
            let _ = Trap(async move { state.destroy().await }).await;
        }
    }

    async fn serve(&mut self, engine: &mut Engine<S>) {
        loop {
            // Looked at before the queue: what was accepted before the context closed is in
            // the queue by then.
            let is_closing = self.context.is_closing();
            self.inbox.extend(self.context.queue().drain());
            self.turn += engine.run_ready();
            self.start_admitted(engine).await;
            if is_closing && self.inbox.is_empty() && engine.is_idle() {
                return;
            }
            self.rest_if_due(engine).await;
            let can_start = self.inbox.front().is_some_and(|next| engine.admits(next.is_exclusive()));
            if !can_start {
                let (context, engine) = (self.context, &*engine);
                let is_due =
                    || !context.queue().is_empty() || engine.any_ready() || (!is_closing && context.is_closing());
                context.doorbell().wait(is_due).await;
            }
        }
    }

    /// Starts requests in their order, up to the first that must wait for those running.
    async fn start_admitted(&mut self, engine: &mut Engine<S>) {
        while self.inbox.front().is_some_and(|next| engine.admits(next.is_exclusive())) {
            let Some(request) = self.inbox.pop_front() else { return };
            self.context.queue().count_out();
            engine.start(request);
            self.turn += 1;
            self.rest_if_due(engine).await;
        }
    }

    /// Lets ready tasks run, and timers and sockets, once the turn is over.
    async fn rest_if_due(&mut self, engine: &mut Engine<S>) {
        if self.turn >= TURN {
            self.turn = 0;
            engine.run_ready();
            yield_now().await;
        }
    }
}

/// Gives the executor one turn.
async fn yield_now() {
    let mut has_yielded = false;
    poll_fn(|cx| {
        if has_yielded {
            return Poll::Ready(());
        }
        has_yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
