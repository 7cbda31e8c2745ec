//! A library whose functions run on the threads that call them: methods on a state that threads
//! share, functions without a state, and exports.

#![forbid(unsafe_code)]

pub mod alone;
pub mod direct;
pub mod inline;
pub mod misuse;
pub mod rough;

use ffi_runtime::ffi;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicI64;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

ffi_runtime::library!(
    "beside",
    shared,
    grace_ms = 500,
    queue_limit = 20_000,
    request_limit = 65_536,
    memory_limit = 131_072,
    text = "c"
);

/// A library whose functions run beside its workers, on the threads that call them. Text ends with a NUL in C, also that
/// of the types that it shares with other libraries.
#[ffi(state)]
pub struct Beside {
    name: String,
    total: AtomicI64,
}

/// How the library's state is made.
#[ffi]
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Its name.
    pub name: String,
    /// Fails with this text where it is set.
    pub failure: Option<String>,
    /// Waits first until this gate is open; 0 is none.
    pub gate: u64,
}

/// A number was told.
#[ffi(event)]
pub fn on_beside(number: i64);

/// Makes the state, or fails as told.
#[ffi(ctor)]
pub fn beside_create(config: Config) -> Result<Beside, String> {
    pass(config.gate);
    if config.name == rough::MADE_IN_ANOTHER {
        rough::stay_in_other();
    }
    match config.failure {
        Some(failure) => Err(failure),
        None => Ok(Beside { name: config.name, total: AtomicI64::new(0) }),
    }
}

/// Ends the state.
#[ffi(dtor)]
pub fn beside_destroy(_beside: Beside) {}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.name.is_empty() {
            places().ended.push(std::mem::take(&mut self.name));
        }
    }
}

/// How many states with this name were dropped.
pub fn ends(name: &str) -> usize {
    places().ended.iter().filter(|ended| *ended == name).count()
}

/// Gives back a number, on the worker.
#[ffi]
pub fn beside_queued(_beside: &Beside, value: i64) -> i64 {
    value
}

/// Blocks the worker at a gate.
#[ffi]
pub fn beside_queued_block(_beside: &Beside, gate: u64) {
    pass(gate);
}

/// Gates, the names of states that ended, and what was seen of them last.
struct Places {
    gates: BTreeMap<u64, Gate>,
    ended: Vec<String>,
    /// What handlers saw in their states when they were dropped.
    looks: Vec<String>,
}

/// Where handlers wait for as long as a host wants.
#[derive(Default)]
struct Gate {
    visitors: u64,
    is_open: bool,
}

static PLACES: Mutex<Places> = Mutex::new(Places { gates: BTreeMap::new(), ended: Vec::new(), looks: Vec::new() });
static CHANGED: Condvar = Condvar::new();

/// How long anybody waits at a gate: a test that would wait for ever fails instead.
const PATIENCE: Duration = Duration::from_secs(30);

fn places() -> MutexGuard<'static, Places> {
    PLACES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits at a gate until it opens; 0 is none.
fn pass(gate: u64) {
    if gate == 0 {
        return;
    }
    let mut places = places();
    places.gates.entry(gate).or_default().visitors += 1;
    let is_shut = |places: &mut Places| !places.gates.entry(gate).or_default().is_open;
    drop(CHANGED.wait_timeout_while(places, PATIENCE, is_shut));
}

/// Opens a gate for good.
#[ffi(export)]
pub fn beside_open(gate: u64) {
    places().gates.entry(gate).or_default().is_open = true;
    CHANGED.notify_all();
}

/// How many came to a gate.
#[ffi(export)]
pub fn beside_visitors(gate: u64) -> u64 {
    places().gates.get(&gate).map_or(0, |gate| gate.visitors)
}
