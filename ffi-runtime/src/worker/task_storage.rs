//! Task storage: slots for futures, which one after the other uses. Most are ready at their first poll, and
//! would be gone before they are worth an allocation.
//!
//! - A future stays where it was put until it is dropped.
//! - Futures of up to [`SIZE`] bytes stand in a slot; larger ones are boxed, and the box stands
//!   there.

use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

/// What a future may take in a slot, in bytes.
const SIZE: usize = 512;

/// How many empty storage are kept.
const KEPT: usize = 64;

/// The memory of one slot.
#[repr(C, align(16))]
struct SlotMemory(MaybeUninit<[u8; SIZE]>);

/// An empty slot. Reached by a pointer alone, because what stands in it may point to itself.
struct FutureSlot(NonNull<SlotMemory>);

impl FutureSlot {
    fn new() -> Self {
        Self(NonNull::from(Box::leak(Box::new(SlotMemory(MaybeUninit::uninit())))))
    }
}

impl Drop for FutureSlot {
    fn drop(&mut self) {
        // SAFETY: made from a box in `new`, and nobody else frees it.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

/// What can be done with a future of one type.
struct FutureTable<T> {
    poll: unsafe fn(NonNull<SlotMemory>, &mut Context<'_>) -> Poll<T>,
    drop: unsafe fn(NonNull<SlotMemory>),
}

impl<T> FutureTable<T> {
    const fn of<F: Future<Output = T>>() -> Self {
        Self { poll: poll_in::<F>, drop: drop_in::<F> }
    }
}

/// # Safety
/// An `F` must stand there, which is pinned.
#[inline]
unsafe fn poll_in<F: Future>(memory: NonNull<SlotMemory>, cx: &mut Context<'_>) -> Poll<F::Output> {
    // SAFETY: the caller's promise.
    let future = unsafe { memory.cast::<F>().as_mut() };
    // SAFETY: the caller's promise.
    unsafe { Pin::new_unchecked(future) }.poll(cx)
}

/// # Safety
/// An `F` must stand there, which nobody uses after this.
#[inline]
unsafe fn drop_in<F>(memory: NonNull<SlotMemory>) {
    // SAFETY: the caller's promise.
    unsafe { memory.cast::<F>().drop_in_place() };
}

/// A future in a slot.
pub(super) struct StoredFuture<T: 'static> {
    /// Drops the future; before the slot, which is freed with it.
    future: PinnedFuture<T>,
    slot: FutureSlot,
}

/// The future itself, which is dropped where it stands.
struct PinnedFuture<T: 'static> {
    memory: NonNull<SlotMemory>,
    table: &'static FutureTable<T>,
    /// The future may be any: neither `Send` nor `Sync`.
    _future: PhantomData<*mut dyn Future<Output = T>>,
}

impl<T> Drop for PinnedFuture<T> {
    fn drop(&mut self) {
        // SAFETY: the future was put there with its table, and this is its one drop.
        unsafe { (self.table.drop)(self.memory) };
    }
}

impl<T> StoredFuture<T> {
    /// Polls the future.
    #[inline]
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<T> {
        // SAFETY: the future was put there with its table, and stays until it is dropped.
        unsafe { (self.future.table.poll)(self.future.memory, cx) }
    }
}

/// The empty storage of one worker.
#[derive(Default)]
pub(super) struct TaskStorage(Vec<FutureSlot>);

impl std::fmt::Debug for TaskStorage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TaskStorage").field(&self.0.len()).finish()
    }
}

