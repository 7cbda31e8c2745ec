//! The measured functions, exported by BoltFFI.

use boltffi::{data, export};
use std::sync::{LazyLock, mpsc};
use std::thread;
use tokio::sync::oneshot;

boltffi::scaffolding!();

/// One message of a batch.
#[data]
pub struct Message {
    /// What to say.
    pub text: String,
    /// How long to wait first, in milliseconds.
    pub delay_ms: i64,
}

/// Several messages with things that may be absent.
#[data]
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
#[export]
pub fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// Gives a text back.
#[export]
pub fn echo_text(value: String) -> String {
    value
}

/// Gives a batch back.
#[export]
pub fn echo_batch(value: Batch) -> Batch {
    value
}

/// Gives numbers back.
#[export]
pub fn echo_numbers(value: Vec<f64>) -> Vec<f64> {
    value
}

/// Gives bytes back.
#[export]
pub fn echo_bytes(value: Vec<u8>) -> Vec<u8> {
    value
}

/// Gives a number back, from a worker's thread: futures are polled on the caller's, and the worker
/// is the library's own business.
#[export]
pub async fn give(value: i32) -> i32 {
    let (reply, answer) = oneshot::channel();
    WORKER.send(Job { value, reply }).expect("the worker waits for it");
    answer.await.expect("the worker answers")
}

/// Gives a number back, from the thread that asks.
#[export]
pub async fn give_now(value: i32) -> i32 {
    value
}

/// A number for the worker to give back.
struct Job {
    value: i32,
    reply: oneshot::Sender<i32>,
}

/// The worker's inbox; it is started at the first call.
static WORKER: LazyLock<mpsc::Sender<Job>> = LazyLock::new(|| {
    let (sender, inbox) = mpsc::channel::<Job>();
    thread::spawn(move || {
        for Job { value, reply } in inbox {
            let _ = reply.send(value);
        }
    });
    sender
});
