//! Calls from the drops of Rust's own thread-locals, and after `exit` has begun on each kind of thread.
//! Each is answered, with tokio and without, and none ends the process or hangs.
#![cfg(unix)]

use ffi_runtime::{FfiCallback, RET_ERR, RET_OK, ffi};
use std::cell::{Cell, RefCell};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::future::poll_fn;
use std::process::{Command, exit};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};
use toolchain::Bounded as _;

ffi_runtime::library!("lone", shared, grace_ms = 60_000);

/// A library whose functions run where its host calls, and on its own threads.
#[ffi(state)]
pub struct Lone {
    count: AtomicU64,
}

/// It was fired.
#[ffi(event)]
pub fn on_lone(number: u64);

/// Makes the state.
#[ffi(ctor)]
pub fn lone_create() -> Lone {
    Lone { count: AtomicU64::new(0) }
}

/// Ends the state.
#[ffi(dtor)]
pub fn lone_destroy(_lone: Lone) {}

/// Counts, here.
#[ffi(inline)]
pub fn lone_count(lone: &Lone) -> u64 {
    lone.count.fetch_add(1, Ordering::SeqCst)
}

/// Counts, on the worker.
#[ffi]
pub fn lone_queued(lone: &Lone) -> u64 {
    lone_count(lone)
}

/// Begins here, and yields so often.
#[ffi(inline)]
pub async fn lone_turns(lone: &Lone, times: u64) -> u64 {
    turns(times).await;
    lone_count(lone)
}

/// Fires an event.
#[ffi(inline)]
pub fn lone_fire(_lone: &Lone) {
    on_lone(1);
}

/// Needs no state.
#[ffi]
pub fn lone_double(number: u64) -> u64 {
    number * 2
}

/// Needs no state, and yields once.
#[ffi]
pub async fn lone_double_later(number: u64) -> u64 {
    turns(1).await;
    number * 2
}

/// Divides, which panics by zero.
#[ffi(export)]
pub fn lone_divide(number: i32, by: i32) -> i32 {
    number / by
}

