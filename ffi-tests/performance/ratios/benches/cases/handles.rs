//! A handle, which is checked and held open for the length of a call, against a bare pointer, which
//! is compared with NULL.
//!
//! The runtime's own slots, whose code is compiled into this program, and each side behind a
//! function of C.

use crate::measure::{Case, Work, repeat};
use crate::slots::{Handle, Slots};
use std::hint::black_box;
use std::ptr;
use std::sync::Arc;

static SLOTS: Slots<Entry> = Slots::new();

/// What stands for a context.
#[derive(Debug)]
struct Entry {
    handle: Handle,
    number: u64,
}

pub(crate) fn cases() -> Vec<Case> {
    let case = Case::new("a handle's check and its gate", by_handle(), ("a pointer's check", by_pointer()), 1.6);
    vec![case.because("going in and out takes two locked instructions, and the pointer's check none")]
}

fn by_handle() -> Work {
    let make = |handle| Arc::new(Entry { handle, number: 7 });
    let handle = SLOTS.open(make).expect("there is room").handle.into_raw();
    let enter = black_box(enter as extern "C" fn(usize) -> u64);
    repeat(move || enter(black_box(handle)))
}

/// What every entry point does: it looks, and later goes in.
extern "C" fn enter(handle: usize) -> u64 {
    let handle = Handle::from_raw(handle);
    let Some(gate) = SLOTS.open_gate(handle) else { return 0 };
    gate.enter(handle.generation()).map_or(0, |entry| entry.number)
}

fn by_pointer() -> Work {
    let number: &'static u64 = Box::leak(Box::new(7));
    let follow = black_box(follow as unsafe extern "C" fn(*const u64) -> u64);
    repeat(move || {
        // SAFETY: the number lives as long as the program.
        unsafe { follow(black_box(ptr::from_ref(number))) }
    })
}

/// # Safety
/// The pointer must be NULL or readable.
unsafe extern "C" fn follow(pointer: *const u64) -> u64 {
    // SAFETY: the caller's promise.
    unsafe { pointer.as_ref() }.copied().unwrap_or(0)
}
