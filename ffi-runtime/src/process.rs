//! The process around a library: unloading, forking and signals.
//!
//! - At the first call of any entry point the library pins itself in memory, so that
//!   `dlclose` never pulls its code from under a thread or a thread-local destructor.
//! - In a child that was forked while a context was alive, every entry point refuses: the
//!   worker threads stayed in the parent. Nothing is locked before that is known.
//! - Threads of the library block every signal that is sent to the process, so that the
//!   host's handlers run on the host's threads.

use crate::panic;
use crate::sync::thread::{self, JoinHandle};
use std::ffi::c_int;
use std::io;
use std::mem::MaybeUninit;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// How many forks this process is away from the one that loaded the library, plus one.
static EPOCH: AtomicU32 = AtomicU32::new(1);

/// A call in a child that was forked while a context was alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AfterFork;

/// Where one library stands in its process.
#[derive(Debug)]
pub(crate) struct Footing {
    /// The epoch in which the library was last found usable; 0 before its first call.
    epoch: AtomicU32,
    /// Contexts that have been begun and have not ended.
    alive: AtomicUsize,
}

impl Footing {
    pub(crate) const fn new() -> Self {
        Self { epoch: AtomicU32::new(0), alive: AtomicUsize::new(0) }
    }

    /// Whether the library can be used in this process. Every entry point asks first.
    #[inline]
    pub(crate) fn check(&self) -> Result<(), AfterFork> {
        if self.epoch.load(Ordering::Relaxed) == EPOCH.load(Ordering::Relaxed) { Ok(()) } else { self.settle() }
    }

    /// The first call, or the first since a fork.
    #[cold]
    fn settle(&self) -> Result<(), AfterFork> {
        prepare();
        let (known, now) = (self.epoch.load(Ordering::Relaxed), EPOCH.load(Ordering::Relaxed));
        // Another thread may have settled in the meantime, and begun a context since.
        if known != now {
            if known != 0 && self.alive.load(Ordering::Relaxed) > 0 {
                return Err(AfterFork);
            }
            self.epoch.store(now, Ordering::Relaxed);
        }
        Ok(())
    }

    /// A context begins; balanced by [`Footing::end_context`].
    pub(crate) fn begin_context(&self) {
        self.alive.fetch_add(1, Ordering::Relaxed);
    }

    /// A context has ended.
    pub(crate) fn end_context(&self) {
        self.alive.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What is done once in a process, before anything else.
fn prepare() {
    static PREPARED: Once = Once::new();
    // A child of a fork in the midst of this has nothing to wait for.
    if EPOCH.load(Ordering::Relaxed) == 1 {
        PREPARED.call_once(|| {
            pin();
            watch_forks();
            panic::install();
        });
    }
}

/// Keeps this library's code in memory until the process ends. Where that is not to be had (a
/// program linked statically), there is nothing to unload either.
fn pin() {
    let mut info = MaybeUninit::<libc::Dl_info>::zeroed();
    let here: *const AtomicU32 = std::ptr::from_ref(&EPOCH);
    // SAFETY: any address may be asked about, and the result is written where it fits.
    if unsafe { libc::dladdr(here.cast(), info.as_mut_ptr()) } == 0 {
        return;
    }
    // SAFETY: `dladdr` succeeded, and zeros are valid for the type anyway.
    let info = unsafe { info.assume_init() };
    let flags = libc::RTLD_NOW | libc::RTLD_NOLOAD | libc::RTLD_NODELETE;
    // SAFETY: the name is the loader's own and NUL-terminated.
    let _ = unsafe { libc::dlopen(info.dli_fname, flags) };
}

/// Counts forks, in the child.
fn watch_forks() {
    extern "C" fn in_child() {
        EPOCH.fetch_add(1, Ordering::Relaxed);
    }
    // SAFETY: the handler only adds to an atomic, and its code stays where it is.
    let _ = unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
}

/// Stack of a library's thread, in bytes.
const STACK: usize = 8 << 20;

/// Starts a thread of a library.
///
/// # Errors
/// The system's, where it gives no thread; `work` is dropped.
pub(crate) fn spawn(name: String, work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    let builder = thread::Builder::new().name(name).stack_size(STACK);
    with_signals_blocked(|| builder.spawn(work))
}

/// The signals that a fault raises on the thread itself, which it must not block.
const FAULTS: [c_int; 6] = [libc::SIGABRT, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGSEGV, libc::SIGTRAP];

/// Runs `start` with all signals blocked but those a fault raises; a thread that it starts
/// inherits that.
fn with_signals_blocked<T>(start: impl FnOnce() -> T) -> T {
    let (mut blocked, mut before) = (MaybeUninit::<libc::sigset_t>::uninit(), MaybeUninit::<libc::sigset_t>::uninit());
    // SAFETY: the set is written where it fits.
    unsafe { libc::sigfillset(blocked.as_mut_ptr()) };
    for fault in FAULTS {
        // SAFETY: the set was filled, and the signal exists.
        unsafe { libc::sigdelset(blocked.as_mut_ptr(), fault) };
    }
    // SAFETY: both sets are valid for what is done with them.
    let changed = unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, blocked.as_ptr(), before.as_mut_ptr()) };
    let result = start();
    if changed == 0 {
        // SAFETY: the set from before was written, since the mask was changed.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, before.as_ptr(), std::ptr::null_mut()) };
    }
    result
}

#[cfg(test)]
mod tests {
    use super::Footing;
    use std::sync::Barrier;
    use std::thread;

    #[test]
    fn first_calls_on_several_threads_all_find_the_library_usable() {
        let libraries: Vec<Footing> = std::iter::repeat_with(Footing::new).take(300_000).collect();
        let start = Barrier::new(3);
        let call_each = || {
            start.wait();
            for footing in &libraries {
                assert_eq!(footing.check(), Ok(()));
                footing.begin_context();
            }
        };
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(call_each);
            }
        });
    }
}
