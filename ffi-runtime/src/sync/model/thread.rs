//! Threads of the checker, which are counted.

use super::time::{Duration, Limit, Sleeper};
pub(crate) use shuttle::thread::{JoinHandle, Thread, current, park, yield_now};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// How many of the runtime's threads have been started and have not ended.
pub fn running() -> usize {
    RUNNING.load(Ordering::Relaxed)
}

/// Counts a thread from when it is started.
struct Running;

impl Running {
    fn begin() -> Self {
        RUNNING.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Starts threads that are counted.
pub(crate) struct Builder(shuttle::thread::Builder);

impl Builder {
    pub(crate) fn new() -> Self {
        Self(shuttle::thread::Builder::new())
    }

    pub(crate) fn name(self, name: String) -> Self {
        Self(self.0.name(name))
    }

    pub(crate) fn stack_size(self, size: usize) -> Self {
        Self(self.0.stack_size(size))
    }

    pub(crate) fn spawn(self, work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
        let running = Running::begin();
        self.0.spawn(move || {
            let _running = running;
            work();
        })
    }
}

pub(crate) fn park_timeout(limit: Duration) {
    let limit = Limit::begin(limit, Sleeper::Thread(current()));
    if !limit.is_over() {
        park();
    }
}
