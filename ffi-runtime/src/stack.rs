//! Checks that the calling thread has enough stack left for a value or a call.
//!
//! - A type's [`STACK`](crate::FfiType::STACK) bounds the frames that read, write or mirror a value of it,
//!   unoptimised, up to the next list or box. So an overflow is foreseen before a frame is entered.
//! - Types contain themselves through lists and boxes alone, where
//!   [`Nesting::check_room`](crate::nesting::Nesting::check_room) checks the element's bound. Calls and events
//!   check theirs before the first large frame.
//! - A bound is constant for each type; one that is at most [`ORDINARY`] is not checked.
//! - On a stack that the system does not know (a fiber of the host), nothing is refused.

use crate::error::{Fault, FaultKind};
use std::cell::Cell;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ops::Range;

/// Reserved for frames that no constant counts: the author's, the allocator's, the host's.
const RESERVE: usize = 16 << 10;

/// Bounds up to this are not checked: every thread has that stack.
pub(crate) const ORDINARY: usize = 8 << 10;

/// The most that an unoptimised frame takes for each member besides its value.
const OF_MEMBER: usize = 560;

/// How many copies of a record its own frames hold at most, unoptimised.
const COPIES: usize = 16;

/// How many copies the frames of its list or box, or of an answer, hold beside its own.
const COPIES_BESIDE: usize = 6;

/// How many copies of its arguments and its result the frames of a call hold.
const COPIES_OF_CALL: usize = 16;

/// The bound of a list or a box itself, and of an option or a record beside its members.
pub(crate) const OF_LEVEL: usize = 1 << 10;

/// The bounds of a record, from those of its members.
///
/// The members' bounds are passed by value: rustc evaluates a constant behind a reference also where the record
/// has no size, and then reports that a second time.
#[derive(Debug)]
pub struct StackOf<T>(PhantomData<fn() -> T>);

impl<T> StackOf<T> {
    /// Returns the bound of a record with members of these bounds.
    pub const fn record<const N: usize>(members: [usize; N]) -> usize {
        OF_MEMBER * N + Self::wide_record(members)
    }

    /// Returns the same where no frame grows with the number of members.
    pub const fn wide_record<const N: usize>(members: [usize; N]) -> usize {
        let (mut deepest, mut at) = (0, 0);
        while at < N {
            if members[at] > deepest {
                deepest = members[at];
            }
            at += 1;
        }
        OF_LEVEL + COPIES * size_of::<T>() + deepest
    }
}

/// Returns the greatest of the bounds of an enum's variants, each of which has frames of its own.
pub const fn of_variants<const N: usize>(variants: [usize; N]) -> usize {
    let (mut most, mut at) = (OF_LEVEL, 0);
    while at < N {
        if variants[at] > most {
            most = variants[at];
        }
        at += 1;
    }
    most
}

/// The bound of a type whose C form is `P`, named so that rustc reports a type that does not cross in the usual words.
#[derive(Debug)]
pub struct Bound<P> {
    bytes: usize,
    form: PhantomData<P>,
}

impl<P> Bound<P> {
    pub(crate) const fn new(bytes: usize) -> Self {
        Self { bytes, form: PhantomData }
    }

    /// Returns the bound.
    pub const fn bytes(self) -> usize {
        self.bytes
    }
}

/// Returns the bound of frames that hold a value of `T` and call frames of the bound `below`.
pub(crate) const fn of_value<T>(below: usize) -> usize {
    below + COPIES_BESIDE * size_of::<T>()
}

/// Returns the bound of a call whose frames hold its arguments `A` and its result `R`, and call frames of the bound
/// `below`.
pub(crate) const fn of_call<A, R>(below: usize) -> usize {
    below + COPIES_OF_CALL * (size_of::<A>() + size_of::<R>())
}

