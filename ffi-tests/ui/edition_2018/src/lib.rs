//! A library in edition 2018, with a function of each kind.
#![deny(warnings, missing_docs, unsafe_code, clippy::all)]
#![allow(clippy::needless_pass_by_value)]

use ffi_runtime::ffi;

ffi_runtime::library!("old18", shared);

/// The state.
#[ffi(state)]
pub struct Old {
    count: std::sync::atomic::AtomicU32,
}

/// A value with names that are keywords in later editions.
#[ffi]
#[derive(Debug, Clone)]
pub struct Value {
    /// A keyword of the next edition.
    pub r#async: i32,
    /// Another.
    pub r#dyn: Option<Vec<u8>>,
}

/// A choice.
#[ffi(rename_all = "snake_case")]
#[derive(Clone, Copy)]
pub enum Choice {
    /// One.
    One,
    /// The other.
    Other,
}

/// Makes it.
///
/// # Errors
/// Never.
#[ffi(ctor)]
pub fn old18_create(value: Value) -> Result<Old, String> {
    Ok(Old { count: std::sync::atomic::AtomicU32::new(value.r#async.unsigned_abs()) })
}

/// Turns a value.
#[ffi]
pub fn old18_turn(_state: &Old, value: Value, r#try: bool, choice: Option<Choice>) -> Result<Value, String> {
    on_turn(1, choice.unwrap_or(Choice::One));
    if r#try {
        Ok(value)
    } else {
        Err(String::new())
    }
}

/// Counts at once.
#[ffi(inline)]
pub fn old18_count(state: &Old) -> u32 {
    state.count.load(std::sync::atomic::Ordering::Relaxed)
}

/// Needs no state.
#[ffi]
pub fn old18_parse(text: String) -> Result<i64, String> {
    text.parse().map_err(|error: std::num::ParseIntError| error.to_string())
}

/// Returns directly.
#[ffi(export)]
pub fn old18_twice(number: u32, letter: char) -> u32 {
    number * 2 + letter as u32
}

/// Several values.
#[ffi(event)]
pub fn on_turn(r#async: u8, choice: Choice);

/// Ends it.
#[ffi(dtor)]
pub fn old18_destroy(_state: Old) {}
