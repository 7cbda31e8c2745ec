//! The gate of a slot under C11's memory model, every execution of it up to a bound on
//! preemptions. The value is written and read through a cell that sees each access, so that a
//! read beside a write fails a model, and so does an ordering too weak to keep the two apart.

#[path = "../../../ffi-runtime/src/gate.rs"]
mod gate;

/// What the gate is made of, here.
mod sync {
    pub(crate) use loom::cell::UnsafeCell;
    pub(crate) use loom::sync::{Arc, atomic};
    pub(crate) use loom::thread;
}

use gate::Gate;
use loom::model::Builder;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::sync::{Arc, mpsc};
use loom::thread;

/// The value behind the gate: which generation it is of, and what callers left in it.
struct Board {
    generation: u64,
    posted: AtomicUsize,
}

impl Board {
    fn new(generation: u64) -> Arc<Self> {
        Arc::new(Self { generation, posted: AtomicUsize::new(0) })
    }
}

fn check(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(model);
}

/// A gate that is open for generation 1.
fn open() -> Arc<Gate<Board>> {
    let gate = Gate::vacant(0);
    // SAFETY: the gate is vacant, and this thread's alone.
    unsafe { gate.open(1, Board::new(1)) };
    Arc::new(gate)
}

/// Enters and leaves something there; whether the gate let it.
fn post(gate: &Gate<Board>, generation: u64) -> bool {
    let Some(inside) = gate.enter(generation) else { return false };
    assert_eq!(inside.generation, generation, "the value is the one of the generation that was asked for");
    // As weak as can be: that the closer sees it is the gate's work.
    inside.posted.fetch_add(1, Ordering::Relaxed);
    true
}

/// Closes the gate of generation 1; what callers had left there, if this was the closer.
fn close(gate: &Gate<Board>) -> Option<usize> {
    gate.close(1).map(|board| board.posted.load(Ordering::Relaxed))
}

/// Makes the closed gate vacant and opens it for generation 2.
fn reopen(gate: &Gate<Board>) {
    // SAFETY: the models call this once, on the thread that closed the gate or after it.
    let board = unsafe { gate.vacate() };
    assert_eq!(board.expect("a closed gate has a value").generation, 1);
    assert_eq!(gate.generation(), 1);
    // SAFETY: as above, and the gate is vacant now.
    unsafe { gate.open(2, Board::new(2)) };
}

#[test]
fn a_closer_finds_all_that_callers_left_and_none_comes_later() {
    check(|| {
        let gate = open();
        let callers: Vec<_> = (0..2)
            .map(|_| {
                let gate = Arc::clone(&gate);
                thread::spawn(move || post(&gate, 1))
            })
            .collect();
        let found = close(&gate).expect("nobody else closes");
        assert!(!gate.is_open(1) && !post(&gate, 1));
        // SAFETY: this thread closed the gate.
        let board = unsafe { gate.vacate() };
        let entered = callers.into_iter().map(|caller| caller.join().expect("no panic")).filter(|&did| did).count();
        assert_eq!(entered, found);
        assert!(board.is_some());
    });
}

#[test]
fn one_of_two_closers_closes() {
    check(|| {
        let gate = open();
        let other = Arc::clone(&gate);
        let caller = Arc::clone(&gate);
        let other = thread::spawn(move || close(&other));
        let caller = thread::spawn(move || post(&caller, 1));
        let mine = close(&gate);
        let others = other.join().expect("no panic");
        let entered = caller.join().expect("no panic");
        assert!(mine.is_some() != others.is_some());
        assert_eq!(mine.or(others), Some(usize::from(entered)));
    });
}

#[test]
fn a_stale_handle_never_enters_the_next_generation() {
    check(|| {
        let gate = open();
        let (stale, fresh) = (Arc::clone(&gate), Arc::clone(&gate));
        let stale = thread::spawn(move || {
            post(&stale, 1);
            assert!(!(stale.is_open(2) && stale.is_open(1)));
            post(&stale, 1)
        });
        let fresh = thread::spawn(move || post(&fresh, 2));
        close(&gate).expect("nobody else closes");
        reopen(&gate);
        stale.join().expect("no panic");
        fresh.join().expect("no panic");
        assert!(close(&gate).is_none(), "the old handle closes nothing");
        assert!(post(&gate, 2));
    });
}

#[test]
fn another_thread_than_the_closer_may_vacate() {
    check(|| {
        let gate = open();
        let (tell, told) = mpsc::channel();
        let (worker, caller) = (Arc::clone(&gate), Arc::clone(&gate));
        let worker = thread::spawn(move || {
            told.recv().expect("the closer tells");
            reopen(&worker);
        });
        let caller = thread::spawn(move || post(&caller, 1));
        let found = close(&gate).expect("nobody else closes");
        tell.send(()).expect("the worker waits");
        assert_eq!(caller.join().expect("no panic"), found == 1);
        worker.join().expect("no panic");
        assert!(gate.close(2).is_some());
    });
}
