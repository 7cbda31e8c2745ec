//! A library in edition 2021, with names that are keywords in the next.
#![deny(warnings, missing_docs, unsafe_code, clippy::all, clippy::pedantic)]
#![allow(clippy::unnecessary_wraps, clippy::needless_pass_by_value)]

use ffi_runtime::ffi;

ffi_runtime::library!("old");

/// The state.
#[ffi(state)]
pub struct Old {
    gen: u32,
}

/// A value.
#[ffi]
pub struct Value {
    /// A keyword of the next edition.
    pub gen: u32,
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
pub fn old_create(value: Value) -> Result<Old, String> {
    Ok(Old { gen: value.gen })
}

/// Sets it.
#[ffi]
pub async fn old_set(state: &mut Old, gen: u32, choice: Option<Choice>) -> Value {
    std::future::ready(()).await;
    state.gen = if choice.is_some() { gen } else { 0 };
    Value { gen: state.gen }
}

/// Several values.
#[ffi(event)]
pub fn on_gen(r#gen: u8, choice: Choice);

/// Ends it.
#[ffi(dtor)]
pub fn old_destroy(_state: Old) {}
