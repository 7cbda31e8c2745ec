//! Each kind of thread that a library has blocks the signals that are sent to the process, and no
//! handler is installed. Alone in its process, whose handlers it looks at.
#![cfg(target_os = "linux")]

mod common;

use common::{Host, Probe, come_to_be, map, record, threads_named};
use ffi_runtime::{FfiCallback, RET_OK};
use std::ffi::{c_char, c_int, c_void};
use std::thread;
use std::time::{Duration, Instant};

unsafe extern "C" {
    fn every_ffi_add_event_listener(ctx: *mut c_void, event: *const c_char, cb: FfiCallback, data: *mut c_void) -> u64;
}

/// What a fault of the thread's own raises, and what the system lets nobody block.
const NOT_BLOCKED: [c_int; 8] = [
    libc::SIGABRT,
    libc::SIGBUS,
    libc::SIGFPE,
    libc::SIGILL,
    libc::SIGSEGV,
    libc::SIGTRAP,
    libc::SIGKILL,
    libc::SIGSTOP,
];

/// What the system does on each signal of the process.
fn handlers() -> Vec<(usize, c_int)> {
    let of = |signal| {
        // SAFETY: all of it may be zero.
        let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
        // SAFETY: the action is writable.
        let ret = unsafe { libc::sigaction(signal, std::ptr::null(), &raw mut action) };
        (ret == 0).then_some((action.sa_sigaction, action.sa_flags))
    };
    (1..=31).filter_map(of).collect()
}

/// The names of this process's threads that begin like this.
fn names(prefix: &str) -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("a list of threads");
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
    let mut names: Vec<String> = names.map(|name| name.trim().to_owned()).filter(|it| it.starts_with(prefix)).collect();
    names.sort();
    names.dedup();
    names
}

/// The signals that a thread is to block, of those that are older than the real-time ones.
const EXPECTED: u64 = {
    let mut mask = (1 << 31) - 1;
    let mut index = 0;
    while index < NOT_BLOCKED.len() {
        mask &= !(1 << (NOT_BLOCKED[index] - 1));
        index += 1;
    }
    mask
};

/// What the threads of this name block.
fn masks(name: &str) -> Vec<u64> {
    let mask = |status: String| {
        let line = status.lines().find_map(|line| line.strip_prefix("SigBlk:\t")).expect("a mask");
        u64::from_str_radix(line, 16).expect("hexadecimal") & ((1 << 31) - 1)
    };
    threads_named(name).into_iter().map(mask).collect()
}

/// Whether the threads of this name come to block what they are to. While the C library starts a
/// thread, all is blocked for a moment, by the thread that starts it too.
fn come_to_block(name: &str) -> bool {
    let start = Instant::now();
    while masks(name).iter().any(|&mask| mask != EXPECTED) {
        if start.elapsed() > Duration::from_secs(10) {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    true
}

#[test]
fn no_thread_of_the_library_takes_a_signal_and_none_is_handled() {
    let before = handlers();
    assert!(before.len() > 28, "the handlers are looked at");
    let host = Host::new();
    // The worker, the watch, the thread of the listeners, and one of the runtime's for what blocks.
    let data = Probe::new().user_data();
    // SAFETY: the name ends with a NUL and the probe lives for ever.
    assert!(unsafe { every_ffi_add_event_listener(host.ctx(), c"on_number".as_ptr(), Some(record), data) } > 0);
    host.call("every_fire_numbers", &map([("from", 1.into()), ("count", 1.into())])).ok();
    host.call("every_leave_blocking", &map([("wait_ms", 3_000.into())])).ok();
    host.start("every_leisurely", &map([("value", "".into())])).wait().ok();
    host.call("every_socket", &map([("text", "x".into())])).ok();
    assert!(come_to_be("every-watch", 1) && come_to_be("every-events", 1));
    let names = names("every-");
    assert!(names.len() >= 3, "only {names:?}");
    for name in &names {
        assert!(come_to_block(name), "{name}: {:x?}, not {EXPECTED:x}", masks(name));
    }
    assert_eq!(handlers(), before);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(handlers(), before);
}
