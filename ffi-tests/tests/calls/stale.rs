//! A library that opted in warns of calls that are still pending: again and again, never after
//! the answer, from a thread of its own. The interval of the library here is 50 ms.

use crate::common::{Answer, Host, Probe, Symbols, map};
use ciborium::Value;
use ffi_runtime::{ErrorKind, FfiCallback, RET_ERR, RET_OK, RET_STALE_WARN};
use std::ffi::{c_char, c_int, c_void};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

// Links the library whose symbols are declared below.
use slow as _;

unsafe extern "C" {
    fn slow_create_cbor(req: *const u8, len: usize, callback: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    fn slow_destroy(ctx: *mut c_void) -> c_int;
    fn slow_ffi_call_cbor(
        ctx: *mut c_void,
        function: *const c_char,
        callback: FfiCallback,
        user_data: *mut c_void,
        req: *const u8,
        len: usize,
    ) -> c_int;
    fn slow_sleep(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, wait_ms: u64, number: u64) -> c_int;
    fn slow_sleep_lightly(
        ctx: *mut c_void,
        callback: FfiCallback,
        user_data: *mut c_void,
        wait_ms: u64,
        number: u64,
    ) -> c_int;
    fn slow_ffi_cancel(ctx: *mut c_void, user_data: *mut c_void) -> c_int;
    fn slow_ffi_close(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int;
}

static SLOW: Symbols = Symbols {
    create_cbor: slow_create_cbor,
    destroy: slow_destroy,
    call_cbor: slow_ffi_call_cbor,
    cancel: slow_ffi_cancel,
    close: slow_ffi_close,
};

/// Longer than any test may take.
const FOREVER: u64 = 600_000;

/// Has the tests take turns: one that stays in a warning holds up those of the others.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn created(wait_ms: u64) -> (Host, &'static Probe) {
    let probe = Probe::new();
    (Host::create_in(&SLOW, &map([("wait_ms", wait_ms.into())]), probe), probe)
}

fn slow() -> Host {
    let (host, probe) = created(0);
    heard(probe);
    host
}

fn sleep(wait_ms: u64) -> Value {
    map([("wait_ms", wait_ms.into()), ("number", 7.into())])
}

fn echo(number: u64) -> Value {
    map([("number", number.into())])
}

/// The milliseconds that each warning of a call tells, and the answer after them.
fn heard(probe: &Probe) -> (Vec<u64>, Answer) {
    let mut warnings = Vec::new();
    loop {
        let answer = probe.wait();
        if answer.ret != RET_STALE_WARN {
            assert_eq!(probe.count(), warnings.len() + 1, "nothing comes after the answer");
            return (warnings, answer);
        }
        let text = std::str::from_utf8(&answer.bytes).expect("text");
        warnings.push(text.parse().expect("a decimal number"));
    }
}

/// Whether the warnings come at the interval at the earliest.
fn are_apart(warnings: &[u64]) -> bool {
    let first = warnings.first().is_none_or(|&first| first >= 50);
    first && warnings.is_sorted_by(|before, after| before + 50 <= *after)
}

/// Runs `call` within the first warning, and gives what it gave.
fn within_warning<T: Send + 'static>(
    mut call: impl FnMut() -> T + Send + 'static,
) -> (&'static Probe, mpsc::Receiver<T>) {
    let (gave, received) = mpsc::channel();
    let mut is_first = true;
    let probe = Probe::with(move |answer| {
        if answer.ret == RET_STALE_WARN && std::mem::take(&mut is_first) {
            let _ = gave.send(call());
        }
    });
    (probe, received)
}

/// A call whose host stays in its first warning until it is released.
struct Held {
    gate: Mutex<Gate>,
    changed: Condvar,
}

#[derive(Default)]
struct Gate {
    is_warned: bool,
    is_released: bool,
    answers: Vec<Answer>,
}

