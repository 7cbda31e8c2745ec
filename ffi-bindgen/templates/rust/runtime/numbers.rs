//! Numbers of CBOR: integers of any size, as far as a float or 64 bits hold them.

/// A number of CBOR.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    /// An integer of 64 bits, with a sign or without.
    Integer(i128),
    Float(f64),
    /// An integer beyond 64 bits, where it is exactly a float.
    Beyond(Option<f64>),
}

/// The integer with these digits of eight bits, the greatest first; with a sign, it is -1 less that.
pub(super) fn bignum(has_sign: bool, bytes: &[u8]) -> Number {
    let digits = &bytes[bytes.iter().take_while(|&&byte| byte == 0).count()..];
    if digits.len() <= size_of::<u64>() {
        let value = digits.iter().fold(0, |value, &byte| value << 8 | i128::from(byte));
        return Number::Integer(if has_sign { !value } else { value });
    }
    let mut digits = digits.to_vec();
    if has_sign {
        // One more, without its sign.
        let nines = digits.iter().rev().take_while(|&&byte| byte == u8::MAX).count();
        let kept = digits.len() - nines;
        digits[kept..].fill(0);
        match kept.checked_sub(1) {
            Some(last) => digits[last] += 1,
            None => digits.insert(0, 1),
        }
    }
    let value = exactly(&digits);
    Number::Beyond(value.map(|value| if has_sign { -value } else { value }))
}

/// What these digits of eight bits are, the greatest first, where 128 bits hold it.
pub(super) fn magnitude(bytes: &[u8]) -> Option<u128> {
    let digits = &bytes[bytes.iter().take_while(|&&byte| byte == 0).count()..];
    (digits.len() <= size_of::<u128>()).then(|| digits.iter().fold(0, |value, &byte| value << 8 | u128::from(byte)))
}

/// The float that digits of eight bits are exactly, where they are one: few of them, before zeros alone.
fn exactly(digits: &[u8]) -> Option<f64> {
    let zeros = digits.iter().rev().take_while(|&&byte| byte == 0).count();
    let significant = &digits[..digits.len() - zeros];
    if significant.len() > size_of::<u64>() {
        return None;
    }
    let mantissa = significant.iter().fold(0, |value, &byte| value << 8 | u64::from(byte));
    let exact = mantissa as f64 * 2_f64.powi(i32::try_from(8 * zeros).ok()?);
    ((mantissa as f64) as u128 == u128::from(mantissa) && exact.is_finite()).then_some(exact)
}
