//! With the default, four callers that fire at once against a listener that takes its time lose nothing untold, and what
//! waits meanwhile takes no more memory than the contract says.
//!
//! Alone in its process, because it counts what the allocator gives out.

use ffi_runtime::{FfiCallback, RET_OK, ffi};
use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

ffi_runtime::library!("burst");

/// How many events wait where the library does not say it.
const LIMIT: u64 = 65_536;

/// How much memory as many of them may take that tell a number each, with what the queue takes while it grows.
const BOUND: usize = 8 << 20;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counting what is taken and not given back, as glibc's rounds it.
struct Counting;

fn rounded(layout: Layout) -> usize {
    (layout.size() + 8).next_multiple_of(16).max(32)
}

// SAFETY: all is passed on to the system's allocator; what it is not asked for here is done by these.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(rounded(layout), Ordering::Relaxed) + rounded(layout);
        MOST.fetch_max(live, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        LIVE.fetch_sub(rounded(layout), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[ffi(state)]
struct Burst;

#[ffi(ctor)]
fn burst_create() -> Burst {
    Burst
}

#[ffi(dtor)]
fn burst_destroy(_burst: Burst) {}

/// One more.
#[ffi(event)]
fn on_number(number: u64);

/// Fires as many.
#[ffi]
fn burst_fire(_burst: &Burst, from: u64, count: u64) {
    (from..from + count).for_each(on_number);
}

mod symbols {
    use super::{FfiCallback, c_char, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn burst_create(cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn burst_fire(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, from: u64, count: u64) -> c_int;
        pub(super) fn burst_ffi_add_event_listener(
            ctx: *mut c_void,
            event: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
        ) -> u64;
        pub(super) fn burst_destroy(ctx: *mut c_void) -> c_int;
    }
}

/// `burst_event` in C.
#[repr(C)]
struct Named {
    name: *const c_char,
    payload: *const u64,
    len: usize,
}

const CALLERS: u64 = 4;
const EACH: u64 = 25_000;

/// How many were heard, dropped and missing without a gap that was told before.
static HEARD: AtomicU64 = AtomicU64::new(0);
static DROPPED: AtomicU64 = AtomicU64::new(0);
static UNPLACED: AtomicI64 = AtomicI64::new(0);
static FOLLOWING: [AtomicU64; CALLERS as usize] = [const { AtomicU64::new(0) }; CALLERS as usize];

/// The listener waits as long as this is 1, and up to a millisecond now and then.
static IS_SHUT: AtomicU64 = AtomicU64::new(1);

unsafe extern "C-unwind" fn answered(ret: c_int, _msg: *const c_char, _len: usize, data: *mut c_void) {
    assert_eq!(ret, RET_OK);
    // SAFETY: every call is given a counter that lives for ever.
    unsafe { &*data.cast::<AtomicU64>() }.fetch_add(1, Ordering::SeqCst);
}

unsafe extern "C-unwind" fn hear(ret: c_int, msg: *const c_char, _len: usize, _data: *mut c_void) {
    assert_eq!(ret, RET_OK);
    while IS_SHUT.load(Ordering::SeqCst) == 1 {
        thread::sleep(Duration::from_millis(1));
    }
    // SAFETY: a listener of all events is given this.
    let named = unsafe { &*msg.cast::<Named>() };
    // SAFETY: both kinds of event have one number.
    let number = unsafe { named.payload.read_unaligned() };
    // SAFETY: a name ends with a NUL.
    if unsafe { std::ffi::CStr::from_ptr(named.name) } == c"events_dropped" {
        DROPPED.fetch_add(number, Ordering::SeqCst);
        UNPLACED.fetch_add(number as i64, Ordering::SeqCst);
        return;
    }
    let following = FOLLOWING[(number / EACH) as usize].swap(number % EACH + 1, Ordering::SeqCst);
    let missing = (number % EACH) as i64 - following as i64;
    let left = UNPLACED.fetch_sub(missing, Ordering::SeqCst) - missing;
    assert!(missing >= 0 && left >= 0, "{number} behind {following} without a gap");
    if HEARD.fetch_add(1, Ordering::SeqCst).is_multiple_of(512) {
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_full_line_takes_what_the_contract_says_and_every_gap_is_told() {
    let answers: &AtomicU64 = Box::leak(Box::default());
    let data = std::ptr::from_ref(answers).cast_mut().cast();
    let wait_for = |count| {
        while answers.load(Ordering::SeqCst) < count {
            thread::sleep(Duration::from_millis(1));
        }
    };
    // SAFETY: the callback takes the counter.
    let ctx = unsafe { symbols::burst_create(Some(answered), data) };
    wait_for(1);
    // SAFETY: NULL is the name of all events.
    assert!(unsafe { symbols::burst_ffi_add_event_listener(ctx, null(), Some(hear), null_mut()) } > 0);
    let (before, handle) = (LIVE.load(Ordering::SeqCst), ctx.expose_provenance());
    MOST.store(before, Ordering::SeqCst);
    thread::scope(|scope| {
        for caller in 0..CALLERS {
            let data = data.expose_provenance();
            scope.spawn(move || {
                let at = std::ptr::with_exposed_provenance_mut::<c_void>;
                let (ctx, data) = (at(handle), at(data));
                // SAFETY: as above.
                let ret = unsafe { symbols::burst_fire(ctx, Some(answered), data, caller * EACH, EACH) };
                assert_eq!(ret, 0);
            });
        }
    });
    wait_for(1 + CALLERS);
    let taken = MOST.load(Ordering::SeqCst) - before;
    assert!(taken <= BOUND, "{taken} bytes for {LIMIT} events");
    println!("{taken} bytes for {LIMIT} events, {} each", taken / LIMIT as usize);
    IS_SHUT.store(0, Ordering::SeqCst);
    let all = || HEARD.load(Ordering::SeqCst) + DROPPED.load(Ordering::SeqCst);
    while all() < CALLERS * EACH {
        thread::sleep(Duration::from_millis(1));
    }
    // SAFETY: a handle is given back.
    assert_eq!(unsafe { symbols::burst_destroy(ctx) }, RET_OK);
    assert_eq!(all(), CALLERS * EACH, "each was heard or is in a gap");
    // One is being heard, and as many as there is room for wait.
    assert!(HEARD.load(Ordering::SeqCst) >= LIMIT, "{}", HEARD.load(Ordering::SeqCst));
    let never_came: u64 = FOLLOWING.iter().map(|following| EACH - following.load(Ordering::SeqCst)).sum();
    assert_eq!(UNPLACED.load(Ordering::SeqCst), never_came as i64, "each gap is where events are missing");
}
