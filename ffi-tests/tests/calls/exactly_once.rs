//! Every call is answered through its callback exactly once, whatever becomes of it.

use crate::common::{Answer, Host, Probe, hex, map, to_bytes, without_place};
use ciborium::Value;
use ffi_runtime::{ErrorKind, FfiCallback, RET_ERR, RET_MISSING_CALLBACK, RET_OK, RequestBytes};
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

unsafe extern "C" {
    fn every_give_i64(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, value: i64) -> c_int;
    fn every_give_i64_cbor(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, req: *const u8, len: usize) -> c_int;
}

fn empty() -> Value {
    map([])
}

#[test]
fn success_and_failure_answer_once() {
    let host = Host::new();
    let probes = [
        host.start("every_nothing", &empty()),
        host.start("every_fail", &map([("text", "no".into())])),
        host.start("every_fail", &map([("text", "".into())])),
        host.start("every_panic", &map([("text", "boom".into())])),
        host.start("every_sleep", &map([("wait_ms", 5.into())])),
        host.start("every_give_i64", &map([("wrong", 5.into())])),
        host.start("no_such_function", &empty()),
    ];
    let answers: Vec<Answer> = probes.iter().map(|probe| probe.wait()).collect();
    assert_eq!(host.destroy(), 0);
    assert!(probes.iter().all(|probe| probe.count() == 1));
    assert_eq!(answers[0].ok(), [0xf6]);
    assert_eq!(answers[1].error(), "no");
    assert_eq!(answers[2].error(), "unknown error");
    assert_eq!(without_place(answers[3].error()), "every_panic panicked: boom");
    assert_eq!(answers[4].ok(), [0xf6]);
    assert_eq!(answers[5].error(), "every_give_i64: value: the key is missing");
    assert_eq!(answers[6].error(), "This request type is not implemented: no_such_function");
}

#[test]
fn an_error_shows_its_causes() {
    let host = Host::new();
    assert_eq!(host.call("every_fail_caused", &empty()).error(), "outer: inner");
    assert_eq!(
        without_place(host.call("every_fail_unspeakably", &empty()).error()),
        "every_fail_unspeakably panicked: cannot be said"
    );
    host.destroy();
}

#[test]
fn a_refused_call_was_answered_on_the_calling_thread_before_it_returned() {
    let here = thread::current().id();
    let host = Host::new();
    let on_this_thread = move |_: &Answer| assert_eq!(thread::current().id(), here);
    let probe = Probe::with(on_this_thread);
    assert_eq!(host.submit("every_give_bytes", &vec![0; 4_194_305], probe), RET_ERR);
    assert_eq!(probe.count(), 1);
    let text = "every_give_bytes: the request is larger than the limit of 4194304 bytes";
    assert_eq!(probe.wait().error(), text);

    host.destroy();
    let probe = Probe::with(on_this_thread);
    // SAFETY: the probe lives for ever.
    let ret = unsafe { every_give_i64(host.ctx(), Some(crate::common::record), probe.user_data(), 1) };
    assert_eq!((ret, probe.count()), (RET_ERR, 1));
    assert_eq!(
        probe.wait().error_of(ErrorKind::BadHandle),
        "every_give_i64: not a live context: NULL, destroyed or never made"
    );
}

#[test]
fn without_a_callback_nothing_is_done() {
    let host = Host::new();
    // SAFETY: a NULL callback is never called.
    let native = unsafe { every_give_i64(host.ctx(), None, std::ptr::null_mut(), 1) };
    assert_eq!(native, RET_MISSING_CALLBACK);
    assert_eq!(crate::common::last_error(), "every_give_i64: the callback is NULL, so nothing was done");
    // SAFETY: a NULL callback is never called; no bytes are read.
    let cbor = unsafe { every_give_i64_cbor(host.ctx(), None, std::ptr::null_mut(), std::ptr::null(), 0) };
    assert_eq!(cbor, RET_MISSING_CALLBACK);
    // SAFETY: as above, and the name is NUL-terminated.
    let named = unsafe {
        crate::common::every_ffi_call_cbor(
            host.ctx(),
            c"every_add".as_ptr(),
            None,
            std::ptr::null_mut(),
            std::ptr::null(),
            0,
        )
    };
    assert_eq!(named, RET_MISSING_CALLBACK);
    // SAFETY: a NULL callback is never called; no bytes are read.
    let created = unsafe { crate::common::every_create_cbor(std::ptr::null(), 0, None, std::ptr::null_mut()) };
    assert!(created.is_null());
    assert_eq!(crate::common::last_error(), "every_create: the callback is NULL, so nothing was done");
    host.destroy();
}

