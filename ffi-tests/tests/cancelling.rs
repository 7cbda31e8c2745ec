//! However many cancels a host asks for while a worker is blocked, they take neither a call's place
//! nor memory without bound, and none of something is lost. Inline calls that moved to the worker
//! take no place either, and are bounded.
//!
//! Alone in its process, because it counts what the allocator gives out.

mod common;

use common::Probe;
use common::gate::{Gate, pass};
use ffi_runtime::{ErrorKind, FfiCallback, RET_ERR, RET_OK, ffi};
use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::{c_int, c_void};
use std::future::{pending, poll_fn};
use std::ptr::without_provenance_mut;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;

ffi_runtime::library!("short", shared, queue_limit = 4, grace_ms = 60_000);

/// The system's allocator, with what is in use, in bytes.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        IN_USE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What one test holds, so that no other takes memory meanwhile.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A library with a short queue.
#[ffi(state)]
struct Short;

/// Makes the state, once the gate is open.
#[ffi(ctor)]
fn short_create(gate: u64) -> Short {
    pass(gate);
    Short
}

/// Blocks the worker until the gate is open.
#[ffi]
fn short_block(_short: &Short, gate: u64) {
    pass(gate);
}

/// Blocks the worker until the gate is open, and then waits until it is cancelled.
#[ffi(cancel = "drop")]
async fn short_wait(_short: &Short, gate: u64) {
    pass(gate);
    pending::<()>().await;
}

