//! Without the feature `tokio` plain futures still run, and nothing else changes.

use ffi_runtime::FfiCallback;
use plain as _;
use std::ffi::{c_char, c_int, c_void};
use std::sync::mpsc::{Sender, channel};
use std::thread;

unsafe extern "C" {
    fn plain_create(total: i64, callback: FfiCallback, data: *mut c_void) -> *mut c_void;
    fn plain_add(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, amount: i64) -> c_int;
    fn plain_wait(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, wait_ms: u64) -> c_int;
    fn plain_destroy(ctx: *mut c_void) -> c_int;
}

/// Sends on what a result of eight bytes is; anything else as zero.
unsafe extern "C-unwind" fn send(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    // SAFETY: the tests pass a sender that outlives the context.
    let sender = unsafe { &*data.cast::<Sender<(c_int, i64)>>() };
    if ret != 0 {
        // SAFETY: an error is readable text.
        let text = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) };
        eprintln!("answered with an error: {}", String::from_utf8_lossy(text));
    }
    // SAFETY: a result of this length is an `int64_t` in all of this library's functions.
    let value = if ret == 0 && len == 8 { unsafe { msg.cast::<i64>().read_unaligned() } } else { 0 };
    sender.send((ret, value)).expect("the test waits");
}

#[test]
fn plain_futures_run_beside_each_other() {
    let (sender, receiver) = channel::<(c_int, i64)>();
    let data: *mut c_void = (&raw const sender).cast_mut().cast();
    // SAFETY: the sender outlives the context.
    let ctx = unsafe { plain_create(1, Some(send), data) };
    assert_eq!(receiver.recv().expect("answers").0, 0);
    for _ in 0..50 {
        // SAFETY: as above.
        unsafe { plain_wait(ctx, Some(send), data, 20) };
    }
    // SAFETY: as above.
    unsafe { plain_add(ctx, Some(send), data, 2) };
    for _ in 0..50 {
        assert_eq!(receiver.recv().expect("answers"), (0, 1));
    }
    // It ran alone, after those that were running.
    assert_eq!(receiver.recv().expect("answers"), (0, 3));
    // SAFETY: as above.
    let accepted: Vec<_> = (0..100).map(|_| unsafe { plain_wait(ctx, Some(send), data, 1) }).collect();
    assert!(accepted.iter().all(|&ret| ret == 0));
    // SAFETY: any handle may be destroyed.
    assert_eq!(unsafe { plain_destroy(ctx) }, 0);
    assert_eq!(receiver.try_iter().filter(|&answer| answer == (0, 3)).count(), 100);
}

#[test]
fn calls_from_many_threads_are_all_answered() {
    let (sender, receiver) = channel::<(c_int, i64)>();
    let data = (&raw const sender).expose_provenance();
    // SAFETY: the sender outlives the context.
    let ctx = unsafe { plain_create(0, Some(send), std::ptr::with_exposed_provenance_mut(data)) }.expose_provenance();
    receiver.recv().expect("answers");
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(move || {
                let ctx = std::ptr::with_exposed_provenance_mut(ctx);
                for _ in 0..2_000 {
                    // SAFETY: the sender outlives the context.
                    unsafe { plain_add(ctx, Some(send), std::ptr::with_exposed_provenance_mut(data), 1) };
                }
            });
        }
    });
    // SAFETY: any handle may be destroyed.
    unsafe { plain_destroy(std::ptr::with_exposed_provenance_mut(ctx)) };
    let answers: Vec<_> = receiver.try_iter().map(|(_, total)| total).collect();
    assert_eq!(answers, (1..=8_000).collect::<Vec<_>>());
}
