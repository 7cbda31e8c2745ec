//! The end of a context waits for whoever is in one of its inline methods, within its bound: the
//! state is there for as long as anybody reads it.

use crate::common::{Probe, in_own_process, map, to_bytes};
use crate::host::{GRACE, Gate, create, empty, last_error_of, named_here, new, wait_until};
use ffi_runtime::{ErrorKind, RET_ERR, RET_OK};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

/// How long a destroy waits at the most.
const BOUND: Duration = Duration::from_millis(1_500);

/// How long a test looks whether something comes that must not.
const A_WHILE: Duration = Duration::from_millis(100);

#[test]
fn destroy_waits_for_its_callers() {
    let host = new("waits");
    let gates = [Gate::new(), Gate::new()];
    thread::scope(|scope| {
        let callers = gates.each_ref().map(|gate| {
            let caller = {
                let request = gate.request();
                scope.spawn(move || named_here(host, "beside_block", &request))
            };
            gate.await_visitors(1);
            caller
        });
        let destroyer = scope.spawn(|| host.destroy());
        wait_until(|| host.call("beside_name", &empty()).ret == RET_ERR);
        for (gate, caller) in gates.into_iter().zip(callers) {
            thread::sleep(A_WHILE);
            assert!(!destroyer.is_finished());
            assert_eq!(beside::ends("waits"), 0, "it is being read");
            drop(gate);
            let (ret, answer) = caller.join().expect("no panic");
            assert_eq!((ret, answer.value()), (RET_OK, "waits".into()));
        }
        assert_eq!(destroyer.join().expect("no panic"), RET_OK);
        assert_eq!(beside::ends("waits"), 1);
    });
}

#[test]
fn a_caller_that_blocks_bounds_the_wait_and_is_answered_when_it_returns() {
    let (host, gate) = (new("blocks"), Gate::new());
    let queued = host.start("beside_never", &empty());
    thread::scope(|scope| {
        let caller = {
            let request = gate.request();
            scope.spawn(move || named_here(host, "beside_block", &request))
        };
        gate.await_visitors(1);
        let start = Instant::now();
        assert_eq!(host.destroy(), RET_ERR);
        assert!(start.elapsed() >= BOUND, "{:?}", start.elapsed());
        assert_eq!(
            last_error_of(ErrorKind::Closed),
            "beside_destroy: something blocks the context; it ends when that does"
        );
        assert_eq!(queued.wait().error_of(ErrorKind::Cancelled), "cancelled");
        assert!(!caller.is_finished());
        assert_eq!(host.destroy(), RET_ERR);
        assert_eq!(beside::ends("blocks"), 0, "it is being read");
        drop(gate);
        let (ret, answer) = caller.join().expect("no panic");
        assert_eq!((ret, answer.value()), (RET_OK, "blocks".into()));
    });
    wait_until(|| beside::ends("blocks") == 1);
    assert_eq!(queued.count(), 1);
}

#[test]
fn its_thread_goes_when_the_last_caller_has_left() {
    in_own_process("ending::its_thread_goes_when_the_last_caller_has_left", || {
        let (host, gate) = (new(""), Gate::new());
        thread::scope(|scope| {
            let caller = {
                let request = gate.request();
                scope.spawn(move || named_here(host, "beside_block", &request))
            };
            gate.await_visitors(1);
            assert_eq!(host.destroy(), RET_ERR);
            assert!(crate::common::come_to_be("beside-worker", 1));
            drop(gate);
            caller.join().expect("no panic").1.ok();
        });
        assert!(crate::common::come_to_be("beside-worker", 0));
        // The slot is free again, for another generation.
        let next = new("next");
        assert_eq!(host.call("beside_name", &empty()).ret, RET_ERR);
        assert_eq!(named_here(next, "beside_name", &empty()).1.value(), "next".into());
        assert_eq!(next.destroy(), RET_OK);
    });
}

/// What this process has used of its cores.
fn used() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the place is writable.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[test]
fn a_worker_that_waits_for_a_caller_sleeps() {
    in_own_process("ending::a_worker_that_waits_for_a_caller_sleeps", || {
        let (host, gate) = (new(""), Gate::new());
        thread::scope(|scope| {
            let caller = {
                let request = gate.request();
                scope.spawn(move || named_here(host, "beside_block", &request))
            };
            gate.await_visitors(1);
            let before = used();
            assert_eq!(host.destroy(), RET_ERR);
            thread::sleep(Duration::from_secs(1));
            let used = used() - before;
            assert!(used < Duration::from_millis(300), "{used:?} of its cores in {BOUND:?} and a second");
            drop(gate);
            caller.join().expect("no panic").1.ok();
        });
    });
}

