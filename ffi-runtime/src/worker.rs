//! The worker of a context: the thread that owns the state, and the loop that it runs.
//!
//! - The state is made, used and dropped here and nowhere else.
//! - Requests start in the order in which they were accepted. A shared handler that waits
//!   lets later ones start; an exclusive one waits for the running ones, holds back the later
//!   ones, and runs alone.
//! - Tasks, timers and sockets get a turn at least every [`TURN`] handlers.
//! - A panic in the loop itself, which no handler answers for, ends the context: its calls are
//!   answered, and those that borrow the state go before it.
//! - When the context closes, all that was accepted runs to its end, within the grace; what
//!   is left then is cancelled. Then the destructor runs, the state is dropped, and the
//!   context's slot is free.

mod engine;
mod executor;
mod queued;
mod running;
mod spin;
mod task_storage;
mod tasks;

pub(crate) use engine::Engine;
pub(crate) use queued::{Continuation, QueuedCall};

use crate::abi::ErrorKind;
use crate::call::outbox::Outbox;
use crate::context;
use crate::context::{Item, Owned};
use crate::declare::{Destroy, Library};
use crate::events::CurrentContext;
use crate::failure::Failure;
use crate::panic::{Contained, contain};
use crate::runtime_handle::RuntimeHandle;
use crate::sync::thread;
use crate::sync::time::Instant;
use crate::threads::{ContextScope, Part};
use executor::Executor;
use spin::Spin;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use tasks::Droppable;

/// How many handlers and tasks run before timers and sockets get their turn.
const TURN: usize = 64;

/// A context that an engine serves.
pub(crate) type Context<S> = context::Context<S, Engine<S>>;

/// The constructor's call.
pub(crate) trait Boot<S: Library>: Send {
    /// Lets the call be warned of.
    fn track(&mut self, context: &Context<S>);

    /// Makes the state, and answers the call. Inline handlers run in what the worker runs in.
    fn boot(self: Box<Self>, context: Arc<Context<S>>, runtime: RuntimeHandle) -> BootFuture<S>;

    /// Answers the call where there is no thread to make the state on.
    fn refuse(self: Box<Self>, reason: &Failure);
}

/// A state in the making; `Err` is why there is none.
pub(crate) type BootFuture<S> = Pin<Box<dyn Future<Output = Result<Owned<S>, Failure>>>>;

/// What of a worker's life the author's code borrows or is: kept outside the future that the
/// worker runs, so that a panic there drops none of it while the thread unwinds.
struct Life<S: Library> {
    /// The constructor's call, until it is begun.
    first: Option<Box<dyn Boot<S>>>,
    /// The state in the making.
    boot: Option<BootFuture<S>>,
    /// The state and the handlers that run on it.
    engine: Option<Engine<S>>,
    /// How it ended, once it has; `Err` is why there was no state.
    outcome: Option<Result<(), Failure>>,
}

/// The worker's life, from constructor to destructor.
pub(crate) fn run<S: Destroy>(context: &Arc<Context<S>>, first: Box<dyn Boot<S>>) {
    // SAFETY: the caller holds the context, and the scope is dropped here.
    let _scope = unsafe { ContextScope::enter(context.latch().context_id(), &**context, Part::Worker) };
    let _outbox = Outbox::of(context.dispatcher());
    let _current = CurrentContext::of::<S>(context.dispatcher()).enter();
    let mut life = Life { first: Some(first), boot: None, engine: None, outcome: None };
    match Executor::new(S::NAME, context.heartbeat()) {
        Ok(executor) => {
            let ended = run_inside(&executor, context, &mut life);
            end_life(context, Some(&executor), life, ended);
            executor.shut_down();
        }
        Err(error) => {
            let cause = Failure::new(ErrorKind::NoResources, format!("the worker could not start: {error}"));
            end_life(context, None, life, Err(cause));
        }
    }
    context.retire();
}

/// Runs the life in an executor; `Err` is a panic that ended it.
fn run_inside<S: Destroy>(executor: &Executor, context: &Arc<Context<S>>, life: &mut Life<S>) -> Result<(), Failure> {
    let ended = contain(|| {
        // Outside what is run inside: where the executor itself panics, the future is whole, and is
        // dropped once the thread no longer unwinds.
        let mut living = pin!(live(context, executor, life));
        contain(|| executor.block_on(living.as_mut()))
    });
    ended
        .and_then(|ended| ended)
        .map_err(|panic| Failure::new(ErrorKind::Panicked, format!("the worker ended: {panic}")))
}

