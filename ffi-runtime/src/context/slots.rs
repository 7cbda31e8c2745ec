//! The slots that a library's contexts stand in, and handles: a slot's number and generation, checked at every
//! entry.
//!
//! - A handle is no address. Whatever number a host passes, looking it up is sound.
//! - Each slot has a gate, which lets in who has the handle of its generation while it is open.
//! - Whoever closes a slot waits for the callers inside. What they put into the context is
//!   there before the context learns that it closes: nothing accepted is lost.
//! - Slots are never freed, only used again under the next generation. Generations start at
//!   random, so that one library's handle is hardly another's.

use super::gate::{Entered, Gate};
use crate::sync::{Arc, Mutex, MutexGuard, lock};
use std::collections::VecDeque;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::ops::Deref;
use std::sync::OnceLock;

/// Bits of a handle that hold the slot's position; the rest hold the generation.
const INDEX_BITS: u32 = usize::BITS / 2;

/// Slots of the first segment; each further one has twice as many.
const FIRST_SEGMENT: usize = 16;
const SEGMENTS: usize = 24;

/// What the host holds instead of a pointer. Never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Handle(usize);

impl Handle {
    /// The handle a host passed, whatever it is.
    pub(crate) fn from_raw(raw: usize) -> Self {
        Self(raw)
    }

    /// The number a host gets.
    pub(crate) fn into_raw(self) -> usize {
        self.0
    }

    fn new(index: usize, generation: u64) -> Self {
        Self((generation as usize) << INDEX_BITS | (index + FIRST_SEGMENT))
    }

    /// The slot's number and how many stand before the first segment, which makes the position of
    /// the highest bit tell the segment.
    #[inline]
    fn position(self) -> usize {
        self.0 & ((1 << INDEX_BITS) - 1)
    }

    /// Which of the slot's contexts it names.
    #[inline]
    pub(crate) fn generation(self) -> u64 {
        (self.0 >> INDEX_BITS) as u64
    }
}

/// The next generation of a slot.
fn following(generation: u64) -> u64 {
    (generation + 1) & ((1 << INDEX_BITS) - 1)
}

/// All slots of one library.
#[derive(Debug)]
pub(crate) struct Slots<C> {
    segments: [OnceLock<Box<[ContextSlot<C>]>>; SEGMENTS],
    vacancies: Mutex<Vacancies>,
}

#[derive(Debug)]
struct Vacancies {
    /// Slots used before, the longest vacant first.
    used: VecDeque<usize>,
    /// The first slot never used.
    next: usize,
}

/// A cache line each, so that contexts do not slow one another.
#[derive(Debug)]
#[repr(align(64))]
struct ContextSlot<C> {
    gate: Gate<C>,
}

/// Keeps the caller in a slot until it is dropped: the context stays, and may be closed meanwhile.
#[derive(Debug)]
pub(crate) struct SlotGuard<'a, C: NotifyLeave> {
    gate: &'a Gate<C>,
    context: &'a C,
}

/// Notifies whoever waits for the callers that stay in a closed slot.
pub(crate) trait NotifyLeave {
    /// A handle on the one who waits, which may outlive the context.
    type Notifier;

    /// Returns the handle, before the caller leaves.
    fn notifier(&self) -> Self::Notifier;

    /// Notifies that a caller has left the closed slot.
    fn notify(notifier: Self::Notifier);
}

impl<C: NotifyLeave> Deref for SlotGuard<'_, C> {
    type Target = C;

    fn deref(&self) -> &C {
        self.context
    }
}

impl<C: NotifyLeave> Drop for SlotGuard<'_, C> {
    fn drop(&mut self) {
        // SAFETY: this was made by a stay, which ends once.
        if let Some(notifier) = unsafe { self.gate.leave(C::notifier) } {
            C::notify(notifier);
        }
    }
}

impl<C> Slots<C> {
    /// No slots yet.
    pub(crate) const fn new() -> Self {
        Self {
            segments: [const { OnceLock::new() }; SEGMENTS],
            vacancies: Mutex::new(Vacancies { used: VecDeque::new(), next: 0 }),
        }
    }

