//! Functions without a state need no context, and answer whatever handle is passed.

use crate::common::{Probe, map, record, to_bytes};
use crate::host::{
    Gate, at, beside_none, beside_parse, beside_parse_cbor, beside_wait, beside_wait_cbor, bytes_here, empty, here,
    last_error_of, named_here, new, nobody, value,
};
use crate::inline::{everything, read, request_of};
use ciborium::Value;
use ffi_runtime::{ErrorKind, RET_ERR, RET_MISSING_CALLBACK, RET_OK};
use ffi_tests_types::everything::Everything;
use std::thread;

fn text(text: &str) -> Value {
    map([("text", text.into())])
}

#[test]
fn it_answers_here_whatever_handle_is_passed() {
    let (live, dead) = (new("live"), new("dead"));
    assert_eq!(dead.destroy(), RET_OK);
    for host in [nobody(), live, dead, at(0xdead_beef), at(usize::MAX)] {
        for (function, request, result) in [
            ("beside_parse", text("-12"), Value::from(-12)),
            ("beside_none", empty(), Value::Null),
            ("beside_measured", map([("someText", "abc".into())]), 3.into()),
            ("beside_lone_text_with_nul", empty(), "a\0b".into()),
        ] {
            let (ret, answer) = named_here(host, function, &request);
            assert_eq!((ret, answer.value()), (RET_OK, result), "{function}");
        }
        assert_eq!(host.call("beside_wait", &map([("wait_ms", 1.into()), ("value", 5.into())])).value(), 5.into());
        assert_eq!(host.call("beside_worker", &empty()).value(), "beside-worker".into());
        assert_eq!(host.call("beside_double", &value(21)).value(), 42.into());
    }
    assert_eq!(live.destroy(), RET_OK);
}

#[test]
fn natively_and_by_its_twin_it_answers_here() {
    // SAFETY: the text is NUL-terminated, and `here` passes a probe that lives for ever.
    let (ret, answer) = here(|callback, data| unsafe { beside_parse(callback, data, c"77".as_ptr()) });
    assert_eq!((ret, answer.ok()), (RET_OK, &77_i64.to_ne_bytes()[..]));
    // SAFETY: as above.
    let (ret, answer) = here(|callback, data| unsafe { beside_parse(callback, data, c"x".as_ptr()) });
    assert_eq!((ret, answer.error()), (RET_OK, "invalid digit found in string"));
    // SAFETY: as above.
    let (ret, answer) = here(|callback, data| unsafe { beside_none(callback, data) });
    assert_eq!((ret, answer.ok()), (RET_OK, &[][..]));
    let request = to_bytes(&text("-1"));
    // SAFETY: as above, and the bytes are readable.
    let (ret, answer) =
        here(|callback, data| unsafe { beside_parse_cbor(callback, data, request.as_ptr(), request.len()) });
    assert_eq!((ret, answer.value()), (RET_OK, (-1).into()));
    // SAFETY: the library refuses NULL without reading.
    let (ret, answer) = here(|callback, data| unsafe { beside_parse_cbor(callback, data, std::ptr::null(), 9) });
    assert_eq!((ret, answer.error()), (RET_ERR, "beside_parse: NULL with a length of 9"));
}

#[test]
fn an_async_one_answers_on_the_worker_that_no_context_has() {
    let request = to_bytes(&map([("wait_ms", 1.into()), ("value", 3.into())]));
    let on_worker = || Probe::with(|_| assert_eq!(thread::current().name(), Some("beside-worker")));
    let (native, cbor) = (on_worker(), on_worker());
    // SAFETY: the probes live for ever, and the bytes are readable.
    let rets = [
        // SAFETY: as said above.
        unsafe { beside_wait(Some(record), native.user_data(), 1, 2) },
        // SAFETY: as said above.
        unsafe { beside_wait_cbor(Some(record), cbor.user_data(), request.as_ptr(), request.len()) },
    ];
    assert_eq!(rets, [RET_OK; 2]);
    assert_eq!((native.wait().ok(), cbor.wait().value()), (&2_i64.to_ne_bytes()[..], 3.into()));
    assert_eq!((native.count(), cbor.count()), (1, 1));
}

