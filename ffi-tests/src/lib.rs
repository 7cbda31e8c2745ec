//! The library of the tests: every type in every position, and handlers that misbehave in
//! every way the runtime must survive.

#![forbid(unsafe_code)]

pub mod echoes;
pub mod events;
pub mod everything;
pub mod failures;
pub mod here;
pub mod misuse;
pub mod schedule;
pub mod storm;

use ffi_runtime::ffi;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};

ffi_runtime::library!(
    "every",
    queue_limit = 20_000,
    request_limit = 4_194_304,
    memory_limit = 8_388_608,
    grace_ms = 1_500,
    event_limit = 1_024
);

/// The ends that the states of this process came to, by name.
static ENDS: Mutex<Vec<(String, End)>> = Mutex::new(Vec::new());

/// A step in a state's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The destructor body ran.
    Destroyed,
    /// The state was dropped.
    Dropped,
}

/// A library with every type.
///
/// Its documentation has what a C comment cannot: */ and /* and a trailing \
/// and what C once read as a backslash??/
#[ffi(state)]
pub struct Every {
    name: String,
    home: ThreadId,
    /// Neither `Send` nor `Sync`: the state stays on its worker.
    log: Rc<RefCell<Vec<String>>>,
    total: Cell<i64>,
}

/// How the library's state is made.
#[ffi]
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Its name.
    pub name: String,
    /// Fails with this text where it is set.
    pub failure: Option<String>,
    /// Waits as long first, in milliseconds.
    pub delay_ms: u32,
}

/// A failure, which only its alternate form tells.
pub struct CreateError(String);

impl fmt::Display for CreateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if f.alternate() { &self.0 } else { "a failure without its cause" })
    }
}

/// Makes the state, or fails as told. Where the name is `fires N`, it fires `on_number` N times first.
#[ffi(ctor)]
pub async fn every_create(config: Config) -> Result<Every, CreateError> {
    let fires = config.name.strip_prefix("fires ").and_then(|count| count.parse().ok());
    (0..fires.unwrap_or(0)).for_each(events::on_number);
    tokio::time::sleep(std::time::Duration::from_millis(config.delay_ms.into())).await;
    match config.failure.as_deref() {
        Some("panic") => panic!("the constructor was told to panic"),
        Some(failure) => Err(CreateError(failure.to_owned())),
        None => Ok(Every { name: config.name, home: thread::current().id(), log: Rc::default(), total: Cell::new(0) }),
    }
}

/// Ends the state.
#[ffi(dtor)]
pub async fn every_destroy(every: Every) {
    tokio::task::yield_now().await;
    assert_eq!(every.home, thread::current().id(), "the destructor runs on the worker");
    every.note(End::Destroyed);
    assert_ne!(every.name, "panic in the destructor", "the destructor was told to panic");
}

impl Drop for Every {
    fn drop(&mut self) {
        assert_eq!(self.home, thread::current().id(), "the state is dropped on the worker");
        self.note(End::Dropped);
    }
}

impl Every {
    /// Notes a step, unless the state has no name to be asked for by.
    fn note(&self, end: End) {
        if self.name.is_empty() {
            return;
        }
        ENDS.lock().unwrap_or_else(PoisonError::into_inner).push((self.name.clone(), end));
    }
}

/// What became of the states with this name, in order.
pub fn ends(name: &str) -> Vec<End> {
    let ends = ENDS.lock().unwrap_or_else(PoisonError::into_inner);
    ends.iter().filter(|(of, _)| of == name).map(|&(_, end)| end).collect()
}

/// The name that the constructor was given.
#[ffi]
pub fn every_name(every: &Every) -> String {
    every.name.clone()
}
