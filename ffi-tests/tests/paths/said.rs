//! Asserts what bytes are read as, and what a value is written as.

use crate::common::hex;
use ffi_runtime::{FfiType, from_cbor, to_cbor};
use std::fmt::Debug;

pub(crate) const BUDGET: usize = 1 << 20;

#[track_caller]
pub(crate) fn is<T: FfiType + Debug + PartialEq>(value: T, golden: &str) {
    assert_eq!(to_cbor(&value).expect("encodes"), hex(golden));
    reads(golden, value);
}

#[track_caller]
pub(crate) fn reads<T: FfiType + Debug + PartialEq>(bytes: &str, value: T) {
    assert_eq!(from_cbor::<T>(&hex(bytes), BUDGET).map_err(|fault| fault.to_string()), Ok(value));
}

#[track_caller]
pub(crate) fn refuses<T: FfiType + Debug>(bytes: &str, text: &str) {
    assert_eq!(from_cbor::<T>(&hex(bytes), BUDGET).expect_err("a fault").to_string(), text);
}
