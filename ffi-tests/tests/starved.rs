//! A worker that the system gives nothing to work with still answers everyone.
//!
//! Alone in its process, because it takes the process's descriptors away.

mod common;

use common::{Host, config, map};
use ffi_runtime::ErrorKind;

#[test]
fn without_descriptors_the_constructor_fails_and_so_does_what_waits_behind_it() {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the limit is writable.
    assert_eq!(unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) }, 0);
    let starved = libc::rlimit { rlim_cur: 3, ..limit };
    // SAFETY: the limit is readable.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const starved) }, 0);
    for _ in 0..20 {
        let (host, created) = Host::create(&map([("config", config("", None, 0))]));
        let behind = host.start("every_name", &map([]));
        let text = created.wait().error_of(ErrorKind::NoResources).to_owned();
        assert!(text.starts_with("the worker could not start: "), "{text}");
        let behind = behind.wait();
        assert!(behind.error() == text || behind.error().contains("not a live context"), "{behind:?}");
    }
    // SAFETY: the limit is readable.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) }, 0);
    let host = Host::new();
    assert_eq!(host.destroy(), 0);
}
