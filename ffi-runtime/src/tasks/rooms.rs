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
unsafe fn poll_in<F: Future>(space: NonNull<Space>, cx: &mut Context<'_>) -> Poll<F::Output> {
    // SAFETY: the caller's promise.
    let future = unsafe { space.cast::<F>().as_mut() };
    // SAFETY: the caller's promise.
    unsafe { Pin::new_unchecked(future) }.poll(cx)
}

/// # Safety
/// An `F` must stand there, which nobody uses after this.
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
    /// Puts a future into a room.
    #[inline]
    pub(super) fn take_in<T, F: Future<Output = T> + 'static>(&mut self, future: F) -> Guest<T> {
        if const { size_of::<F>() <= SIZE && align_of::<F>() <= align_of::<Space>() } {
            self.settle(future)
        } else {
            self.settle(Box::pin(future))
        }
    }

    #[inline]
    fn settle<T, F: Future<Output = T> + 'static>(&mut self, future: F) -> Guest<T> {
        assert!(size_of::<F>() <= SIZE && align_of::<F>() <= align_of::<Space>(), "a future stands in its room");
        let room = self.0.pop().unwrap_or_else(Room::new);
        // SAFETY: the room is empty, and has the size and alignment for an `F`, as was just asserted.
        unsafe { room.0.cast::<F>().write(future) };
        let table = const { &Table::of::<F>() };
        Guest { future: Occupant { space: room.0, table, _future: PhantomData }, room }
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
    use std::future::pending;
    use std::rc::Rc;
    use std::task::Waker;

    /// Counts how often it is dropped.
    struct Dropped(Rc<Cell<u32>>);

    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }

    fn poll<T>(guest: &mut Guest<T>) -> Poll<T> {
        guest.poll(&mut Context::from_waker(Waker::noop()))
    }

    /// A future that keeps so many bytes, and tells their sum.
    async fn sum<const N: usize>(count: Rc<Cell<u32>>) -> u64 {
        let (_dropped, bytes) = (Dropped(count), [1_u8; N]);
        std::future::ready(()).await;
        bytes.iter().map(|&byte| u64::from(byte)).sum()
    }

    #[test]
    fn futures_of_every_size_run_and_are_dropped_once() {
        let (mut rooms, count) = (Rooms::default(), Rc::<Cell<u32>>::default());
        let mut small = rooms.take_in(sum::<8>(Rc::clone(&count)));
        let mut large = rooms.take_in(sum::<5000>(Rc::clone(&count)));
        assert_eq!((poll(&mut small), poll(&mut large)), (Poll::Ready(8), Poll::Ready(5000)));
        rooms.see_off(small);
        drop(large);
        assert_eq!((count.get(), Rc::strong_count(&count)), (2, 1));
    }

    #[test]
    fn a_pending_future_is_dropped_with_what_it_holds_and_its_room_is_used_again() {
        let (mut rooms, count) = (Rooms::default(), Rc::<Cell<u32>>::default());
        let held = Dropped(Rc::clone(&count));
        let mut guest = rooms.take_in(async move {
            let _held = held;
            pending::<u64>().await
        });
        assert_eq!(poll(&mut guest), Poll::Pending);
        let space = guest.room.0;
        rooms.see_off(guest);
        assert_eq!(count.get(), 1);
        assert_eq!(rooms.take_in(sum::<8>(count)).room.0, space);
    }

    #[test]
    fn no_more_rooms_are_kept_than_are_worth_it() {
        let mut rooms = Rooms::default();
        let guests: Vec<_> = (0..2 * KEPT).map(|_| rooms.take_in(pending::<()>())).collect();
        guests.into_iter().for_each(|guest| rooms.see_off(guest));
        assert_eq!(rooms.0.len(), KEPT);
    }
}
