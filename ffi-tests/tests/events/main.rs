//! Events reach their listeners in order, hold up no request, and are never lost unsaid.

mod bus;
#[path = "../common/mod.rs"]
mod common;
mod ear;
mod overflow;
mod polled;
mod polling;

use bus::*;
use common::gate::Gate;
use common::map;
use ear::*;
use ffi_runtime::{Events, NoContext, RET_ERR, RET_OK};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn a_worker_that_stands_still_is_told_of_once_and_once_that_it_goes_on() {
    let host = OLDEST.create();
    let (ear, native) = (Ear::new(), Ear::new());
    OLDEST.listen_cbor(host, None, ear);
    OLDEST.listen(host, Some("not_responding"), native);
    for _ in 0..2 {
        let begun = Instant::now();
        host.call(OLDEST.block, &map([("wait_ms", 1_500.into())])).ok();
        let (event, payload) = told(&ear.next());
        assert_eq!(event, "not_responding");
        let stalled: u64 = payload.into_map().expect("a map")[0].1.deserialized().expect("a number");
        assert!(stalled >= 200, "{stalled}");
        assert!(u128::from(stalled) <= begun.elapsed().as_millis(), "{stalled} ms in {:?}", begun.elapsed());
        assert_eq!(number(native.next().ok()), stalled);
        assert_eq!(told(&ear.next()), ("responding".to_owned(), map([])));
    }
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((ear.count(), native.count()), (4, 2));
}

#[test]
fn a_worker_that_waits_for_its_listeners_at_the_end_is_not_told_of() {
    let host = OLDEST.create();
    let (ear, health) = (Ear::with(|_| thread::sleep(Duration::from_millis(100))), Ear::new());
    OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.listen_cbor(host, Some("not_responding"), health);
    OLDEST.call(host, OLDEST.fire, 0, 8);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((ear.count(), health.count()), (8, 0));
}

#[test]
fn a_worker_that_waits_or_sleeps_is_not_told_of() {
    let gate = Gate::new();
    let host = OLDEST.create();
    let ear = Ear::new();
    OLDEST.listen_cbor(host, Some("not_responding"), ear);
    let waiting = host.start(OLDEST.wait, &map([("gate", gate.0.into())]));
    thread::sleep(Duration::from_millis(1_000));
    drop(gate);
    waiting.wait().ok();
    thread::sleep(Duration::from_millis(500));
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(ear.count(), 0);
}