#[test]
fn every_type_goes_there_and_back() {
    for it in [Everything::default(), everything()] {
        let (ret, answer) = bytes_here(nobody(), "beside_copy", &request_of(&it));
        assert_eq!(ret, RET_OK);
        assert_eq!(read(&answer), it);
        let answer = nobody().call_bytes("beside_copy_later", &request_of(&it));
        assert_eq!(read(&answer), it);
    }
}

#[test]
fn without_a_callback_nothing_is_done() {
    let null = std::ptr::null_mut();
    let missing = |function: &str| {
        assert_eq!(
            last_error_of(ErrorKind::BadRequest),
            format!("{function}: the callback is NULL, so nothing was done")
        )
    };
    // SAFETY: a NULL callback is never called, and no bytes are read, here and below.
    assert_eq!(unsafe { beside_none(None, null) }, RET_MISSING_CALLBACK);
    missing("beside_none");
    // SAFETY: as above.
    assert_eq!(unsafe { beside_parse_cbor(None, null, std::ptr::null(), 0) }, RET_MISSING_CALLBACK);
    missing("beside_parse");
    // SAFETY: as above.
    assert_eq!(unsafe { beside_wait(None, null, 0, 0) }, RET_MISSING_CALLBACK);
    missing("beside_wait");
    // SAFETY: as above.
    assert_eq!(unsafe { beside_wait_cbor(None, null, std::ptr::null(), 0) }, RET_MISSING_CALLBACK);
}

#[test]
fn what_has_no_twin_is_not_found_by_name() {
    let host = new("");
    for function in [
        "beside_create",
        "beside_destroy",
        "beside_give_i32",
        "beside_answer",
        "beside_missing",
        "beside_absent",
        "beside",
        "",
    ] {
        let (ret, answer) = named_here(host, function, &empty());
        let said = format!("This request type is not implemented: {function}");
        assert_eq!((ret, answer.error()), (RET_ERR, &*said));
        assert_eq!(named_here(nobody(), function, &empty()).0, RET_ERR);
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn one_that_blocks_holds_up_no_other() {
    let gate = Gate::new();
    thread::scope(|scope| {
        let caller = {
            let request = gate.request();
            scope.spawn(move || named_here(nobody(), "beside_wait_at", &request))
        };
        gate.await_visitors(1);
        assert_eq!(named_here(nobody(), "beside_parse", &text("4")).1.value(), 4.into());
        assert_eq!(nobody().call("beside_worker", &empty()).value(), "beside-worker".into());
        let host = new("");
        assert_eq!(host.destroy(), RET_OK, "nobody is in a context");
        assert!(!caller.is_finished());
        drop(gate);
        assert_eq!(caller.join().expect("no panic").1.ok(), [0xf6]);
    });
}

#[test]
fn it_may_call_itself_from_inside() {
    fn nest(depth: i64) {
        let probe = Probe::with(move |answer| {
            assert_eq!(answer.value(), depth.into());
            if depth > 0 {
                nest(depth - 1);
            }
        });
        assert_eq!(nobody().submit("beside_parse", &to_bytes(&text(&depth.to_string())), probe), RET_OK);
        assert_eq!(probe.count(), 1);
    }
    nest(20);
    let (sender, gave) = std::sync::mpsc::channel();
    let later = Probe::with(move |_| {
        nest(3);
        let nested = nobody().start("beside_double", &value(2));
        sender.send(nested).expect("it is waited for");
    });
    assert_eq!(nobody().submit("beside_worker", &[], later), RET_OK);
    assert_eq!(gave.recv().expect("it was called").wait().value(), 4.into());
}
