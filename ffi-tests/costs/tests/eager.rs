//! A worker that looks for work before it sleeps misses none.

use costs::host::{EAGER, create_eager, destroy_eager};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const THREADS: u64 = 4;
const CALLS: u64 = 5_000;

static ANSWERS: AtomicU64 = AtomicU64::new(0);

unsafe extern "C-unwind" fn count(ret: c_int, _msg: *const c_char, _len: usize, user_data: *mut c_void) {
    assert_eq!(ret, ffi_runtime::RET_OK, "the call succeeds");
    // SAFETY: each call passes a count of its own, of its static.
    unsafe { &*user_data.cast::<AtomicU64>() }.fetch_add(1, Ordering::SeqCst);
}

/// Waits until there are so many answers: a call that is missed is never answered.
fn await_answers(count: u64) {
    let start = Instant::now();
    while ANSWERS.load(Ordering::SeqCst) < count {
        assert!(start.elapsed() < Duration::from_secs(60), "{} of {count} answers", ANSWERS.load(Ordering::SeqCst));
        thread::yield_now();
    }
}

#[test]
fn every_call_is_answered_once_whenever_it_comes() {
    let ctx = create_eager();
    let user_data = (&raw const ANSWERS).expose_provenance();
    thread::scope(|scope| {
        for number in 0..THREADS {
            scope.spawn(move || {
                for call in 0..CALLS {
                    let user_data = std::ptr::with_exposed_provenance_mut(user_data);
                    // SAFETY: the callback counts in a static.
                    let code = unsafe { EAGER(ctx, Some(count), user_data) };
                    assert_eq!(code, ffi_runtime::RET_OK, "the call is accepted");
                    // Around what a look takes: some calls come within one, some at its end, some
                    // when the worker sleeps.
                    if call % 8 == number {
                        thread::sleep(Duration::from_micros(call % 61));
                    }
                }
            });
        }
    });
    await_answers(THREADS * CALLS);
    destroy_eager(ctx);
    assert_eq!(ANSWERS.load(Ordering::SeqCst), THREADS * CALLS);
}
