//! The callbacks of a program, which run parts of it.

use super::machine::{Context, Machine, lock};
use crate::bytes::Bytes;
use ffi_runtime::{FfiCallback, RET_ERR, RET_FAILURE, RET_MISSING_CALLBACK, RET_OK, RET_STALE_WARN};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::ffi::{c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

thread_local! {
    /// The contexts that callbacks on this thread belong to, innermost last.
    static FRAMES: RefCell<Vec<Arc<Context>>> = const { RefCell::new(Vec::new()) };
    /// The listeners that are running on this thread.
    static EARS: RefCell<Vec<*const Ear>> = const { RefCell::new(Vec::new()) };
    /// The call whose entry point this thread is in.
    static CALLING: Cell<*const Probe> = const { Cell::new(std::ptr::null()) };
}

/// Whether this thread is inside a callback of the context.
pub(super) fn is_inside(context: &Context) -> bool {
    FRAMES.with_borrow(|frames| frames.iter().any(|frame| std::ptr::eq(&raw const **frame, context)))
}

/// Whether this thread may wait for what is inside the context. Two contexts whose callbacks wait
/// for each other only come apart when the grace is over, which no program has the time for.
pub(super) fn may_wait_for(context: &Context) -> bool {
    is_inside(context) || FRAMES.with_borrow(|frames| frames.iter().all(|frame| frame.index < context.index))
}

/// What the result of a call must be.
#[derive(Debug)]
pub(super) enum Wanted {
    /// Any.
    Any,
    /// These bytes.
    Bytes(Vec<u8>),
    /// A constructor's: the handle.
    Handle,
    /// That of a close, which is the context's last callback.
    Closed,
}

/// An answer.
#[derive(Debug)]
struct Answer {
    ret: c_int,
    bytes: Vec<u8>,
    thread: ThreadId,
}

/// One call.
pub(super) struct Probe {
    machine: &'static Machine,
    pub(super) context: Option<Arc<Context>>,
    wanted: Wanted,
    /// What runs inside the callback, and how deep inside others.
    script: Vec<u8>,
    depth: usize,
    answers: Mutex<Vec<Answer>>,
    /// Whether no answer is to come any more: it came and its callback has ended, or none is owed.
    is_done: AtomicBool,
}

impl Probe {
    pub(super) fn new(
        machine: &'static Machine,
        context: Option<Arc<Context>>,
        wanted: Wanted,
        script: &[u8],
        depth: usize,
    ) -> Arc<Self> {
        let (answers, is_done) = (Mutex::default(), AtomicBool::new(false));
        let probe = Arc::new(Self { machine, context, wanted, script: script.to_vec(), depth, answers, is_done });
        lock(&machine.probes).push(Arc::clone(&probe));
        probe
    }

    pub(super) fn user_data(&self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    pub(super) fn is_done(&self) -> bool {
        self.is_done.load(Ordering::SeqCst)
    }

    /// Calls an entry point, with this callback data and maybe without a callback. Asserts that
    /// what it returns agrees with what the callback was told.
    pub(super) fn call(&self, has_callback: bool, entry: impl FnOnce(FfiCallback, *mut c_void) -> c_int) {
        let was_silent = self.context.as_ref().is_some_and(|context| context.is_silent());
        let ret = self.calling(|| entry(if has_callback { Some(answer) } else { None }, self.user_data()));
        let answers = lock(&self.answers);
        match (ret, has_callback) {
            (RET_OK, true) => assert!(!was_silent, "accepted by a context that is gone"),
            (RET_MISSING_CALLBACK, false) => self.is_done.store(true, Ordering::SeqCst),
            (RET_ERR, true) => match &answers[..] {
                [refusal] => assert_eq!((refusal.ret, refusal.thread), (RET_ERR, thread::current().id())),
                answers => panic!("refused with {answers:?}"),
            },
            _ => panic!("an entry point returned {ret}, with a callback: {has_callback}"),
        }
    }

    /// As [`Probe::call`], for one that returns a context, or NULL where it refuses.
    pub(super) fn create(
        &self,
        has_callback: bool,
        entry: impl FnOnce(FfiCallback, *mut c_void) -> *mut c_void,
    ) -> *mut c_void {
        let mut ctx = std::ptr::null_mut();
        self.call(has_callback, |callback, data| {
            ctx = entry(callback, data);
            match (ctx.is_null(), has_callback) {
                (false, _) => RET_OK,
                (true, true) => RET_ERR,
                (true, false) => RET_MISSING_CALLBACK,
            }
        });
        ctx
    }

    /// Runs what may refuse this call.
    fn calling<T>(&self, work: impl FnOnce() -> T) -> T {
        let outer = CALLING.replace(self);
        let value = work();
        CALLING.set(outer);
        value
    }

    /// Asserts, once all is over, that the answer is the one.
    pub(super) fn check(&self) {
        let answers = lock(&self.answers);
        assert!(answers.len() <= 1, "answered more than once: {answers:?}");
        let Some(Answer { ret: RET_OK, bytes, .. }) = answers.first() else { return };
        match &self.wanted {
            Wanted::Any | Wanted::Closed => {}
            Wanted::Bytes(wanted) => assert_eq!(bytes, wanted, "what was echoed"),
            Wanted::Handle => {
                let handle = self.context.as_ref().expect("a context").handle().to_string();
                // On the wire there is the head of a text before it, of one byte or two.
                assert!(
                    bytes.ends_with(handle.as_bytes()) && bytes.len() <= handle.len() + 2,
                    "{bytes:?} for {handle}"
                );
            }
        }
    }

    fn warned(&self, text: &[u8]) {
        assert!(self.machine.library.is_warning, "a warning that nobody asked for");
        assert!(!text.is_empty() && text.iter().all(u8::is_ascii_digit), "milliseconds: {text:?}");
        assert!(!self.context.as_ref().is_some_and(|it| it.is_silent()), "a warning of a context that is gone");
        assert!(lock(&self.answers).is_empty(), "a warning after the answer");
    }

    fn answered(&self, answer: Answer) {
        // One that comes from the entry point itself is not the context's.
        let is_refusal = std::ptr::eq(CALLING.get(), self);
        let context = self.context.as_ref().filter(|_| !is_refusal);
        let is_close = matches!(self.wanted, Wanted::Closed);
        let assert_loud = || assert!(!context.is_some_and(|it| it.is_silent()), "a callback of a context that is gone");
        assert_loud();
        assert!(matches!(answer.ret, RET_OK | RET_ERR | RET_FAILURE), "an answer of {}", answer.ret);
        if let (Some(context), true) = (context, is_close) {
            context.is_silent.store(true, Ordering::SeqCst);
        }
        let mut answers = lock(&self.answers);
        answers.push(answer);
        assert_eq!(answers.len(), 1, "answered more than once: {answers:?}");
        drop(answers);
        run_inside(self.machine, self.context.as_ref(), &self.script, self.depth);
        if !is_close {
            assert_loud();
        }
    }
}

unsafe extern "C-unwind" fn answer(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: every call of a program passes a probe, which lives until all calls are answered.
    let probe = unsafe { &*user_data.cast::<Probe>() };
    guard(probe.machine, || {
        // SAFETY: a message is readable until the callback returns.
        let bytes = unsafe { read(ret, msg, len) };
        if ret == RET_STALE_WARN {
            return probe.warned(&bytes);
        }
        probe.answered(Answer { ret, bytes, thread: thread::current().id() });
    });
    if ret != RET_STALE_WARN {
        probe.is_done.store(true, Ordering::SeqCst);
    }
}

/// Gives a message; asserts that an error is text, or a text with the error of a function's own.
///
/// # Safety
/// It must be one.
unsafe fn read(ret: c_int, msg: *const c_char, len: usize) -> Vec<u8> {
    assert!(!msg.is_null(), "a message is never NULL");
    // SAFETY: the caller promises as many bytes.
    let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) };
    if ret == RET_ERR {
        assert!(len > 0 && std::str::from_utf8(bytes).is_ok(), "an error is text: {bytes:?}");
        // SAFETY: a NUL follows an error, and its kind.
        let behind = unsafe { std::slice::from_raw_parts(msg.cast::<u8>().wrapping_add(len), 2) };
        assert!(matches!(behind, [0, 1..=17]), "a NUL follows an error, and its kind: {behind:?}");
    }
    if ret == RET_FAILURE {
        // Functions with such an error are called over CBOR alone.
        assert!(bytes.starts_with(b"\xa2\x67message"), "a map of a text and an error: {bytes:?}");
    }
    bytes.to_vec()
}