impl TaskStorage {
    /// Puts a future into a slot and polls it: what it is ready with, or itself.
    #[inline]
    pub(super) fn begin<T, F: Future<Output = T> + 'static>(
        &mut self,
        future: F,
        cx: &mut Context<'_>,
    ) -> Result<T, StoredFuture<T>> {
        if const { size_of::<F>() <= SIZE && align_of::<F>() <= align_of::<SlotMemory>() } {
            self.begin_inside(future, cx)
        } else {
            self.begin_inside(Box::pin(future), cx)
        }
    }

    #[inline]
    fn begin_inside<T, F: Future<Output = T> + 'static>(
        &mut self,
        future: F,
        cx: &mut Context<'_>,
    ) -> Result<T, StoredFuture<T>> {
        assert!(size_of::<F>() <= SIZE && align_of::<F>() <= align_of::<SlotMemory>(), "a future stands in its slot");
        if self.0.is_empty() {
            self.0.push(FutureSlot::new());
        }
        // Stays among the empty ones if the future is ready, as most are.
        let memory = self.0[self.0.len() - 1].0;
        // SAFETY: the slot is empty, and has the size and alignment for an `F`, as was just asserted.
        unsafe { memory.cast::<F>().write(future) };
        // SAFETY: it was just put there, and is pinned there until it is dropped.
        match unsafe { poll_in::<F>(memory, cx) } {
            Poll::Ready(done) => {
                // SAFETY: it is there, and this is its one drop.
                unsafe { drop_in::<F>(memory) };
                Ok(done)
            }
            Poll::Pending => {
                let slot = self.0.pop().expect("the slot it is in");
                let table = const { &FutureTable::of::<F>() };
                Err(StoredFuture { future: PinnedFuture { memory, table, _future: PhantomData }, slot })
            }
        }
    }

    /// Drops a future, and keeps its slot.
    #[inline]
    pub(super) fn recycle<T>(&mut self, stored: StoredFuture<T>) {
        let StoredFuture { future, slot } = stored;
        // Where its drop panics, the slot goes as well.
        drop(future);
        if self.0.len() < KEPT {
            self.0.push(slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::future::{pending, poll_fn};
    use std::rc::Rc;
    use std::task::Waker;

    /// Counts how often it is dropped.
    struct Dropped(Rc<Cell<u32>>);

    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }

    fn cx() -> Context<'static> {
        Context::from_waker(Waker::noop())
    }

    /// A future that is pending once, keeps so many bytes meanwhile, and tells their sum.
    async fn sum<const N: usize>(count: Rc<Cell<u32>>) -> u64 {
        let (_dropped, bytes) = (Dropped(count), [1_u8; N]);
        let mut is_second = false;
        poll_fn(|_| if std::mem::replace(&mut is_second, true) { Poll::Ready(()) } else { Poll::Pending }).await;
        bytes.iter().map(|&byte| u64::from(byte)).sum()
    }

    /// Stores a future that is not ready.
    fn stored<F: Future + 'static>(storage: &mut TaskStorage, future: F) -> StoredFuture<F::Output> {
        storage.begin(future, &mut cx()).err().expect("it is pending")
    }

    #[test]
    fn futures_of_every_size_run_and_are_dropped_once() {
        let (mut storage, count) = (TaskStorage::default(), Rc::<Cell<u32>>::default());
        let mut small = stored(&mut storage, sum::<8>(Rc::clone(&count)));
        let mut large = stored(&mut storage, sum::<5000>(Rc::clone(&count)));
        assert_eq!((small.poll(&mut cx()), large.poll(&mut cx())), (Poll::Ready(8), Poll::Ready(5000)));
        storage.recycle(small);
        drop(large);
        assert_eq!((count.get(), Rc::strong_count(&count)), (2, 1));
    }

    #[test]
    fn a_future_that_is_ready_at_once_leaves_its_slot_to_the_next() {
        let (mut storage, count) = (TaskStorage::default(), Rc::<Cell<u32>>::default());
        for _ in 0..3 {
            let held = Dropped(Rc::clone(&count));
            let done = storage.begin(async move { held.0.get() }, &mut cx());
            assert!(done.is_ok());
        }
        assert_eq!((count.get(), storage.0.len()), (3, 1));
    }

    #[test]
    fn a_pending_future_is_dropped_with_what_it_holds_and_its_slot_is_used_again() {
        let (mut storage, count) = (TaskStorage::default(), Rc::<Cell<u32>>::default());
        let first = stored(&mut storage, sum::<8>(Rc::clone(&count)));
        let memory = first.slot.0;
        storage.recycle(first);
        assert_eq!(count.get(), 1);
        assert_eq!(stored(&mut storage, sum::<8>(count)).slot.0, memory);
    }

    #[test]
    fn no_more_slots_are_kept_than_are_worth_it() {
        let mut storage = TaskStorage::default();
        let stored: Vec<_> = (0..2 * KEPT).map(|_| stored(&mut storage, pending::<()>())).collect();
        stored.into_iter().for_each(|stored| storage.recycle(stored));
        assert_eq!(storage.0.len(), KEPT);
    }
}