async fn turns(mut times: u64) {
    poll_fn(|cx| {
        if times == 0 {
            return Poll::Ready(());
        }
        times -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// The library as C sees it.
mod symbols {
    use super::{FfiCallback, c_char, c_int, c_void};

    unsafe extern "C" {
        pub(crate) fn lone_create(callback: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(crate) safe fn lone_destroy(ctx: *mut c_void) -> c_int;
        pub(crate) fn lone_ffi_close(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
        pub(crate) fn lone_count(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
        pub(crate) fn lone_queued(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
        pub(crate) fn lone_turns(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, times: u64) -> c_int;
        pub(crate) fn lone_fire(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
        pub(crate) fn lone_double(callback: FfiCallback, data: *mut c_void, number: u64) -> c_int;
        pub(crate) fn lone_double_later(callback: FfiCallback, data: *mut c_void, number: u64) -> c_int;
        pub(crate) safe fn lone_divide(number: i32, by: i32) -> i32;
        pub(crate) safe fn lone_ffi_last_error() -> *const c_char;
        pub(crate) fn lone_ffi_add_event_listener(
            ctx: *mut c_void,
            event: *const c_char,
            callback: FfiCallback,
            data: *mut c_void,
        ) -> u64;
        pub(crate) safe fn lone_ffi_remove_event_listener(ctx: *mut c_void, id: u64) -> c_int;
    }
}

/// What one callback heard.
#[derive(Default)]
struct Answer {
    fired: AtomicUsize,
    last: Mutex<(c_int, String)>,
}

impl Answer {
    fn new() -> &'static Self {
        Box::leak(Box::default())
    }

    fn data(&'static self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    /// The one answer, of a call that returned this.
    fn of(&self, accepted: c_int) -> (c_int, String) {
        assert!(accepted == RET_OK || self.fired.load(Ordering::SeqCst) == 1, "a refusal has answered");
        self.heard(1)
    }

    /// What was heard last, once so much was.
    fn heard(&self, count: usize) -> (c_int, String) {
        let start = Instant::now();
        while self.fired.load(Ordering::SeqCst) < count {
            assert!(start.elapsed() < Duration::from_secs(30), "no answer");
            thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(self.fired.load(Ordering::SeqCst), count);
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

unsafe extern "C-unwind" fn record(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    // SAFETY: the tests pass answers that live for ever.
    let answer = unsafe { &*data.cast::<Answer>() };
    // SAFETY: a message is readable.
    let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) };
    let text = if ret == RET_OK { String::new() } else { String::from_utf8_lossy(bytes).into_owned() };
    *answer.last.lock().unwrap_or_else(PoisonError::into_inner) = (ret, text);
    answer.fired.fetch_add(1, Ordering::SeqCst);
}

fn last_error() -> String {
    // SAFETY: a text that is there until the next error.
    unsafe { CStr::from_ptr(symbols::lone_ffi_last_error()) }.to_string_lossy().into_owned()
}

static CTX: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

fn new() -> *mut c_void {
    let answer = Answer::new();
    // SAFETY: the answer lives for ever.
    let ctx = unsafe { symbols::lone_create(Some(record), answer.data()) };
    assert_eq!(answer.of(RET_OK).0, RET_OK);
    ctx
}

/// What the context's own threads do for a call.
#[derive(Clone, Copy, PartialEq)]
enum Worker {
    Serves,
    /// It serves, but its context cannot end.
    ServesForEver,
    Exits,
}

/// Makes a call of every kind.
fn every_call(worker: Worker) {
    let ctx = CTX.load(Ordering::SeqCst);
    let [count, soon, later, queued, double, detached, listener, fire, closed] = [(); 9].map(|()| Answer::new());
    let ok = (RET_OK, String::new());
    // SAFETY: here and below, the answers live for ever.
    assert_eq!(count.of(unsafe { symbols::lone_count(ctx, Some(record), count.data()) }), ok);
    // SAFETY: as above.
    assert_eq!(soon.of(unsafe { symbols::lone_turns(ctx, Some(record), soon.data(), 0) }), ok);
    // SAFETY: as above.
    let later = later.of(unsafe { symbols::lone_turns(ctx, Some(record), later.data(), 1) });
    // SAFETY: as above.
    let queued = queued.of(unsafe { symbols::lone_queued(ctx, Some(record), queued.data()) });
    for answer in [later, queued] {
        assert!(if worker == Worker::Exits { answer.1.contains("exiting") } else { answer == ok }, "{answer:?}");
    }
    // SAFETY: as above.
    assert_eq!(double.of(unsafe { symbols::lone_double(Some(record), double.data(), 2) }), ok);
    // SAFETY: as above.
    assert_eq!(detached.of(unsafe { symbols::lone_double_later(Some(record), detached.data(), 2) }), ok);
    assert_eq!(symbols::lone_divide(4, 2), 2);
    assert_eq!(symbols::lone_divide(4, 0), 0);
    assert!(last_error().starts_with("lone_divide"), "{:?}", last_error());
    // SAFETY: as above.
    let id = unsafe { symbols::lone_ffi_add_event_listener(ctx, null_mut(), Some(record), listener.data()) };
    assert!(id > 0, "{}", last_error());
    // SAFETY: as above.
    assert_eq!(fire.of(unsafe { symbols::lone_fire(ctx, Some(record), fire.data()) }), ok);
    assert_eq!(listener.heard(1), ok);
    assert_eq!(symbols::lone_ffi_remove_event_listener(ctx, id), RET_OK);
    assert_eq!(symbols::lone_ffi_remove_event_listener(ctx, id), RET_ERR);
    assert!(last_error().contains("there is no listener"), "{:?}", last_error());
    // SAFETY: as above.
    let closed = closed.of(unsafe { symbols::lone_ffi_close(new(), Some(record), closed.data()) });
    assert_eq!(closed, ok);
    assert_eq!(symbols::lone_destroy(new()), RET_OK);
}

/// Makes a call of every kind when it is dropped.
struct Last;

impl Drop for Last {
    fn drop(&mut self) {
        every_call(Worker::Serves);
        DROPPED.fetch_add(1, Ordering::SeqCst);
    }
}

static DROPPED: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
    static OF_EXIT: Cell<Worker> = const { Cell::new(Worker::Serves) };
}

fn set_last() {
    LAST.set(Some(Last));
}

/// A thread's local is dropped, made before or after the thread's first call.
fn of_a_thread(is_made_before: bool) {
    CTX.store(new(), Ordering::SeqCst);
    let life = move || {
        if is_made_before {
            set_last();
        }
        let count = Answer::new();
        // SAFETY: the answer lives for ever.
        unsafe { symbols::lone_count(CTX.load(Ordering::SeqCst), Some(record), count.data()) };
        if !is_made_before {
            set_last();
        }
    };
    thread::spawn(life).join().expect("no panic");
    assert_eq!(DROPPED.load(Ordering::SeqCst), 1);
    assert_eq!(symbols::lone_destroy(CTX.load(Ordering::SeqCst)), RET_OK);
}

/// What the process does last: all calls, and the end of the context.
extern "C" fn at_exit() {
    let worker = OF_EXIT.get();
    let ctx = CTX.load(Ordering::SeqCst);
    every_call(worker);
    let closed = Answer::new();
    // SAFETY: the answer lives for ever.
    let (ret, text) = closed.of(unsafe { symbols::lone_ffi_close(ctx, Some(record), closed.data()) });
    if worker == Worker::Serves {
        assert_eq!((ret, text.as_str()), (RET_OK, ""));
    } else {
        assert!(ret == RET_ERR && text.contains("exiting"), "{text:?}");
        assert_eq!(symbols::lone_destroy(ctx), RET_OK, "as from inside any callback");
    }
    // SAFETY: nothing more is to be done.
    unsafe { libc::_exit(0) };
}

/// Has `start` reach a callback that exits as a thread that is this to the context.
fn exit_in(worker: Worker, start: impl FnOnce(*mut c_void, FfiCallback, *mut c_void)) {
    unsafe extern "C-unwind" fn leave(_ret: c_int, _msg: *const c_char, _len: usize, data: *mut c_void) {
        // SAFETY: what was passed, which lives for ever.
        OF_EXIT.set(unsafe { *data.cast::<Worker>() });
        exit(8);
    }
    CTX.store(new(), Ordering::SeqCst);
    // SAFETY: it may be called at any time.
    assert_eq!(unsafe { libc::atexit(at_exit) }, 0);
    start(CTX.load(Ordering::SeqCst), Some(leave), std::ptr::from_mut(Box::leak(Box::new(worker))).cast());
    thread::sleep(Duration::from_secs(60));
}

/// Every case, by name.
fn run(case: &str) {
    match case {
        "thread, made before" => of_a_thread(true),
        "thread, made after" => of_a_thread(false),
        "answer" => exit_in(Worker::Exits, |ctx, leave, data| {
            // SAFETY: what `leave` is passed lives for ever.
            unsafe { symbols::lone_queued(ctx, leave, data) };
        }),
        "moved" => exit_in(Worker::Exits, |ctx, leave, data| {
            // SAFETY: what `leave` is passed lives for ever.
            unsafe { symbols::lone_turns(ctx, leave, data, 1) };
        }),
        "inline" => exit_in(Worker::ServesForEver, |ctx, leave, data| {
            // SAFETY: what `leave` is passed lives for ever.
            unsafe { symbols::lone_count(ctx, leave, data) };
        }),
        "stateless" => exit_in(Worker::Serves, |_, leave, data| {
            // SAFETY: what `leave` is passed lives for ever.
            unsafe { symbols::lone_double(leave, data, 1) };
        }),
        "detached" => exit_in(Worker::Serves, |_, leave, data| {
            // SAFETY: what `leave` is passed lives for ever.
            unsafe { symbols::lone_double_later(leave, data, 1) };
        }),
        "constructor" => exit_in(Worker::Serves, |_, leave, data| {
            // SAFETY: what `leave` is passed lives for ever.
            unsafe { symbols::lone_create(leave, data) };
        }),
        "listener" => exit_in(Worker::Serves, |ctx, leave, data| {
            // SAFETY: as above.
            unsafe { symbols::lone_ffi_add_event_listener(ctx, null_mut(), leave, data) };
            let fire = Answer::new();
            // SAFETY: the answer lives for ever.
            unsafe { symbols::lone_fire(ctx, Some(record), fire.data()) };
        }),
        other => panic!("no case {other}"),
    }
}

/// Runs a case in a process of its own, within a bound.
fn ends_well(case: &str) {
    let mut own = Command::new(std::env::current_exe().expect("a test"));
    own.args(["--exact", "every_call_is_answered_wherever_a_thread_or_the_process_ends", "--nocapture"]);
    let output = own.env("LAST_CALLS", case).bounded_by(Duration::from_secs(120)).expect("it runs");
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    assert!(output.status.success(), "{case}: {}\n{}", output.status, said.concat());
}

#[test]
fn every_call_is_answered_wherever_a_thread_or_the_process_ends() {
    if let Ok(case) = std::env::var("LAST_CALLS") {
        return run(&case);
    }
    for case in [
        "thread, made before",
        "thread, made after",
        "answer",
        "moved",
        "inline",
        "stateless",
        "detached",
        "constructor",
        "listener",
    ] {
        ends_well(case);
    }
}