impl Held {
    /// Starts a call that may be cancelled, and returns within its first warning.
    fn start(host: Host, wait_ms: u64) -> &'static Self {
        let held: &Self = Box::leak(Box::new(Self { gate: Mutex::default(), changed: Condvar::new() }));
        // SAFETY: what the callback is given lives for ever.
        let ret = unsafe { slow_sleep_lightly(host.ctx(), Some(Self::hear), held.user_data(), wait_ms, 7) };
        assert_eq!(ret, RET_OK);
        drop(held.wait(|gate| gate.is_warned));
        held
    }

    fn user_data(&'static self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    unsafe extern "C-unwind" fn hear(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
        // SAFETY: every call passes a leaked one.
        let held = unsafe { &*user_data.cast::<Self>() };
        if ret == RET_STALE_WARN {
            held.wait(|_| true).is_warned = true;
            held.changed.notify_all();
            drop(held.wait(|gate| gate.is_released));
        } else {
            // SAFETY: a library calls this.
            let answer = unsafe { Answer::heard(ret, msg, len) };
            held.wait(|_| true).answers.push(answer);
            held.changed.notify_all();
        }
    }

    fn wait(&self, mut until: impl FnMut(&mut Gate) -> bool) -> MutexGuard<'_, Gate> {
        let gate = self.gate.lock().expect("no panic");
        self.changed.wait_while(gate, |gate| !until(gate)).expect("no panic")
    }

    fn is_answered(&self) -> bool {
        !self.wait(|_| true).answers.is_empty()
    }

    /// Lets the host return from the warning, and gives the answer.
    fn release(&self) -> Answer {
        self.wait(|_| true).is_released = true;
        self.changed.notify_all();
        let gate = self.wait(|gate| !gate.answers.is_empty());
        assert_eq!(gate.answers.len(), 1);
        gate.answers[0].clone()
    }
}

