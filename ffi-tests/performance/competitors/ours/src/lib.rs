//! The measured functions, exported by this project.

use ffi_runtime::ffi;

ffi_runtime::library!("ours", shared);

/// A library whose functions need no state; a context is made for its worker alone.
#[ffi(state)]
pub struct Ours;

/// Makes the state, of which there is nothing to make.
#[ffi(ctor)]
pub fn ours_create() -> Ours {
    Ours
}

/// Ends the state.
#[ffi(dtor)]
pub fn ours_destroy(_ours: Ours) {}

/// One message of a batch.
#[ffi]
pub struct Message {
    /// What to say.
    pub text: String,
    /// How long to wait first, in milliseconds.
    pub delay_ms: i64,
}

/// Several messages with things that may be absent.
#[ffi]
pub struct Batch {
    /// Whose messages they are.
    pub name: String,
    /// The messages.
    pub messages: Vec<Message>,
    /// Any words.
    pub tags: Vec<String>,
    /// A remark.
    pub note: Option<String>,
    /// How often to try again.
    pub retries: Option<i64>,
}

/// Adds.
#[ffi]
pub fn ours_add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// Adds, and returns the sum.
#[ffi(export)]
pub fn ours_sum(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// Gives a text back.
#[ffi]
pub fn ours_echo_text(value: String) -> String {
    value
}

/// Gives a batch back.
#[ffi]
pub fn ours_echo_batch(value: Batch) -> Batch {
    value
}

/// Gives numbers back.
#[ffi]
pub fn ours_echo_numbers(value: Vec<f64>) -> Vec<f64> {
    value
}

/// Gives bytes back.
#[ffi]
pub fn ours_echo_bytes(value: Vec<u8>) -> Vec<u8> {
    value
}

/// Gives a number back, from the worker's thread.
#[ffi]
pub async fn ours_give(_ours: &Ours, value: i32) -> i32 {
    value
}

/// Gives a number back, from the thread that asks.
#[ffi(inline)]
pub async fn ours_give_now(_ours: &Ours, value: i32) -> i32 {
    value
}
