//! What a thread is inside of, the innermost last, in a thread-local without a destructor.
//!
//! - Such a thread-local is there for as long as its thread: a host may call from the destructors of
//!   its own thread-locals, from those of keys, and from `atexit` handlers.
//! - Up to [`SOME`] things take no memory but its own. What more take is freed once they are gone, so
//!   that nothing is left at the thread's end.

use std::cell::RefCell;
use std::mem::ManuallyDrop;

/// How many things take no allocation.
const SOME: usize = 4;

/// What a thread is inside of.
pub(crate) struct Nest<T: 'static>(ManuallyDrop<RefCell<Inner<T>>>);

struct Inner<T> {
    some: [Option<T>; SOME],
    more: Vec<T>,
    len: usize,
}

impl<T> Nest<T> {
    /// Nothing.
    pub(crate) const fn new() -> Self {
        Self(ManuallyDrop::new(RefCell::new(Inner { some: [const { None }; SOME], more: Vec::new(), len: 0 })))
    }

    /// Goes into one more.
    #[inline]
    pub(crate) fn push(&self, thing: T) {
        let Inner { some, more, len } = &mut *self.0.borrow_mut();
        match some.get_mut(*len) {
            Some(place) => *place = Some(thing),
            None => more.push(thing),
        }
        *len += 1;
    }

    /// Leaves the innermost that `is_left`, and gives it back.
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

    /// What `look` makes of the innermost of which it makes something.
    pub(crate) fn find<R>(&self, look: impl Fn(&T) -> Option<R>) -> Option<R> {
        let inner = self.0.borrow();
        (0..inner.len).rev().find_map(|at| look(inner.get(at)))
    }

    /// All of it, the innermost first.
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

    /// Takes the last of those that are allocated.
    #[cold]
    fn pop(&mut self) -> Option<T> {
        let last = self.more.pop();
        if self.more.is_empty() {
            self.more = Vec::new();
        }
        last
    }

    /// Swaps a thing with the one below it.
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
    use super::{Nest, SOME};

    #[test]
    fn things_leave_in_any_order() {
        for out_of_order in 0..3 * SOME {
            let nest = Nest::new();
            (0..3 * SOME).for_each(|thing| nest.push(thing));
            assert_eq!(nest.remove(|&thing| thing == out_of_order), Some(out_of_order));
            assert_eq!(nest.remove(|&thing| thing == 99), None);
            let expected: Vec<_> = (0..3 * SOME).rev().filter(|&thing| thing != out_of_order).collect();
            assert_eq!(nest.all(), expected);
            assert!(expected.iter().all(|&left| nest.remove(|&thing| thing == left) == Some(left)));
            assert_eq!(nest.all(), []);
            assert_eq!(nest.0.borrow().more.capacity(), 0);
        }
    }

    #[test]
    fn the_innermost_of_equals_is_found_and_left_first() {
        let nest = Nest::new();
        [(1, 'a'), (2, 'b'), (1, 'c')].into_iter().for_each(|thing| nest.push(thing));
        let last = |nest: &Nest<(i32, char)>| nest.find(|&(number, letter)| (number == 1).then_some(letter));
        assert_eq!(last(&nest), Some('c'));
        assert_eq!(nest.remove(|&(number, _)| number == 1), Some((1, 'c')));
        assert_eq!(last(&nest), Some('a'));
    }
}
