//! UniFFI's C symbols, called as its generated bindings call them: what is no scalar crosses in buffers
//! of the library.

mod buffer;

use crate::boundary::Boundary;
use crate::coding::{Big, Coded, Reader, Writer};
use crate::host::{Record, Sum, Word, own_text};
use crate::library::Library;
use buffer::{Buffers, ForeignBytes, RustBuffer, RustCallStatus, checked};
use std::ffi::{CStr, CString};
use std::ptr;

/// What a poll of a future comes to.
const READY: i8 = 0;

type Echo = unsafe extern "C" fn(RustBuffer, *mut RustCallStatus) -> RustBuffer;

#[derive(Clone, Copy)]
pub(crate) struct UniFfi {
    buffers: Buffers,
    add: unsafe extern "C" fn(i32, i32, *mut RustCallStatus) -> i32,
    echo_text: Echo,
    echo_batch: Echo,
    echo_numbers: Echo,
    echo_bytes: Echo,
    give: unsafe extern "C" fn(i32) -> u64,
    give_now: unsafe extern "C" fn(i32) -> u64,
    poll: unsafe extern "C" fn(u64, unsafe extern "C" fn(u64, i8), u64),
    complete: unsafe extern "C" fn(u64, *mut RustCallStatus) -> i32,
    free: unsafe extern "C" fn(u64),
}

impl UniFfi {
    pub(crate) fn load() -> Self {
        let library = Library::load("peer_uniffi");
        // SAFETY: the signatures are those that the bindings declare.
        unsafe {
            Self {
                buffers: Buffers::load(library),
                add: library.get("uniffi_peer_uniffi_fn_func_add"),
                echo_text: library.get("uniffi_peer_uniffi_fn_func_echo_text"),
                echo_batch: library.get("uniffi_peer_uniffi_fn_func_echo_batch"),
                echo_numbers: library.get("uniffi_peer_uniffi_fn_func_echo_numbers"),
                echo_bytes: library.get("uniffi_peer_uniffi_fn_func_echo_bytes"),
                give: library.get("uniffi_peer_uniffi_fn_func_give"),
                give_now: library.get("uniffi_peer_uniffi_fn_func_give_now"),
                poll: library.get("ffi_peer_uniffi_rust_future_poll_i32"),
                complete: library.get("ffi_peer_uniffi_rust_future_complete_i32"),
                free: library.get("ffi_peer_uniffi_rust_future_free_i32"),
            }
        }
    }

    /// Polls a future until it is ready, and takes what it comes to.
    fn wait(self, give: unsafe extern "C" fn(i32) -> u64, value: i32) -> i32 {
        static POLLED: Word = Word::new();
        unsafe extern "C" fn resume(data: u64, poll: i8) {
            // SAFETY: the data is the word below, which lives as long as the program.
            let word = unsafe { &*ptr::with_exposed_provenance::<Word>(data as usize) };
            word.set(u32::from(poll.unsigned_abs()) + 1);
        }
        // SAFETY: it takes any number.
        let future = unsafe { give(value) };
        let data = ptr::from_ref(&POLLED).expose_provenance() as u64;
        loop {
            // SAFETY: the future is not freed yet, and the callback is one for this data.
            unsafe { (self.poll)(future, resume, data) };
            if POLLED.take() == u32::from(READY.unsigned_abs()) + 1 {
                break;
            }
        }
        // SAFETY: the future is ready.
        let answer = checked(|status| unsafe { (self.complete)(future, status) });
        // SAFETY: it is not used any more.
        unsafe { (self.free)(future) };
        answer
    }

    /// Echoes a buffer, and reads what comes back before it is freed.
    fn echo<R>(self, function: Echo, buffer: RustBuffer, read: impl FnOnce(&[u8]) -> R) -> R {
        // SAFETY: the buffer is the library's own, and given up.
        let answer = checked(|status| unsafe { function(buffer, status) });
        let result = read(answer.bytes());
        self.buffers.free(answer);
        result
    }

    /// A text is a buffer's bytes, without its length.
    fn text<R>(self, value: &CStr, read: impl FnOnce(&[u8]) -> R) -> R {
        let buffer = self.buffers.copy_of(ForeignBytes::of(value.to_bytes()));
        self.echo(self.echo_text, buffer, read)
    }

    /// Everything else is written into a buffer of the size that it needs.
    fn coded<T: Coded + ?Sized, R>(self, function: Echo, value: &T, read: impl FnOnce(&[u8]) -> R) -> R {
        let mut buffer = self.buffers.alloc(value.size());
        Writer::<Big>::fill(buffer.filled(), value);
        self.echo(function, buffer, read)
    }
}

impl Boundary for UniFfi {
    fn add(self, a: i32, b: i32) -> i32 {
        // SAFETY: it takes any two numbers.
        checked(|status| unsafe { (self.add)(a, b, status) })
    }

    fn sum(self, a: i32, b: i32) -> i32 {
        self.add(a, b)
    }

    fn give(self, value: i32) -> i32 {
        self.wait(self.give, value)
    }

    fn give_now(self, value: i32) -> i32 {
        self.wait(self.give_now, value)
    }

    fn keep_text(self, value: &CStr) -> CString {
        self.text(value, own_text)
    }

    fn keep_record(self, value: &Record) -> Record {
        self.coded(self.echo_batch, value, |bytes| Reader::<Big>::all(bytes, Reader::record))
    }

    fn keep_numbers(self, value: &[f64]) -> Vec<f64> {
        self.coded(self.echo_numbers, value, |bytes| Reader::<Big>::all(bytes, Reader::numbers))
    }

    fn keep_bytes(self, value: &[u8]) -> Vec<u8> {
        self.coded(self.echo_bytes, value, |bytes| Reader::<Big>::all(bytes, |reader| reader.bytes().to_vec()))
    }

    fn read_text(self, value: &CStr) -> Sum {
        self.text(value, Sum::of_text)
    }

    fn read_bytes(self, value: &[u8]) -> Sum {
        self.coded(self.echo_bytes, value, |bytes| Reader::<Big>::all(bytes, |reader| Sum::of_bytes(reader.bytes())))
    }
}
