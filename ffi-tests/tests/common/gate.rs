//! Gates that handlers and callbacks wait at for as long as a test wants.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long anybody waits: a test that would wait for ever fails instead.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is known of one gate.
#[derive(Default)]
struct Place {
    visitors: usize,
    is_open: bool,
}

static PLACES: Mutex<BTreeMap<u64, Place>> = Mutex::new(BTreeMap::new());
static CHANGED: Condvar = Condvar::new();

fn places() -> MutexGuard<'static, BTreeMap<u64, Place>> {
    PLACES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A gate that is shut until this is dropped, so that a test that fails leaves nobody waiting.
#[derive(Debug)]
pub(crate) struct Gate(pub(crate) u64);

impl Gate {
    pub(crate) fn new() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Waits until somebody is at the gate.
    pub(crate) fn await_visitor(&self) {
        await_change(places(), |places| places.entry(self.0).or_default().visitors > 0);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        places().entry(self.0).or_default().is_open = true;
        CHANGED.notify_all();
    }
}

/// Waits at a gate until it opens; 0 is none.
pub(crate) fn pass(gate: u64) {
    if gate == 0 {
        return;
    }
    let mut places = places();
    places.entry(gate).or_default().visitors += 1;
    CHANGED.notify_all();
    await_change(places, |places| places.entry(gate).or_default().is_open);
}

fn await_change(
    places: MutexGuard<'_, BTreeMap<u64, Place>>,
    mut is_so: impl FnMut(&mut BTreeMap<u64, Place>) -> bool,
) {
    let waited = CHANGED.wait_timeout_while(places, PATIENCE, |places| !is_so(places));
    let (places, waited) = waited.unwrap_or_else(PoisonError::into_inner);
    drop(places);
    assert!(!waited.timed_out(), "nothing changed at the gate");
}