#[test]
fn a_call_that_takes_long_is_warned_of_again_and_again_and_then_answered() {
    let _turn = alone();
    let host = slow();
    let begun = Instant::now();
    let (warnings, answer) = heard(host.start("slow_sleep", &sleep(1_000)));
    assert!(warnings.len() >= 2 && are_apart(&warnings), "{warnings:?}");
    // What it says has elapsed has elapsed.
    assert!(warnings.iter().all(|&ms| u128::from(ms) <= begun.elapsed().as_millis()), "{warnings:?}");
    assert_eq!(answer.value(), Value::from(7));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_native_call_is_warned_of_too() {
    let _turn = alone();
    let host = slow();
    let probe = Probe::new();
    // SAFETY: the probe lives for ever.
    let ret = unsafe { slow_sleep(host.ctx(), Some(crate::common::record), probe.user_data(), 1_000, 7) };
    assert_eq!(ret, RET_OK);
    let (warnings, answer) = heard(probe);
    assert!(warnings.len() >= 2 && are_apart(&warnings), "{warnings:?}");
    assert_eq!(answer.ok(), 7_u64.to_ne_bytes());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_blocked_worker_and_what_waits_behind_it_are_warned_of() {
    let _turn = alone();
    let host = slow();
    let blocker = host.start("slow_block", &sleep(1_000));
    let behind = host.start("slow_echo", &echo(8));
    let (warnings, answer) = heard(blocker);
    assert!(warnings.len() >= 2 && are_apart(&warnings), "{warnings:?}");
    assert_eq!(answer.value(), Value::from(7));
    let (warnings, answer) = heard(behind);
    assert!(warnings.len() >= 2 && are_apart(&warnings), "{warnings:?}");
    assert_eq!(answer.value(), Value::from(8));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_constructor_and_a_close_that_take_long_are_warned_of() {
    let _turn = alone();
    let (host, constructor) = created(1_000);
    let (warnings, answer) = heard(constructor);
    assert!(warnings.len() >= 2 && are_apart(&warnings), "{warnings:?}");
    answer.ok();
    let pending = host.start("slow_sleep", &sleep(FOREVER));
    let closed = Probe::new();
    assert_eq!(host.close(closed), RET_OK);
    let (warnings, answer) = heard(closed);
    assert!(warnings.len() >= 2 && are_apart(&warnings), "{warnings:?}");
    assert_eq!(answer.ok(), b"");
    assert_eq!(heard(pending).1.error_of(ErrorKind::Cancelled), "cancelled");
}

#[test]
fn a_result_waits_for_the_warning_in_progress() {
    let _turn = alone();
    let host = slow();
    let held = Held::start(host, 150);
    thread::sleep(Duration::from_millis(600));
    assert!(!held.is_answered());
    assert_eq!(held.release().ok(), 7_u64.to_ne_bytes());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_cancelled_call_is_answered_after_its_warning_and_holds_up_no_other() {
    let _turn = alone();
    let host = slow();
    let held = Held::start(host, FOREVER);
    // SAFETY: any handle and any pointer may be asked about.
    assert_eq!(unsafe { slow_ffi_cancel(host.ctx(), held.user_data()) }, RET_OK);
    assert_eq!(heard(host.start("slow_echo", &echo(8))).1.value(), Value::from(8));
    assert!(!held.is_answered());
    assert_eq!(held.release().error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_host_may_call_cancel_and_destroy_within_a_warning() {
    let _turn = alone();
    let host = slow();
    let (probe, returned) = within_warning(move || {
        let other = slow();
        let echo = host.start("slow_echo", &echo(8));
        (host.cancel(Probe::new()), other.destroy(), host.destroy(), echo)
    });
    host.submit("slow_sleep", &crate::common::to_bytes(&sleep(FOREVER)), probe);
    let (cancelled, other, destroyed, echo) = returned.recv().expect("nothing waits for itself");
    assert_eq!([cancelled, other, destroyed], [RET_OK; 3]);
    assert_eq!(heard(echo).1.value(), Value::from(8));
    assert_eq!(heard(probe).1.error_of(ErrorKind::Cancelled), "cancelled");
}

#[test]
fn a_warning_that_does_not_return_bounds_the_wait_for_the_end() {
    let _turn = alone();
    let host = slow();
    let held = Held::start(host, FOREVER);
    assert_eq!(host.destroy(), RET_ERR, "the warning blocks for longer than the grace and a second");
    assert!(!held.is_answered());
    assert_eq!(held.release().error_of(ErrorKind::Cancelled), "cancelled");
}

#[test]
fn a_call_with_a_deadline_is_warned_of_until_it_passes() {
    let _turn = alone();
    let host = slow();
    for function in ["slow_sleep_a_while", "slow_sleep_briefly"] {
        let (warnings, answer) = heard(host.start(function, &sleep(2_000)));
        assert!(are_apart(&warnings), "{warnings:?}");
        assert_eq!(answer.error_of(ErrorKind::DeadlineExceeded), "deadline exceeded");
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_deadline_that_passes_within_a_warning_is_answered_after_it() {
    let _turn = alone();
    let host = slow();
    let (probe, returned) = within_warning(|| thread::sleep(Duration::from_millis(600)));
    host.submit("slow_sleep_a_while", &crate::common::to_bytes(&sleep(FOREVER)), probe);
    returned.recv().expect("the warning returned");
    assert_eq!(heard(probe).1.error_of(ErrorKind::DeadlineExceeded), "deadline exceeded");
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_library_that_did_not_opt_in_never_warns() {
    let _turn = alone();
    let host = Host::new();
    let probe = host.start("every_sleep", &map([("wait_ms", 1_000.into())]));
    probe.wait().ok();
    assert_eq!((host.destroy(), probe.count()), (RET_OK, 1));
}

#[test]
fn warnings_answers_and_the_end_race() {
    let _turn = alone();
    for round in 0_u64..40 {
        let host = slow();
        let probes: Vec<_> =
            (0..20_u64).map(|index| host.start("slow_sleep_lightly", &sleep(45 + (round + index) % 11))).collect();
        if round % 2 == 0 {
            for probe in &probes {
                host.cancel(probe);
            }
        }
        assert_eq!(host.destroy(), RET_OK);
        let counts: Vec<_> = probes.iter().map(|probe| probe.count()).collect();
        for probe in &probes {
            heard(probe);
        }
        assert_eq!(counts, probes.iter().map(|probe| probe.count()).collect::<Vec<_>>(), "silence after the end");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_watch_is_there_while_there_are_contexts() {
    use crate::common::{come_to_be, threads_named};
    let _turn = alone();
    crate::common::in_own_process("stale::the_watch_is_there_while_there_are_contexts", || {
        for _ in 0..20 {
            assert!(come_to_be("slow-watch", 0));
            let (host, other) = (slow(), slow());
            assert!(come_to_be("slow-watch", 1));
            assert_eq!(host.destroy(), RET_OK);
            assert_eq!(threads_named("slow-watch").len(), 1);
            assert_eq!(other.destroy(), RET_OK);
        }
        assert!(come_to_be("slow-watch", 0));
    });
}

#[cfg(target_os = "linux")]
#[test]
fn the_watch_sleeps_while_nothing_is_pending() {
    let switches = || {
        let watch = crate::common::threads_named("slow-watch").pop().expect("the watch");
        let line = watch.lines().find(|line| line.starts_with("voluntary_ctxt_switches")).expect("a count");
        line.rsplit('\t').next().expect("a count").parse::<u64>().expect("a number")
    };
    let _turn = alone();
    crate::common::in_own_process("stale::the_watch_sleeps_while_nothing_is_pending", || {
        let host = slow();
        heard(host.start("slow_echo", &echo(1)));
        // What was pending then is due once more at the latest.
        thread::sleep(Duration::from_millis(300));
        let before = switches();
        thread::sleep(Duration::from_millis(1_000));
        assert_eq!(switches(), before, "it woke though nothing was pending");
        host.start("slow_sleep", &sleep(FOREVER));
        thread::sleep(Duration::from_millis(1_000));
        assert!(switches() > before, "or else it is not the watch that was looked at");
        assert_eq!(host.destroy(), RET_OK);
    });
}
