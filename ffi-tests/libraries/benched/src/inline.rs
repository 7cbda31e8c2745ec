//! Functions that run on the calling thread.

use crate::record::Record;
use ffi_runtime::ffi;

/// Adds, and answers by the callback.
#[ffi]
pub fn benched_add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// Adds, and returns the sum.
#[ffi(export)]
pub fn benched_sum(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// Gives a text back.
#[ffi]
pub fn benched_echo_text(value: String) -> String {
    value
}

/// Gives a record back.
#[ffi]
pub fn benched_echo_record(value: Record) -> Record {
    value
}

/// Gives numbers back.
#[ffi]
pub fn benched_echo_numbers(value: Vec<f64>) -> Vec<f64> {
    value
}

/// Gives bytes back.
#[ffi]
pub fn benched_echo_bytes(value: Vec<u8>) -> Vec<u8> {
    value
}
