//! What a program has: its contexts, its calls and its listeners, and the end of them all.

use super::callbacks::{Ear, Probe};
use super::library::Library;
use ffi_runtime::{RET_ERR, RET_OK};
use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long what must come may take: longer is a finding.
const PATIENCE: Duration = Duration::from_secs(20);

/// A context, whatever became of it.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Its place among the program's contexts.
    pub(super) index: usize,
    /// 0 until the constructor's entry point has returned.
    handle: AtomicUsize,
    is_made: AtomicBool,
    /// Whether no callback of it may fire any more.
    pub(super) is_silent: AtomicBool,
    /// Whether its host polls.
    pub(super) is_pulled: AtomicBool,
}

impl Context {
    pub(super) fn new(index: usize) -> Self {
        Self { index, ..Self::default() }
    }

    pub(super) fn made(&self, ctx: *mut c_void) {
        self.handle.store(ctx.expose_provenance(), Ordering::SeqCst);
        self.is_made.store(true, Ordering::SeqCst);
    }

    pub(super) fn handle(&self) -> usize {
        self.handle.load(Ordering::SeqCst)
    }

    pub(super) fn ctx(&self) -> *mut c_void {
        std::ptr::with_exposed_provenance_mut(self.handle())
    }

    pub(super) fn is_silent(&self) -> bool {
        self.is_silent.load(Ordering::SeqCst)
    }
}

/// A running program.
pub(super) struct Machine {
    pub(super) library: &'static Library,
    /// Whether it calls functions that run on a worker that no context has.
    pub(super) may_detach: bool,
    pub(super) contexts: Mutex<Vec<Arc<Context>>>,
    pub(super) probes: Mutex<Vec<Arc<Probe>>>,
    pub(super) ears: Mutex<Vec<Arc<Ear>>>,
    /// The first assertion that failed inside a callback.
    pub(super) failure: Mutex<Option<String>>,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The one at this place, as if they stood in a circle.
pub(super) fn nth<T: Clone>(of: &Mutex<Vec<T>>, at: usize) -> Option<T> {
    let of = lock(of);
    of.get(at % of.len().max(1)).cloned()
}

/// Waits until it is so; whether it is.
pub(super) fn wait_until(mut is_so: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while !is_so() {
        if start.elapsed() > PATIENCE {
            return false;
        }
        thread::sleep(Duration::from_micros(50));
    }
    true
}

impl Machine {
    pub(super) fn new(library: &'static Library, may_detach: bool) -> Self {
        let (contexts, probes, ears, failure) = Default::default();
        Self { library, may_detach, contexts, probes, ears, failure }
    }

    /// Panics if an assertion failed inside a callback.
    pub(super) fn check(&self) {
        if let Some(failure) = lock(&self.failure).take() {
            panic!("in a callback: {failure}");
        }
    }

    /// Destroys what is left, and asserts that all is well then.
    pub(super) fn end(&self) {
        // Callbacks may make more until the last one has ended.
        let mut made = None;
        while made != Some(self.size()) {
            made = Some(self.size());
            self.destroy_all();
            let is_over = wait_until(|| made != Some(self.size()) || (self.is_answered() && threads().is_empty()));
            assert!(is_over, "answered all: {}, threads: {:?}", self.is_answered(), threads());
        }
        self.check();
        lock(&self.probes).iter().for_each(|probe| probe.check());
    }

    /// Whether every call was answered.
    fn is_answered(&self) -> bool {
        lock(&self.probes).iter().all(|probe| probe.is_done())
    }

    /// How many contexts there are, and how many calls.
    fn size(&self) -> (usize, usize) {
        (lock(&self.contexts).len(), lock(&self.probes).len())
    }

    fn destroy_all(&self) {
        let contexts = lock(&self.contexts).clone();
        for context in contexts {
            assert!(wait_until(|| context.is_made.load(Ordering::SeqCst)), "an entry point never returns");
            self.destroy(&context);
            // SAFETY: any handle may be destroyed.
            assert_eq!(unsafe { (self.library.destroy)(context.ctx()) }, RET_ERR, "destroyed twice");
        }
    }

    /// Destroys a context from outside or inside.
    pub(super) fn destroy(&self, context: &Context) {
        let is_inside = super::callbacks::is_inside(context);
        // SAFETY: any handle may be destroyed.
        let ret = unsafe { (self.library.destroy)(context.ctx()) };
        assert!(ret == RET_OK || ret == RET_ERR);
        if ret == RET_OK && !is_inside {
            context.is_silent.store(true, Ordering::SeqCst);
        }
    }
}

/// The names of the libraries' threads.
fn threads() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("a list of threads");
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
    names
        .map(|name| name.trim_end().to_owned())
        .filter(|name| name.starts_with("every-") || name.starts_with("brief-"))
        .collect()
}
