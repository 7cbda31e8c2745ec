//! A record of messages, in Rust, in C and for serde, which is what it is compared with.

use ffi_runtime::ffi;
use serde::{Deserialize, Serialize};

/// One message of a record.
#[ffi(rename_all = "camelCase")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// What to say.
    pub text: String,
    /// How long to wait first, in milliseconds.
    pub delay_ms: i64,
}

/// Several messages with things that may be absent.
#[ffi(rename_all = "camelCase")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
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

impl Record {
    /// A record with this many messages, each of other length and number.
    pub fn with_messages(count: i64) -> Self {
        Self {
            name: "a record of messages".to_owned(),
            messages: (0..count)
                .map(|number| Message { text: format!("message number {number}"), delay_ms: number * 40 })
                .collect(),
            tags: ["urgent", "internal"].map(str::to_owned).to_vec(),
            note: Some("to be read at once".to_owned()),
            retries: Some(3),
        }
    }
}
