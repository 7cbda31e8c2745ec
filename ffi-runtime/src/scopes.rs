//! The scopes that a thread has entered, the innermost last, in a thread-local without a destructor.
//!
//! - Such a thread-local stays usable until its thread has ended: a host may call from the destructors of
//!   its own thread-locals, from those of keys, and from `atexit` handlers.
//! - Up to [`SOME`] scopes need no allocation. The allocation for more is freed as soon as they are left, so
//!   that none is left at the thread's end.

use std::cell::RefCell;
use std::mem::ManuallyDrop;

/// How many scopes need no allocation.
const SOME: usize = 4;

/// The scopes of one thread.
pub(crate) struct Scopes<T: 'static>(ManuallyDrop<RefCell<Inner<T>>>);

struct Inner<T> {
    some: [Option<T>; SOME],
    more: Vec<T>,
    len: usize,
}

impl<T> Scopes<T> {
    /// Returns an empty record.
    pub(crate) const fn new() -> Self {
        Self(ManuallyDrop::new(RefCell::new(Inner { some: [const { None }; SOME], more: Vec::new(), len: 0 })))
    }

    /// Enters one more.
    #[inline]
    pub(crate) fn push(&self, scope: T) {
        let Inner { some, more, len } = &mut *self.0.borrow_mut();
        match some.get_mut(*len) {
            Some(place) => *place = Some(scope),
            None => more.push(scope),
        }
        *len += 1;
    }

    /// Leaves the innermost for which `is_left` holds, and returns it.
    #[inline]
    pub(crate) fn remove(&self, is_left: impl Fn(&T) -> bool) -> Option<T> {
        let inner = &mut *self.0.borrow_mut();
        let at = (0..inner.len).rev().find(|&at| is_left(inner.get(at)))?;
        for above in at + 1..inner.len {
            inner.swap(above);
        }
        inner.len -= 1;
        match inner.some.get_mut(inner.len) {
            Some(place) => place.take(),
            None => inner.pop(),
        }
    }

    /// Returns the first result of `look`, from the innermost scope outwards.
    pub(crate) fn find<R>(&self, look: impl Fn(&T) -> Option<R>) -> Option<R> {
        let inner = self.0.borrow();
        (0..inner.len).rev().find_map(|at| look(inner.get(at)))
    }

    /// Returns all of them, the innermost first.
    pub(crate) fn all(&self) -> Vec<T>
    where
        T: Clone,
    {
        let inner = self.0.borrow();
        (0..inner.len).rev().map(|at| inner.get(at).clone()).collect()
    }
}

impl<T> Inner<T> {
    #[inline]
    fn get(&self, at: usize) -> &T {
        match self.some.get(at) {
            Some(place) => place.as_ref().expect("places below the length are taken"),
            None => &self.more[at - SOME],
        }
    }

    /// Takes the last of those in the allocation.
    #[cold]
    fn pop(&mut self) -> Option<T> {
        let last = self.more.pop();
        if self.more.is_empty() {
            self.more = Vec::new();
        }
        last
    }

    /// Swaps a scope with the one below it.
    #[cold]
    fn swap(&mut self, at: usize) {
        if at < SOME {
            self.some.swap(at, at - 1);
        } else if at > SOME {
            self.more.swap(at - SOME, at - SOME - 1);
        } else if let Some(place) = &mut self.some[SOME - 1] {
            std::mem::swap(place, &mut self.more[0]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SOME, Scopes};

    #[test]
    fn things_leave_in_any_order() {
        for out_of_order in 0..3 * SOME {
            let scopes = Scopes::new();
            (0..3 * SOME).for_each(|scope| scopes.push(scope));
            assert_eq!(scopes.remove(|&scope| scope == out_of_order), Some(out_of_order));
            assert_eq!(scopes.remove(|&scope| scope == 99), None);
            let expected: Vec<_> = (0..3 * SOME).rev().filter(|&scope| scope != out_of_order).collect();
            assert_eq!(scopes.all(), expected);
            assert!(expected.iter().all(|&left| scopes.remove(|&scope| scope == left) == Some(left)));
            assert_eq!(scopes.all(), []);
            assert_eq!(scopes.0.borrow().more.capacity(), 0);
        }
    }

    #[test]
    fn the_innermost_of_equals_is_found_and_left_first() {
        let scopes = Scopes::new();
        [(1, 'a'), (2, 'b'), (1, 'c')].into_iter().for_each(|scope| scopes.push(scope));
        let last = |scopes: &Scopes<(i32, char)>| scopes.find(|&(number, letter)| (number == 1).then_some(letter));
        assert_eq!(last(&scopes), Some('c'));
        assert_eq!(scopes.remove(|&(number, _)| number == 1), Some((1, 'c')));
        assert_eq!(last(&scopes), Some('a'));
    }
}
