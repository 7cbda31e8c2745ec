//! What happens to events for which the queue has no place, and to those that it holds at the end.

use crate::bus::*;
use crate::common::gate::Gate;
use crate::common::map;
use crate::ear::*;
use ciborium::Value;
use ffi_runtime::{RET_ERR, RET_OK};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

#[test]
fn a_listener_that_waits_holds_up_no_request() {
    for bus in [&OLDEST, &NEWEST] {
        let gate = Gate::new();
        let (host, ear) = (bus.create(), Ear::at(&gate));
        bus.listen(host, Some("on_beat"), ear);
        bus.call(host, bus.fire, 0, 1);
        gate.await_visitor();
        for value in 0..100_u64 {
            assert_eq!(host.call(bus.echo, &map([("number", value.into())])).value(), Value::from(value));
            bus.call(host, bus.fire, value, 1);
        }
        assert_eq!(ear.count(), 1, "it still waits");
        drop(gate);
        assert_eq!(host.destroy(), RET_OK);
    }
}

#[test]
fn where_the_oldest_are_dropped_the_newest_eight_remain_behind_the_gap() {
    let gate = Gate::new();
    let (host, ear, gaps) = (OLDEST.create(), Ear::at(&gate), Ear::new());
    OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.listen(host, Some("events_dropped"), gaps);
    OLDEST.call(host, OLDEST.fire, 0, 1);
    gate.await_visitor();
    OLDEST.call(host, OLDEST.fire, 1, 8);
    OLDEST.call(host, OLDEST.fire, 9, 12);
    drop(gate);
    let expected = [Ok(0), Err(12)].into_iter().chain((13..=20).map(Ok));
    assert!(expected.eq((0..10).map(|_| ear.beat())));
    assert_eq!(number(gaps.next().ok()), 12);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((ear.count(), gaps.count()), (10, 1));
}

#[test]
fn where_the_newest_are_dropped_the_oldest_eight_remain_before_the_gap() {
    let gate = Gate::new();
    let (host, ear, all) = (NEWEST.create(), Ear::at(&gate), Ear::new());
    NEWEST.listen(host, Some("on_beat"), ear);
    NEWEST.listen_cbor(host, None, all);
    NEWEST.call(host, NEWEST.fire, 0, 1);
    gate.await_visitor();
    NEWEST.call(host, NEWEST.fire, 1, 8);
    NEWEST.call(host, NEWEST.fire, 9, 12);
    drop(gate);
    let expected = (0..=8).map(Ok).chain([Err(12)]);
    assert!(expected.eq((0..10).map(|_| ear.beat())));
    for value in 0..=8_u64 {
        assert_eq!(told_of_beats(all), ("on_beat".to_owned(), value.into()));
    }
    assert_eq!(told_of_beats(all), ("events_dropped".to_owned(), map([("count", 12.into())])));
    NEWEST.call(host, NEWEST.fire, 21, 1);
    assert_eq!(ear.beat(), Ok(21));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_line_of_events_is_full_at_its_limit_and_not_before() {
    for (bus, count) in [(&OLDEST, 9), (&NEWEST, 9), (&OLDEST, 10), (&NEWEST, 10)] {
        let gate = Gate::new();
        let (host, ear, gaps) = (bus.create(), Ear::at(&gate), Ear::new());
        bus.listen(host, Some("on_beat"), ear);
        bus.listen(host, Some("events_dropped"), gaps);
        bus.call(host, bus.fire, 0, 1);
        gate.await_visitor();
        bus.call(host, bus.fire, 1, count - 1);
        drop(gate);
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(gaps.count(), count - 9, "one is being heard and eight wait");
    }
}

#[test]
fn where_they_wait_for_room_nothing_is_dropped_and_a_listener_may_call() {
    let _turn = turn();
    let host = PATIENT.create();
    let ear = Ear::with(move |_| {
        // Answered although somebody waits for room: it is not the worker that waits.
        let answer = host.call(PATIENT.echo, &map([("number", 7.into())]));
        assert_eq!(answer.value(), Value::from(7));
    });
    let gaps = Ear::new();
    PATIENT.listen(host, Some("on_beat"), ear);
    PATIENT.listen(host, Some("events_dropped"), gaps);
    PATIENT.call(host, PATIENT.fire_elsewhere, 0, 100);
    assert!((0..100).map(Ok).eq((0..100).map(|_| ear.beat())));
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(gaps.count(), 0);
}

#[test]
fn the_worker_never_waits_for_room() {
    let gate = Gate::new();
    let (host, ear) = (PATIENT.create(), Ear::at(&gate));
    PATIENT.listen(host, Some("on_beat"), ear);
    PATIENT.call(host, PATIENT.fire, 0, 1);
    gate.await_visitor();
    PATIENT.call(host, PATIENT.fire, 1, 20);
    drop(gate);
    let expected = (0..=8).map(Ok).chain([Err(12)]);
    assert!(expected.eq((0..10).map(|_| ear.beat())));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn the_end_releases_who_waits_for_room_and_tells_who_comes_later() {
    let _turn = turn();
    let gate = Gate::new();
    let (host, ear) = (PATIENT.create(), Ear::at(&gate));
    PATIENT.listen(host, Some("on_beat"), ear);
    PATIENT.call(host, PATIENT.fire, 0, 1);
    gate.await_visitor();
    PATIENT.call(host, PATIENT.fire_elsewhere, 1, FOREVER * 1_000);
    wait_until(|| FIRED.load(Ordering::SeqCst) == 8);
    thread::sleep(Duration::from_millis(50));
    assert_eq!(FIRED.load(Ordering::SeqCst), 8, "the ninth waits for room");
    assert_eq!(host.destroy(), RET_ERR, "the listener blocks for longer than the grace and a second");
    wait_until(|| FIRED.load(Ordering::SeqCst) > 8);
    drop(gate);
    await_silence();
}

#[test]
fn what_was_fired_before_the_end_is_delivered_and_the_destructor_has_its_say() {
    let host = OLDEST.create_with(99.into());
    let ear = Ear::with(|_| thread::sleep(Duration::from_millis(20)));
    OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.call(host, OLDEST.fire, 0, 7);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(ear.count(), 8, "delivered before destroy returned");
    assert!((0..7).chain([99]).map(Ok).eq((0..8).map(|_| ear.beat())));
}

#[test]
fn what_is_not_delivered_within_the_grace_is_discarded() {
    let host = OLDEST.create();
    let ear = Ear::with(|_| thread::sleep(Duration::from_millis(400)));
    OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.call(host, OLDEST.fire, 0, 8);
    assert_eq!(host.destroy(), RET_OK);
    let heard = ear.count();
    assert!((1..8).contains(&heard), "{heard}");
    thread::sleep(Duration::from_millis(600));
    assert_eq!(ear.count(), heard, "silence after the end");
}

#[test]
fn an_event_that_nobody_hears_does_not_wait_for_room() {
    let (gate, is_fired) = (Gate::new(), Gate::new());
    let (host, ear) = (PATIENT.create(), Ear::at(&gate));
    PATIENT.listen(host, Some("on_beat"), ear);
    PATIENT.call(host, PATIENT.fire, 0, 1);
    gate.await_visitor();
    PATIENT.call(host, PATIENT.fire, 1, 8);
    host.call("patient_fire_unheard", &map([("gate", is_fired.0.into())])).ok();
    is_fired.await_visitor();
    assert_eq!(ear.count(), 1, "there is still no room");
    drop(gate);
    assert_eq!(host.destroy(), RET_OK);
}
