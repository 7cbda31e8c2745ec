//! The process around a library: unloading, forking and signals.
//!
//! - At the first call of any entry point the library pins itself in memory, so that
//!   `dlclose` never pulls its code from under a thread or a thread-local destructor.
//! - In a child that was forked while a context was alive, every entry point refuses: the
//!   worker threads stayed in the parent. Nothing is locked before that is known, and nothing that
//!   is done once is waited for by a child.
//! - Threads of the library block every signal that is sent to the process, so that the
//!   host's handlers run on the host's threads.

use crate::panic;
use crate::sync::thread::{self, JoinHandle};
use std::ffi::c_int;
use std::io;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

/// Above one, and another in every process, once a fork has come between this process and the one
/// that loaded the library.
static EPOCH: AtomicU32 = AtomicU32::new(1);

/// What tells this process from those that it was forked from.
#[inline]
pub(crate) fn epoch() -> u32 {
    EPOCH.load(Ordering::Relaxed)
}

/// A call in a child that was forked while a context was alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AfterFork;

/// The guard of one library against forks: whether it can be used in this process.
#[derive(Debug)]
pub(crate) struct ProcessGuard {
    /// The epoch in which the library was last found usable; 0 before its first call.
    epoch: AtomicU32,
    /// Contexts that have been begun and have not ended.
    alive: AtomicUsize,
}

impl ProcessGuard {
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

    /// A context begins; balanced by [`ProcessGuard::end_context`]. Whoever is forked after a lock of the
    /// context's was taken sees this too.
    pub(crate) fn begin_context(&self) {
        self.alive.fetch_add(1, Ordering::SeqCst);
    }

    /// A context has ended, and its locks are free.
    pub(crate) fn end_context(&self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What is done once in a process, before anything else. Other threads wait for the one that does it,
/// but not in a child that was forked meanwhile: that one does without.
fn prepare() {
    static WATCHES_FORKS: AtomicBool = AtomicBool::new(false);
    static BEGUN_IN: AtomicU32 = AtomicU32::new(0);
    static IS_DONE: AtomicBool = AtomicBool::new(false);
    // First, so that a child of a fork in the midst of the rest knows that it is one. Watching twice
    // does no harm.
    if !WATCHES_FORKS.load(Ordering::Acquire) {
        watch_forks();
        WATCHES_FORKS.store(true, Ordering::Release);
    }
    let now = epoch();
    match BEGUN_IN.compare_exchange(0, now, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => {
            pin();
            panic::install();
            IS_DONE.store(true, Ordering::Release);
        }
        Err(begun_in) => {
            while begun_in == now && !IS_DONE.load(Ordering::Acquire) {
                std::thread::yield_now();
            }
        }
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
    check_mappings()?;
    with_signals_blocked(|| builder.spawn(work))
}

/// How many more mappings of memory the process must be able to have before a thread starts.
const MAPPINGS: usize = 17;

/// Fails where the process can have no more mappings of memory.
///
/// In a Rust program the standard library maps a stack for signal handlers once the thread runs, where it can
/// only abort. Here there is somebody to tell.
#[cfg(target_os = "linux")]
fn check_mappings() -> io::Result<()> {
    // SAFETY: it has no conditions.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    let page = usize::try_from(page).unwrap_or(1 << 12);
    let (len, flags) = (MAPPINGS * page, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE);
    // SAFETY: the system chooses a place where nothing is.
    let pages = unsafe { libc::mmap(std::ptr::null_mut(), len, libc::PROT_NONE, flags, -1, 0) };
    if pages == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    // Every other page is another mapping then.
    let protected = (1..MAPPINGS).step_by(2).try_for_each(|at| {
        // SAFETY: the page is within what was mapped here.
        match unsafe { libc::mprotect(pages.wrapping_byte_add(at * page), page, libc::PROT_READ) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    });
    // SAFETY: it was mapped here, and nobody else knows of it.
    unsafe { libc::munmap(pages, len) };
    protected
}

#[cfg(not(target_os = "linux"))]
fn check_mappings() -> io::Result<()> {
    Ok(())
}

/// The signals that a fault raises on the thread itself, which it must not block.
const FAULTS: [c_int; 6] = [libc::SIGABRT, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGSEGV, libc::SIGTRAP];

/// Blocks all signals on this thread but those a fault raises; gives the mask from before, if it was
/// changed.
fn block() -> Option<libc::sigset_t> {
    let (mut blocked, mut before) = (MaybeUninit::<libc::sigset_t>::uninit(), MaybeUninit::<libc::sigset_t>::uninit());
    // SAFETY: the set is written where it fits.
    unsafe { libc::sigfillset(blocked.as_mut_ptr()) };
    for fault in FAULTS {
        // SAFETY: the set was filled, and the signal exists.
        unsafe { libc::sigdelset(blocked.as_mut_ptr(), fault) };
    }
    // SAFETY: both sets are valid for what is done with them.
    let changed = unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, blocked.as_ptr(), before.as_mut_ptr()) };
    // SAFETY: written, since the mask was changed.
    (changed == 0).then(|| unsafe { before.assume_init() })
}

/// The same for a thread that others start for the library, as the first that it does.
#[cfg(feature = "tokio")]
pub(crate) fn block_signals() {
    block();
}

/// Runs `start` with all signals blocked but those a fault raises; a thread that it starts
/// inherits that.
fn with_signals_blocked<T>(start: impl FnOnce() -> T) -> T {
    let before = block();
    let result = start();
    if let Some(before) = before {
        // SAFETY: the set is this thread's mask from before.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before, std::ptr::null_mut()) };
    }
    result
}

#[cfg(test)]
mod tests {
    use super::ProcessGuard;
    use std::sync::Barrier;
    use std::thread;

    #[test]
    fn first_calls_on_several_threads_all_find_the_library_usable() {
        let libraries: Vec<ProcessGuard> = std::iter::repeat_with(ProcessGuard::new).take(300_000).collect();
        let start = Barrier::new(3);
        let call_each = || {
            start.wait();
            for process_guard in &libraries {
                assert_eq!(process_guard.check(), Ok(()));
                process_guard.begin_context();
            }
        };
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(call_each);
            }
        });
    }
}
