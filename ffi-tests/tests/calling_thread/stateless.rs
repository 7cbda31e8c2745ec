//! Functions without a state: plain ones answer on the calling thread, async ones on a worker that
//! begins when it is needed and ends when it is not.

use crate::common::{Host, Probe, in_own_process, map, record, to_bytes, without_place};
use ciborium::Value;
use every::everything::Everything;
use every::misuse::Grenade;
use ffi_runtime::{
    ByLength, FfiCallback, FfiType, PodText, RET_ERR, RET_MISSING_CALLBACK, RET_OK, from_pod, to_cbor, to_pod,
};
use std::ffi::{c_char, c_int, c_void};
use std::thread;
use std::time::Duration;

type EverythingPod = <Everything as FfiType>::Pod<ByLength>;

unsafe extern "C" {
    fn every_echo_here(callback: FfiCallback, user_data: *mut c_void, value: EverythingPod) -> c_int;
    fn every_echo_here_cbor(callback: FfiCallback, user_data: *mut c_void, req: *const u8, len: usize) -> c_int;
    fn every_echo_detached(callback: FfiCallback, user_data: *mut c_void, value: EverythingPod) -> c_int;
    fn every_echo_detached_cbor(callback: FfiCallback, user_data: *mut c_void, req: *const u8, len: usize) -> c_int;
    fn every_fail_here(callback: FfiCallback, user_data: *mut c_void, text: PodText) -> c_int;
    fn every_panic_here(callback: FfiCallback, user_data: *mut c_void, text: PodText) -> c_int;
    fn every_panic_detached(callback: FfiCallback, user_data: *mut c_void, text: PodText) -> c_int;
    fn every_grenade_here(
        callback: FfiCallback,
        user_data: *mut c_void,
        value: <Grenade as FfiType>::Pod<ByLength>,
    ) -> c_int;
    fn every_labelled_here(callback: FfiCallback, data: *mut c_void, label: PodText, is_cut: c_int) -> c_int;
    fn every_thread_detached(callback: FfiCallback, user_data: *mut c_void, wait_ms: u64) -> c_int;
}

/// No context: whatever is passed is ignored.
fn nowhere() -> Host {
    Host::at(0)
}

fn everything() -> Everything {
    Everything {
        string: "grüße".to_owned(),
        bytes: vec![0, 1, 255],
        list_string: vec!["a".to_owned(), String::new()],
        option_i64: Some(-1),
        box_string: Box::new("boxed".to_owned()),
        ..Everything::default()
    }
}

/// What a native callback was given, as a value.
unsafe extern "C-unwind" fn keep(ret: c_int, msg: *const c_char, _len: usize, user_data: *mut c_void) {
    assert_eq!(ret, RET_OK);
    // SAFETY: the message of these functions is a mirror, readable until this returns.
    let value: Everything = unsafe { from_pod(msg.cast()) }.expect("it was a value");
    // SAFETY: the tests pass a sender that is kept for ever.
    let sender = unsafe { &*user_data.cast::<std::sync::mpsc::Sender<(Everything, thread::ThreadId)>>() };
    sender.send((value, thread::current().id())).expect("it is waited for");
}

#[test]
fn everything_crosses_natively_on_this_thread_and_on_another() {
    let (sender, received) = std::sync::mpsc::channel();
    // Kept for ever: the callback is still inside it when its answer is here.
    let sender: &'static _ = Box::leak(Box::new(sender));
    let user_data = std::ptr::from_ref(sender).cast_mut().cast();
    let mirror = to_pod(everything()).expect("it can be mirrored");
    // SAFETY: the mirror is readable.
    let pod = || unsafe { mirror.as_ptr().read() };
    // SAFETY: what the mirror points to is readable during the call, and the sender is kept.
    let here = unsafe { every_echo_here(Some(keep), user_data, pod()) };
    assert_eq!(here, RET_OK);
    let answered = received.try_recv().expect("it was answered before the call returned");
    assert_eq!(answered, (everything(), thread::current().id()));
    // SAFETY: as above; the answer is waited for.
    let there = unsafe { every_echo_detached(Some(keep), user_data, pod()) };
    assert_eq!(there, RET_OK);
    drop(mirror);
    let (value, thread) = received.recv_timeout(Duration::from_secs(60)).expect("an answer");
    assert_eq!(value, everything());
    assert_ne!(thread, thread::current().id());
}

#[test]
fn everything_crosses_as_cbor_by_symbol_and_by_name_whatever_the_handle() {
    let value: Value = ciborium::from_reader(&*to_cbor(&everything()).expect("it has a form")).expect("it is CBOR");
    let request = to_bytes(&map([("value", value.clone())]));
    for symbol in [every_echo_here_cbor, every_echo_detached_cbor] {
        let probe = Probe::new();
        // SAFETY: the bytes are readable and the probe lives for ever.
        let ret = unsafe { symbol(Some(record), probe.user_data(), request.as_ptr(), request.len()) };
        assert_eq!((ret, probe.wait().value()), (RET_OK, value.clone()));
    }
    for handle in [0, 1, usize::MAX, 0x1234_5678] {
        for function in ["every_echo_here", "every_echo_detached"] {
            assert_eq!(Host::at(handle).call_bytes(function, &request).value(), value, "{function} with {handle}");
        }
    }
}