#[test]
fn null_bytes_with_a_length_are_refused() {
    let host = Host::new();
    for len in [1, usize::MAX] {
        let probe = Probe::new();
        let data = probe.user_data();
        // SAFETY: the library refuses NULL without reading.
        let ret = unsafe { every_give_i64_cbor(host.ctx(), Some(crate::common::record), data, std::ptr::null(), len) };
        assert_eq!(ret, RET_ERR);
        assert_eq!(probe.wait().error(), format!("every_give_i64: NULL with a length of {len}"));
        let probe = Probe::new();
        // SAFETY: as above.
        let ctx = unsafe {
            crate::common::every_create_cbor(std::ptr::null(), len, Some(crate::common::record), probe.user_data())
        };
        assert!(ctx.is_null());
        assert_eq!(probe.wait().error(), format!("every_create: NULL with a length of {len}"));
    }
    host.destroy();
}

#[test]
fn no_bytes_are_an_empty_request() {
    let host = Host::new();
    assert_eq!(host.call_bytes("every_nothing", &[]).ok(), [0xf6]);
    assert_eq!(host.call_bytes("every_nothing", &[0xa0]).ok(), [0xf6]);
    assert_eq!(host.call_bytes("every_nothing", &hex("bfff")).ok(), [0xf6]);
    assert_eq!(host.call_bytes("every_nothing", &[0x80]).error(), "every_nothing: expected a map, found an array");
    assert_eq!(host.call_bytes("every_give_option_i64", &[]).ok(), [0xf6]);
    assert_eq!(host.call_bytes("every_nothing", &[0xa0, 0x00]).error(), "every_nothing: 1 bytes follow the request");
    host.destroy();
}

#[test]
fn owned_bytes_are_adopted() {
    let host = Host::new();
    for request in [to_bytes(&map([("value", 7.into())])), Vec::with_capacity(100)] {
        let (probe, is_empty) = (Probe::new(), request.is_empty());
        let bytes = RequestBytes::Owned(request);
        let data = probe.user_data();
        // SAFETY: the probe lives for ever.
        let ret = unsafe {
            ffi_runtime::call_bytes::<every::Every>(
                host.ctx(),
                "every_give_option_i64",
                Some(crate::common::record),
                data,
                bytes,
            )
        };
        assert_eq!(ret, RET_OK);
        assert_eq!(probe.wait().ok(), if is_empty { [0xf6] } else { [7] });
    }
    host.destroy();
}

#[test]
fn decoded_memory_is_limited_by_the_library() {
    let host = Host::new();
    // Six bytes each on the wire, four times that in memory.
    let mut bytes = hex("a1 6576616c7565 9a 00080000");
    bytes.extend(hex("a1 6178 f90000").repeat(0x0008_0000));
    let text = "every_give_list_point: value: the request decodes to more than the limit of 8388608 bytes";
    assert_eq!(host.call_bytes("every_give_list_point", &bytes).error(), text);
    assert_eq!(host.call("every_nothing", &empty()).ok(), [0xf6]);
    host.destroy();
}

#[test]
fn a_full_queue_refuses_and_never_blocks() {
    const LIMIT: usize = 20_000;
    let host = Host::new();
    let blocker = host.start("every_block", &map([("wait_ms", 3_000.into())]));
    thread::sleep(Duration::from_millis(50));
    let probes: Vec<_> = (0..LIMIT).map(|_| host.start("every_nothing", &empty())).collect();
    assert!(!blocker.has_fired(), "the worker was to be blocked while the queue filled");
    let probe = Probe::new();
    assert_eq!(host.submit("every_nothing", &[], probe), RET_ERR);
    assert_eq!(probe.wait().error_of(ErrorKind::QueueFull), "every_nothing: the queue is full with 20000 requests");
    blocker.wait().ok();
    probes.iter().for_each(|probe| assert_eq!(probe.wait().ok(), [0xf6]));
    assert_eq!(host.call("every_nothing", &empty()).ok(), [0xf6]);
    host.destroy();
}

#[test]
fn four_threads_get_every_answer_they_are_owed() {
    let host = Host::new();
    let answered = Arc::new(AtomicUsize::new(0));
    thread::scope(|scope| {
        for thread in 0..4_i64 {
            let answered = Arc::clone(&answered);
            scope.spawn(move || {
                for index in 0..2_000 {
                    let value = thread << 32 | index;
                    assert_eq!(host.call("every_give_i64", &map([("value", value.into())])).value(), value.into());
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(answered.load(Ordering::Relaxed), 8_000);
    host.destroy();
}

#[test]
fn calls_that_race_with_destroy_are_answered_one_way_or_the_other() {
    for _ in 0..200 {
        let host = Host::new();
        let barrier = Barrier::new(3);
        thread::scope(|scope| {
            let callers: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        (0..20).map(|_| host.start("every_nothing", &empty())).collect::<Vec<_>>()
                    })
                })
                .collect();
            barrier.wait();
            assert_eq!(host.destroy(), 0);
            for caller in callers {
                for probe in caller.join().expect("no panic") {
                    let answer = probe.wait();
                    assert!(answer.ret == RET_OK || answer.error().contains("not a live context"), "{answer:?}");
                    assert_eq!(probe.count(), 1);
                }
            }
        });
    }
}