    /// Opens a vacant slot for the context that `make` makes for its handle.
    pub(crate) fn open(&self, make: impl FnOnce(Handle) -> Arc<C>) -> Option<Arc<C>> {
        let index = self.take_vacancy()?;
        let gate = &self.slot(index)?.gate;
        let generation = following(gate.generation());
        let context = make(Handle::new(index, generation));
        // SAFETY: the gate is vacant, and taking the vacancy made it this thread's alone.
        unsafe { gate.open(generation, Arc::clone(&context)) };
        Some(context)
    }

    /// Enters the slot of an open context, which then stays until the guard is dropped.
    pub(crate) fn enter(&self, handle: Handle) -> Option<Entered<'_, C>> {
        self.gate(handle)?.enter(handle.generation())
    }

    /// Enters the slot of an open context for as long as it takes: closing it does not wait for
    /// that, but its end does.
    pub(crate) fn stay(&self, handle: Handle) -> Option<SlotGuard<'_, C>>
    where
        C: NotifyLeave,
    {
        let gate = self.gate(handle)?;
        gate.stay(handle.generation()).map(|context| SlotGuard { gate, context })
    }

    /// Whether a caller stays in the slot. Of a closed one, once not always not.
    pub(crate) fn is_stayed_in(&self, handle: Handle) -> bool {
        self.gate(handle).is_some_and(Gate::is_stayed_in)
    }

    /// Whether a caller passes through the slot.
    pub(crate) fn is_passed(&self, handle: Handle) -> bool {
        self.gate(handle).is_some_and(Gate::is_passed)
    }

    /// The gate of a context that is open at this moment.
    #[inline]
    pub(crate) fn open_gate(&self, handle: Handle) -> Option<&Gate<C>> {
        self.gate(handle).filter(|gate| gate.is_open(handle.generation()))
    }

    /// Closes a context; `None` where the handle is not an open one's. When this returns, all
    /// callers have left but those that stay, and none will enter again.
    pub(crate) fn close(&self, handle: Handle) -> Option<Arc<C>> {
        self.gate(handle)?.close(handle.generation())
    }

    /// Makes a closed slot vacant in which nobody stays. The one who calls this must have learnt
    /// from its closer that it is closed, so that the closer is done with the slot.
    pub(crate) fn vacate(&self, handle: Handle) {
        let Some(gate) = self.gate(handle) else { return };
        // SAFETY: the closer is done with the gate, nobody stays, and a context ends once.
        let context = unsafe { gate.vacate() };
        self.vacancies().used.push_back(handle.position() - FIRST_SEGMENT);
        drop(context);
    }

    fn take_vacancy(&self) -> Option<usize> {
        let mut vacancies = self.vacancies();
        if let Some(index) = vacancies.used.pop_front() {
            return Some(index);
        }
        let index = vacancies.next;
        (index < (1 << INDEX_BITS) - FIRST_SEGMENT).then(|| vacancies.next += 1)?;
        Some(index)
    }

    fn vacancies(&self) -> MutexGuard<'_, Vacancies> {
        lock(&self.vacancies)
    }

    /// The gate of the slot a handle names, if there ever was one.
    #[inline]
    fn gate(&self, handle: Handle) -> Option<&Gate<C>> {
        let (segment, offset) = place(handle.position())?;
        let slot = self.segments.get(segment)?.get()?.get(offset)?;
        Some(&slot.gate)
    }

    /// The slot of this number, made if need be.
    fn slot(&self, index: usize) -> Option<&ContextSlot<C>> {
        let (segment, offset) = place(index + FIRST_SEGMENT)?;
        let slots = self
            .segments
            .get(segment)?
            .get_or_init(|| (0..FIRST_SEGMENT << segment).map(|_| ContextSlot::vacant()).collect());
        slots.get(offset)
    }
}

/// The segment of a slot, and its place there.
#[inline]
fn place(position: usize) -> Option<(usize, usize)> {
    let highest = position.checked_ilog2()?;
    // A position before the first segment is in one that there is not.
    let segment = highest.wrapping_sub(FIRST_SEGMENT.ilog2());
    Some((segment as usize, position ^ (1 << highest)))
}

