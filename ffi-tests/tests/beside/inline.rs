//! An inline method answers on the thread that calls it, once, before the call returns.

use crate::common::{Answer, Host, Probe, map, record, to_bytes};
use crate::host::{
    Native, beside_add, beside_name, beside_name_cbor, beside_soon, bytes_here, empty, here, last_error_of, named_here,
    new, turns, value,
};
use ciborium::Value;
use ffi_runtime::{ErrorKind, FfiCallback, FfiType, Mirrored, NulTerminated, RET_MISSING_CALLBACK, RET_OK};
use ffi_tests_types::everything::{Everything, Link, Point, Tree};
use std::ffi::{c_char, c_int, c_void};
use std::sync::mpsc::{self, Sender};
use std::thread;

/// An everything with something in it.
pub(crate) fn everything() -> Everything {
    Everything {
        u64: u64::MAX,
        f64: -0.5,
        bool: true,
        char: '\u{10ffff}',
        string: "text".to_owned(),
        bytes: vec![0, 255],
        list_string: vec![String::new(), "ü".to_owned()],
        list_option: vec![None, Some(-1)],
        option_point: Some(Point { x: 1.0, y: None }),
        tree: Tree { value: 1, children: vec![Tree { value: 2, children: Vec::new() }] },
        link: Link { value: 1, next: Some(Box::new(Link::default())) },
        ..Everything::default()
    }
}

/// The request of a function whose only parameter is `value`.
pub(crate) fn request_of(value: &Everything) -> Vec<u8> {
    let mut request = b"\xa1\x65value".to_vec();
    request.extend(ffi_runtime::to_cbor(value).expect("it crosses"));
    request
}

/// What a function gave back.
pub(crate) fn read(answer: &Answer) -> Everything {
    ffi_runtime::from_cbor(answer.ok(), usize::MAX).expect("it crosses")
}

