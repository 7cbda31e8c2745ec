//! What fails in a call on its caller's thread, and what the call returns then: 0 where the
//! handler was called, else not 0; answered once either way, and the context serves on.

use crate::common::{Host, Probe, map, record, without_place};
use crate::host::{
    Gate, GrenadePod, at, beside_add, beside_fail, beside_grenade, beside_labelled, beside_labelled_later,
    beside_lone_labelled, beside_lone_labelled_later, beside_name, beside_parse, bytes_here, create, empty, here,
    last_error_of, named_here, new, nobody,
};
use ciborium::Value;
use ffi_runtime::{ErrorKind, RET_ERR, RET_OK};

const STALE: &str = "not a live context: NULL, destroyed or never made";

fn grenade() -> Value {
    map([("value", map([("live", true.into())]))])
}

fn text(text: &str) -> Value {
    map([("text", text.into())])
}

fn assert_serves(host: Host) {
    assert_eq!(named_here(host, "beside_name", &empty()).1.value(), "fine".into());
    assert_eq!(host.call("beside_queued", &map([("value", 1.into())])).value(), 1.into());
}

#[test]
fn what_a_handler_says_or_panics_with_is_its_answer() {
    let host = new("fine");
    for prefix in ["beside", "beside_lone"] {
        for (function, request, said) in [
            ("fail", text("no"), "no".to_owned()),
            ("fail", text(""), "unknown error".to_owned()),
            ("fail_unspeakably", empty(), format!("{prefix}_fail_unspeakably panicked: cannot be said")),
            ("panic", text("boom"), format!("{prefix}_panic panicked: boom")),
            ("panic_with_number", empty(), format!("{prefix}_panic_with_number panicked: a panic without text")),
            ("drop_grenade", grenade(), format!("{prefix}_drop_grenade panicked: the grenade went off")),
        ] {
            let (ret, answer) = named_here(host, &format!("{prefix}_{function}"), &request);
            assert_eq!((ret, without_place(answer.error())), (RET_OK, &*said), "accepted, and so 0");
            assert_serves(host);
        }
        let (ret, answer) = named_here(host, &format!("{prefix}_grenade"), &grenade());
        assert_eq!((ret, answer.value()), (RET_OK, map([("live", true.into())])), "answered before it was dropped");
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn so_it_is_after_turns() {
    let host = new("fine");
    let with = |times: u64, name: &str, value: Value| map([("times", times.into()), (name, value)]);
    for (prefix, times) in [("beside", 0), ("beside", 3), ("beside_lone", 0), ("beside_lone", 3)] {
        let call = |function: &str, name, value| {
            let probe = host.start(&format!("{prefix}_{function}"), &with(times, name, value));
            let answer = probe.wait();
            assert_eq!(probe.count(), 1);
            answer
        };
        let live = || map([("live", true.into())]);
        assert_eq!(call("fail_later", "text", "no".into()).error(), "no");
        let said = format!("{prefix}_panic_later panicked: boom");
        assert_eq!(without_place(call("panic_later", "text", "boom".into()).error()), said);
        let said = format!("{prefix}_drop_grenade_later panicked: the grenade went off");
        assert_eq!(without_place(call("drop_grenade_later", "value", live()).error()), said);
        assert_eq!(call("grenade_later", "value", live()).value(), live());
        assert_serves(host);
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_text_that_c_cannot_hold_is_told_and_accepted() {
    let host = new("fine");
    // SAFETY: each is passed a probe that lives for ever.
    let (ret, answer) = here(|callback, data| unsafe { beside_labelled(host.ctx(), callback, data) });
    let said = "beside_labelled: label: the string has a NUL at byte 1, where C would end it";
    assert_eq!((ret, answer.error()), (RET_OK, said));
    // SAFETY: as above.
    let (ret, answer) = here(|callback, data| unsafe { beside_lone_labelled(callback, data) });
    assert_eq!((ret, answer.error()), (RET_OK, &*said.replace("beside_", "beside_lone_")));
    for times in [0, 2] {
        let (inline, lone) = (Probe::new(), Probe::new());
        // SAFETY: as above.
        let rets = [
            // SAFETY: as said above.
            unsafe { beside_labelled_later(host.ctx(), Some(record), inline.user_data(), times) },
            // SAFETY: as said above.
            unsafe { beside_lone_labelled_later(Some(record), lone.user_data(), times) },
        ];
        assert_eq!(rets, [RET_OK; 2]);
        assert_eq!(inline.wait().error(), said.replace("labelled:", "labelled_later:"));
        assert_eq!(lone.wait().error(), said.replace("beside_labelled:", "beside_lone_labelled_later:"));
        assert_eq!((inline.count(), lone.count()), (1, 1));
    }
    // SAFETY: as above.
    let (ret, answer) =
        here(|callback, data| unsafe { beside_grenade(host.ctx(), callback, data, GrenadePod { live: 1 }) });
    assert_eq!((ret, answer.ok()), (RET_OK, &1_i32.to_ne_bytes()[..]), "its drop panics after the answer");
    assert_serves(host);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_request_that_cannot_be_read_is_refused() {
    let host = new("fine");
    let large = vec![0; 65_537];
    for (function, request, said) in [
        ("beside_fail", &b"\xa1\x64text\x07"[..], "text: expected text, found an integer"),
        ("beside_fail", b"\xa0", "text: the key is missing"),
        ("beside_fail", b"\xff", "expected a map, found a break"),
        ("beside_nothing", b"\xa0\x00", "1 bytes follow the request"),
        ("beside_nothing", &large, "the request is larger than the limit of 65536 bytes"),
        ("beside_later", b"\xa0", "wait_ms: the key is missing"),
        ("beside_parse", b"\xa0", "text: the key is missing"),
        ("beside_wait", b"\xa0", "wait_ms: the key is missing"),
        ("beside_worker", &large, "the request is larger than the limit of 65536 bytes"),
    ] {
        let (ret, answer) = bytes_here(host, function, request);
        assert_eq!(ret, RET_ERR);
        assert_eq!(answer.error(), format!("{function}: {said}"));
    }
    assert_serves(host);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn native_input_that_is_none_is_refused() {
    let host = new("fine");
    // SAFETY: the text is NUL-terminated, and `here` passes a probe that lives for ever.
    let (ret, answer) = here(|callback, data| unsafe { beside_fail(host.ctx(), callback, data, c"a\xff".as_ptr()) });
    assert_eq!((ret, answer.error()), (RET_ERR, "beside_fail: text: invalid UTF-8 at byte 1"));
    // SAFETY: as above.
    let (ret, answer) = here(|callback, data| unsafe { beside_parse(callback, data, c"\xff".as_ptr()) });
    assert_eq!((ret, answer.error()), (RET_ERR, "beside_parse: text: invalid UTF-8 at byte 0"));
    assert_serves(host);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_handle_that_is_none_is_refused() {
    let (live, dead) = (new("fine"), new(""));
    assert_eq!(dead.destroy(), RET_OK);
    for host in [nobody(), dead, at(0xdead_beef), at(usize::MAX), at(live.handle ^ (1 << 40))] {
        for function in ["beside_name", "beside_soon", "beside_later"] {
            let (ret, answer) = named_here(host, function, &empty());
            assert_eq!((ret, answer.error()), (RET_ERR, &*format!("{function}: {STALE}")));
        }
        // SAFETY: each is passed a probe that lives for ever.
        let (ret, answer) = here(|callback, data| unsafe { beside_add(host.ctx(), callback, data, 1) });
        assert_eq!((ret, answer.error()), (RET_ERR, &*format!("beside_add: {STALE}")));
    }
    assert_serves(live);
    assert_eq!(live.destroy(), RET_OK);
}

#[test]
fn while_the_constructor_runs_it_is_refused() {
    let gate = Gate::new();
    let (host, created) = create("fine", None, gate.0);
    gate.await_visitors(1);
    for function in ["beside_name", "beside_soon", "beside_never"] {
        let (ret, answer) = named_here(host, function, &empty());
        let said = format!("{function}: the context is still being constructed");
        assert_eq!((ret, answer.error()), (RET_ERR, &*said));
    }
    // SAFETY: each is passed a probe that lives for ever.
    let (ret, _) = here(|callback, data| unsafe { beside_name(host.ctx(), callback, data) });
    assert_eq!(ret, RET_ERR);
    let queued = host.start("beside_queued", &map([("value", 5.into())]));
    drop(gate);
    created.wait().ok();
    assert_eq!(queued.wait().value(), 5.into());
    assert_serves(host);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn from_inside_the_constructors_answer_it_serves() {
    let gate = Gate::new();
    let config = map([("name", "fine".into()), ("failure", Value::Null), ("gate", gate.0.into())]);
    let (sender, served) = std::sync::mpsc::channel();
    let created = Probe::with(move |answer| {
        let handle = answer.value().into_text().expect("decimal text").parse().expect("a number");
        sender.send(named_here(at(handle), "beside_name", &empty()).1.value()).expect("the test waits");
    });
    let host = Host::create_in(nobody().library(), &map([("config", config)]), created);
    drop(gate);
    assert_eq!(served.recv().expect("it was called"), "fine".into());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_context_whose_constructor_fails_refuses_and_then_is_stale() {
    let gate = Gate::new();
    let (host, created) = create("", Some("no luck"), gate.0);
    gate.await_visitors(1);
    assert_eq!(named_here(host, "beside_name", &empty()).0, RET_ERR);
    drop(gate);
    assert_eq!(created.wait().error(), "no luck");
    assert_eq!(named_here(host, "beside_name", &empty()).1.error(), format!("beside_name: {STALE}"));
    assert_eq!(host.destroy(), RET_ERR);
    assert_eq!(last_error_of(ErrorKind::BadHandle), format!("beside_destroy: {STALE}"));
}