#[test]
fn what_fails_or_panics_is_accepted_and_answered_once() {
    let calls: [(unsafe extern "C" fn(FfiCallback, *mut c_void, PodText) -> c_int, &str); 3] = [
        (every_fail_here, "no"),
        (every_panic_here, "every_panic_here panicked: no"),
        (every_panic_detached, "every_panic_detached panicked: no"),
    ];
    for (call, text) in calls {
        let probe = Probe::new();
        // SAFETY: the text is static and the probe lives for ever.
        assert_eq!(unsafe { call(Some(record), probe.user_data(), PodText::of("no")) }, RET_OK);
        assert_eq!((without_place(probe.wait().error()), probe.count()), (text, 1));
    }
    let empty = nowhere().call("every_fail_here", &map([("text", "".into())]));
    assert_eq!(empty.error(), "unknown error");
}

#[test]
fn what_cannot_be_read_is_refused_on_this_thread() {
    let here = thread::current().id();
    let refused = |function: &str, request: &[u8]| {
        let probe = Probe::with(move |_| assert_eq!(thread::current().id(), here));
        assert_ne!(nowhere().submit(function, request, probe), RET_OK, "{function}");
        assert_eq!(probe.count(), 1);
        probe.wait().error().to_owned()
    };
    for function in ["every_echo_here", "every_echo_detached"] {
        assert_eq!(refused(function, &[]), format!("{function}: value: the key is missing"));
        assert_eq!(refused(function, &[0xa1]), format!("{function}: 1 elements announced, 0 bytes left"));
        assert!(refused(function, &vec![0; 5 << 20]).contains("larger than"), "over the limit");
    }
    assert_eq!(refused("every_absent", &[]), "every_absent: not a live context: NULL, destroyed or never made");
    for symbol in [every_fail_here, every_panic_detached] {
        let probe = Probe::new();
        // SAFETY: the text is static and the probe lives for ever.
        let ret = unsafe { symbol(Some(record), probe.user_data(), PodText { ptr: c"\xff".as_ptr(), len: 1 }) };
        assert_eq!((ret, probe.count()), (RET_ERR, 1));
        assert!(probe.wait().error().ends_with("text: invalid UTF-8 at byte 0"));
        // SAFETY: the text is static; nothing is called.
        let missing = unsafe { symbol(None, std::ptr::null_mut(), PodText::of("text")) };
        assert_eq!(missing, RET_MISSING_CALLBACK);
        assert!(crate::common::last_error().contains("the callback is NULL"));
    }
}

#[test]
fn exports_and_what_makes_and_ends_contexts_are_not_called_by_name() {
    let host = Host::new();
    for function in ["every_divide", "every_create", "every_destroy", "every_same_i8"] {
        let text = format!("This request type is not implemented: {function}");
        assert_eq!(host.call_bytes(function, &[]).error(), text);
    }
    host.destroy();
}

#[test]
fn a_result_whose_drop_panics_was_answered() {
    let labelled = |is_cut| {
        let probe = Probe::new();
        // SAFETY: the text is static and the probe lives for ever.
        let ret = unsafe { every_labelled_here(Some(record), probe.user_data(), PodText::of("hi"), is_cut) };
        assert_eq!((ret, probe.count()), (RET_OK, 1));
        probe.wait()
    };
    labelled(0).ok();
    labelled(1).ok();
    let mirror = to_pod(Grenade { live: false }).expect("it can be mirrored");
    // SAFETY: the mirror is readable.
    let mut pod = unsafe { mirror.as_ptr().read() };
    // SAFETY: a grenade's mirror is one `int`.
    unsafe { (&raw mut pod).cast::<c_int>().write(1) };
    let probe = Probe::new();
    // SAFETY: the mirror is a grenade's and the probe lives for ever.
    assert_eq!(unsafe { every_grenade_here(Some(record), probe.user_data(), pod) }, RET_OK);
    assert_eq!(probe.count(), 1);
    probe.wait().ok();
    let request = map([("value", map([("live", true.into())]))]);
    let dropped = nowhere().call("every_drop_grenade_here", &request);
    assert_eq!(without_place(dropped.error()), "every_drop_grenade_here panicked: the grenade went off");
}

#[test]
#[cfg(target_os = "linux")]
fn the_worker_of_async_ones_begins_with_a_call_and_ends_when_idle() {
    in_own_process("stateless::the_worker_of_async_ones_begins_with_a_call_and_ends_when_idle", || {
        for _ in 0..3 {
            assert!(crate::common::come_to_be("every-worker", 0));
            let threads: Vec<_> = (0..4)
                .map(|_| {
                    thread::spawn(|| {
                        let probe = Probe::new();
                        // SAFETY: the probe lives for ever.
                        let ret = unsafe { every_thread_detached(Some(record), probe.user_data(), 20) };
                        (ret, probe.wait().ok().to_vec(), probe.count())
                    })
                })
                .collect();
            for thread in threads {
                assert_eq!(thread.join().expect("no panic"), (RET_OK, b"every-worker".to_vec(), 1));
            }
        }
        assert!(crate::common::come_to_be("every-worker", 0));
    });
}

#[test]
fn calls_that_meet_the_end_of_the_worker_are_all_answered() {
    // The worker ends a tenth of a second after its last call: some of these meet that.
    let threads: Vec<_> = (0..4_u64)
        .map(|seed| {
            thread::spawn(move || {
                for round in 0..12 {
                    let probe = Probe::new();
                    // SAFETY: the probe lives for ever.
                    let ret = unsafe { every_thread_detached(Some(record), probe.user_data(), 0) };
                    assert_eq!((ret, probe.wait().ret), (RET_OK, RET_OK));
                    thread::sleep(Duration::from_micros(99_000 + 400 * ((seed * 7 + round * 5) % 10)));
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().expect("no panic"));
}