#[test]
fn by_name_it_answers_here() {
    let host = new("here");
    let joined = |other: Value| map([("firstText", "a".into()), ("class", other)]);
    for (function, request, result) in [
        ("beside_name", empty(), Value::from("here")),
        ("beside_add", map([("amount", 2.into())]), 2.into()),
        ("beside_add", map([("amount", 3.into())]), 5.into()),
        ("beside_nothing", empty(), Value::Null),
        ("beside_joined", joined("b".into()), "ab".into()),
        ("beside_joined", joined(Value::Null), "a-".into()),
        ("beside_present", empty(), true.into()),
        ("beside_text_with_nul", empty(), "a\0b".into()),
        ("beside_soon", value(-7), (-7).into()),
        ("beside_turns", turns(0, 1), 6.into()),
        ("beside_thread", map([("times", 0.into())]), thread::current().name().expect("a test's").into()),
    ] {
        let (ret, answer) = named_here(host, function, &request);
        assert_eq!((ret, answer.value()), (RET_OK, result), "{function}");
    }
    let (ret, answer) = bytes_here(host, "beside_nothing", &[]);
    assert_eq!((ret, answer.ok()), (RET_OK, &[0xf6][..]), "no bytes are an empty request");
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn natively_and_by_its_twin_it_answers_here() {
    let host = new("native");
    // SAFETY: `here` passes a probe that lives for ever; no bytes are read.
    let calls: [(Native<'_>, &[u8]); 4] = [
        (&|ctx, callback, data| unsafe { beside_name(ctx, callback, data) }, b"native"),
        (&|ctx, callback, data| unsafe { beside_add(ctx, callback, data, 9) }, &9_i64.to_ne_bytes()),
        (&|ctx, callback, data| unsafe { beside_soon(ctx, callback, data, -2) }, &(-2_i64).to_ne_bytes()),
        (&|ctx, callback, data| unsafe { beside_name_cbor(ctx, callback, data, std::ptr::null(), 0) }, b"\x66native"),
    ];
    for (call, result) in calls {
        let (ret, answer) = here(|callback, data| call(host.ctx(), callback, data));
        assert_eq!((ret, answer.ok()), (RET_OK, result));
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn every_type_goes_there_and_back() {
    let host = new("");
    for it in [Everything::default(), everything()] {
        let (ret, answer) = bytes_here(host, "beside_echo", &request_of(&it));
        assert_eq!(ret, RET_OK);
        assert_eq!(read(&answer), it);
        let answer = host.call_bytes("beside_echo_later", &request_of(&it));
        assert_eq!(read(&answer), it);
    }
    assert_eq!(host.destroy(), RET_OK);
}

type EverythingPod = <Everything as FfiType>::Pod<NulTerminated>;

unsafe extern "C" {
    fn beside_echo(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, value: EverythingPod) -> c_int;
    fn beside_echo_later(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, value: EverythingPod) -> c_int;
    fn beside_copy(callback: FfiCallback, data: *mut c_void, value: EverythingPod) -> c_int;
    fn beside_copy_later(callback: FfiCallback, data: *mut c_void, value: EverythingPod) -> c_int;
}

/// Reads everything while it is there; the sender is given whether it is what was sent.
unsafe extern "C-unwind" fn compare(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    assert_eq!((ret, len), (RET_OK, size_of::<EverythingPod>()));
    // SAFETY: the message is a mirror, readable until the callback returns.
    let value = unsafe { Mirrored::<Everything, NulTerminated>::read(msg.cast()) }.expect("it crosses");
    // SAFETY: each call below passes a sender that lives until the answer has come.
    let sender = unsafe { &*data.cast::<Sender<Everything>>() };
    sender.send(value).expect("it is waited for");
}

#[test]
fn every_type_goes_there_and_back_natively() {
    let (host, (sender, answers)) = (new(""), mpsc::channel::<Everything>());
    let data = std::ptr::from_ref(&sender).cast_mut().cast();
    for it in [Everything::default(), everything()] {
        let mirrored = Mirrored::<_, NulTerminated>::new(it.clone()).expect("it crosses");
        // SAFETY: the mirror is valid while `mirrored` lives, and plain data.
        let pod = || unsafe { mirrored.as_ptr().read() };
        // SAFETY: the mirror is readable, and the sender lives until all have answered.
        let rets = [
            // SAFETY: as said above.
            unsafe { beside_echo(host.ctx(), Some(compare), data, pod()) },
            // SAFETY: as said above.
            unsafe { beside_echo_later(host.ctx(), Some(compare), data, pod()) },
            // SAFETY: as said above.
            unsafe { beside_copy(Some(compare), data, pod()) },
            // SAFETY: as said above.
            unsafe { beside_copy_later(Some(compare), data, pod()) },
        ];
        assert_eq!(rets, [RET_OK; 4]);
        (0..4).for_each(|_| assert_eq!(answers.recv().as_ref(), Ok(&it)));
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn without_a_callback_nothing_is_done() {
    let host = new("");
    let (ctx, null) = (host.ctx(), std::ptr::null_mut());
    // SAFETY: a NULL callback is never called, and no bytes are read.
    let rets = [
        // SAFETY: as said above.
        unsafe { beside_add(ctx, None, null, 5) },
        // SAFETY: as said above.
        unsafe { beside_name_cbor(ctx, None, null, std::ptr::null(), 0) },
    ];
    assert_eq!(rets, [RET_MISSING_CALLBACK; 2]);
    assert_eq!(last_error_of(ErrorKind::BadRequest), "beside_name: the callback is NULL, so nothing was done");
    assert_eq!(named_here(host, "beside_add", &map([("amount", 0.into())])).1.value(), 0.into());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn what_waits_in_line_holds_it_up_not_at_all() {
    let host = new("");
    let gate = crate::host::Gate::new();
    let blocked = host.start("beside_queued_block", &gate.request());
    gate.await_visitors(1);
    let queued = host.start("beside_queued", &value(1));
    assert_eq!(named_here(host, "beside_soon", &value(2)).1.value(), 2.into());
    assert_eq!(named_here(host, "beside_name", &empty()).1.value(), "".into());
    assert!(!blocked.has_fired() && !queued.has_fired());
    drop(gate);
    blocked.wait().ok();
    assert_eq!(queued.wait().value(), 1.into());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn threads_call_it_side_by_side() {
    let host = new("");
    let gate = crate::host::Gate::new();
    thread::scope(|scope| {
        let callers: Vec<_> = (0..4)
            .map(|_| {
                let request = gate.request();
                scope.spawn(move || named_here(host, "beside_block", &request).1.value())
            })
            .collect();
        gate.await_visitors(4);
        let total: i64 = (0..1_000).sum();
        (0..1_000).for_each(|amount: i64| {
            named_here(host, "beside_add", &map([("amount", amount.into())]));
        });
        assert_eq!(named_here(host, "beside_add", &map([("amount", 0.into())])).1.value(), total.into());
        drop(gate);
        callers.into_iter().for_each(|caller| assert_eq!(caller.join().expect("no panic"), "".into()));
    });
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn inside_a_callback_it_answers_there() {
    fn nest(host: Host, depth: u32) -> i64 {
        let probe = Probe::with(move |_| {
            if depth > 0 {
                nest(host, depth - 1);
            }
        });
        let request = to_bytes(&map([("amount", 1.into())]));
        assert_eq!(host.submit("beside_add", &request, probe), RET_OK);
        assert_eq!(probe.count(), 1);
        i64::from(depth)
    }
    let host = new("");
    nest(host, 20);
    // From a queued reply, on the worker.
    let queued = Probe::with(move |_| {
        nest(host, 3);
        assert_eq!(named_here(host, "beside_soon", &value(4)).1.value(), 4.into());
    });
    host.submit("beside_queued", &to_bytes(&value(1)), queued);
    queued.wait().ok();
    assert_eq!(named_here(host, "beside_add", &map([("amount", 0.into())])).1.value(), 25.into());
    // SAFETY: the probe lives for ever.
    assert_eq!(unsafe { beside_name(host.ctx(), Some(record), Probe::new().user_data()) }, RET_OK);
    assert_eq!(host.destroy(), RET_OK);
}
