//! BoltFFI's C symbols, called as its generated bindings call them: numbers cross as arrays, all else
//! that is no scalar as buffers, the host's on the way in and the library's on the way out.

use crate::boundary::Boundary;
use crate::coding::{Coded, Little, Reader, Writer};
use crate::host::{Record, Sum, Word, own_text};
use crate::library::Library;
use std::ffi::{CStr, CString, c_void};
use std::ptr;

/// What a poll of a future comes to.
const READY: i8 = 0;

#[repr(C)]
struct FfiBuf {
    ptr: *mut u8,
    len: usize,
    cap: usize,
    align: usize,
}

#[repr(C)]
struct FfiStatus {
    code: i32,
}

type Echo = unsafe extern "C" fn(*const u8, usize) -> FfiBuf;

/// An async function, which has functions of its own for its future.
#[derive(Clone, Copy)]
struct Async {
    give: unsafe extern "C" fn(i32) -> *const c_void,
    poll: unsafe extern "C" fn(*const c_void, u64, unsafe extern "C" fn(u64, i8)) -> i8,
    complete: unsafe extern "C" fn(*const c_void, *mut FfiStatus) -> i32,
    free: unsafe extern "C" fn(*const c_void),
}

#[derive(Clone, Copy)]
pub(crate) struct BoltFfi {
    add: unsafe extern "C" fn(i32, i32) -> i32,
    echo_text: Echo,
    echo_batch: Echo,
    echo_numbers: unsafe extern "C" fn(*const f64, usize) -> FfiBuf,
    echo_bytes: Echo,
    free_buffer: unsafe extern "C" fn(FfiBuf),
    give: Async,
    give_now: Async,
}

impl BoltFfi {
    pub(crate) fn load() -> Self {
        let library = Library::load("peer_boltffi");
        // SAFETY: the signatures are those of the generated header.
        unsafe {
            Self {
                add: library.get("boltffi_function_12peer_boltffi3add"),
                echo_text: library.get("boltffi_function_12peer_boltffi9echo_text"),
                echo_batch: library.get("boltffi_function_12peer_boltffi10echo_batch"),
                echo_numbers: library.get("boltffi_function_12peer_boltffi12echo_numbers"),
                echo_bytes: library.get("boltffi_function_12peer_boltffi10echo_bytes"),
                free_buffer: library.get("boltffi_free_buf"),
                give: Async::load(library, "4give"),
                give_now: Async::load(library, "8give_now"),
            }
        }
    }

    /// Echoes a value in a buffer, and reads what comes back before it is freed.
    fn coded<T: Coded + ?Sized, R>(
        self,
        function: Echo,
        value: &T,
        read: impl FnOnce(&mut Reader<'_, Little>) -> R,
    ) -> R {
        let mut buffer = vec![0; value.size()];
        Writer::<Little>::fill(&mut buffer, value);
        // SAFETY: the buffer is there until the call returns.
        let answer = unsafe { function(buffer.as_ptr(), buffer.len()) };
        // SAFETY: an answer is never empty, as it begins with a length.
        let bytes = unsafe { std::slice::from_raw_parts(answer.ptr, answer.len) };
        let result = Reader::all(bytes, read);
        self.free(answer);
        result
    }

    /// Echoes numbers, and reads what comes back before it is freed.
    fn numbers<R>(self, value: &[f64], read: impl FnOnce(&[f64]) -> R) -> R {
        // SAFETY: the numbers are there until the call returns.
        let answer = unsafe { (self.echo_numbers)(value.as_ptr(), value.len()) };
        // SAFETY: an answer to numbers is numbers, and not empty.
        let result = read(unsafe { std::slice::from_raw_parts(answer.ptr.cast(), answer.len / size_of::<f64>()) });
        self.free(answer);
        result
    }

    fn free(self, buffer: FfiBuf) {
        // SAFETY: the buffer is the library's own, and given up.
        unsafe { (self.free_buffer)(buffer) };
    }
}

impl Async {
    /// # Safety
    /// The function of this name must take a number and come to one.
    unsafe fn load(library: Library, name: &str) -> Self {
        let of_future = |what| format!("boltffi_async_function_12peer_boltffi{name}_{what}");
        // SAFETY: the signatures are those of the generated header.
        unsafe {
            Self {
                give: library.get(&format!("boltffi_function_12peer_boltffi{name}")),
                poll: library.get(&of_future("poll")),
                complete: library.get(&of_future("complete")),
                free: library.get(&of_future("free")),
            }
        }
    }

    /// Polls the future until it is ready, and takes what it comes to.
    fn wait(self, value: i32) -> i32 {
        static POLLED: Word = Word::new();
        unsafe extern "C" fn resume(data: u64, poll: i8) {
            // SAFETY: the data is the word below, which lives as long as the program.
            let word = unsafe { &*ptr::with_exposed_provenance::<Word>(data as usize) };
            word.set(u32::from(poll.unsigned_abs()) + 1);
        }
        // SAFETY: it takes any number.
        let future = unsafe { (self.give)(value) };
        let data = ptr::from_ref(&POLLED).expose_provenance() as u64;
        loop {
            // SAFETY: the future is not freed yet, and the callback is one for this data.
            unsafe { (self.poll)(future, data, resume) };
            if POLLED.take() == u32::from(READY.unsigned_abs()) + 1 {
                break;
            }
        }
        let mut status = FfiStatus { code: 0 };
        // SAFETY: the future is ready.
        let answer = unsafe { (self.complete)(future, &raw mut status) };
        // SAFETY: it is not used any more.
        unsafe { (self.free)(future) };
        assert_eq!(status.code, 0, "the call succeeds");
        answer
    }
}

impl Boundary for BoltFfi {
    fn add(self, a: i32, b: i32) -> i32 {
        // SAFETY: it takes any two numbers.
        unsafe { (self.add)(a, b) }
    }

    fn sum(self, a: i32, b: i32) -> i32 {
        self.add(a, b)
    }

    fn give(self, value: i32) -> i32 {
        self.give.wait(value)
    }

    fn give_now(self, value: i32) -> i32 {
        self.give_now.wait(value)
    }

    fn keep_text(self, value: &CStr) -> CString {
        self.coded(self.echo_text, value, |reader| own_text(reader.bytes()))
    }

    fn keep_record(self, value: &Record) -> Record {
        self.coded(self.echo_batch, value, |reader| reader.record())
    }

    fn keep_numbers(self, value: &[f64]) -> Vec<f64> {
        self.numbers(value, <[f64]>::to_vec)
    }

    fn keep_bytes(self, value: &[u8]) -> Vec<u8> {
        self.coded(self.echo_bytes, value, |reader| reader.bytes().to_vec())
    }

    fn read_text(self, value: &CStr) -> Sum {
        self.coded(self.echo_text, value, |reader| Sum::of_text(reader.bytes()))
    }

    fn read_bytes(self, value: &[u8]) -> Sum {
        self.coded(self.echo_bytes, value, |reader| Sum::of_bytes(reader.bytes()))
    }

    fn read_numbers(self, value: &[f64]) -> Sum {
        self.numbers(value, Sum::of_numbers)
    }
}
