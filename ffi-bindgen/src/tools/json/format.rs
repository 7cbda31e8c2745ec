//! Times as text: spans as `1.5s`, points as RFC 3339 has them.

use ffi_runtime::rfc3339;

/// The nanoseconds of a second.
const SECOND: u32 = 1_000_000_000;

/// A span of so many seconds and nanoseconds.
pub(super) fn duration(secs: u64, nanos: u32) -> String {
    format!("{secs}{}s", fraction(nanos))
}

/// The seconds and nanoseconds of such a text.
pub(super) fn parse_duration(text: &str) -> Option<(u64, u32)> {
    let number = text.strip_suffix('s')?;
    let (secs, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(secs) || !is_digits(fraction) || fraction.len() > 9 {
        return None;
    }
    Some((secs.parse().ok()?, format!("{fraction:0<9}").parse().ok()?))
}

/// A point in time, where its year has four digits.
pub(super) fn time(secs: i64, nanos: u32) -> Option<String> {
    rfc3339::format(secs).map(|text| format!("{text}{}Z", fraction(nanos)))
}

/// The seconds since 1970 and the nanoseconds after those of such a text.
pub(super) fn parse_time(text: &str) -> Option<(i64, u32)> {
    rfc3339::parse(text)
}

/// A part of a second, without zeros at its end.
fn fraction(nanos: u32) -> String {
    debug_assert!(nanos < SECOND);
    if nanos == 0 { String::new() } else { format!(".{nanos:09}").trim_end_matches('0').to_owned() }
}
