//! Listeners, emitters and hosts that poll, against one another and the end.

extern crate ffi_models as ffi_runtime;

mod common;

use common::host::{Call, Listener};
use common::{Host, Make, check, spawn, yield_now};
use ffi_runtime::RET_OK;

#[test]
fn removing_a_listener_against_its_being_called() {
    check(|| {
        let host = Host::new();
        let listener = host.listen().expect("a live context");
        host.fire();
        host.fire();
        let remove = spawn(move || host.remove(listener));
        remove.join().expect("no panic");
        host.fire();
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn events_against_destroy() {
    check(|| {
        let host = Host::new();
        let listener = host.listen().expect("a live context");
        let fire = spawn(move || host.fire().ret == RET_OK);
        assert_eq!(host.destroy(), RET_OK);
        let is_accepted = fire.join().expect("no panic");
        assert_eq!(listener.heard(), usize::from(is_accepted), "what was fired before the end is heard");
    });
}

#[test]
fn adding_a_listener_against_the_end() {
    check(|| {
        let host = Host::new();
        let add = spawn(move || host.listen().map(|listener| host.remove(listener)));
        host.fire();
        assert_eq!(host.destroy(), RET_OK);
        add.join().expect("no panic");
    });
}

#[test]
fn an_emitter_that_waits_for_room_against_the_end() {
    check(|| {
        let host = Host::new();
        host.listen().expect("a live context");
        host.share_events().assert_served();
        assert_eq!(host.destroy(), RET_OK);
        host.await_emitted();
    });
}

#[test]
fn an_emitter_that_waits_for_room_against_listeners_that_go() {
    check(|| {
        let host = Host::new();
        let listener = host.listen().expect("a live context");
        host.share_events().assert_served();
        host.remove(listener);
        host.await_emitted();
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn polling_against_calls_and_destroy() {
    check(|| {
        let host = Host::new();
        host.listen().expect("a live context");
        host.poll();
        let dispatch = spawn(move || {
            while host.dispatch() >= 0 {
                yield_now();
            }
        });
        let calls = [host.fire(), host.wait(), host.hold()];
        host.signal();
        host.signal();
        assert_eq!(host.destroy(), RET_OK);
        assert!(calls.iter().all(|call| call.is_answered()));
        calls.into_iter().for_each(Call::assert_served);
        dispatch.join().expect("no panic");
    });
}

#[test]
fn a_host_that_begins_to_poll_misses_nothing() {
    check(|| {
        let host = Host::new();
        let calls = [host.share(), host.wait(), host.share()];
        let signals = spawn(move || {
            host.signal();
            host.signal();
        });
        host.poll();
        while !calls.iter().all(|call| call.is_answered()) {
            host.dispatch();
            yield_now();
        }
        signals.join().expect("no panic");
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn a_context_that_closes_answers_what_nobody_dispatches() {
    check(|| {
        let host = Host::new();
        host.poll();
        let calls = [host.share(), host.hold()];
        let closed = host.close();
        assert_eq!(closed.wait().ret, RET_OK);
        assert!(calls.iter().all(|call| call.is_answered()));
        calls.into_iter().for_each(Call::assert_served);
    });
}

#[test]
fn listeners_of_the_constructors_callback_against_other_events() {
    check(|| {
        let (host, created, listeners) = Host::create_listening();
        let fire = spawn(move || host.fire().assert_served());
        created.assert_served();
        fire.join().expect("no panic");
        assert_eq!(host.destroy(), RET_OK);
        // The line has room for one: there is the event of the constructor, then the other or a gap.
        assert_eq!(listeners.map(Listener::heard), [2, 2], "both hear from the first event on");
    });
}

#[test]
fn a_listener_and_the_end_against_a_constructor_that_fires() {
    check(|| {
        let (host, created) = Host::create(Make::Loudly);
        let add = spawn(move || host.listen());
        created.assert_served();
        let listener = add.join().expect("no panic");
        assert_eq!(host.destroy(), RET_OK);
        assert!(listener.expect("a live context").heard() <= 1);
    });
}

#[test]
fn a_host_that_polls_against_a_constructor_that_fires() {
    check(|| {
        let (host, created, listeners) = Host::create_listening();
        host.poll();
        while !created.is_answered() || listeners.map(Listener::heard) != [1, 1] {
            host.dispatch();
            yield_now();
        }
        assert_eq!(host.destroy(), RET_OK);
    });
}
