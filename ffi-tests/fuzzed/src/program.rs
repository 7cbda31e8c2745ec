//! A host's program: contexts made and destroyed, calls sound and broken, listeners, cancels and
//! what is ready polled, from outside and from inside callbacks. Asserted is that
//!
//! - every call with a callback is answered exactly once, and before the entry point returns, on
//!   the calling thread, where that did not return 0;
//! - no callback of a context fires after `L_destroy` returned 0 from outside, or after the
//!   callback of `L_ffi_close`; none of a listener once it was removed, nor is it running then;
//! - a warning of a call that is pending comes only from a library that warns, and never after the
//!   answer;
//! - what echoes gives back what it was given;
//! - no thread of the library is left in the end.

mod callbacks;
mod library;
mod machine;
mod requests;
mod steps;

use crate::bytes::Bytes;
use library::{BRIEF, EVERY};
use machine::Machine;

/// Runs the program that the bytes are, in the library with every type, or in one whose limits are
/// reached within milliseconds.
pub fn program(data: &[u8]) {
    // Callbacks come on any thread: it must outlive them all, even where this fails.
    let mut bytes = Bytes::new(data);
    let first = bytes.byte();
    let library = [&EVERY, &BRIEF][usize::from(first % 2)];
    let machine: &'static Machine = Box::leak(Box::new(Machine::new(library, first > 0xf8)));
    machine.run(&mut bytes, 0);
    machine.end();
    // SAFETY: it was leaked above, and every callback has returned that knows of it.
    drop(unsafe { Box::from_raw(std::ptr::from_ref(machine).cast_mut()) });
}
