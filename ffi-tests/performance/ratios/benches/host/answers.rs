//! Callbacks that count and check what they are given, and calls that wait for them.

use super::Word;
use crate::measure::Work;
use ffi_runtime::{FfiCallback, RET_OK};
use std::cell::Cell;
use std::ffi::{c_char, c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How many calls are on their way at once in a pipeline.
const PIPELINE: u64 = 1_024;

/// The answers that a thread waits for. They live as long as the program, so that an answer too
/// many would be seen and not be a crash.
pub(crate) struct Answers {
    missing: AtomicUsize,
    all_came: Word,
    /// How long each is to be; `None` where that isn't known.
    len: Option<usize>,
}

impl Answers {
    pub(crate) fn new(len: Option<usize>) -> &'static Self {
        Box::leak(Box::new(Self { missing: AtomicUsize::new(0), all_came: Word::default(), len }))
    }

    /// Makes so many calls, each with the callback and the data for it, and waits for their answers.
    pub(crate) fn of(&'static self, calls: u64, call: impl Fn(FfiCallback, *mut c_void) -> c_int) {
        self.begin(calls, call);
        self.all_came.take();
    }

    /// The same, looking for the answers so long before it sleeps.
    fn of_looking(&'static self, calls: u64, call: impl Fn(FfiCallback, *mut c_void) -> c_int, look: Duration) {
        self.begin(calls, call);
        self.all_came.look_then_take(look);
    }

    fn begin(&'static self, calls: u64, call: impl Fn(FfiCallback, *mut c_void) -> c_int) {
        self.missing.store(calls as usize, Ordering::Relaxed);
        for _ in 0..calls {
            let status = call(Some(count), ptr::from_ref(self).cast_mut().cast());
            assert_eq!(status, RET_OK, "the call is accepted");
        }
    }

    /// Makes so many calls, of which many are on their way at once.
    pub(crate) fn of_pipelined(&'static self, calls: u64, call: impl Fn(FfiCallback, *mut c_void) -> c_int) {
        let mut left = calls;
        while left > 0 {
            let batch = left.min(PIPELINE);
            self.of(batch, &call);
            left -= batch;
        }
    }
}

unsafe extern "C-unwind" fn count(ret: c_int, _msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: the data is answers that live as long as the program.
    let answers = unsafe { &*user_data.cast::<Answers>() };
    assert_eq!(ret, RET_OK, "the call succeeds");
    assert!(answers.len.is_none_or(|expected| len == expected), "an answer of {len} bytes");
    match answers.missing.fetch_sub(1, Ordering::AcqRel) {
        0 => panic!("an answer too many"),
        1 => answers.all_came.set(),
        _ => {}
    }
}

/// Calls of which one is on its way at a time, and whose answers have this length.
pub(crate) fn round_trip(len: usize, call: impl Fn(FfiCallback, *mut c_void) -> c_int + 'static) -> Work {
    let answers = Answers::new(Some(len));
    Box::new(move |times| {
        let start = Instant::now();
        for _ in 0..times {
            answers.of(1, &call);
        }
        start.elapsed()
    })
}

/// The same, made by a host that looks for each answer so long before it sleeps.
pub(crate) fn round_trip_looking(
    len: usize,
    look: Duration,
    call: impl Fn(FfiCallback, *mut c_void) -> c_int + 'static,
) -> Work {
    let answers = Answers::new(Some(len));
    Box::new(move |times| {
        let start = Instant::now();
        for _ in 0..times {
            answers.of_looking(1, &call, look);
        }
        start.elapsed()
    })
}

/// Calls of which many are on their way at once, and whose answers have this length.
pub(crate) fn pipelined(len: usize, call: impl Fn(FfiCallback, *mut c_void) -> c_int + 'static) -> Work {
    let answers = Answers::new(Some(len));
    Box::new(move |times| {
        let start = Instant::now();
        answers.of_pipelined(times, &call);
        start.elapsed()
    })
}

/// Calls that answer before they return, with this length.
pub(crate) fn inline(len: usize, mut call: impl FnMut(FfiCallback, *mut c_void) -> c_int + 'static) -> Work {
    let came = Came { count: Cell::new(0), len };
    Box::new(move |times| {
        came.count.set(0);
        let start = Instant::now();
        for _ in 0..times {
            let status = call(Some(note), ptr::from_ref(&came).cast_mut().cast());
            assert_eq!(status, RET_OK, "the call is accepted");
        }
        let took = start.elapsed();
        assert_eq!(came.count.get(), times, "each call is answered once");
        took
    })
}

/// The answers that came on the calling thread.
struct Came {
    count: Cell<u64>,
    /// How long each is to be.
    len: usize,
}

unsafe extern "C-unwind" fn note(ret: c_int, _msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: the caller's own, which it keeps until the call has returned.
    let came = unsafe { &*user_data.cast::<Came>() };
    assert_eq!((ret, len), (RET_OK, came.len), "the call succeeds with what is expected");
    came.count.set(came.count.get() + 1);
}
