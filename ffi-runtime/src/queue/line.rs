//! Items in the order in which they came, taken from the front.

use std::ptr;

/// What was sent at once, less what was taken. A `VecDeque` would do, but asks at every step
/// whether it goes round its end, which this never does.
#[derive(Debug)]
pub(super) struct Line<T> {
    /// The memory alone: its length is 0.
    memory: Vec<T>,
    /// Those items in the memory that are there: from this one on, up to the end.
    first: usize,
    end: usize,
    /// How often it may yet be filled with few items before it is held to have memory for too many.
    pub(super) patience: u32,
}

impl<T> Line<T> {
    /// Nobody.
    pub(super) const fn new() -> Self {
        Self { memory: Vec::new(), first: 0, end: 0, patience: 0 }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.first == self.end
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.end - self.first
    }

    /// The first item.
    #[inline]
    pub(super) fn front(&self) -> Option<&T> {
        if self.is_empty() {
            return None;
        }
        // SAFETY: within the memory.
        let first = unsafe { self.memory.as_ptr().add(self.first) };
        // SAFETY: the line is not empty, so the item is there.
        Some(unsafe { &*first })
    }

    /// Takes the first item.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<T> {
        let first = ptr::from_ref(self.front()?);
        self.first += 1;
        // SAFETY: the item was there, and is not reckoned among those any more.
        Some(unsafe { first.read() })
    }

    /// Takes all items, and leaves the memory to be used again.
    pub(super) fn take(&mut self) -> Vec<T> {
        let mut items = std::mem::take(&mut self.memory);
        let (first, end) = (std::mem::take(&mut self.first), std::mem::take(&mut self.end));
        let start = items.as_mut_ptr();
        // SAFETY: within the memory.
        let rest = unsafe { start.add(first) };
        // SAFETY: those items are there, and the memory reaches from `start` to their end.
        unsafe { ptr::copy(rest, start, end - first) };
        // SAFETY: so many are there now from the start on.
        unsafe { items.set_len(end - first) };
        items
    }

    /// Has these be the items, in place of those that are left.
    pub(super) fn fill(&mut self, mut items: Vec<T>) {
        drop(self.take());
        self.end = items.len();
        // SAFETY: fewer than there are; the line reckons with them from now on.
        unsafe { items.set_len(0) };
        self.memory = items;
    }
}

impl<T> Drop for Line<T> {
    fn drop(&mut self) {
        drop(self.take());
    }
}

#[cfg(test)]
mod tests {
    use super::Line;
    use std::rc::Rc;

    #[test]
    fn items_leave_in_their_order_and_are_dropped_once() {
        let item = Rc::new(());
        let mut line = Line::new();
        line.fill((0..4).map(|number| (number, Rc::clone(&item))).collect());
        assert_eq!(line.front().map(|it| it.0), Some(0));
        assert_eq!(line.pop().map(|it| it.0), Some(0));
        assert_eq!(line.take().iter().map(|it| it.0).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(line.is_empty() && line.pop().is_none());
        line.fill(vec![(5, Rc::clone(&item)), (6, Rc::clone(&item))]);
        line.pop();
        line.fill(vec![(7, Rc::clone(&item))]);
        assert_eq!(Rc::strong_count(&item), 2);
        drop(line);
        assert_eq!(Rc::strong_count(&item), 1);
    }
}
