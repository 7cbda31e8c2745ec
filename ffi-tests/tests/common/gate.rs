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

type Places = MutexGuard<'static, BTreeMap<u64, Place>>;

fn places() -> Places {
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
        assert!(wait_until(places(), |places| places.entry(self.0).or_default().visitors > 0), "nobody came");
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        places().entry(self.0).or_default().is_open = true;
        CHANGED.notify_all();
    }
}

/// Waits at a gate until it opens; 0 is none. Where it never does, the test finds that what was
/// to wait has not.
pub(crate) fn pass(gate: u64) {
    if gate == 0 {
        return;
    }
    let mut places = places();
    places.entry(gate).or_default().visitors += 1;
    CHANGED.notify_all();
    wait_until(places, |places| places.entry(gate).or_default().is_open);
}

/// Waits until it is so; whether it is.
fn wait_until(places: Places, mut is_so: impl FnMut(&mut BTreeMap<u64, Place>) -> bool) -> bool {
    let waited = CHANGED.wait_timeout_while(places, PATIENCE, |places| !is_so(places));
    !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
}