/// Keeps what fails, which must not leave a callback.
fn guard(machine: &Machine, work: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(work)) {
        lock(&machine.failure).get_or_insert(text_of(&*payload));
    }
}

fn text_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|&text| text.to_owned());
    text.or_else(|| payload.downcast_ref().cloned()).unwrap_or_default()
}

/// Runs a part of the program inside a callback of the context.
fn run_inside(machine: &'static Machine, context: Option<&Arc<Context>>, script: &[u8], depth: usize) {
    FRAMES.with_borrow_mut(|frames| frames.extend(context.cloned()));
    machine.run(&mut Bytes::new(script), depth);
    FRAMES.with_borrow_mut(|frames| frames.truncate(frames.len() - usize::from(context.is_some())));
}

/// One listener.
pub(super) struct Ear {
    machine: &'static Machine,
    pub(super) context: Arc<Context>,
    script: Vec<u8>,
    depth: usize,
    heard: AtomicUsize,
    running: AtomicUsize,
    is_removed: AtomicBool,
    id: AtomicU64,
}

impl Ear {
    pub(super) fn new(machine: &'static Machine, context: Arc<Context>, script: &[u8], depth: usize) -> Arc<Self> {
        let (script, heard, running) = (script.to_vec(), AtomicUsize::new(0), AtomicUsize::new(0));
        let (is_removed, id) = (AtomicBool::new(false), AtomicU64::new(0));
        let ear = Arc::new(Self { machine, context, script, depth, heard, running, is_removed, id });
        lock(&machine.ears).push(Arc::clone(&ear));
        ear
    }

