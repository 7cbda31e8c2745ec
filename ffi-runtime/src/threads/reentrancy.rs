//! Which contexts each thread is inside of, and who waits for whom: so a destroy knows what it must not wait for.
//!
//! - A thread is inside a context while it is the context's worker, and while it runs a
//!   callback of the context's.
//! - A destroy from inside does not wait: it would wait for itself. Nor does one that waits
//!   for a context whose own destroyers wait, however indirectly, for this thread.
//! - The record of a thread outlives its other thread-locals: from their destructors, and from
//!   `atexit` handlers, a host may call.
//! - A thread that calls `exit` inside a context never leaves it. Whoever waits for that is told.

use crate::lazy::PerProcess;
use crate::process::epoch;
use crate::scopes::Scopes;
use crate::sync::{Mutex, MutexGuard, lock, thread_local};
use std::ptr::NonNull;

/// A context, by the address of what its threads share.
pub(crate) type ContextId = usize;

/// What others wait for, of a thread that calls `exit` and so never does it.
pub(crate) trait AtExit {
    /// The calling thread is inside `exit`: what is below this on its stack is never gone on with.
    fn exits(&self, part: Part);
}

/// The part that a thread has in a context that it is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// It is the worker.
    Worker,
    /// It runs an inline handler, which borrows the state.
    Inline,
    /// It does what another thread can do as well.
    Other,
}

/// One context that a thread is inside of.
#[derive(Clone, Copy)]
struct Entered {
    context: ContextId,
    /// Lives for as long as the entry: see [`ContextScope::enter`].
    at_exit: NonNull<dyn AtExit>,
    part: Part,
    /// The process that it is of. In a child that is forked within it nobody waits for this thread.
    epoch: u32,
}

thread_local! {
    static SCOPES: Scopes<Entered> = const { Scopes::new() };
    /// Its drop is the first that a thread does of `exit`, or nearly so; at a thread's own end it is
    /// inside of none.
    static END: End = const { End };
}

struct End;

impl Drop for End {
    fn drop(&mut self) {
        // Nobody exits in a model; a checker that gives one up leaves threads inside contexts, and frees these.
        if cfg!(ffi_model) {
            return;
        }
        let entries = SCOPES.with(Scopes::all);
        for Entered { at_exit, part, .. } in entries.into_iter().filter(|entry| entry.epoch == epoch()) {
            // SAFETY: the context was not left, so what it was entered with lives.
            unsafe { at_exit.as_ref() }.exits(part);
        }
    }
}

/// Who waits for whom, over all libraries in this binary: a context that some waiting thread
/// is inside, and the context that thread waits for.
static WAITS: PerProcess<Mutex<Vec<(ContextId, ContextId)>>> = PerProcess::new();

fn waits<'a>() -> MutexGuard<'a, Vec<(ContextId, ContextId)>> {
    lock(WAITS.get(Mutex::default))
}

/// While it lives, this thread is inside a context.
#[derive(Debug)]
pub(crate) struct ContextScope(NonNull<dyn AtExit>);

