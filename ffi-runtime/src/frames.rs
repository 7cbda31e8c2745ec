//! Who is inside which context: the record that lets a destroy know what it must not wait for.
//!
//! - A thread is inside a context while it is the context's worker, and while it runs a
//!   callback of the context's.
//! - A destroy from inside does not wait: it would wait for itself. Nor does one that waits
//!   for a context whose own destroyers wait, however indirectly, for this thread.

use crate::sync::{Mutex, PoisonError, thread_local};
use std::cell::RefCell;

/// A context, by the address of what its threads share.
pub(crate) type Inside = usize;

thread_local! {
    static FRAMES: RefCell<Vec<Inside>> = const { RefCell::new(Vec::new()) };
}

/// Who waits for whom, over all libraries in this binary: a context that some waiting thread
/// is inside, and the context that thread waits for.
static WAITS: Mutex<Vec<(Inside, Inside)>> = Mutex::new(Vec::new());

/// While it lives, this thread is inside a context.
#[derive(Debug)]
pub(crate) struct Frame(Inside);

impl Frame {
    pub(crate) fn enter(context: Inside) -> Self {
        // A thread past its thread-locals keeps no record; it has no destroy to come either.
        let _ = FRAMES.try_with(|frames| frames.borrow_mut().push(context));
        Self(context)
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let _ = FRAMES.try_with(|frames| {
            let mut frames = frames.borrow_mut();
            if let Some(at) = frames.iter().rposition(|&frame| frame == self.0) {
                frames.remove(at);
            }
        });
    }
}

/// What tells this thread from others that live. Not std's number of it, which would have the
/// host's threads allocate.
pub(crate) fn this_thread() -> usize {
    FRAMES.try_with(|frames| std::ptr::from_ref(frames).addr()).unwrap_or_default()
}

/// Whether this thread is inside the context.
pub(crate) fn is_inside(context: Inside) -> bool {
    FRAMES.try_with(|frames| frames.borrow().contains(&context)).unwrap_or(false)
}

/// The contexts this thread is inside.
fn frames() -> Vec<Inside> {
    FRAMES.try_with(|frames| frames.borrow().clone()).unwrap_or_default()
}

/// While it lives, this thread's wait for a context is on record.
#[derive(Debug)]
pub(crate) struct Wait {
    edges: Vec<(Inside, Inside)>,
}

impl Wait {
    /// Puts a wait for `target` on record; `None` where it would never end.
    pub(crate) fn begin(target: Inside) -> Option<Self> {
        let inside = frames();
        let mut waits = WAITS.lock().unwrap_or_else(PoisonError::into_inner);
        if inside.iter().any(|&frame| reaches(&waits, target, frame)) {
            return None;
        }
        let edges: Vec<_> = inside.into_iter().map(|frame| (frame, target)).collect();
        waits.extend(&edges);
        Some(Self { edges })
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let mut waits = WAITS.lock().unwrap_or_else(PoisonError::into_inner);
        for edge in &self.edges {
            if let Some(at) = waits.iter().position(|wait| wait == edge) {
                waits.swap_remove(at);
            }
        }
    }
}

/// Whether a wait for `from` is, over the waits on record, one for `to`. Those have no circle,
/// since none that would close one is recorded.
fn reaches(waits: &[(Inside, Inside)], from: Inside, to: Inside) -> bool {
    from == to || waits.iter().any(|&(waiting, target)| waiting == from && reaches(waits, target, to))
}

#[cfg(test)]
mod tests {
    use super::{Frame, Wait};
    use std::thread;

    // The record is the process's: each test has contexts of its own.

    #[test]
    fn a_thread_does_not_wait_for_a_context_it_is_inside() {
        assert!(Wait::begin(10).is_some());
        let outer = Frame::enter(10);
        let inner = Frame::enter(11);
        assert!(Wait::begin(10).is_none() && Wait::begin(11).is_none());
        assert!(Wait::begin(12).is_some());
        drop(outer);
        assert!(Wait::begin(10).is_some() && Wait::begin(11).is_none());
        drop(inner);
        assert!(Wait::begin(11).is_some());
    }

    #[test]
    fn a_wait_that_would_close_a_circle_is_refused_until_the_other_ends() {
        let _inside = Frame::enter(20);
        let waiting = Wait::begin(21).expect("no circle yet");
        let from = |context, target| {
            thread::spawn(move || {
                let _inside = Frame::enter(context);
                Wait::begin(target).is_some()
            })
            .join()
            .expect("no panic")
        };
        assert!(!from(21, 20));
        assert!(from(22, 20));
        let _there = Frame::enter(23);
        drop(waiting);
        assert!(from(21, 20));
    }

    #[test]
    fn a_circle_may_be_longer_than_two() {
        let _a = Frame::enter(30);
        let _waiting = Wait::begin(31).expect("no circle yet");
        let refused = thread::spawn(|| {
            let _b = Frame::enter(31);
            let _waiting = Wait::begin(32).expect("no circle yet");
            thread::spawn(|| {
                let _c = Frame::enter(32);
                Wait::begin(30).is_none()
            })
            .join()
            .expect("no panic")
        });
        assert!(refused.join().expect("no panic"));
    }
}
