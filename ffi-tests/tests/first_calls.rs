//! A child that is forked in the midst of another thread's first call waits for nothing of that thread's:
//! whatever is made once, and whatever is locked, each of its calls is answered.
//!
//! Alone in its process, because its allocator stops threads, and nothing may have been called before.
#![cfg(unix)]

use every as _;
use ffi_runtime::{FfiCallback, RET_OK};
use near as _;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::process::Command;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use toolchain::Bounded as _;

unsafe extern "C" {
    fn near_ffi_schema(len: *mut usize) -> *const u8;
    safe fn near_ffi_abi_hash() -> u64;
    safe fn near_ffi_last_error() -> *const c_char;
    safe fn near_divide(number: i32, by: i32) -> i32;
    safe fn near_destroy(ctx: *mut c_void) -> c_int;
    safe fn near_ffi_cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
    fn near_create_cbor(request: *const u8, len: usize, callback: FfiCallback, data: *mut c_void) -> *mut c_void;
    fn near_ffi_call_cbor(
        ctx: *mut c_void,
        function: *const c_char,
        callback: FfiCallback,
        data: *mut c_void,
        request: *const u8,
        len: usize,
    ) -> c_int;
    fn near_sum_cbor(callback: FfiCallback, data: *mut c_void, request: *const u8, len: usize) -> c_int;
    fn near_sum_later_cbor(callback: FfiCallback, data: *mut c_void, request: *const u8, len: usize) -> c_int;
    fn near_add_cbor(
        ctx: *mut c_void,
        callback: FfiCallback,
        data: *mut c_void,
        request: *const u8,
        len: usize,
    ) -> c_int;
    fn near_ffi_add_event_listener(
        ctx: *mut c_void,
        event: *const c_char,
        callback: FfiCallback,
        data: *mut c_void,
    ) -> u64;
    fn every_create_cbor(request: *const u8, len: usize, callback: FfiCallback, data: *mut c_void) -> *mut c_void;
    safe fn every_destroy(ctx: *mut c_void) -> c_int;
}

thread_local! {
    /// How many allocations of this thread are still to come before the one that does not return.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

static IS_STOPPED: AtomicBool = AtomicBool::new(false);
static MAY_GO_ON: AtomicBool = AtomicBool::new(false);

/// Stops a thread at an allocation, for as long as the fork takes.
struct Stopping;

// SAFETY: the system's allocator.
unsafe impl GlobalAlloc for Stopping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let left = LEFT.get();
        LEFT.set(left.and_then(|left| left.checked_sub(1)));
        if left == Some(0) {
            IS_STOPPED.store(true, Ordering::SeqCst);
            while !MAY_GO_ON.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(1));
            }
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(ptr, layout) };
    }
}

#[global_allocator]
static ALLOCATOR: Stopping = Stopping;

/// Counts answers, and the good ones of them.
#[derive(Default)]
struct Answers {
    count: AtomicUsize,
    good: AtomicUsize,
}

impl Answers {
    fn new() -> (&'static Self, *mut c_void) {
        let answers: &'static Self = Box::leak(Box::default());
        (answers, std::ptr::from_ref(answers).cast_mut().cast())
    }

    /// Waits for the one answer; whether it is good.
    fn wait(&self) -> bool {
        while self.count.load(Ordering::SeqCst) == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(self.count.load(Ordering::SeqCst), 1);
        self.good.load(Ordering::SeqCst) == 1
    }
}

unsafe extern "C-unwind" fn count(ret: c_int, _msg: *const c_char, _len: usize, data: *mut c_void) {
    // SAFETY: the tests pass answers that live for ever.
    let answers = unsafe { &*data.cast::<Answers>() };
    answers.good.fetch_add(usize::from(ret == RET_OK), Ordering::SeqCst);
    answers.count.fetch_add(1, Ordering::SeqCst);
}

/// `{"numbers": [], "number": 1, "wait_ms": 0, "fails": false}`, of which each function takes its own.
const REQUEST: &[u8] = b"\xa4\x67numbers\x80\x66number\x01\x67wait_ms\x00\x65fails\xf4";

/// `{"config": {"name": "", "failure": null, "delay_ms": 0}}`
const CONFIG: &[u8] = b"\xa1\x66config\xa3\x64name\x60\x67failure\xf6\x68delay_ms\x00";

type Call = fn() -> bool;

fn by_name(name: &CStr) -> bool {
    let (answers, data) = Answers::new();
    // SAFETY: the request is readable, and the answers live for ever.
    unsafe { near_ffi_call_cbor(null_mut(), name.as_ptr(), Some(count), data, REQUEST.as_ptr(), REQUEST.len()) };
    answers.wait()
}

fn create() -> bool {
    let (answers, data) = Answers::new();
    // SAFETY: as above.
    let ctx = unsafe { near_create_cbor(REQUEST.as_ptr(), REQUEST.len(), Some(count), data) };
    let is_good = answers.wait();
    assert_eq!(near_destroy(ctx) == RET_OK, is_good);
    is_good
}

fn create_another() -> bool {
    let (answers, data) = Answers::new();
    // SAFETY: as above.
    let ctx = unsafe { every_create_cbor(CONFIG.as_ptr(), CONFIG.len(), Some(count), data) };
    let is_good = answers.wait();
    assert_eq!(every_destroy(ctx) == RET_OK, is_good);
    is_good
}

fn stateless() -> bool {
    let (answers, data) = Answers::new();
    // SAFETY: as above.
    unsafe { near_sum_cbor(Some(count), data, REQUEST.as_ptr(), REQUEST.len()) };
    answers.wait()
}

