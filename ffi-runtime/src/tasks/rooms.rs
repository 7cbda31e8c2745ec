//! Memory for futures, used again from one to the next: most are ready at their first poll, and
//! would be gone before they are worth an allocation.
//!
//! - A future stays where it was put until it is dropped.
//! - Futures of up to [`SIZE`] bytes stand in a room; larger ones are boxed, and the box stands
//!   there.

use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

/// What a future may take in a room, in bytes.
const SIZE: usize = 512;

/// How many empty rooms are kept.
const KEPT: usize = 64;

/// The memory of one room.
#[repr(C, align(16))]
struct Space(MaybeUninit<[u8; SIZE]>);

/// An empty room. Reached by a pointer alone, because what stands in it may point to itself.
struct Room(NonNull<Space>);

impl Room {
    fn new() -> Self {
        Self(NonNull::from(Box::leak(Box::new(Space(MaybeUninit::uninit())))))
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // SAFETY: made from a box in `new`, and nobody else frees it.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

/// What can be done with a future of one type.
struct Table<T> {
    poll: unsafe fn(NonNull<Space>, &mut Context<'_>) -> Poll<T>,
    drop: unsafe fn(NonNull<Space>),
}

impl<T> Table<T> {
    const fn of<F: Future<Output = T>>() -> Self {
        Self { poll: poll_in::<F>, drop: drop_in::<F> }
    }
}

/// # Safety
/// An `F` must stand there, which is pinned.
#[inline]
unsafe fn poll_in<F: Future>(space: NonNull<Space>, cx: &mut Context<'_>) -> Poll<F::Output> {
    // SAFETY: the caller's promise.
    let future = unsafe { space.cast::<F>().as_mut() };
    // SAFETY: the caller's promise.
    unsafe { Pin::new_unchecked(future) }.poll(cx)
}

/// # Safety
/// An `F` must stand there, which nobody uses after this.
#[inline]
unsafe fn drop_in<F>(space: NonNull<Space>) {
    // SAFETY: the caller's promise.
    unsafe { space.cast::<F>().drop_in_place() };
}

/// A future in a room.
pub(super) struct Guest<T: 'static> {
    /// Drops the future; before the room, which is freed with it.
    future: Occupant<T>,
    room: Room,
}

/// The future itself, which is dropped where it stands.
struct Occupant<T: 'static> {
    space: NonNull<Space>,
    table: &'static Table<T>,
    /// The future may be any: neither `Send` nor `Sync`.
    _future: PhantomData<*mut dyn Future<Output = T>>,
}

impl<T> Drop for Occupant<T> {
    fn drop(&mut self) {
        // SAFETY: the future was put there with its table, and this is its one drop.
        unsafe { (self.table.drop)(self.space) };
    }
}

impl<T> Guest<T> {
    /// Polls the future.
    #[inline]
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<T> {
        // SAFETY: the future was put there with its table, and stays until it is dropped.
        unsafe { (self.future.table.poll)(self.future.space, cx) }
    }
}

/// The empty rooms of one worker.
#[derive(Default)]
pub(super) struct Rooms(Vec<Room>);

impl std::fmt::Debug for Rooms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Rooms").field(&self.0.len()).finish()
    }
}

impl Rooms {
    /// Puts a future into a room and polls it: what it is ready with, or itself.
    #[inline]
    pub(super) fn begin<T, F: Future<Output = T> + 'static>(
        &mut self,
        future: F,
        cx: &mut Context<'_>,
    ) -> Result<T, Guest<T>> {
        if const { size_of::<F>() <= SIZE && align_of::<F>() <= align_of::<Space>() } {
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
    ) -> Result<T, Guest<T>> {
        assert!(size_of::<F>() <= SIZE && align_of::<F>() <= align_of::<Space>(), "a future stands in its room");
        if self.0.is_empty() {
            self.0.push(Room::new());
        }
        // Stays among the empty ones if the future is ready, as most are.
        let space = self.0[self.0.len() - 1].0;
        // SAFETY: the room is empty, and has the size and alignment for an `F`, as was just asserted.
        unsafe { space.cast::<F>().write(future) };
        // SAFETY: it was just put there, and is pinned there until it is dropped.
        match unsafe { poll_in::<F>(space, cx) } {
            Poll::Ready(done) => {
                // SAFETY: it is there, and this is its one drop.
                unsafe { drop_in::<F>(space) };
                Ok(done)
            }
            Poll::Pending => {
                let room = self.0.pop().expect("the room it is in");
                let table = const { &Table::of::<F>() };
                Err(Guest { future: Occupant { space, table, _future: PhantomData }, room })
            }
        }
    }

    /// Drops a future, and keeps its room.
    #[inline]
    pub(super) fn see_off<T>(&mut self, guest: Guest<T>) {
        let Guest { future, room } = guest;
        // Where its drop panics, the room goes as well.
        drop(future);
        if self.0.len() < KEPT {
            self.0.push(room);
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

    /// The guest that a future is which is not ready.
    fn guest<F: Future + 'static>(rooms: &mut Rooms, future: F) -> Guest<F::Output> {
        rooms.begin(future, &mut cx()).err().expect("it is pending")
    }

    #[test]
    fn futures_of_every_size_run_and_are_dropped_once() {
        let (mut rooms, count) = (Rooms::default(), Rc::<Cell<u32>>::default());
        let mut small = guest(&mut rooms, sum::<8>(Rc::clone(&count)));
        let mut large = guest(&mut rooms, sum::<5000>(Rc::clone(&count)));
        assert_eq!((small.poll(&mut cx()), large.poll(&mut cx())), (Poll::Ready(8), Poll::Ready(5000)));
        rooms.see_off(small);
        drop(large);
        assert_eq!((count.get(), Rc::strong_count(&count)), (2, 1));
    }

    #[test]
    fn a_future_that_is_ready_at_once_leaves_its_room_to_the_next() {
        let (mut rooms, count) = (Rooms::default(), Rc::<Cell<u32>>::default());
        for _ in 0..3 {
            let held = Dropped(Rc::clone(&count));
            let done = rooms.begin(async move { held.0.get() }, &mut cx());
            assert!(done.is_ok());
        }
        assert_eq!((count.get(), rooms.0.len()), (3, 1));
    }

    #[test]
    fn a_pending_future_is_dropped_with_what_it_holds_and_its_room_is_used_again() {
        let (mut rooms, count) = (Rooms::default(), Rc::<Cell<u32>>::default());
        let first = guest(&mut rooms, sum::<8>(Rc::clone(&count)));
        let space = first.room.0;
        rooms.see_off(first);
        assert_eq!(count.get(), 1);
        assert_eq!(guest(&mut rooms, sum::<8>(count)).room.0, space);
    }

    #[test]
    fn no_more_rooms_are_kept_than_are_worth_it() {
        let mut rooms = Rooms::default();
        let guests: Vec<_> = (0..2 * KEPT).map(|_| guest(&mut rooms, pending::<()>())).collect();
        guests.into_iter().for_each(|guest| rooms.see_off(guest));
        assert_eq!(rooms.0.len(), KEPT);
    }
}
