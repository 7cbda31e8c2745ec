//! Whose error it is, told by a number and never by a text, which an author may write as well.

use crate::common::{Host, Probe, config, last_failure, map, without_place};
use ciborium::Value;
use ffi_runtime::{ErrorKind, RET_ERR, RET_OK};

fn empty() -> Value {
    map([])
}

fn text(text: &str) -> Value {
    map([("text", text.into())])
}

/// What the runtime says itself.
const OF_THE_RUNTIME: [&str; 8] = [
    "cancelled",
    "deadline exceeded",
    "every_fail panicked: boom (src/lib.rs:1:1)",
    "the context is poisoned: every_fail panicked while it held the state",
    "every_fail: not a live context: NULL, destroyed or never made",
    "every_fail: the queue is full with 4 requests",
    "every_fail: not usable after fork",
    "events_dropped: 3 events were dropped before this",
];

#[test]
fn whatever_an_author_says_is_the_authors() {
    let host = Host::new();
    for said in OF_THE_RUNTIME.into_iter().chain(["", "\0", "a\0b", "a\0\u{3}"]) {
        let answer = host.call("every_fail", &text(said));
        let heard = if said.is_empty() { "unknown error" } else { said };
        assert_eq!(answer.error_of(ErrorKind::Author), heard);
    }
    assert_eq!(host.call("every_fail_caused", &empty()).error_of(ErrorKind::Author), "outer: inner");
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_panic_is_one_whatever_it_says() {
    let host = Host::new();
    for said in OF_THE_RUNTIME {
        let answer = host.call("every_panic", &text(said));
        let heard = without_place(answer.error_of(ErrorKind::Panicked)).to_owned();
        assert_eq!(heard, format!("every_panic panicked: {said}"));
    }
    host.call("every_fail_unspeakably", &empty()).error_of(ErrorKind::Panicked);
    host.call("every_panic_later", &map([("is_after", true.into())])).error_of(ErrorKind::Panicked);
    host.call("every_panic_exclusive", &empty()).error_of(ErrorKind::Panicked);
    host.call("every_name", &empty()).error_of(ErrorKind::Poisoned);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_request_that_cannot_be_read_is_one_wherever_that_is_seen() {
    let host = Host::new();
    for request in [&[][..], &[0xff], &[0xa0], &[0x18]] {
        host.call_bytes("every_fail", request).error_of(ErrorKind::BadRequest);
        host.call_bytes("every_thread_here", &[0xff]).error_of(ErrorKind::BadRequest);
    }
    host.call_bytes("every_fail", &vec![0; 4_194_305]).error_of(ErrorKind::BadRequest);
    host.call("every_nowhere", &empty()).error_of(ErrorKind::NotImplemented);
    assert_eq!(host.destroy(), RET_OK);
    let (_, refused) = Host::create(&map([("config", map([]))]));
    refused.wait().error_of(ErrorKind::BadRequest);
}

#[test]
fn what_waits_behind_a_constructor_that_fails_is_told_so_with_its_text() {
    for said in OF_THE_RUNTIME {
        let (host, created) = Host::create(&map([("config", config("", Some(said), 40))]));
        let behind: Vec<_> = (0..3).map(|_| host.start("every_name", &empty())).collect();
        assert_eq!(created.wait().error_of(ErrorKind::Author), said);
        for probe in behind {
            assert_eq!(probe.wait().error_of(ErrorKind::ConstructorFailed), said);
        }
    }
}

#[test]
fn what_fails_without_a_callback_has_its_kind_too() {
    let host = Host::new();
    assert_eq!(std::thread::spawn(last_failure).join().expect("no panic"), (String::new(), 0), "nothing has failed");
    // A context's handle that nobody has.
    assert_eq!(Host::at(1).destroy(), RET_ERR);
    assert_eq!(last_failure().1, ErrorKind::BadHandle as u8);
    // SAFETY: nothing is called.
    let ret =
        unsafe { (host.library().call_cbor)(host.ctx(), c"every_name".as_ptr(), None, host.ctx(), [].as_ptr(), 0) };
    assert_eq!(ret, ffi_runtime::RET_MISSING_CALLBACK);
    assert_eq!(last_failure().1, ErrorKind::BadRequest as u8);
    assert_eq!(Host::at(1).cancel(Probe::new()), RET_ERR);
    assert_eq!(last_failure().1, ErrorKind::BadHandle as u8);
    assert_eq!(host.destroy(), RET_OK);
}