impl<C> ContextSlot<C> {
    fn vacant() -> Self {
        let random = RandomState::new().build_hasher().finish() & ((1 << INDEX_BITS) - 1);
        Self { gate: Gate::vacant(random) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(slots: &Slots<Handle>) -> Handle {
        *slots.open(Arc::new).expect("a vacancy")
    }

    #[test]
    fn a_handle_is_good_until_its_slot_closes_and_never_again() {
        let slots = Slots::new();
        let first = open(&slots);
        assert_eq!(*slots.enter(first).expect("open"), first);
        assert_eq!(*slots.close(first).expect("open"), first);
        assert!(slots.enter(first).is_none());
        assert!(slots.close(first).is_none());
        slots.vacate(first);
        let second = open(&slots);
        assert_eq!(first.position(), second.position());
        assert_ne!(first, second);
        assert!(slots.enter(first).is_none());
        assert!(slots.enter(second).is_some());
    }

    #[test]
    fn whatever_number_a_host_passes_is_looked_up_soundly() {
        let slots = Slots::new();
        let good = open(&slots);
        for raw in [0, 1, 2, usize::MAX, usize::MAX >> 1, good.into_raw() ^ (1 << INDEX_BITS), good.into_raw() + 1] {
            assert!(slots.enter(Handle::from_raw(raw)).is_none(), "{raw:#x}");
            assert!(slots.open_gate(Handle::from_raw(raw)).is_none());
        }
        assert!(slots.open_gate(Handle::from_raw(good.into_raw())).is_some());
    }

    #[test]
    fn the_slot_that_is_vacant_longest_is_used_first_and_a_new_one_only_where_there_is_none() {
        let slots = Slots::new();
        let handles = [(); 3].map(|()| open(&slots));
        for at in [1, 0, 2] {
            slots.close(handles[at]).expect("open");
            slots.vacate(handles[at]);
        }
        let again = [(); 4].map(|()| open(&slots));
        assert_eq!([1, 0, 2].map(|at: usize| handles[at].position()), [0, 1, 2].map(|at: usize| again[at].position()));
        assert!(handles.iter().all(|old| old.position() < again[3].position()));
        assert!(handles.iter().all(|old| again.iter().all(|new| new.generation() != old.generation() || new != old)));
    }

    #[test]
    fn who_stays_keeps_the_slot_but_keeps_nobody_from_closing_it() {
        struct Alone;
        impl NotifyLeave for Alone {
            type Notifier = ();
            fn notifier(&self) {}
            fn notify((): ()) {}
        }
        let slots = Slots::new();
        let mut handle = None;
        slots.open(|made| {
            handle = Some(made);
            Arc::new(Alone)
        });
        let handle = handle.expect("a vacancy");
        assert!(!slots.is_stayed_in(handle));
        let (first, second) = (slots.stay(handle).expect("open"), slots.stay(handle).expect("open"));
        assert!(slots.close(handle).is_some() && slots.stay(handle).is_none());
        assert!(slots.is_stayed_in(handle), "two are there");
        drop(first);
        assert!(slots.is_stayed_in(handle), "one is left");
        drop(second);
        assert!(!slots.is_stayed_in(handle));
    }

    #[test]
    fn there_are_more_slots_than_the_first_segment_has() {
        let slots = Slots::new();
        let handles: Vec<_> = (0..1000).map(|_| open(&slots)).collect();
        for handle in handles {
            assert_eq!(*slots.enter(handle).expect("open"), handle);
        }
    }

    #[test]
    fn closing_waits_for_the_callers_inside() {
        let slots = Slots::new();
        let handle = open(&slots);
        let inside = slots.enter(handle).expect("open");
        std::thread::scope(|scope| {
            let closer = scope.spawn(|| slots.close(handle).is_some());
            while slots.open_gate(handle).is_some() {
                std::thread::yield_now();
            }
            assert!(slots.enter(handle).is_none());
            assert!(!closer.is_finished());
            drop(inside);
            assert!(closer.join().expect("no panic"));
        });
    }
}