#[test]
fn the_callback_of_close_comes_after_the_last_answer() {
    let (host, gate) = (new("closed"), Gate::new());
    thread::scope(|scope| {
        let caller = {
            let request = gate.request();
            scope.spawn(move || named_here(host, "beside_block", &request))
        };
        gate.await_visitors(1);
        let last = Probe::with(|_| assert_eq!(beside::ends("closed"), 1));
        assert_eq!(host.close(last), RET_OK);
        thread::sleep(A_WHILE);
        assert!(!last.has_fired());
        drop(gate);
        caller.join().expect("no panic").1.ok();
        last.wait().ok();
        assert_eq!(last.count(), 1);
    });
}

#[test]
fn what_begins_to_wait_in_a_context_that_closes_is_the_workers_still() {
    let (host, gate) = (new(""), Gate::new());
    let request = map([("gate", gate.0.into()), ("value", 7.into())]);
    thread::scope(|scope| {
        let caller = scope.spawn(|| host.start("beside_block_then_yield", &request));
        gate.await_visitors(1);
        let destroyer = scope.spawn(|| host.destroy());
        wait_until(|| host.call("beside_name", &empty()).ret == RET_ERR);
        drop(gate);
        let probe = caller.join().expect("no panic");
        assert_eq!(destroyer.join().expect("no panic"), RET_OK);
        assert_eq!(probe.count(), 1, "before destroy returned");
        assert_eq!(probe.wait().value(), 7.into());
    });
}

#[test]
fn what_begins_to_wait_after_the_grace_is_cancelled() {
    let (host, gate) = (new("late"), Gate::new());
    let request = map([("gate", gate.0.into()), ("value", 7.into())]);
    thread::scope(|scope| {
        let caller = scope.spawn(|| host.start("beside_block_then_yield", &request));
        gate.await_visitors(1);
        let destroyer = scope.spawn(|| host.destroy());
        wait_until(|| host.call("beside_name", &empty()).ret == RET_ERR);
        thread::sleep(GRACE + A_WHILE);
        drop(gate);
        let probe = caller.join().expect("no panic");
        assert_eq!(probe.wait().error_of(ErrorKind::Cancelled), "cancelled");
        destroyer.join().expect("no panic");
        wait_until(|| beside::ends("late") == 1);
        assert_eq!(probe.count(), 1);
    });
}

#[test]
fn a_refusal_while_the_constructor_runs_is_waited_for_too() {
    let (constructing, gate) = (Gate::new(), Gate::new());
    let (host, created) = create("", Some("no"), constructing.0);
    constructing.await_visitors(1);
    let at = gate.0;
    // Blocks inside the refusal, at a gate of the library's.
    let refused = Probe::with(move |_| {
        named_here(crate::host::nobody(), "beside_wait_at", &map([("gate", at.into())])).1.ok();
    });
    thread::scope(|scope| {
        let caller = scope.spawn(move || host.submit("beside_name", &[], refused));
        gate.await_visitors(1);
        drop(constructing);
        assert_eq!(created.wait().error(), "no");
        let destroyer = scope.spawn(|| host.destroy());
        thread::sleep(A_WHILE);
        assert!(!destroyer.is_finished(), "a callback of the context runs");
        drop(gate);
        assert_eq!(caller.join().expect("no panic"), RET_ERR);
        destroyer.join().expect("no panic");
        assert_eq!(refused.count(), 1);
    });
}

#[test]
fn calls_that_race_with_destroy_are_answered_one_way_or_the_other() {
    const FUNCTIONS: [&str; 4] = ["beside_name", "beside_soon", "beside_turns", "beside_queued"];
    let request = to_bytes(&map([("value", 1.into()), ("times", 2.into()), ("amount", 1.into())]));
    for round in 0..200 {
        let (host, barrier) = (new("raced"), Barrier::new(4));
        thread::scope(|scope| {
            let call = |caller: usize| {
                barrier.wait();
                let submit = |call: usize| {
                    let probe = Probe::new();
                    let ret = host.submit(FUNCTIONS[(caller + call) % 4], &request, probe);
                    assert!(ret == RET_OK || probe.count() == 1, "a refusal came before the call returned");
                    (ret, probe)
                };
                (0..20).map(submit).collect::<Vec<_>>()
            };
            let callers = [0, 1, 2].map(|caller| scope.spawn(move || call(caller)));
            barrier.wait();
            assert_eq!(host.destroy(), RET_OK);
            assert_eq!(beside::ends("raced"), round + 1);
            for (ret, probe) in callers.into_iter().flat_map(|caller| caller.join().expect("no panic")) {
                let answer = probe.wait();
                assert_eq!(answer.ret, ret, "{answer:?}");
                assert!(answer.ret == RET_OK || answer.error().contains("not a live context"));
                assert_eq!(probe.count(), 1);
            }
        });
    }
}
