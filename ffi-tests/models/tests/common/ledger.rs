//! What came of every call and every context of one schedule. The runtime traps panics, or
//! aborts on them, so facts are recorded here and asserted by the host's own threads.
//!
//! Of every schedule must hold:
//!
//! - each call is answered exactly once, with a terminal code; it is warned of before that, and
//!   not any more when it is answered;
//! - a listener is not called once it was removed, nor once its context has ended;
//! - a refused call was answered with an error before it returned;
//! - nothing of a context fires, or is still firing, once its destroy has returned 0, or once
//!   its close is answered; refusals of its stale handle are no longer its own;
//! - a state is destroyed once, unless it was broken, and dropped once, after its last handler;
//!   no handler gets another context's state, nor any state beside an exclusive handler.

mod handlers;

pub(crate) use handlers::{Borrow, block_for, signal, signalled, signals};

use ffi_runtime::{RET_ERR, RET_OK};
use shuttle::sync::atomic::{AtomicBool, Ordering};
use shuttle::sync::{Condvar, Mutex};
use std::ffi::c_int;
use std::sync::{MutexGuard, PoisonError};
use std::task::Waker;

/// What a callback runs after it was recorded.
pub(crate) type Inside = Box<dyn FnOnce(&Answer) + Send>;

#[derive(Default)]
struct Ledger {
    calls: Vec<Entry>,
    contexts: Vec<Life>,
    listeners: Vec<Ear>,
    /// What must never be, where it was seen.
    faults: Vec<String>,
}

/// One call with a callback.
struct Entry {
    context: usize,
    /// Whether it is the call whose answer is its context's last.
    is_last: bool,
    begun: usize,
    /// Whether the host is being warned of it.
    is_warned: bool,
    answers: Vec<Answer>,
    inside: Option<Inside>,
}

/// One listener.
struct Ear {
    context: usize,
    heard: usize,
    /// From now on it must not be called.
    is_removed: bool,
}

/// What a callback was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) ret: c_int,
    pub(crate) text: String,
}

impl Answer {
    fn is_stale_refusal(&self) -> bool {
        self.ret == RET_ERR && self.text.contains("not a live context")
    }
}

/// One context.
#[derive(Default)]
struct Life {
    made: usize,
    /// Panics of exclusive handlers: after one the state is dropped and not destroyed.
    broken: usize,
    destroyed: usize,
    dropped: usize,
    emitted: usize,
    /// From now on nothing of it may fire.
    is_silent: bool,
    sharing: usize,
    holding: usize,
    /// How many signals were given, and who waits for the next.
    signals: usize,
    waiting: Vec<Waker>,
}

static LEDGER: std::sync::Mutex<Ledger> = std::sync::Mutex::new(Ledger {
    calls: Vec::new(),
    contexts: Vec::new(),
    listeners: Vec::new(),
    faults: Vec::new(),
});

/// Told of whatever a model may wait for.
static NEWS: Condvar = Condvar::new();
static NEWS_LOCK: Mutex<()> = Mutex::new(());
static TURN: AtomicBool = AtomicBool::new(false);

/// Held for no scheduling point, so that no other thread finds it held.
fn ledger() -> MutexGuard<'static, Ledger> {
    LEDGER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place where the schedule may go over to another thread.
pub(crate) fn turn() {
    TURN.load(Ordering::SeqCst);
}

fn tell() {
    let _lock = NEWS_LOCK.lock();
    NEWS.notify_all();
}

/// Waits until `is_so`; if that is never so, the checker calls it a deadlock.
fn wait_until(is_so: impl Fn() -> bool) {
    let mut lock = NEWS_LOCK.lock().unwrap_or_else(PoisonError::into_inner);
    while !is_so() {
        lock = NEWS.wait(lock).unwrap_or_else(PoisonError::into_inner);
    }
}

pub(crate) fn fault(text: String) {
    ledger().faults.push(text);
}

/// A new context's number.
pub(crate) fn open_context() -> usize {
    let mut ledger = ledger();
    ledger.contexts.push(Life::default());
    ledger.contexts.len() - 1
}

/// A new call's number.
pub(crate) fn open_call(context: usize, is_last: bool, inside: Option<Inside>) -> usize {
    let mut ledger = ledger();
    ledger.calls.push(Entry { context, is_last, begun: 0, is_warned: false, answers: Vec::new(), inside });
    ledger.calls.len() - 1
}

/// A new listener's number.
pub(crate) fn open_listener(context: usize) -> usize {
    let mut ledger = ledger();
    ledger.listeners.push(Ear { context, heard: 0, is_removed: false });
    ledger.listeners.len() - 1
}

/// A listener is called: at both ends of that it must be there, and its context.
pub(crate) fn hear(listener: usize) {
    for is_begun in [false, true] {
        let mut ledger = ledger();
        let Ear { context, is_removed, .. } = ledger.listeners[listener];
        if is_removed || ledger.contexts[context].is_silent {
            ledger.faults.push(format!("listener {listener} is called when it should not be"));
        }
        ledger.listeners[listener].heard += usize::from(is_begun);
        drop(ledger);
        turn();
    }
    tell();
}

/// The listener was removed, says the runtime: it must not be called any more.
pub(crate) fn removed(listener: usize) {
    ledger().listeners[listener].is_removed = true;
}

/// How often the listener was called.
pub(crate) fn heard(listener: usize) -> usize {
    ledger().listeners[listener].heard
}