/// Ends what a life left: nothing, where it came to its end. Else answers all calls, those first
/// that borrow the state.
fn end_life<S: Destroy>(
    context: &Arc<Context<S>>,
    executor: Option<&Executor>,
    mut life: Life<S>,
    ended: Result<(), Failure>,
) {
    // An executor that panics after the life has come to its end takes nothing back: tokio does
    // where the author's code never left a runtime that it entered.
    let Err(cause) = life.outcome.take().unwrap_or(ended) else { return };
    let Life { first, boot, mut engine, .. } = life;
    // The author's code is dropped where it ran.
    let _entered = executor.map(Executor::enter);
    let _ = contain(|| drop(boot));
    context.close_from_worker();
    if let Some(first) = first {
        first.refuse(&cause);
    }
    // What is dropped here may panic, but not past the task that it is of.
    engine.iter_mut().for_each(Engine::drop_running);
    refuse_all(context, &cause);
    context.await_inline_callers(&cause);
    let state = engine.map(|engine| engine.into_state());
    let _ = contain(|| drop(state));
}

/// Makes the state and serves with it.
async fn live<S: Destroy>(context: &Arc<Context<S>>, executor: &Executor, life: &mut Life<S>) {
    let Life { first, boot, engine, outcome } = life;
    let Some(first) = first.take() else { return };
    let making = boot.insert(first.boot(Arc::clone(context), executor.handle()));
    let made = unless(grace_over(context, executor), making).await;
    // A constructor that is still pending when the grace ends is dropped, which answers it.
    let _ = contain(|| *boot = None);
    match made.unwrap_or_else(|| Err(Failure::cancelled())) {
        Ok(state) => {
            let engine =
                engine.insert(Engine::new(state, Arc::clone(context.doorbell()), context.cancels().droppables()));
            Worker { context, executor, turn: 0, spin: Spin::new(S::OPTIONS.spin_us) }.serve(engine).await;
            context.await_borrowers();
        }
        Err(cause) => {
            *outcome = Some(Err(cause));
            return;
        }
    }
    if let Some(engine) = engine.take() {
        end(engine).await;
    }
    *outcome = Some(Ok(()));
}

/// Destroys the state, which nobody borrows any more.
async fn end<S: Destroy>(engine: Engine<S>) {
    let (state, is_poisoned) = engine.into_state();
    if is_poisoned {
        let _ = contain(|| drop(state));
    } else {
        // The state is the author's: of a panic in its destructor the hook is told, and nobody else.
        let _ = Contained(async move { (*state).destroy().await }).await;
    }
}

/// Ends when the context closes and its grace is over.
async fn grace_over<S: Destroy>(context: &Context<S>, executor: &Executor) {
    let is_closing = || {
        context.heartbeat().beat();
        context.is_closing()
    };
    context.doorbell().wait(is_closing).await;
    if let Some(end) = context.grace_end() {
        executor.sleep_until(end).await;
    }
}

/// Runs `work` to its end, unless `limit` ends first: then `work` is dropped.
async fn unless<T>(limit: impl Future<Output = ()>, work: impl Future<Output = T>) -> Option<T> {
    let (mut limit, mut work) = (pin!(limit), pin!(work));
    poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => limit.as_mut().poll(cx).map(|()| None),
    })
    .await
}

/// Answers all that was accepted with the reason why it is not served. The context is closed,
/// by this worker or by a host that destroys it and is waiting for the callers to leave.
fn refuse_all<S: Destroy>(context: &Context<S>, cause: &Failure) {
    loop {
        let is_closing = context.is_closing();
        context.discard_waiting(cause);
        if is_closing {
            return;
        }
        thread::yield_now();
    }
}

struct Worker<'a, S: Destroy> {
    context: &'a Arc<Context<S>>,
    executor: &'a Executor,
    /// Handlers and tasks run since timers and sockets had their turn.
    turn: usize,
    spin: Spin,
}

