//! The worker of async functions without a state: there while it has work and a little longer,
//! and then there anew for the next call.

use crate::common::{Probe, come_to_be, in_own_process, map, record};
use crate::host::{Gate, beside_wait, empty, nobody, value};
use ffi_runtime::RET_OK;
use std::thread;
use std::time::{Duration, Instant};

/// For how long it waits for the next call.
const LINGER: Duration = Duration::from_millis(100);

fn wait(wait_ms: u64, value: i64) -> ciborium::Value {
    map([("wait_ms", wait_ms.into()), ("value", value.into())])
}

#[test]
fn it_ends_itself_and_begins_anew() {
    in_own_process("worker::it_ends_itself_and_begins_anew", || {
        assert!(come_to_be("beside-worker", 0), "none before the first call");
        let mut shortest = Duration::MAX;
        for _ in 0..3 {
            assert_eq!(nobody().call("beside_worker", &empty()).value(), "beside-worker".into());
            let start = Instant::now();
            assert!(come_to_be("beside-worker", 1));
            assert!(come_to_be("beside-worker", 0));
            let took = start.elapsed();
            assert!(took >= LINGER / 2, "{took:?}");
            shortest = shortest.min(took);
        }
        assert!(shortest < LINGER * 5, "it waits for {shortest:?}, and the machine is not that slow each time");
        for _ in 0..20 {
            nobody().call("beside_double", &value(1)).ok();
            assert!(come_to_be("beside-worker", 1), "it waits for the next call");
        }
    });
}

#[test]
fn it_does_not_leave_what_waits_for_longer() {
    let answer = Instant::now();
    let long = nobody().start("beside_wait", &wait(400, 1));
    assert_eq!(long.wait().value(), 1.into());
    assert!(answer.elapsed() >= Duration::from_millis(400));
    assert_eq!(long.count(), 1);
}

#[test]
fn threads_call_it_at_once() {
    thread::scope(|scope| {
        for caller in 0..4_i64 {
            scope.spawn(move || {
                let calls: Vec<_> = (0..200)
                    .map(|number| {
                        let probe = Probe::new();
                        let number = caller * 1_000 + number;
                        // SAFETY: the probe lives for ever.
                        assert_eq!(unsafe { beside_wait(Some(record), probe.user_data(), 1, number) }, RET_OK);
                        (probe, number)
                    })
                    .collect();
                for (probe, number) in calls {
                    assert_eq!(probe.wait().ok(), number.to_ne_bytes());
                    assert_eq!(probe.count(), 1);
                }
            });
        }
    });
}

#[test]
fn calls_that_meet_its_end_are_answered() {
    in_own_process("worker::calls_that_meet_its_end_are_answered", || {
        for round in 0..60_u64 {
            // About when it ends, a little earlier or later each time.
            thread::sleep(LINGER - Duration::from_millis(3) + Duration::from_micros(100 * round));
            thread::scope(|scope| {
                for caller in 0..2_i64 {
                    scope.spawn(move || {
                        let probe = nobody().start("beside_double", &value(caller));
                        assert_eq!(probe.wait().value(), (2 * caller).into());
                        assert_eq!(probe.count(), 1);
                    });
                }
            });
        }
        assert!(come_to_be("beside-worker", 0), "not one of them is left");
    });
}

#[test]
fn what_blocks_it_delays_the_others_and_loses_none() {
    in_own_process("worker::what_blocks_it_delays_the_others_and_loses_none", || {
        let gate = Gate::new();
        let blocked = nobody().start("beside_hold_worker", &gate.request());
        gate.await_visitors(1);
        let behind: Vec<_> = (0..100).map(|number| nobody().start("beside_double", &value(number))).collect();
        thread::sleep(2 * LINGER);
        assert!(!blocked.has_fired() && behind.iter().all(|probe| !probe.has_fired()));
        assert!(come_to_be("beside-worker", 1));
        drop(gate);
        blocked.wait().ok();
        for (number, probe) in (0_i64..).zip(behind) {
            assert_eq!(probe.wait().value(), (2 * number).into());
        }
        assert!(come_to_be("beside-worker", 0));
    });
}