#[test]
fn a_worker_that_tasks_of_its_own_keep_awake_is_not_told_of() {
    let (host, ear) = (RESTLESS.create(), Ear::new());
    RESTLESS.listen(host, Some("not_responding"), ear);
    host.call("restless_spin", &map([("wait_ms", 4_000.into())])).ok();
    thread::sleep(Duration::from_millis(3_500));
    assert_eq!(ear.count(), 0);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn what_the_watch_drops_from_a_full_line_is_not_dropped_on_its_thread() {
    let gate = Gate::new();
    let (host, ear, gaps) = (RESTLESS.create(), Ear::at(&gate), Ear::new());
    RESTLESS.listen(host, None, ear);
    RESTLESS.listen(host, Some("events_dropped"), gaps);
    let fire = |count: u64| host.call("restless_fire_weights", &map([("count", count.into())])).ok().len();
    fire(1);
    gate.await_visitor();
    fire(8);
    host.call(RESTLESS.block, &map([("wait_ms", 4_000.into())])).ok();
    drop(gate);
    assert_eq!(host.destroy(), RET_OK);
    assert!(gaps.count() > 0, "there was no room for the watch's event");
    let dropped_on = DROPPED_ON.lock().expect("no panic");
    assert_eq!(dropped_on.len(), 9, "each once");
    assert!(dropped_on.iter().all(|name| name != "restless-watch"), "{dropped_on:?}");
}

#[test]
fn whoever_removes_a_listener_waits_for_it_though_another_has_removed_it() {
    let gate = Gate::new();
    let (host, ear) = (OLDEST.create(), Ear::at(&gate));
    let id = OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.call(host, OLDEST.fire, 0, 1);
    gate.await_visitor();
    let (removed, removals) = mpsc::channel();
    for _ in 0..2 {
        let removed = removed.clone();
        thread::spawn(move || removed.send(OLDEST.remove(host, id)));
    }
    assert!(removals.recv_timeout(Duration::from_millis(300)).is_err(), "it still runs");
    drop(gate);
    let mut rets = [(); 2].map(|()| removals.recv_timeout(PATIENCE).expect("it returns"));
    rets.sort_unstable();
    assert_eq!(rets, [RET_OK, RET_ERR]);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn outside_of_any_context_an_event_does_nothing() {
    oldest::on_beat(1);
    assert_eq!(Events::<OldestBus>::current().err(), Some(NoContext));
}

#[test]
fn an_emitter_outlives_its_context_and_says_so() {
    let _turn = turn();
    let host = NEWEST.create();
    NEWEST.call(host, NEWEST.fire_elsewhere, 0, FOREVER * 1_000);
    wait_until(|| FIRED.load(Ordering::SeqCst) > 1_000);
    assert_eq!(host.destroy(), RET_OK);
    await_silence();
}

#[test]
fn each_form_is_made_once_for_all_who_want_it() {
    let host = OLDEST.create();
    let natives = [Ear::new(), Ear::new()];
    let (named, cbors) = (Ear::new(), [Ear::new(), Ear::new()]);
    for ear in natives {
        OLDEST.listen(host, Some("on_beat"), ear);
    }
    OLDEST.listen(host, None, named);
    OLDEST.listen_cbor(host, Some("on_beat"), cbors[0]);
    OLDEST.listen_cbor(host, None, cbors[1]);
    OLDEST.call(host, OLDEST.fire, 5, 1);
    let [first, second] = natives.map(Ear::next_at);
    assert_eq!(number(first.0.ok()), 5);
    assert_eq!(first, second);
    let [first, second] = cbors.map(Ear::next_at);
    assert_eq!(told(&first.0), ("on_beat".to_owned(), 5.into()));
    assert_eq!(first, second);
    assert_eq!(named.next().ok().len(), size_of::<NamedPayload>());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_listener_of_all_gets_the_name_with_the_payload() {
    static HEARD: Mutex<Vec<(String, u64)>> = Mutex::new(Vec::new());
    unsafe extern "C-unwind" fn hear_named(ret: c_int, msg: *const c_char, len: usize, _data: *mut c_void) {
        assert_eq!((ret, len), (RET_OK, size_of::<NamedPayload>()));
        // SAFETY: a native listener of all gets this struct.
        let event = unsafe { &*msg.cast::<NamedPayload>() };
        // SAFETY: the name is NUL-terminated.
        let name = unsafe { CStr::from_ptr(event.name) }.to_str().expect("UTF-8").to_owned();
        if name.ends_with("responding") {
            return;
        }
        assert_eq!(event.len, size_of::<u64>());
        // SAFETY: the payload of the only event that is fired is a number.
        HEARD.lock().expect("no panic").push((name, unsafe { *event.payload.cast::<u64>() }));
    }
    let host = OLDEST.create();
    // SAFETY: the callback needs no data.
    let id = unsafe { OLDEST.listen[0](host.ctx(), c"".as_ptr(), Some(hear_named), std::ptr::null_mut()) };
    assert!(id > 0);
    OLDEST.call(host, OLDEST.fire, 3, 2);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(*HEARD.lock().expect("no panic"), [("on_beat".to_owned(), 3), ("on_beat".to_owned(), 4)]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_delivery_thread_lives_from_the_first_listener_to_the_end() {
    use common::{come_to_be, threads_named};
    common::in_own_process("the_delivery_thread_lives_from_the_first_listener_to_the_end", || {
        let host = OLDEST.create();
        assert!(threads_named("oldest-events").is_empty());
        OLDEST.listen(host, None, Ear::new());
        OLDEST.listen_cbor(host, None, Ear::new());
        assert!(come_to_be("oldest-events", 1), "one for all listeners");
        assert_eq!(host.destroy(), RET_OK);
        assert!(come_to_be("oldest-events", 0) && come_to_be("oldest-watch", 0));
    });
}