/// Returns a fault where this thread has less stack left than `bound`. Its caller must have no large frame:
/// [`apart`] keeps one out of it.
///
/// # Errors
/// [`FaultKind::StackTooSmall`].
#[inline(always)]
pub(crate) fn check(bound: usize) -> Result<(), Fault> {
    if bound <= ORDINARY { Ok(()) } else { check_left(bound) }
}

#[inline(never)]
pub(crate) fn check_left(bound: usize) -> Result<(), Fault> {
    let (left, needed) = (left(), bound.saturating_add(RESERVE));
    if left < needed { Err(FaultKind::StackTooSmall { left, needed }.into()) } else { Ok(()) }
}

/// Runs `work` in frames apart from the caller's where their bound is more than [`ORDINARY`].
#[inline(always)]
pub(crate) fn apart<R>(bound: usize, work: impl FnOnce() -> R) -> R {
    if bound <= ORDINARY { work() } else { in_frames_of_its_own(work) }
}

#[inline(never)]
fn in_frames_of_its_own<R>(work: impl FnOnce() -> R) -> R {
    work()
}

thread_local! {
    /// The addresses of this thread's stack; `None` until they are needed. Without a destructor, so that it
    /// stays usable until the thread has ended.
    static STACK: Cell<Option<(usize, usize)>> = const { Cell::new(None) };
}

/// Returns the bytes left below this frame; `usize::MAX` where the system does not know this stack.
fn left() -> usize {
    let here = MaybeUninit::<u8>::uninit();
    let here = here.as_ptr().addr();
    let (low, high) = STACK.get().unwrap_or_else(|| {
        let Range { start, end } = ask_system().unwrap_or_default();
        STACK.set(Some((start, end)));
        (start, end)
    });
    if (low..high).contains(&here) { here - low } else { usize::MAX }
}

/// Asks the system for the addresses of this thread's stack, without the guard below it.
#[cfg(not(target_os = "macos"))]
fn ask_system() -> Option<Range<usize>> {
    let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
    // SAFETY: it has no conditions.
    let this = unsafe { libc::pthread_self() };
    // SAFETY: this is the calling thread, and the attributes are written where they fit.
    if unsafe { libc::pthread_getattr_np(this, attributes.as_mut_ptr()) } != 0 {
        return None;
    }
    let (mut low, mut size, mut guard) = (std::ptr::null_mut(), 0, 0);
    // SAFETY: the attributes were written, and so is what they say.
    let known = unsafe { libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut low, &raw mut size) } == 0;
    // SAFETY: as above.
    let guarded = unsafe { libc::pthread_attr_getguardsize(attributes.as_ptr(), &raw mut guard) } == 0;
    // SAFETY: as above; nobody uses them after this.
    unsafe { libc::pthread_attr_destroy(attributes.as_mut_ptr()) };
    let start = low.addr() + if guarded { guard } else { 0 };
    (known && start < low.addr() + size).then(|| start..low.addr() + size)
}

/// Asks the system for the addresses of this thread's stack, without the guard below it.
#[cfg(target_os = "macos")]
fn ask_system() -> Option<Range<usize>> {
    // SAFETY: it has no conditions.
    let this = unsafe { libc::pthread_self() };
    // SAFETY: this is the calling thread.
    let high = unsafe { libc::pthread_get_stackaddr_np(this) }.addr();
    // SAFETY: as above.
    let size = unsafe { libc::pthread_get_stacksize_np(this) };
    Some(high - size..high)
}

#[cfg(test)]
mod tests {
    use super::{ask_system, left};
    use std::thread;

    #[test]
    fn what_is_left_of_a_stack_is_known() {
        const SIZE: usize = 256 << 10;
        let known = thread::Builder::new().stack_size(SIZE).spawn(|| (ask_system().is_some(), left()));
        let (is_known, left) = known.expect("a thread").join().expect("no panic");
        assert!(is_known && left > SIZE / 2 && left < SIZE + (64 << 10), "{left} bytes are left");
        assert!(super::left() > 64 << 10, "of the main stack or a test's");
    }
}
