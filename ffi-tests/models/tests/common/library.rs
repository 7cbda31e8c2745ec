//! The library that the models drive. Its grace is a second of the models' time, which passes
//! only where a model advances it, and its queue is short, so that it is often full.

#![allow(unreachable_pub, reason = "an author's library is public")]

use super::ledger::{Borrow, Step, block_for, fault, signalled, signals, step, turn};
use ffi_runtime::{Events, NoContext, ffi};
use shuttle::thread::spawn;
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

/// Something happened.
#[ffi(event, library = "model")]
pub fn on_step();

/// How a constructor ends.
#[ffi]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// At once, well.
    Well,
    /// Well, after the first signal.
    WellOnceSignalled,
    /// At once, with an error.
    Badly,
    /// With an error, after the first signal.
    BadlyOnceSignalled,
    /// Well, after it fired an event.
    Loudly,
}

/// The state: it knows its context's number.
#[ffi(library = "model", grace_ms = 1_000, queue_limit = 3, event_limit = 1, event_overflow = "block")]
pub struct State {
    context: usize,
    is_jammed: AtomicBool,
}

impl Drop for State {
    fn drop(&mut self) {
        // The loop is over, and what comes after it runs nobody's code.
        if self.is_jammed.load(Ordering::Relaxed) && !ffi_runtime::unjam() {
            step(self.context, Step::Broken);
        }
        step(self.context, Step::Dropped);
    }
}

impl State {
    fn new(context: usize) -> Self {
        Self { context, is_jammed: AtomicBool::new(false) }
    }

    /// A handler begins that was called for this context.
    fn borrow(&self, context: u32, is_exclusive: bool) -> Borrow {
        if self.context != context as usize {
            fault(format!("a call of context {context} reaches context {}", self.context));
        }
        Borrow::begin(self.context, is_exclusive)
    }
}

/// Makes the state, or fails, as told.
#[ffi(ctor, library = "model")]
pub async fn model_create(context: u32, make: Make) -> Result<State, String> {
    let number = context as usize;
    turn();
    if make == Make::Loudly {
        on_step();
        turn();
    }
    if matches!(make, Make::WellOnceSignalled | Make::BadlyOnceSignalled) {
        signalled(number, 1).await;
    }
    if matches!(make, Make::Badly | Make::BadlyOnceSignalled) {
        return Err("made badly".to_owned());
    }
    step(number, Step::Made);
    Ok(State::new(number))
}

/// Ends the state.
#[ffi(dtor, library = "model")]
pub fn model_destroy(state: State) {
    step(state.context, Step::Destroyed);
}

/// Returns at once.
#[ffi(library = "model")]
pub fn model_share(state: &State, context: u32) {
    let _borrow = state.borrow(context, false);
    turn();
}

/// Returns at once, alone.
#[ffi(library = "model")]
pub fn model_hold(state: &mut State, context: u32) {
    let _borrow = state.borrow(context, true);
    turn();
}

/// Waits for two signals.
#[ffi(library = "model")]
pub async fn model_wait(state: &State, context: u32) {
    let _borrow = state.borrow(context, false);
    signalled(context as usize, 1).await;
    signalled(context as usize, 2).await;
}

/// Waits for two signals, alone.
#[ffi(library = "model")]
pub async fn model_wait_alone(state: &mut State, context: u32) {
    let _borrow = state.borrow(context, true);
    signalled(context as usize, 1).await;
    signalled(context as usize, 2).await;
}

/// Waits for two signals, and may be cancelled meanwhile.
#[ffi(cancel = "drop", library = "model")]
pub async fn model_wait_droppable(state: &State, context: u32) {
    let _borrow = state.borrow(context, false);
    signalled(context as usize, 1).await;
    signalled(context as usize, 2).await;
}

/// Fires an event.
#[ffi(library = "model")]
pub fn model_fire(state: &State, context: u32) {
    let _borrow = state.borrow(context, false);
    on_step();
}

/// Keeps the context's events for a thread of the author's.
#[ffi(library = "model")]
pub fn model_share_events(_state: &State, context: u32) -> Result<(), NoContext> {
    let events = Events::<State>::current()?;
    spawn(move || {
        for _ in 0..3 {
            if events.within(on_step).is_err() {
                break;
            }
        }
        step(context as usize, Step::Emitted);
    });
    Ok(())
}

/// Waits for two signals, for half a second at most.
#[ffi(deadline_ms = 500, library = "model")]
pub async fn model_hurry(state: &State, context: u32) {
    model_wait(state, context).await;
}

/// The same, and is dropped then.
#[ffi(deadline_ms = 500, cancel = "drop", library = "model")]
pub async fn model_hurry_droppable(state: &State, context: u32) {
    model_wait(state, context).await;
}

