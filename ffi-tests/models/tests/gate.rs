//! The gate of a slot under C11's memory model, every execution of it up to a bound on
//! preemptions. The value is written and read through a cell that sees each access, so that a
//! read beside a write fails a model, and so does an ordering too weak to keep the two apart.

#[path = "../../../ffi-runtime/src/context/gate.rs"]
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
use loom::sync::{Arc, Notify, mpsc};
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
        assert!(!gate.is_open(1) && !gate.is_passed() && !post(&gate, 1));
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

/// Stays, leaves something there, and leaves. `None` where the gate did not let it, then whether
/// leaving it took what it is told by.
fn visit(gate: &Gate<Board>, generation: u64) -> Option<bool> {
    let board = gate.stay(generation)?;
    assert_eq!(board.generation, generation, "the value is the one of the generation that was asked for");
    // As weak as can be: that whoever vacates the gate sees it is the gate's work.
    board.posted.fetch_add(1, Ordering::Relaxed);
    let was_open = gate.is_open(generation);
    // SAFETY: entered above, and not left since.
    let taken = unsafe { gate.leave(|board| board.generation) };
    assert!(was_open || taken.is_some(), "it left after the close");
    assert!(taken.is_none() || !gate.is_open(generation), "it left before the close");
    assert!(taken.is_none_or(|taken| taken == generation));
    Some(taken.is_some())
}

#[test]
fn closing_does_not_wait_for_one_who_stays() {
    check(|| {
        let gate = open();
        let board = gate.stay(1).expect("the gate is open");
        let (closer, caller) = (Arc::clone(&gate), Arc::clone(&gate));
        let closer = thread::spawn(move || close(&closer).expect("nobody else closes"));
        let caller = thread::spawn(move || post(&caller, 1));
        let found = closer.join().expect("no panic");
        assert!(gate.is_stayed_in() && gate.stay(1).is_none());
        assert_eq!(caller.join().expect("no panic"), found == 1, "the closer waited for who passes through");
        assert_eq!(board.posted.load(Ordering::Relaxed), found, "the value is still there");
        // SAFETY: stayed in above, and not left since.
        assert_eq!(unsafe { gate.leave(|board| board.generation) }, Some(1));
        assert!(!gate.is_stayed_in());
        reopen(&gate);
    });
}

#[test]
fn the_value_is_there_until_all_who_stay_have_left() {
    check(|| {
        let gate = open();
        let visitors: Vec<_> = (0..2)
            .map(|_| {
                let gate = Arc::clone(&gate);
                thread::spawn(move || visit(&gate, 1))
            })
            .collect();
        let board = gate.close(1).expect("nobody else closes");
        let was_stayed_in = gate.is_stayed_in();
        while gate.is_stayed_in() {
            thread::yield_now();
        }
        let found = board.posted.load(Ordering::Relaxed);
        reopen(&gate);
        assert!(visit(&gate, 1).is_none());
        let visits: Vec<_> = visitors.into_iter().filter_map(|visitor| visitor.join().expect("no panic")).collect();
        assert_eq!(visits.len(), found, "what they left was seen, and none came later");
        assert!(!was_stayed_in || visits.contains(&true));
    });
}

#[test]
fn one_who_waits_for_the_stays_to_end_is_told() {
    check(|| {
        let gate = open();
        let bell = Arc::new(Notify::new());
        let visitors: Vec<_> = (0..2)
            .map(|_| {
                let (gate, bell) = (Arc::clone(&gate), Arc::clone(&bell));
                thread::spawn(move || {
                    if visit(&gate, 1) == Some(true) {
                        bell.notify();
                    }
                })
            })
            .collect();
        let board = gate.close(1).expect("nobody else closes");
        while gate.is_stayed_in() {
            bell.wait();
        }
        let found = board.posted.load(Ordering::Relaxed);
        reopen(&gate);
        visitors.into_iter().for_each(|visitor| visitor.join().expect("no panic"));
        assert_eq!(board.posted.load(Ordering::Relaxed), found);
    });
}

#[test]
fn a_stale_handle_never_stays_in_the_next_generation() {
    check(|| {
        let gate = open();
        let (stale, fresh) = (Arc::clone(&gate), Arc::clone(&gate));
        let stale = thread::spawn(move || [visit(&stale, 1), visit(&stale, 1)]);
        let fresh = thread::spawn(move || visit(&fresh, 2));
        let board = gate.close(1).expect("nobody else closes");
        while gate.is_stayed_in() {
            thread::yield_now();
        }
        let found = board.posted.load(Ordering::Relaxed);
        reopen(&gate);
        let visits = stale.join().expect("no panic");
        assert_eq!(visits.into_iter().flatten().count(), found);
        assert_ne!(fresh.join().expect("no panic"), Some(true), "the next gate is open");
        assert!(visit(&gate, 2).is_some());
    });
}
