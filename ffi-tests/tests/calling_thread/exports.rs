//! Exports return directly; what goes wrong is zero, and told by `L_ffi_last_error`.

use crate::common::{Host, in_own_process, last_error, without_place};
use std::ffi::c_int;

// Links the library whose symbols are declared below.
use every as _;

unsafe extern "C" {
    safe fn every_divide(number: i32, by: i32) -> i32;
    safe fn every_next_level(level: i32) -> i32;
    safe fn every_ignore(number: u8);
    safe fn every_same_i8(value: i8) -> i8;
    safe fn every_same_i16(value: i16) -> i16;
    safe fn every_same_i32(value: i32) -> i32;
    safe fn every_same_i64(value: i64) -> i64;
    safe fn every_same_isize(value: isize) -> isize;
    safe fn every_same_u8(value: u8) -> u8;
    safe fn every_same_u16(value: u16) -> u16;
    safe fn every_same_u32(value: u32) -> u32;
    safe fn every_same_u64(value: u64) -> u64;
    safe fn every_same_usize(value: usize) -> usize;
    safe fn every_same_f32(value: f32) -> f32;
    safe fn every_same_f64(value: f64) -> f64;
    safe fn every_same_bool(value: c_int) -> c_int;
    safe fn every_same_char(value: u32) -> u32;
}

macro_rules! come_back {
    ($($function:ident($($value:expr),*))*) => {
        $($(assert_eq!($function($value), $value, stringify!($function));)*)*
    };
}

#[test]
fn every_scalar_comes_back() {
    come_back! {
        every_same_i8(i8::MIN, -1, i8::MAX)
        every_same_i16(i16::MIN, -1, i16::MAX)
        every_same_i32(i32::MIN, -1, i32::MAX)
        every_same_i64(i64::MIN, -1, i64::MAX)
        every_same_isize(isize::MIN, -1, isize::MAX)
        every_same_u8(0, u8::MAX)
        every_same_u16(0, u16::MAX)
        every_same_u32(0, u32::MAX)
        every_same_u64(0, u64::MAX)
        every_same_usize(0, usize::MAX)
        every_same_f32(f32::MIN, -0.0, f32::INFINITY)
        every_same_f64(f64::MIN, -0.0, f64::INFINITY)
        every_same_char(0, 0x41, 0x10_ffff)
    }
    assert!(every_same_f64(f64::NAN).is_nan());
    // As everywhere, an `int` of C is true where it is not zero, and 0 or 1 comes back.
    assert_eq!([0, 1, 2, -1, c_int::MIN].map(|value| every_same_bool(value)), [0, 1, 1, 1, 1]);
    assert_eq!([i32::MIN, 0, 1, i32::MAX].map(|level| every_next_level(level)), [0, 1, i32::MAX, i32::MIN]);
    every_ignore(1);
}

#[test]
fn what_goes_wrong_is_zero_and_told() {
    assert_eq!(every_divide(6, 3), 2);
    assert_eq!(every_divide(6, 0), 0);
    assert_eq!(without_place(&last_error()), "every_divide panicked: attempt to divide by zero");
    assert_eq!(every_next_level(7), 0);
    assert_eq!(last_error(), "every_next_level: thisLevel: 7 is not a value of the enumeration");
    assert_eq!(every_same_char(0xd800), 0);
    assert_eq!(last_error(), "every_same_char: value: 0xd800 is not a Unicode scalar value");
    assert_eq!(every_divide(i32::MIN, -1), 0);
    assert_eq!(every_divide(9, 3), 3, "and the next call works");
    let there = std::thread::spawn(last_error).join().expect("no panic");
    assert_eq!(there, "", "the text is this thread's");
}

/// Ends this process within a minute, whatever the signal was that whoever started the tests ignores.
fn bound_child() {
    // SAFETY: the default action is valid.
    unsafe { libc::signal(libc::SIGALRM, libc::SIG_DFL) };
    // SAFETY: any time is fine.
    unsafe { libc::alarm(60) };
}

/// In a child of this process; whether `test` holds there.
fn holds_in_child(test: impl FnOnce() -> bool) -> bool {
    // SAFETY: the default action is valid, and a parent that ignores this signal could not wait.
    unsafe { libc::signal(libc::SIGCHLD, libc::SIG_DFL) };
    // SAFETY: the child only asks the library, and ends without running anybody's destructors.
    match unsafe { libc::fork() } {
        0 => {
            bound_child();
            // SAFETY: as above.
            unsafe { libc::_exit(c_int::from(!test())) }
        }
        child => {
            let mut status = -1;
            // SAFETY: the status is writable.
            assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
            status == 0
        }
    }
}

#[test]
fn a_child_with_the_contexts_of_its_parent_is_refused() {
    in_own_process("exports::a_child_with_the_contexts_of_its_parent_is_refused", || {
        let upper = || Host::at(0).call("every_thread_here", &crate::common::map([]));
        assert_eq!(every_divide(6, 3), 2);
        upper().ok();
        assert!(holds_in_child(|| every_divide(6, 3) == 2 && upper().ret == 0), "no context was alive");
        let host = Host::new();
        assert!(holds_in_child(|| {
            every_divide(6, 3) == 0
                && last_error() == "every_divide: not usable after fork"
                && upper().error() == "every_thread_here: not usable after fork"
        }));
        assert_eq!(every_divide(6, 3), 2, "the parent goes on");
        assert_eq!(host.destroy(), 0);
    });
}