/// Leaves by a panic after the first signal, and leaves the state to be broken.
#[ffi(library = "model")]
pub async fn model_break(state: &mut State, context: u32) {
    let _borrow = state.borrow(context, true);
    signalled(context as usize, 1).await;
    step(context as usize, Step::Broken);
    // Past the checker's panic hook, which would take it for the model's failure.
    std::panic::resume_unwind(Box::new("broken"));
}

/// Has the worker's own loop panic at a look at the clock, whose number the context's signals are.
#[ffi(library = "model")]
pub fn model_jam(state: &State, context: u32) {
    let _borrow = state.borrow(context, false);
    state.is_jammed.store(true, Ordering::Relaxed);
    ffi_runtime::jam(signals(context as usize));
}

/// Blocks the worker until the first signal.
#[ffi(library = "model")]
pub fn model_block(state: &State, context: u32) {
    let _borrow = state.borrow(context, false);
    block_for(context as usize, 1);
}

/// Blocks the worker until the first signal, then waits for the second, and may be cancelled meanwhile.
#[ffi(cancel = "drop", library = "model")]
pub async fn model_block_droppable(state: &State, context: u32) {
    let _borrow = state.borrow(context, false);
    block_for(context as usize, 1);
    signalled(context as usize, 2).await;
}

/// The state of a library that warns of what takes long.
#[ffi(library = "warned", grace_ms = 1_000, stale_warn_ms = 300)]
pub struct Warned {
    state: State,
}

/// Makes the state.
#[ffi(ctor, library = "warned")]
pub fn warned_create(context: u32) -> Warned {
    let context = context as usize;
    step(context, Step::Made);
    Warned { state: State::new(context) }
}

/// Ends the state.
#[ffi(dtor, library = "warned")]
pub fn warned_destroy(warned: Warned) {
    model_destroy(warned.state);
}

/// Waits for two signals.
#[ffi(library = "warned")]
pub async fn warned_wait(warned: &Warned, context: u32) {
    model_wait(&warned.state, context).await;
}

/// Waits for two signals, and may be cancelled meanwhile.
#[ffi(cancel = "drop", library = "warned")]
pub async fn warned_wait_droppable(warned: &Warned, context: u32) {
    model_wait(&warned.state, context).await;
}

/// Blocks the worker until the first signal, for half a second at most.
#[ffi(deadline_ms = 500, library = "warned")]
pub fn warned_block(warned: &Warned, context: u32) {
    model_block(&warned.state, context);
}

/// The state of a library whose inline methods run on the threads that call them.
#[ffi(library = "lent", shared, grace_ms = 1_000, queue_limit = 3)]
pub struct Lent {
    state: State,
}

/// Makes the state, or fails, as told.
#[ffi(ctor, library = "lent")]
pub async fn lent_create(context: u32, make: Make) -> Result<Lent, String> {
    Ok(Lent { state: model_create(context, make).await? })
}

/// Ends the state.
#[ffi(dtor, library = "lent")]
pub fn lent_destroy(lent: Lent) {
    model_destroy(lent.state);
}

/// Returns at once.
#[ffi(inline, library = "lent")]
pub fn lent_look(lent: &Lent, context: u32) {
    model_share(&lent.state, context);
}

/// Blocks its caller until the first signal.
#[ffi(inline, library = "lent")]
pub fn lent_stare(lent: &Lent, context: u32) {
    model_block(&lent.state, context);
}

/// Waits for two signals.
#[ffi(inline, library = "lent")]
pub async fn lent_wait(lent: &Lent, context: u32) {
    model_wait(&lent.state, context).await;
}

/// Waits once, and is woken by itself.
#[ffi(inline, library = "lent")]
pub async fn lent_turn(lent: &Lent, context: u32) {
    let _borrow = lent.state.borrow(context, false);
    let mut has_waited = false;
    poll_fn(|cx| {
        turn();
        if has_waited {
            return Poll::Ready(());
        }
        has_waited = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Returns at once, on the worker.
#[ffi(library = "lent")]
pub fn lent_share(lent: &Lent, context: u32) {
    model_share(&lent.state, context);
}

/// Has the worker's own loop panic, as above.
#[ffi(library = "lent")]
pub fn lent_jam(lent: &Lent, context: u32) {
    model_jam(&lent.state, context);
}

/// Blocks the worker until the first signal.
#[ffi(library = "lent")]
pub fn lent_block(lent: &Lent, context: u32) {
    model_block(&lent.state, context);
}

/// Returns at once, without a state.
#[ffi(library = "model")]
pub async fn model_turn(_context: u32) {
    turn();
}

/// Waits for the first signal, without a state.
#[ffi(library = "model")]
pub async fn model_await(context: u32) {
    signalled(context as usize, 1).await;
}
