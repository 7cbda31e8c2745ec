//! An export returns directly; what cannot be returned is zero, and told by `L_ffi_last_error`.

use crate::common::without_place;
use crate::host::{last_error, last_error_of};
use ffi_runtime::ErrorKind;
use std::ffi::c_int;
use std::thread;

unsafe extern "C" {
    safe fn beside_give_i8(value: i8) -> i8;
    safe fn beside_give_i16(value: i16) -> i16;
    safe fn beside_give_i32(value: i32) -> i32;
    safe fn beside_give_i64(value: i64) -> i64;
    safe fn beside_give_u8(value: u8) -> u8;
    safe fn beside_give_u16(value: u16) -> u16;
    safe fn beside_give_u32(value: u32) -> u32;
    safe fn beside_give_u64(value: u64) -> u64;
    safe fn beside_give_isize(value: isize) -> isize;
    safe fn beside_give_usize(value: usize) -> usize;
    safe fn beside_give_f32(value: f32) -> f32;
    safe fn beside_give_f64(value: f64) -> f64;
    safe fn beside_give_bool(value: c_int) -> c_int;
    safe fn beside_give_char(value: u32) -> u32;
    safe fn beside_give_level(value: i32) -> i32;
    safe fn beside_mixed(small: i8, real: f64, flag: c_int, letter: u32) -> f64;
    safe fn beside_answer() -> u32;
    safe fn beside_rest();
    safe fn beside_explode(fuse: i32) -> i32;
}

#[test]
fn every_scalar_goes_there_and_back() {
    for it in [i8::MIN, -1, i8::MAX] {
        assert_eq!(beside_give_i8(it), it);
    }
    for it in [i16::MIN, -1, i16::MAX] {
        assert_eq!(beside_give_i16(it), it);
    }
    for it in [i32::MIN, -1, i32::MAX] {
        assert_eq!(beside_give_i32(it), it);
    }
    for it in [i64::MIN, -1, i64::MAX] {
        assert_eq!(beside_give_i64(it), it);
    }
    for it in [0, u8::MAX] {
        assert_eq!(beside_give_u8(it), it);
    }
    for it in [0, u16::MAX] {
        assert_eq!(beside_give_u16(it), it);
    }
    for it in [0, u32::MAX] {
        assert_eq!(beside_give_u32(it), it);
    }
    for it in [0, u64::MAX] {
        assert_eq!(beside_give_u64(it), it);
    }
    for it in [isize::MIN, isize::MAX] {
        assert_eq!(beside_give_isize(it), it);
    }
    for it in [0, usize::MAX] {
        assert_eq!(beside_give_usize(it), it);
    }
    for it in [f32::MIN, -0.0, f32::INFINITY, f32::NAN] {
        assert_eq!(beside_give_f32(it).to_bits(), it.to_bits());
    }
    for it in [f64::MIN, -0.0, f64::INFINITY, f64::NAN] {
        assert_eq!(beside_give_f64(it).to_bits(), it.to_bits());
    }
    for (it, is) in [(0, 0), (1, 1), (-7, 1), (c_int::MIN, 1)] {
        assert_eq!(beside_give_bool(it), is);
    }
    for it in ['\0', 'a', '\u{d7ff}', '\u{e000}', char::MAX] {
        assert_eq!(beside_give_char(it.into()), it.into());
    }
    for it in [i32::MIN, 0, 1, i32::MAX] {
        assert_eq!(beside_give_level(it), it);
    }
    assert_eq!(beside_mixed(-1, 0.5, 2, 'A'.into()), 65.5);
    assert_eq!(beside_answer(), 42);
    beside_rest();
}

#[test]
fn what_is_no_value_gives_zero_and_is_told() {
    for (value, said) in [(0xd800, "0xd800"), (0x11_0000, "0x110000"), (u32::MAX, "0xffffffff")] {
        assert_eq!(beside_give_char(value), 0);
        assert_eq!(
            last_error_of(ErrorKind::BadRequest),
            format!("beside_give_char: value: {said} is not a Unicode scalar value")
        );
    }
    for value in [2, -1, i32::MIN + 1] {
        assert_eq!(beside_give_level(value), 0);
        assert_eq!(
            last_error_of(ErrorKind::BadRequest),
            format!("beside_give_level: value: {value} is not a value of the enumeration")
        );
    }
    assert_eq!(beside_mixed(1, 1.0, 1, u32::MAX), 0.0);
    assert_eq!(last_error_of(ErrorKind::BadRequest), "beside_mixed: letter: 0xffffffff is not a Unicode scalar value");
    assert_eq!(beside_give_char('a'.into()), 'a'.into());
}

#[test]
fn a_panic_gives_zero_and_is_told() {
    for _ in 0..3 {
        assert_eq!(beside_explode(1), 0);
        assert_eq!(without_place(&last_error_of(ErrorKind::Panicked)), "beside_explode panicked: told to explode");
        assert_eq!(beside_explode(0), 7);
    }
}

#[test]
fn each_thread_has_its_own_last_error() {
    assert_eq!(beside_explode(1), 0);
    thread::scope(|scope| {
        scope.spawn(|| {
            assert_eq!(last_error(), "");
            assert_eq!(beside_give_char(u32::MAX), 0);
            assert!(last_error_of(ErrorKind::BadRequest).starts_with("beside_give_char"));
        });
    });
    assert_eq!(without_place(&last_error_of(ErrorKind::Panicked)), "beside_explode panicked: told to explode");
}

#[test]
fn threads_call_it_side_by_side() {
    thread::scope(|scope| {
        for caller in 0..4_i64 {
            scope.spawn(move || {
                for number in 0..100_000 {
                    assert_eq!(beside_give_i64(caller * number), caller * number);
                }
            });
        }
    });
}