/// Whether the call is on this page. A callback that comes after its schedule's end is a fault, which
/// must not be a panic inside it.
fn is_known(call: usize) -> bool {
    let mut ledger = ledger();
    let is_known = call < ledger.calls.len();
    if !is_known {
        ledger.faults.push(format!("call {call} fires when its schedule has ended"));
    }
    is_known
}

/// A callback as the ledger sees it.
pub(crate) fn answer(call: usize, answer: Answer) {
    if !is_known(call) {
        return;
    }
    begin_answer(call, &answer);
    turn();
    let inside = ledger().calls[call].inside.take();
    if let Some(inside) = inside {
        inside(&answer);
    }
    end_answer(call, answer);
    tell();
}

/// A callback that is no answer yet.
pub(crate) fn warn(call: usize, answer: &Answer) {
    if !is_known(call) {
        return;
    }
    for is_warned in [true, false] {
        let mut ledger = ledger();
        ledger.note_late(call, answer);
        let entry = &mut ledger.calls[call];
        let is_wrong = entry.is_warned == is_warned || entry.begun > 0;
        entry.is_warned = is_warned;
        if is_wrong {
            ledger.faults.push(format!("call {call} is warned of when it should not be"));
        }
        drop(ledger);
        turn();
    }
    tell();
}

fn begin_answer(call: usize, answer: &Answer) {
    let mut ledger = ledger();
    ledger.note_late(call, answer);
    if ledger.calls[call].is_warned {
        ledger.faults.push(format!("call {call} is answered while it is warned of"));
    }
    let entry = &mut ledger.calls[call];
    entry.begun += 1;
    if entry.is_last && answer.ret == RET_OK {
        let context = entry.context;
        ledger.contexts[context].is_silent = true;
    }
}

fn end_answer(call: usize, answer: Answer) {
    let mut ledger = ledger();
    if !ledger.calls[call].is_last {
        ledger.note_late(call, &answer);
    }
    ledger.calls[call].answers.push(answer);
}

impl Life {
    /// The state was dropped, if there ever was one, and destroyed before unless it was broken.
    fn assert_gone(&self, context: usize) {
        let owed = if self.broken > 0 { 0 } else { self.made };
        assert_eq!((self.destroyed, self.dropped), (owed, self.made), "destroyed and dropped, of context {context}");
    }
}

impl Ledger {
    fn note_late(&mut self, call: usize, answer: &Answer) {
        if self.contexts[self.calls[call].context].is_silent && !answer.is_stale_refusal() {
            self.faults.push(format!("call {call} fires after its context's end: {answer:?}"));
        }
    }
}

/// The answer of a call, once it has one.
pub(crate) fn await_answer(call: usize) -> Answer {
    wait_until(|| is_answered(call));
    ledger().calls[call].answers[0].clone()
}

/// Whether the call has its answer.
pub(crate) fn is_answered(call: usize) -> bool {
    !ledger().calls[call].answers.is_empty()
}

/// Waits until a thread of the author's has fired its events.
pub(crate) fn await_emitted(context: usize) {
    wait_until(|| ledger().contexts[context].emitted > 0);
}

/// Waits until a handler borrows the context's state.
pub(crate) fn await_handler(context: usize) {
    wait_until(|| {
        let life = &ledger().contexts[context];
        life.sharing + life.holding > 0
    });
}

/// The call returned this: a refusal has been answered by now.
pub(crate) fn returned(call: usize, ret: c_int) {
    if ret != RET_OK {
        let answers = &ledger().calls[call].answers;
        assert!(matches!(answers[..], [Answer { ret: RET_ERR, .. }]), "call {call} returned {ret} with {answers:?}");
    }
}

/// The context has ended, says the runtime: from now on nothing of it fires.
pub(crate) fn ended(context: usize) {
    let mut ledger = ledger();
    let life = &mut ledger.contexts[context];
    life.is_silent = true;
    life.assert_gone(context);
}

/// A step in a state's life.
pub(crate) enum Step {
    Made,
    Broken,
    Destroyed,
    Dropped,
    /// A thread of the author's has fired its events.
    Emitted,
}

pub(crate) fn step(context: usize, step: Step) {
    turn();
    let mut ledger = ledger();
    let life = &mut ledger.contexts[context];
    let count = match step {
        Step::Made => &mut life.made,
        Step::Broken => &mut life.broken,
        Step::Destroyed => &mut life.destroyed,
        Step::Dropped => &mut life.dropped,
        Step::Emitted => &mut life.emitted,
    };
    *count += 1;
    drop(ledger);
    tell();
}

/// Waits until all calls are answered and all states are gone, and asserts what must hold.
pub(crate) fn settle() {
    wait_until(|| {
        let ledger = ledger();
        let is_answered = ledger.calls.iter().all(|entry| !entry.answers.is_empty());
        is_answered && ledger.contexts.iter().all(|life| life.dropped >= life.made)
    });
    assert_sound(&ledger());
}

/// Asserts again what must hold, when no thread is left, and begins a new page.
pub(crate) fn close() {
    let ledger = std::mem::take(&mut *ledger());
    assert_sound(&ledger);
}

fn assert_sound(ledger: &Ledger) {
    assert!(ledger.faults.is_empty(), "{}", ledger.faults.join("; "));
    for (call, entry) in ledger.calls.iter().enumerate() {
        let answers = &entry.answers;
        assert!(matches!(answers[..], [Answer { ret: RET_OK | RET_ERR, .. }]), "call {call} was answered {answers:?}");
        assert_eq!(entry.begun, 1, "call {call} was answered so often");
    }
    for (context, life) in ledger.contexts.iter().enumerate() {
        assert!(life.made <= 1, "context {context} was made {} times", life.made);
        life.assert_gone(context);
    }
}
