//! What an inline handler fires reaches its context's listeners, and what it spawns runs on its
//! context's worker.

use crate::common::{Host, Probe, map, record, to_bytes};
use crate::host::{beside_ffi_add_event_listener, empty, named_here, new, nobody};
use ffi_runtime::RET_OK;

fn number(number: i64) -> ciborium::Value {
    map([("number", number.into())])
}

/// A listener's probe.
fn listen(host: Host) -> &'static Probe {
    let probe = Probe::new();
    // SAFETY: the probe lives for ever.
    let id =
        unsafe { beside_ffi_add_event_listener(host.ctx(), c"on_beside".as_ptr(), Some(record), probe.user_data()) };
    assert!(id > 0);
    probe
}

fn next(ear: &Probe) -> i64 {
    i64::from_ne_bytes(ear.wait().ok().try_into().expect("a number"))
}

#[test]
fn what_it_fires_is_heard_in_its_order() {
    let host = new("");
    let ear = listen(host);
    for told in 0..100 {
        assert_eq!(named_here(host, "beside_fire", &number(told)).0, RET_OK);
    }
    assert_eq!((0..100).map(|_| next(ear)).collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(ear.count(), 100);
}

#[test]
fn what_it_leaves_to_others_is_heard_too() {
    let host = new("");
    let ear = listen(host);
    for (told, function) in [(1, "beside_fire_elsewhere"), (2, "beside_spawn"), (3, "beside_spawn_by_handle")] {
        let (ret, answer) = named_here(host, function, &number(told));
        assert_eq!((ret, answer.ok()), (RET_OK, &[0xf6][..]), "{function}");
        assert_eq!(next(ear), told, "{function}");
    }
    assert_eq!(host.call("beside_spawn_later", &number(4)).value(), 8.into());
    assert_eq!(next(ear), 8, "fired after it had moved");
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_function_without_a_state_fires_where_its_thread_serves() {
    let host = new("");
    let ear = listen(host);
    assert_eq!(named_here(nobody(), "beside_tell", &number(1)).0, RET_OK);
    let said = "there is no context to fire an event in";
    assert_eq!(named_here(nobody(), "beside_is_served", &empty()).1.error(), said);
    let probe = Probe::with(move |_| {
        named_here(nobody(), "beside_is_served", &empty()).1.ok();
        named_here(nobody(), "beside_tell", &number(2)).1.ok();
    });
    assert_eq!(host.submit("beside_name", &[], probe), RET_OK);
    assert_eq!(next(ear), 2);
    assert_eq!(named_here(nobody(), "beside_is_served", &empty()).1.error(), said, "no longer");
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(ear.count(), 1);
}

#[test]
fn the_innermost_context_is_served() {
    let (outer, inner) = (new(""), new(""));
    let ears = [outer, inner].map(listen);
    let request = to_bytes(&number(1));
    let probe = Probe::with(move |_| {
        let within = Probe::with(|_| assert_eq!(named_here(nobody(), "beside_tell", &number(2)).0, RET_OK));
        assert_eq!(inner.submit("beside_fire", &request, within), RET_OK);
        named_here(nobody(), "beside_tell", &number(3)).1.ok();
    });
    assert_eq!(outer.submit("beside_name", &[], probe), RET_OK);
    assert_eq!([next(ears[1]), next(ears[1]), next(ears[0])], [1, 2, 3]);
    assert_eq!((outer.destroy(), inner.destroy()), (RET_OK, RET_OK));
    assert_eq!(ears.map(Probe::count), [1, 2]);
}