/// Waits once, and so moves to the worker.
#[ffi(inline)]
async fn short_move(_short: &Short) {
    let mut has_waited = false;
    poll_fn(|cx| {
        cx.waker().wake_by_ref();
        if std::mem::replace(&mut has_waited, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// Answers where it is called.
#[ffi(inline)]
fn short_look(_short: &Short) {}

/// Ends the state.
#[ffi(dtor)]
fn short_destroy(_short: Short) {}

type Function = unsafe extern "C" fn(*mut c_void, FfiCallback, *mut c_void, u64) -> c_int;
type Plain = unsafe extern "C" fn(*mut c_void, FfiCallback, *mut c_void) -> c_int;

mod symbols {
    use super::{FfiCallback, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn short_create(gate: u64, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn short_destroy(ctx: *mut c_void) -> c_int;
        pub(super) fn short_ffi_cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
        pub(super) fn short_block(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, gate: u64) -> c_int;
        pub(super) fn short_wait(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, gate: u64) -> c_int;
        pub(super) fn short_move(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
        pub(super) fn short_look(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
    }
}

struct Host(*mut c_void);

impl Host {
    /// Its constructor waits at the gate.
    fn behind(gate: u64) -> (Self, &'static Probe) {
        let created = Probe::new();
        // SAFETY: the probe lives for ever.
        let ctx = unsafe { symbols::short_create(gate, Some(common::record), created.user_data()) };
        (Self(ctx), created)
    }

    fn new() -> Self {
        let (host, created) = Self::behind(0);
        created.wait().ok();
        host
    }

    /// One whose worker is blocked until the gate opens.
    fn blocked() -> (Self, Gate, &'static Probe) {
        let (host, gate, blocked) = (Self::new(), Gate::new(), Probe::new());
        assert_eq!(host.call(symbols::short_block, gate.0, blocked), RET_OK);
        gate.await_visitor();
        (host, gate, blocked)
    }

    fn call(&self, function: Function, gate: u64, probe: &'static Probe) -> c_int {
        // SAFETY: the probe lives for ever.
        unsafe { function(self.0, Some(common::record), probe.user_data(), gate) }
    }

    fn call_inline(&self, function: Plain, probe: &'static Probe) -> c_int {
        // SAFETY: the probe lives for ever.
        unsafe { function(self.0, Some(common::record), probe.user_data()) }
    }

    fn cancel(&self, probe: &'static Probe) {
        // SAFETY: nothing is followed.
        assert_eq!(unsafe { symbols::short_ffi_cancel(self.0, probe.user_data()) }, RET_OK);
    }

    /// Cancels so many things that there are not, each another.
    fn cancel_nothing(&self, count: usize) {
        for number in 1..=count {
            // SAFETY: nothing is followed.
            assert_eq!(unsafe { symbols::short_ffi_cancel(self.0, without_provenance_mut(number)) }, RET_OK);
        }
    }

    fn destroy(self) {
        // SAFETY: any handle may be destroyed.
        assert_eq!(unsafe { symbols::short_destroy(self.0) }, RET_OK);
    }
}

/// Runs `work`; gives how much more memory is in use after it, in bytes.
fn taken_by(work: impl FnOnce()) -> usize {
    let before = IN_USE.load(Ordering::Relaxed);
    work();
    IN_USE.load(Ordering::Relaxed).saturating_sub(before)
}

/// What cancels may take, however many they are: a hundred of them are queued at most, in memory
/// that grows to twice as much.
const FEW: usize = 64 * 1024;

#[test]
fn cancels_take_no_place_of_the_queue() {
    let _alone = alone();
    let (host, gate, blocked) = Host::blocked();
    host.cancel_nothing(4);
    let calls = [(); 4].map(|()| Probe::new());
    for probe in calls {
        assert_eq!(host.call(symbols::short_block, 0, probe), RET_OK);
        host.cancel_nothing(100);
    }
    let refused = Probe::new();
    assert_eq!(host.call(symbols::short_block, 0, refused), RET_ERR, "the four take their places all the same");
    assert_eq!(refused.wait().error_of(ErrorKind::QueueFull), "short_block: the queue is full with 4 requests");
    drop(gate);
    blocked.wait().ok();
    calls.iter().for_each(|probe| _ = probe.wait().ok());
    host.destroy();
}

#[test]
fn cancels_that_were_carried_out_leave_as_many_places_as_there_were() {
    let _alone = alone();
    let host = Host::new();
    for _ in 0..3 {
        let (gate, blocked) = (Gate::new(), Probe::new());
        assert_eq!(host.call(symbols::short_block, gate.0, blocked), RET_OK);
        gate.await_visitor();
        let calls = [(); 4].map(|()| Probe::new());
        assert!(calls.iter().all(|probe| host.call(symbols::short_block, 0, probe) == RET_OK));
        calls.iter().for_each(|probe| host.cancel(probe));
        assert_eq!(
            host.call(symbols::short_block, 0, Probe::new()),
            RET_ERR,
            "they are queued until the worker goes on"
        );
        drop(gate);
        blocked.wait().ok();
        assert!(calls.iter().all(|probe| probe.wait().error() == "cancelled"));
    }
    host.destroy();
}

#[test]
fn cancels_of_nothing_take_no_memory_however_many_they_are() {
    let _alone = alone();
    let (host, gate, blocked) = Host::blocked();
    let bytes = taken_by(|| host.cancel_nothing(100_000));
    assert!(bytes < FEW, "{bytes} bytes");
    let same = Probe::new();
    let bytes = taken_by(|| (0..100_000).for_each(|_| host.cancel(same)));
    assert!(bytes < FEW, "{bytes} bytes");
    drop(gate);
    blocked.wait().ok();
    host.destroy();
}

#[test]
fn cancels_of_a_context_in_the_making_take_no_memory_either() {
    let _alone = alone();
    let gate = Gate::new();
    let (host, created) = Host::behind(gate.0);
    gate.await_visitor();
    let (wanted, unwanted) = (Probe::new(), Probe::new());
    assert_eq!(host.call(symbols::short_block, 0, wanted), RET_OK);
    assert_eq!(host.call(symbols::short_block, 0, unwanted), RET_OK);
    host.cancel(unwanted);
    let bytes = taken_by(|| host.cancel_nothing(100_000));
    assert!(bytes < FEW, "{bytes} bytes");
    drop(gate);
    created.wait().ok();
    wanted.wait().ok();
    assert_eq!(unwanted.wait().error_of(ErrorKind::Cancelled), "cancelled");
    host.destroy();
}

#[test]
fn among_many_cancels_those_of_something_are_carried_out_and_for_no_later_call() {
    let _alone = alone();
    let (host, gate, blocked) = Host::blocked();
    let (first, kept, last, never) = (Probe::new(), Probe::new(), Probe::new(), Probe::new());
    host.cancel_nothing(1_000);
    host.cancel(never);
    assert_eq!(host.call(symbols::short_block, 0, first), RET_OK);
    host.cancel(first);
    host.cancel_nothing(1_000);
    assert_eq!(host.call(symbols::short_block, 0, kept), RET_OK);
    assert_eq!(host.call(symbols::short_block, 0, never), RET_OK);
    let bytes = taken_by(|| (0..10_000).for_each(|_| host.cancel(first)));
    assert!(bytes < FEW, "{bytes} bytes");
    assert_eq!(host.call(symbols::short_block, 0, last), RET_OK);
    host.cancel_nothing(1_000);
    host.cancel(last);
    host.cancel_nothing(1_000);
    drop(gate);
    blocked.wait().ok();
    assert_eq!((first.wait().error(), last.wait().error()), ("cancelled", "cancelled"));
    kept.wait().ok();
    never.wait().ok();
    host.destroy();
    assert_eq!([first, kept, last, never].map(Probe::count), [1; 4]);
}

#[test]
fn a_cancel_of_a_handler_that_waits_outlives_any_number_of_others() {
    let _alone = alone();
    let host = Host::new();
    let (waiting, twin, gate, blocked) = (Probe::new(), Probe::new(), Gate::new(), Probe::new());
    assert_eq!(host.call(symbols::short_wait, 0, waiting), RET_OK);
    // Two with one `user_data`, of which one is over by then.
    assert_eq!((host.call(symbols::short_wait, 0, twin), host.call(symbols::short_wait, 0, twin)), (RET_OK, RET_OK));
    assert_eq!(host.call(symbols::short_block, gate.0, blocked), RET_OK);
    gate.await_visitor();
    host.cancel(waiting);
    host.cancel(twin);
    let bytes = taken_by(|| host.cancel_nothing(10_000));
    assert!(bytes < FEW, "{bytes} bytes");
    drop(gate);
    blocked.wait().ok();
    assert_eq!(waiting.wait().error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!((twin.wait().error(), twin.wait().error()), ("cancelled", "cancelled"));
    host.destroy();
    assert_eq!([waiting, twin].map(Probe::count), [1, 2]);
}

#[test]
fn so_does_that_of_a_handler_that_blocks_before_it_waits() {
    let _alone = alone();
    let (host, gate, waiting) = (Host::new(), Gate::new(), Probe::new());
    assert_eq!(host.call(symbols::short_wait, gate.0, waiting), RET_OK);
    gate.await_visitor();
    host.cancel(waiting);
    let bytes = taken_by(|| host.cancel_nothing(10_000));
    assert!(bytes < FEW, "{bytes} bytes");
    drop(gate);
    assert_eq!(waiting.wait().error_of(ErrorKind::Cancelled), "cancelled");
    host.destroy();
    assert_eq!(waiting.count(), 1);
}

#[test]
fn null_is_as_good_a_user_data_as_any() {
    static ANSWERS: AtomicUsize = AtomicUsize::new(0);
    unsafe extern "C-unwind" fn count(ret: c_int, _: *const std::ffi::c_char, _: usize, _: *mut c_void) {
        ANSWERS.fetch_add(if ret == RET_ERR { 1 } else { 1_000 }, Ordering::SeqCst);
    }
    let _alone = alone();
    let (host, gate, blocked) = Host::blocked();
    // SAFETY: the callback follows nothing.
    assert_eq!(unsafe { symbols::short_block(host.0, Some(count), std::ptr::null_mut(), 0) }, RET_OK);
    host.cancel_nothing(1_000);
    // SAFETY: nothing is followed.
    assert_eq!(unsafe { symbols::short_ffi_cancel(host.0, std::ptr::null_mut()) }, RET_OK);
    host.cancel_nothing(1_000);
    drop(gate);
    blocked.wait().ok();
    host.destroy();
    assert_eq!(ANSWERS.load(Ordering::SeqCst), 1, "cancelled once");
}

#[test]
fn inline_calls_that_moved_take_no_place_and_are_bounded_by_themselves() {
    let _alone = alone();
    let host = Host::new();
    for _ in 0..3 {
        let (gate, blocked) = (Gate::new(), Probe::new());
        assert_eq!(host.call(symbols::short_block, gate.0, blocked), RET_OK);
        gate.await_visitor();
        let moved = [(); 4].map(|()| Probe::new());
        assert!(moved.iter().all(|probe| host.call_inline(symbols::short_move, probe) == RET_OK && !probe.has_fired()));
        for _ in 0..2 {
            let refused = Probe::new();
            assert_eq!(host.call_inline(symbols::short_move, refused), RET_ERR);
            let text = "short_move: 4 inline calls that wait are left to the worker, which has not taken them up";
            assert_eq!((refused.count(), refused.wait().error()), (1, text));
        }
        let looking = Probe::new();
        assert_eq!(host.call_inline(symbols::short_look, looking), RET_OK);
        assert_eq!((looking.count(), looking.wait().ret), (1, RET_OK), "it needs no worker");
        let queued = [(); 4].map(|()| Probe::new());
        assert!(queued.iter().all(|probe| host.call(symbols::short_block, 0, probe) == RET_OK));
        assert_eq!(
            host.call(symbols::short_block, 0, Probe::new()),
            RET_ERR,
            "those that are queued take their places"
        );
        drop(gate);
        blocked.wait().ok();
        moved.iter().chain(&queued).for_each(|probe| _ = probe.wait().ok());
    }
    host.destroy();
}
