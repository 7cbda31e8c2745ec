//! `measure CASE COUNT`: does one thing so many times, to be counted from outside.
//!
//! Calls are submitted by callbacks on the worker's own thread, in bursts, so that submitting and
//! serving are one thread's instructions, and none of them waits for the other.

use costs::host::{Call, Ctx, call_of, create, destroy};
use costs::{collections, here, hostile, variant, wire};
use std::ffi::{c_char, c_int, c_void};
use std::hint::black_box;
use std::sync::mpsc::{Sender, channel};

// The runtime's own, which it does not export: handles are checked before anything else can be
// measured.
#[path = "../../../ffi-runtime/src/context/gate.rs"]
#[allow(dead_code, reason = "one part of it is measured")]
mod gate;
#[path = "../../../ffi-runtime/src/context/slots.rs"]
#[allow(dead_code, reason = "one part of it is measured")]
mod slots;
#[allow(unused, reason = "only a part of it is used")]
#[rustfmt::skip] // It would look for the models' part, which is left out here, in the wrong place.
#[path = "../../../ffi-runtime/src/sync.rs"]
mod sync;

/// How many calls are queued at once. Every count is a multiple.
const BURST: u64 = 1000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [case, count] = &arguments[..] else { panic!("usage: measure CASE COUNT") };
    let count: u64 = count.parse().expect("a number of calls");
    match (case.as_str(), call_of(case)) {
        ("pointer", _) => follow_pointers(count),
        ("handle", _) => check_handles(count),
        (_, Some(call)) => call_in_bursts(call, count),
        (_, None) if hostile::run(case, count) || collections::grow(case, count) => {}
        (_, None) => {
            let case_of = wire::case_of(case).or_else(|| here::case_of(case)).or_else(|| variant::case_of(case));
            let case_of = case_of.or_else(|| collections::case_of(case));
            case_of.unwrap_or_else(|| panic!("there is no case {case}"))(count);
        }
    }
}

fn follow_pointers(count: u64) {
    let number = Box::new(1_u64);
    let pointer: *const u64 = &*number;
    for _ in 0..count {
        // SAFETY: the number lives to the end of this function.
        black_box(unsafe { black_box(pointer).read_volatile() });
    }
}

fn check_handles(count: u64) {
    let slots = slots::Slots::new();
    let mut handle = None;
    slots.open(|it| {
        handle = Some(it);
        std::sync::Arc::new(1_u64)
    });
    let raw = handle.expect("a vacancy").into_raw();
    for _ in 0..count {
        let context = slots.enter(slots::Handle::from_raw(black_box(raw)));
        black_box(*context.expect("it is open"));
    }
}

/// The bursts that are still to come.
struct Bursts {
    ctx: Ctx,
    call: Call,
    left: u64,
    done: Sender<()>,
}

fn call_in_bursts(call: Call, count: u64) {
    assert!(count.is_multiple_of(BURST), "calls come in bursts of {BURST}");
    let (done, is_done) = channel();
    let mut bursts = Bursts { ctx: create(), call, left: count / BURST, done };
    let ctx = bursts.ctx;
    let user_data = (&raw mut bursts).cast();
    // Its callback starts the first burst; from there on all is the worker's.
    // SAFETY: the bursts outlive their calls, as this waits for the last.
    assert_eq!(unsafe { call(ctx, Some(go_on), user_data) }, 0, "the call is accepted");
    is_done.recv().expect("the worker tells of the end");
    destroy(ctx);
}

/// Submits the next burst, whose last call comes back here.
unsafe extern "C-unwind" fn go_on(ret: c_int, _msg: *const c_char, _len: usize, user_data: *mut c_void) {
    assert_eq!(ret, ffi_runtime::RET_OK, "the call succeeds");
    // SAFETY: the bursts outlive the context's calls, one of which is in this callback at a time.
    let bursts = unsafe { &mut *user_data.cast::<Bursts>() };
    if bursts.left == 0 {
        return bursts.done.send(()).expect("the end is waited for");
    }
    bursts.left -= 1;
    let mut refusals = 0;
    for _ in 1..BURST {
        // SAFETY: the callback takes what it is given.
        refusals |= unsafe { (bursts.call)(bursts.ctx, Some(pass), std::ptr::null_mut()) };
    }
    // SAFETY: as for the first.
    refusals |= unsafe { (bursts.call)(bursts.ctx, Some(go_on), user_data) };
    assert_eq!(refusals, 0, "the calls are accepted");
}

unsafe extern "C-unwind" fn pass(ret: c_int, _msg: *const c_char, _len: usize, _user_data: *mut c_void) {
    assert_eq!(ret, ffi_runtime::RET_OK, "the call succeeds");
}
