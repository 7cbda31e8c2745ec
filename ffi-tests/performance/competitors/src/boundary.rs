//! What each of the three can do.

use crate::host::{Record, Sum};
use std::ffi::{CStr, CString};

/// A library, and how a host calls it. What is *read* ends as a sum, what is *kept* as the host's own.
pub(crate) trait Boundary: Copy + 'static {
    /// Adds, as functions with whatever result answer.
    fn add(self, a: i32, b: i32) -> i32;
    /// Adds, and has the sum returned.
    fn sum(self, a: i32, b: i32) -> i32;
    /// Has a worker's thread give a number back, and waits for it.
    fn give(self, value: i32) -> i32;
    /// Has an async function give a number back that it has at once.
    fn give_now(self, value: i32) -> i32;

    fn keep_text(self, value: &CStr) -> CString;
    fn keep_record(self, value: &Record) -> Record;
    fn keep_numbers(self, value: &[f64]) -> Vec<f64>;
    fn keep_bytes(self, value: &[u8]) -> Vec<u8>;

    fn read_text(self, value: &CStr) -> Sum;
    fn read_bytes(self, value: &[u8]) -> Sum;

    /// Unless said otherwise, a record must be decoded to be read.
    fn read_record(self, value: &Record) -> Sum {
        Sum::of_record(&self.keep_record(value))
    }

    /// Unless said otherwise, numbers must be decoded to be read.
    fn read_numbers(self, value: &[f64]) -> Sum {
        Sum::of_numbers(&self.keep_numbers(value))
    }
}
