//! Each form of an event is made once at most, and only where somebody listens for it. Forms are seen by
//! the memory that they take.
//!
//! Alone in its process, because it counts what the allocator gives out.

use ffi_runtime::{FfiCallback, RET_OK, ffi};
use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicUsize, Ordering};

ffi_runtime::library!("forms");

/// What only the payload and its forms take.
const LARGE: usize = 64 << 10;

static TAKEN: AtomicUsize = AtomicUsize::new(0);
static HEARD: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counting how often it is asked for much.
struct Counting;

// SAFETY: all is passed on to the system's allocator; what it is not asked for here is done by these.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        TAKEN.fetch_add(usize::from(layout.size() >= LARGE), Ordering::SeqCst);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[ffi(state)]
struct Forms;

#[ffi(ctor)]
fn forms_create() -> Forms {
    Forms
}

#[ffi(dtor)]
fn forms_destroy(_forms: Forms) {}

/// Much of something whose C form is made anew.
#[ffi(event)]
fn on_much(numbers: Vec<Option<u32>>);

/// Fires once.
#[ffi]
fn forms_fire(_forms: &Forms) {
    on_much(vec![Some(70_000); 100_000]);
}

unsafe extern "C" {
    fn forms_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
    fn forms_fire_cbor(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, req: *const u8, len: usize) -> c_int;
    fn forms_ffi_add_event_listener(ctx: *mut c_void, event: *const c_char, cb: FfiCallback, data: *mut c_void) -> u64;
    fn forms_ffi_add_event_listener_cbor(
        ctx: *mut c_void,
        event: *const c_char,
        cb: FfiCallback,
        data: *mut c_void,
    ) -> u64;
}

unsafe extern "C-unwind" fn answered(ret: c_int, _msg: *const c_char, _len: usize, _data: *mut c_void) {
    assert_eq!(ret, RET_OK);
}

unsafe extern "C-unwind" fn hear(ret: c_int, _msg: *const c_char, _len: usize, _data: *mut c_void) {
    assert_eq!(ret, RET_OK);
    HEARD.fetch_add(1, Ordering::SeqCst);
}

/// How often much was taken in a context with so many listeners in which the event is fired.
fn taken(natives: usize, cbors: usize) -> usize {
    HEARD.store(0, Ordering::SeqCst);
    let before = TAKEN.load(Ordering::SeqCst);
    // SAFETY: the callback takes what it is given.
    let ctx = unsafe { forms_create_cbor(null(), 0, Some(answered), null_mut()) };
    for _ in 0..natives {
        // SAFETY: as above, and NULL is the name of all events.
        assert!(unsafe { forms_ffi_add_event_listener(ctx, c"on_much".as_ptr(), Some(hear), null_mut()) } > 0);
    }
    for _ in 0..cbors {
        // SAFETY: as above.
        assert!(unsafe { forms_ffi_add_event_listener_cbor(ctx, c"on_much".as_ptr(), Some(hear), null_mut()) } > 0);
    }
    // SAFETY: as above.
    assert_eq!(unsafe { forms_fire_cbor(ctx, Some(answered), null_mut(), null(), 0) }, 0);
    // SAFETY: a handle is given back.
    assert_eq!(unsafe { ending::forms_destroy(ctx) }, RET_OK);
    assert_eq!(HEARD.load(Ordering::SeqCst), natives + cbors, "what was fired before the end is delivered");
    TAKEN.load(Ordering::SeqCst) - before
}

mod ending {
    use std::ffi::{c_int, c_void};

    unsafe extern "C" {
        pub(super) fn forms_destroy(ctx: *mut c_void) -> c_int;
    }
}

#[test]
fn a_form_is_made_once_and_only_for_who_wants_it() {
    let nobody = taken(0, 0);
    assert_eq!(nobody, 1, "the payload itself");
    let native = taken(1, 0) - nobody;
    let cbor = taken(0, 1) - nobody;
    assert!(native > 0 && cbor > 0, "a form takes memory: {native}, {cbor}");
    assert_eq!(taken(3, 0) - nobody, native);
    assert_eq!(taken(0, 3) - nobody, cbor);
    assert_eq!(taken(2, 2) - nobody, native + cbor);
}
