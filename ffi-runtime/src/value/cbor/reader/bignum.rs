//! Integers of any size (RFC 8949, 3.4.3): those of 64 bits, and those beyond that are exactly a float.

use crate::error::{Fault, FaultKind};

/// A CBOR number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Integer(i128),
    Float(f64),
    /// An integer beyond 64 bits, where it is exactly a float.
    Beyond(Option<f64>),
}

/// Returns the integer with these digits of eight bits, the greatest first; a negative one is -1 less that.
pub(super) fn number(is_negative: bool, bytes: &[u8]) -> Number {
    let digits = &bytes[bytes.iter().take_while(|&&byte| byte == 0).count()..];
    if digits.len() > size_of::<u64>() {
        return Number::Beyond(float(is_negative, digits));
    }
    let value = digits.iter().fold(0, |value, &byte| value << 8 | i128::from(byte));
    Number::Integer(if is_negative { !value } else { value })
}

/// Returns what these digits of eight bits are, the greatest first, where 128 bits hold it.
pub(super) fn magnitude(bytes: &[u8]) -> Option<u128> {
    let digits = &bytes[bytes.iter().take_while(|&&byte| byte == 0).count()..];
    (digits.len() <= size_of::<u128>()).then(|| digits.iter().fold(0, |value, &byte| value << 8 | u128::from(byte)))
}

/// Returns the fault of an integer that is wider than the type.
#[cold]
#[inline(never)]
pub(super) fn too_wide(ty: &'static str) -> Fault {
    FaultKind::OutOfRange { value: "a bignum".to_owned(), ty }.into()
}

/// Returns the float that such digits are exactly: a few of them, and zeros behind, or what one more makes zeros.
fn float(is_negative: bool, digits: &[u8]) -> Option<f64> {
    let last = if is_negative { u8::MAX } else { 0 };
    let zeros = digits.iter().rev().take_while(|&&byte| byte == last).count();
    let kept = &digits[..digits.len() - zeros];
    if kept.len() > size_of::<u64>() {
        return None;
    }
    let mantissa = kept.iter().fold(0, |value, &byte| value << 8 | u128::from(byte)) + u128::from(is_negative);
    let exponent = i32::try_from(8 * zeros).ok().filter(|&exponent| exponent < f64::MAX_EXP)?;
    let value = mantissa as f64 * 2_f64.powi(exponent);
    let is_exact = (mantissa as f64) as u128 == mantissa && value.is_finite();
    is_exact.then_some(if is_negative { -value } else { value })
}
