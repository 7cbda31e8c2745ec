//! A process that can have no more mappings of memory gets no context, is told so, and goes on.
//!
//! Alone in its process, because it takes the process's mappings away. It is a Rust program, in which the standard
//! library maps a stack for signal handlers in every thread.

#![cfg(target_os = "linux")]

mod common;

use common::{Host, config, map};
use std::ffi::c_void;

/// Mappings that hold nothing, each of another protection than its neighbours.
struct Mappings {
    page: usize,
    taken: Vec<*mut c_void>,
}

impl Mappings {
    /// Takes all that the process can have.
    fn all() -> Self {
        // SAFETY: it has no conditions.
        let page = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).expect("a size");
        // As many as there can be, so that it does not grow meanwhile.
        let mut all = Self { page, taken: Vec::with_capacity(4 << 20) };
        while all.take() {
            assert!(all.taken.len() < all.taken.capacity(), "there is an end");
        }
        all
    }

    fn take(&mut self) -> bool {
        let protection = if self.taken.len().is_multiple_of(2) { libc::PROT_NONE } else { libc::PROT_READ };
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: the system chooses a place where nothing is.
        let taken = unsafe { libc::mmap(std::ptr::null_mut(), self.page, protection, flags, -1, 0) };
        let is_taken = taken != libc::MAP_FAILED;
        if is_taken {
            self.taken.push(taken);
        }
        is_taken
    }

    /// Gives one back.
    fn give_back(&mut self) {
        let one = self.taken.pop().expect("there is one");
        // SAFETY: it was mapped here, and holds nothing.
        assert_eq!(unsafe { libc::munmap(one, self.page) }, 0);
    }
}

#[test]
fn without_mappings_the_constructor_fails_and_the_process_goes_on() {
    // What is made once in a process is made before.
    let host = Host::new();
    assert_eq!(host.destroy(), 0);
    let mut mappings = Mappings::all();
    let (mut refused, mut made) = (0, 0);
    for _ in 0..60 {
        let (host, created) = Host::create(&map([("config", config("", None, 0))]));
        match created.wait() {
            answer if answer.ret == ffi_runtime::RET_OK => {
                made += 1;
                assert_eq!(host.destroy(), 0);
            }
            answer => {
                refused += 1;
                let text = answer.error_of(ffi_runtime::ErrorKind::NoResources);
                assert!(text.contains("no worker thread could be started"), "{text}");
            }
        }
        mappings.give_back();
    }
    assert!(refused > 0, "there were none");
    assert!(made > 0, "there were some in the end");
    while !mappings.taken.is_empty() {
        mappings.give_back();
    }
    let host = Host::new();
    assert_eq!(host.destroy(), 0);
}