impl ContextScope {
    /// Enters a context, in which this thread has a part.
    ///
    /// # Safety
    /// `at_exit` must live until the scope is dropped, which it must be.
    #[inline]
    pub(crate) unsafe fn enter(context: ContextId, at_exit: &(dyn AtExit + 'static), part: Part) -> Self {
        // A thread that is past its thread-locals, and then exits, tells nobody.
        let _ = END.try_with(|_| ());
        let at_exit = NonNull::from(at_exit);
        SCOPES.with(|scopes| scopes.push(Entered { context, at_exit, part, epoch: epoch() }));
        Self(at_exit)
    }
}

impl Drop for ContextScope {
    #[inline]
    fn drop(&mut self) {
        SCOPES.with(|scopes| scopes.remove(|entry| entry.at_exit.addr() == self.0.addr()));
    }
}

/// What tells this thread from others that live. Not std's number of it, which would have the
/// host's threads allocate, and which is gone before the thread is.
pub(crate) fn this_thread() -> usize {
    SCOPES.with(|scopes| std::ptr::from_ref(scopes).addr())
}

/// Whether this thread is inside the context.
pub(crate) fn is_inside(context: ContextId) -> bool {
    SCOPES.with(|scopes| scopes.find(|entry| (entry.context == context).then_some(()))).is_some()
}

/// The contexts this thread is inside.
fn entered_contexts() -> Vec<ContextId> {
    SCOPES.with(Scopes::all).into_iter().map(|entry| entry.context).collect()
}

/// While it lives, this thread's wait for a context is on record.
#[derive(Debug)]
pub(crate) struct Wait {
    edges: Vec<(ContextId, ContextId)>,
}

impl Wait {
    /// Puts a wait for `target` on record; `None` where it would never end.
    pub(crate) fn begin(target: ContextId) -> Option<Self> {
        let inside = entered_contexts();
        let mut waits = waits();
        if inside.iter().any(|&entered| reaches(&waits, target, entered)) {
            return None;
        }
        let edges: Vec<_> = inside.into_iter().map(|entered| (entered, target)).collect();
        waits.extend(&edges);
        Some(Self { edges })
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let mut waits = waits();
        for edge in &self.edges {
            if let Some(at) = waits.iter().position(|wait| wait == edge) {
                waits.swap_remove(at);
            }
        }
    }
}

/// Whether a wait for `from` is, over the waits on record, one for `to`. Those have no circle,
/// since none that would close one is recorded.
fn reaches(waits: &[(ContextId, ContextId)], from: ContextId, to: ContextId) -> bool {
    from == to || waits.iter().any(|&(waiting, target)| waiting == from && reaches(waits, target, to))
}

#[cfg(test)]
mod tests {
    use super::{AtExit, ContextScope, Part, Wait};
    use std::thread;

    // The record is the process's: each test has contexts of its own.

    struct Nobody(#[expect(dead_code, reason = "a scope is known by the place of this")] u8);

    impl AtExit for Nobody {
        fn exits(&self, _part: Part) {}
    }

    fn enter(context: usize) -> ContextScope {
        let nobody: &'static Nobody = Box::leak(Box::new(Nobody(0)));
        // SAFETY: it lives for ever, and the tests drop their scopes.
        unsafe { ContextScope::enter(context, nobody, Part::Other) }
    }

    #[test]
    fn a_thread_does_not_wait_for_a_context_it_is_inside() {
        assert!(Wait::begin(10).is_some());
        let outer = enter(10);
        let inner = enter(11);
        assert!(Wait::begin(10).is_none() && Wait::begin(11).is_none());
        assert!(Wait::begin(12).is_some());
        drop(outer);
        assert!(Wait::begin(10).is_some() && Wait::begin(11).is_none());
        drop(inner);
        assert!(Wait::begin(11).is_some());
    }

    #[test]
    fn a_wait_that_would_close_a_circle_is_refused_until_the_other_ends() {
        let _inside = enter(20);
        let waiting = Wait::begin(21).expect("no circle yet");
        let from = |context, target| {
            thread::spawn(move || {
                let _inside = enter(context);
                Wait::begin(target).is_some()
            })
            .join()
            .expect("no panic")
        };
        assert!(!from(21, 20));
        assert!(from(22, 20));
        let _there = enter(23);
        drop(waiting);
        assert!(from(21, 20));
    }

    #[test]
    fn a_circle_may_be_longer_than_two() {
        let _a = enter(30);
        let _waiting = Wait::begin(31).expect("no circle yet");
        let refused = thread::spawn(|| {
            let _b = enter(31);
            let _waiting = Wait::begin(32).expect("no circle yet");
            thread::spawn(|| {
                let _c = enter(32);
                Wait::begin(30).is_none()
            })
            .join()
            .expect("no panic")
        });
        assert!(refused.join().expect("no panic"));
    }
}
