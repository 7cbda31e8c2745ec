//! This project's C symbols, as its header declares them: the answer comes by a callback, and is there
//! until that returns.

mod pods;
mod take;

use crate::boundary::Boundary;
use crate::host::{Record, Sum, Word};
use crate::library::Library;
use pods::{List, RecordPod, Rows, Text};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr;
use take::{Raw, Take};

type Callback = unsafe extern "C" fn(c_int, *const c_char, usize, *mut c_void);

type Give = unsafe extern "C" fn(*mut c_void, Callback, *mut c_void, i32) -> c_int;

/// The library, and a context of it for what is async.
#[derive(Clone, Copy)]
pub(crate) struct Ours {
    ctx: *mut c_void,
    add: unsafe extern "C" fn(Callback, *mut c_void, i32, i32) -> c_int,
    sum: unsafe extern "C" fn(i32, i32) -> i32,
    echo_text: unsafe extern "C" fn(Callback, *mut c_void, Text) -> c_int,
    echo_batch: unsafe extern "C" fn(Callback, *mut c_void, RecordPod) -> c_int,
    echo_numbers: unsafe extern "C" fn(Callback, *mut c_void, List<f64>) -> c_int,
    echo_bytes: unsafe extern "C" fn(Callback, *mut c_void, List<u8>) -> c_int,
    give: Give,
    give_now: Give,
}

impl Ours {
    pub(crate) fn load() -> Self {
        let library = Library::load("peer_ours");
        // SAFETY: the signatures are those of the header.
        unsafe {
            Self {
                ctx: create(library.get("ours_create")),
                add: library.get("ours_add"),
                sum: library.get("ours_sum"),
                echo_text: library.get("ours_echo_text"),
                echo_batch: library.get("ours_echo_batch"),
                echo_numbers: library.get("ours_echo_numbers"),
                echo_bytes: library.get("ours_echo_bytes"),
                give: library.get("ours_give"),
                give_now: library.get("ours_give_now"),
            }
        }
    }

    /// Waits for an answer that any thread may bring.
    fn wait(self, give: Give, value: i32) -> i32 {
        static NUMBER: Pending<i32> = Pending::new();
        // SAFETY: the callback is one for this data, which lives as long as the program.
        NUMBER.wait(|cb, data| unsafe { give(self.ctx, cb, data, value) })
    }

    fn text<T: Take>(self, value: &CStr) -> T {
        // SAFETY: the callback is one for this data, which like the text is there until the call
        // returns.
        answered(|cb, data| unsafe { (self.echo_text)(cb, data, Text::of(value)) })
    }

    fn record<T: Take>(self, value: &Record) -> T {
        let rows = Rows::of(value);
        // SAFETY: as above.
        answered(|cb, data| unsafe { (self.echo_batch)(cb, data, rows.record(value)) })
    }

    fn numbers<T: Take>(self, value: &[f64]) -> T {
        // SAFETY: as above.
        answered(|cb, data| unsafe { (self.echo_numbers)(cb, data, List::of(value)) })
    }

    fn bytes<T: Take>(self, value: &[u8]) -> T {
        // SAFETY: as above.
        answered(|cb, data| unsafe { (self.echo_bytes)(cb, data, List::of(value)) })
    }
}

impl Boundary for Ours {
    fn add(self, a: i32, b: i32) -> i32 {
        // SAFETY: the callback is one for this data, which is there until the call returns.
        answered(|cb, data| unsafe { (self.add)(cb, data, a, b) })
    }

    fn sum(self, a: i32, b: i32) -> i32 {
        // SAFETY: it takes any two numbers.
        unsafe { (self.sum)(a, b) }
    }

    fn give(self, value: i32) -> i32 {
        self.wait(self.give, value)
    }

    fn give_now(self, value: i32) -> i32 {
        self.wait(self.give_now, value)
    }

    fn keep_text(self, value: &CStr) -> CString {
        self.text(value)
    }

    fn keep_record(self, value: &Record) -> Record {
        self.record(value)
    }

    fn keep_numbers(self, value: &[f64]) -> Vec<f64> {
        self.numbers(value)
    }

    fn keep_bytes(self, value: &[u8]) -> Vec<u8> {
        self.bytes(value)
    }

    fn read_text(self, value: &CStr) -> Sum {
        self.text::<take::TextSum>(value).0
    }

    fn read_bytes(self, value: &[u8]) -> Sum {
        self.bytes::<take::BytesSum>(value).0
    }

    fn read_record(self, value: &Record) -> Sum {
        self.record::<take::RecordSum>(value).0
    }

    fn read_numbers(self, value: &[f64]) -> Sum {
        self.numbers::<take::NumbersSum>(value).0
    }
}

/// Makes a context, and waits until it is made.
fn create(create: unsafe extern "C" fn(Callback, *mut c_void) -> *mut c_void) -> *mut c_void {
    static MADE: Pending<()> = Pending::new();
    let mut ctx = ptr::null_mut();
    MADE.wait(|cb, data| {
        // SAFETY: the callback is one for this data, which lives as long as the program.
        ctx = unsafe { create(cb, data) };
        0
    });
    ctx
}

/// What a call is answered with before it returns.
fn answered<T: Take>(call: impl FnOnce(Callback, *mut c_void) -> c_int) -> T {
    let mut answer: Option<T> = None;
    let status = call(put::<T>, (&raw mut answer).cast());
    assert_eq!(status, 0, "the call is accepted");
    answer.expect("it is answered before it returns")
}

unsafe extern "C" fn put<T: Take>(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    assert_eq!(ret, 0, "the call succeeds");
    // SAFETY: the data is that of `answered`, which waits for the call.
    let answer = unsafe { &mut *data.cast::<Option<T>>() };
    assert!(answer.is_none(), "an answer too many");
    // SAFETY: the library gave it for a function with this result.
    *answer = Some(unsafe { T::take(Raw { msg: msg.cast(), len }) });
}

/// What a call is answered with by another thread.
struct Pending<T>(Word, std::sync::Mutex<Option<T>>);

impl<T: Take> Pending<T> {
    const fn new() -> Self {
        Self(Word::new(), std::sync::Mutex::new(None))
    }

    fn wait(&'static self, call: impl FnOnce(Callback, *mut c_void) -> c_int) -> T {
        let status = call(set::<T>, ptr::from_ref(self).cast_mut().cast());
        assert_eq!(status, 0, "the call is accepted");
        self.0.take();
        self.1.lock().expect("nobody panics").take().expect("it is answered")
    }
}

unsafe extern "C" fn set<T: Take>(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    assert_eq!(ret, 0, "the call succeeds");
    // SAFETY: the data is pending, and lives as long as the program.
    let pending = unsafe { &*data.cast::<Pending<T>>() };
    // SAFETY: the library gave it for a function with this result.
    let answer = unsafe { T::take(Raw { msg: msg.cast(), len }) };
    *pending.1.lock().expect("nobody panics") = Some(answer);
    pending.0.set(1);
}