    pub(super) fn user_data(&self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    pub(super) fn added(&self, id: u64) {
        self.id.store(id, Ordering::SeqCst);
    }

    /// 0 where it was not added, or is just being added.
    pub(super) fn id(&self) -> u64 {
        self.id.load(Ordering::SeqCst)
    }

    /// Takes note that it was removed: it must not be running but around the caller.
    pub(super) fn removed(&self) {
        self.is_removed.store(true, Ordering::SeqCst);
        if EARS.with_borrow(|ears| !ears.contains(&std::ptr::from_ref(self))) {
            assert_eq!(self.running.load(Ordering::SeqCst), 0, "removed, and running");
        }
    }

    fn hears(&self) {
        let assert_loud = || assert!(!self.context.is_silent(), "a listener of a context that is gone");
        assert_loud();
        assert!(!self.is_removed.load(Ordering::SeqCst), "a listener that was removed");
        // Only once: it may fire what it hears.
        if self.heard.fetch_add(1, Ordering::SeqCst) == 0 {
            run_inside(self.machine, Some(&self.context), &self.script, self.depth);
        }
        assert_loud();
    }
}

pub(super) unsafe extern "C-unwind" fn hear(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: every listener of a program is an ear, which lives until its context is gone.
    let ear = unsafe { &*user_data.cast::<Ear>() };
    ear.running.fetch_add(1, Ordering::SeqCst);
    EARS.with_borrow_mut(|ears| ears.push(ear));
    guard(ear.machine, || {
        // SAFETY: a message is readable until the callback returns.
        unsafe { read(ret, msg, len) };
        ear.hears();
    });
    EARS.with_borrow_mut(|ears| ears.pop());
    ear.running.fetch_sub(1, Ordering::SeqCst);
}