fn detached() -> bool {
    let (answers, data) = Answers::new();
    // SAFETY: as above.
    unsafe { near_sum_later_cbor(Some(count), data, REQUEST.as_ptr(), REQUEST.len()) };
    answers.wait()
}

fn inline() -> bool {
    let (answers, data) = Answers::new();
    // SAFETY: as above.
    unsafe { near_add_cbor(null_mut(), Some(count), data, REQUEST.as_ptr(), REQUEST.len()) };
    !answers.wait()
}

fn schema() -> bool {
    let mut len = 0;
    // SAFETY: the place is writable.
    let bytes = unsafe { near_ffi_schema(&raw mut len) };
    !bytes.is_null() && len > 0
}

fn last_error() -> bool {
    // SAFETY: a text that is there until the next error.
    let text = |error| unsafe { CStr::from_ptr(error) }.to_string_lossy().into_owned();
    near_divide(1, 0) == 0 && text(near_ffi_last_error()).starts_with("near_divide: ")
        || text(near_ffi_last_error()).starts_with("near_divide panicked")
}

fn listen() -> bool {
    // SAFETY: nobody is called where there is no context.
    unsafe { near_ffi_add_event_listener(null_mut(), null_mut(), Some(count), null_mut()) == 0 }
}

/// A context is destroyed within an inline answer of another, whose wait is put on record.
fn destroy_within() -> bool {
    unsafe extern "C-unwind" fn destroy(_ret: c_int, _msg: *const c_char, _len: usize, data: *mut c_void) {
        near_destroy(data);
    }
    let new = || {
        let (answers, data) = Answers::new();
        // SAFETY: as above.
        let ctx = unsafe { near_create_cbor(REQUEST.as_ptr(), REQUEST.len(), Some(count), data) };
        answers.wait();
        ctx
    };
    let left = LEFT.take();
    let (one, other) = (new(), new());
    LEFT.set(left);
    // SAFETY: the request is readable.
    unsafe { near_add_cbor(one, Some(destroy), other, REQUEST.as_ptr(), REQUEST.len()) };
    near_destroy(one) == RET_OK
}

/// What a process may do first, by name, and whether that leaves the library usable to a child that is
/// forked meanwhile.
const CALLS: [(&str, Call, bool); 13] = [
    ("schema", schema, true),
    ("abi_hash", || near_ffi_abi_hash() > 0, true),
    ("last_error", last_error, true),
    ("call_cbor", || by_name(c"near_sum"), true),
    ("call_cbor, no such function", || !by_name(c"near_nothing"), true),
    ("stateless", stateless, true),
    ("inline", inline, true),
    ("listen", listen, true),
    ("destroy", || near_destroy(null_mut()) != RET_OK, true),
    ("cancel", || near_ffi_cancel(null_mut(), null_mut()) != RET_OK, true),
    ("create", create, false),
    ("detached", detached, true),
    ("destroy_within", destroy_within, false),
];

/// Makes every call in a child, which must not hang.
fn all_are_answered_in_a_child(of: &str, is_usable: bool) {
    // SAFETY: the child goes on with this thread alone, and leaves without unwinding.
    let child = unsafe { libc::fork() };
    if child == 0 {
        // SAFETY: any time is fine.
        unsafe { libc::alarm(60) };
        let mut is_good = create_another();
        for (name, call, _) in CALLS {
            // The worker of none may be what was being begun.
            let must_be = is_usable && !(name == "detached" && of == "detached");
            is_good &= call() || !must_be;
        }
        // SAFETY: nothing of the parent's is run on the way out.
        unsafe { libc::_exit(c_int::from(!is_good)) };
    }
    let mut status = -1;
    // SAFETY: the place is writable.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert_eq!(status, 0, "the child of {of}: 14 is its alarm");
}

/// In a process of its own: forks while a call, its first, stands at an allocation. Whether it came to
/// that one.
fn fork_within(name: &str, allocation: usize) -> bool {
    let (_, call, is_usable) = CALLS[CALLS.iter().position(|call| call.0 == name).expect("a call")];
    let caller = thread::spawn(move || {
        LEFT.set(Some(allocation));
        let is_good = call();
        LEFT.set(None);
        assert!(is_good);
    });
    while !IS_STOPPED.load(Ordering::SeqCst) && !caller.is_finished() {
        thread::sleep(Duration::from_millis(1));
    }
    let is_stopped = IS_STOPPED.load(Ordering::SeqCst);
    if is_stopped {
        all_are_answered_in_a_child(name, is_usable);
    }
    MAY_GO_ON.store(true, Ordering::SeqCst);
    caller.join().expect("no panic");
    is_stopped
}

/// How many allocations are tried of one call, at most.
const MOST: usize = 12;

#[test]
fn a_child_waits_for_no_first_call_of_its_parent() {
    const NAME: &str = "a_child_waits_for_no_first_call_of_its_parent";
    if let (Ok(name), Ok(allocation)) = (std::env::var("FIRST_CALL"), std::env::var("FIRST_ALLOCATION")) {
        println!("stopped: {}", fork_within(&name, allocation.parse().expect("a number")));
        return;
    }
    let mut forks = 0;
    for (name, ..) in CALLS {
        for allocation in 0..MOST {
            let mut own = Command::new(std::env::current_exe().expect("a test"));
            own.args(["--exact", NAME, "--nocapture"]);
            own.envs([("FIRST_CALL", name), ("FIRST_ALLOCATION", &allocation.to_string())]);
            let output = own.bounded().expect("it runs");
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{name}, {allocation}: {said}{}", String::from_utf8_lossy(&output.stderr));
            if said.contains("stopped: false") {
                break;
            }
            forks += 1;
        }
    }
    assert!(forks >= 40, "only {forks} forks came in the midst of a call");
}