impl<S: Destroy> Worker<'_, S> {
    /// Runs what is accepted. Returns when the context closes: once all has run to its end, or
    /// once the grace is over and the rest was cancelled.
    async fn serve(&mut self, engine: &mut Engine<S>) {
        loop {
            // Looked at before the queue: what was accepted before the context closed is in
            // the queue by then, and so is what a caller that stayed left there.
            let grace_end = self.context.grace_end();
            let is_left = grace_end.is_some() && !self.context.is_stayed_in();
            self.context.heartbeat().beat();
            self.context.dispatcher().run_abandoned();
            expire(self.context, engine);
            self.turn += engine.run_ready();
            while let Yield::IsDue = self.start_admitted(engine) {
                self.let_others_run(engine).await;
            }
            let is_over = self.context.is_grace_over();
            if is_over {
                self.context.cancel_waiting();
                engine.drop_running();
            }
            if is_left && engine.is_idle() && self.context.queue().is_empty() {
                return;
            }
            if self.turn >= TURN {
                self.let_others_run(engine).await;
            }
            self.sleep(engine, Closing { grace_end, is_left, is_over }).await;
        }
    }

    /// Sleeps until there is something to do, the grace ends or a deadline. A worker that does not
    /// wait for ever for the next call closes the context when it has waited long enough.
    async fn sleep(&mut self, engine: &Engine<S>, closing: Closing) {
        let context = self.context;
        let Closing { grace_end, is_left, is_over } = closing;
        let lingers = S::LINGER.filter(|_| grace_end.is_none() && engine.is_idle() && context.queue().is_empty());
        let lingers_until = lingers.map(|linger| Instant::now() + linger);
        let end =
            context.deadlines().first().into_iter().chain(grace_end.filter(|_| !is_over)).chain(lingers_until).min();
        let ends_sooner = || context.deadlines().first().is_some_and(|first| end.is_none_or(|end| first < end));
        let is_due = || {
            context.heartbeat().beat();
            let can_start = context.queue().has(|next| engine.admits(next));
            let is_asked = context.has_cancels() || (grace_end.is_none() && context.is_closing());
            let was_left = grace_end.is_some() && !is_left && !context.is_stayed_in();
            can_start || is_asked || was_left || engine.any_ready() || ends_sooner()
        };
        // A checker's threads have nothing to gain, and its time does not pass.
        let spins = const { S::OPTIONS.spin_us > 0 && !cfg!(ffi_model) };
        if spins && self.spin.find(|length| context.doorbell().listen(length, is_due)) {
            return;
        }
        let rung = context.doorbell().wait(is_due);
        match end {
            Some(end) => drop(unless(self.executor.sleep_until(end), rung).await),
            None => rung.await,
        }
        if lingers_until.is_some_and(|end| Instant::now() >= end) && context.queue().is_empty() {
            context.close_from_worker();
        }
    }

    /// Starts requests in their order, up to the first that must wait for those running, the end
    /// of the grace, or the end of the turn.
    fn start_admitted(&mut self, engine: &mut Engine<S>) -> Yield {
        let context = self.context;
        while !context.is_grace_over() {
            if context.has_cancels() {
                let asked = context.carry_out_cancels();
                engine.drop_running_if(|call| asked.contains(&call.user_data()));
            }
            expire(context, engine);
            let mut next = context.take_next(|next| engine.admits(next));
            // Started where it is: it is too large to be moved for nothing.
            let Some(Item::Call(request)) = &mut next else { break };
            engine.start(request);
            // It is spent: nothing is left to drop.
            std::mem::forget(next);
            context.heartbeat().beat();
            self.turn += 1;
            if self.turn >= TURN {
                return Yield::IsDue;
            }
        }
        Yield::IsNotDue
    }

    /// Lets timers and sockets run, and ready tasks.
    async fn let_others_run(&mut self, engine: &mut Engine<S>) {
        self.turn = 0;
        yield_now().await;
        self.turn += engine.run_ready();
    }
}

/// Answers the calls whose deadline has passed. Their handlers run on, unless they may be dropped.
#[inline]
fn expire<S: Destroy>(context: &Context<S>, engine: &mut Engine<S>) {
    if context.expire() {
        engine.drop_running_if(Droppable::is_over);
    }
}

/// How far the context's end has come, as the worker has seen it.
struct Closing {
    /// When the grace ends, if it has begun.
    grace_end: Option<Instant>,
    /// Whether nobody stays in the closed slot.
    is_left: bool,
    /// Whether the grace has ended: then only who stays is waited for, however long.
    is_over: bool,
}

/// Whether others than new requests are to have their turn.
enum Yield {
    IsDue,
    IsNotDue,
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
