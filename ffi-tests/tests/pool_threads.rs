//! Threads of the runtime's pool, which blocking work of an author's runs on, are the library's: they bear
//! its name and take no signal, whoever had them started. Alone in its process.
#![cfg(target_os = "linux")]

use ffi_runtime::{FfiCallback, RET_OK};
use near as _;
use std::ffi::{c_char, c_int, c_void};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

unsafe extern "C" {
    fn near_create(wait_ms: u64, fails: c_int, callback: FfiCallback, data: *mut c_void) -> *mut c_void;
    fn near_pool(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, wait_ms: u64) -> c_int;
    fn near_pool_queued(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, wait_ms: u64) -> c_int;
    fn near_pool_detached(callback: FfiCallback, data: *mut c_void, wait_ms: u64) -> c_int;
    safe fn near_destroy(ctx: *mut c_void) -> c_int;
}

unsafe extern "C-unwind" fn send(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    // SAFETY: the test passes a sender that lives for ever.
    let sender = unsafe { &*data.cast::<Sender<(c_int, String)>>() };
    // SAFETY: a message is readable.
    let text = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) };
    sender.send((ret, String::from_utf8_lossy(text).into_owned())).expect("the test waits");
}

/// What each thread of this name blocks.
fn masks(name: &str) -> Vec<u64> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("a list of threads");
    let statuses = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok());
    let named = statuses.filter(|status| status.starts_with(&format!("Name:\t{name}\n")));
    let mask = |status: String| {
        let line = status.lines().find_map(|line| line.strip_prefix("SigBlk:\t")).expect("a mask").to_owned();
        u64::from_str_radix(&line, 16).expect("hexadecimal")
    };
    named.map(mask).collect()
}

/// Whether the threads of the pool come to block this. While the C library starts a thread, all is blocked
/// for a moment.
fn come_to_block(expected: u64) -> bool {
    let start = Instant::now();
    while masks("near-pool").iter().any(|&mask| mask != expected) {
        if start.elapsed() > Duration::from_secs(10) {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    true
}

/// The next answer.
fn answer(receiver: &Receiver<(c_int, String)>) -> (c_int, String) {
    receiver.recv_timeout(Duration::from_secs(60)).expect("an answer")
}

#[test]
fn whoever_starts_a_thread_of_the_pool_it_is_the_librarys() {
    let (sender, receiver) = channel::<(c_int, String)>();
    // A callback may still be inside it when its answer is here.
    let sender: &'static Sender<_> = Box::leak(Box::new(sender));
    let data: *mut c_void = std::ptr::from_ref(sender).cast_mut().cast();
    // SAFETY: here and below, the sender lives for ever.
    let ctx = unsafe { near_create(0, 0, Some(send), data) };
    assert_eq!(answer(&receiver).0, RET_OK);
    let named = (RET_OK, "near-pool".to_owned());
    // SAFETY: as above.
    assert_eq!(unsafe { near_pool(ctx, Some(send), data, 1) }, RET_OK);
    assert_eq!(answer(&receiver), named);
    // This thread's mask is the host's, which blocks nothing, and the pool's thread was started by it.
    assert_eq!(masks("near-pool").len(), 1);
    let expected: u64 = masks("near-worker")[0];
    assert_ne!(expected, 0);
    assert!(come_to_block(expected), "{:x?}, not {expected:x}", masks("near-pool"));
    // Two at once, of which the worker has one more started.
    for _ in 0..2 {
        // SAFETY: as above.
        assert_eq!(unsafe { near_pool_queued(ctx, Some(send), data, 50) }, RET_OK);
    }
    assert_eq!([answer(&receiver), answer(&receiver)], [named.clone(), named.clone()]);
    assert!(masks("near-pool").len() >= 2);
    assert!(come_to_block(expected), "{:x?}, not {expected:x}", masks("near-pool"));
    // SAFETY: as above.
    assert_eq!(unsafe { near_pool_detached(Some(send), data, 1) }, RET_OK);
    assert_eq!(answer(&receiver), named);
    assert!(come_to_block(expected), "{:x?}, not {expected:x}", masks("near-pool"));
    assert_eq!(near_destroy(ctx), RET_OK);
}
