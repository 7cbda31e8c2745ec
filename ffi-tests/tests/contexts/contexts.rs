//! Contexts: handles that cannot be misused, constructors that fail, destroys that drain.

use crate::common::{Host, Probe, config, map, without_place};
use ciborium::Value;
use every::End;
use ffi_runtime::{ErrorKind, RET_ERR, RET_OK};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

fn empty() -> Value {
    map([])
}

fn request(name: &str, failure: Option<&str>, delay_ms: u32) -> Value {
    map([("config", config(name, failure, delay_ms))])
}

#[test]
fn the_constructor_answers_with_the_handle_as_text() {
    let (host, probe) = Host::create(&request("abc", None, 0));
    assert_eq!(probe.wait().value(), Value::from(host.handle.to_string()));
    assert_eq!(host.call("every_name", &empty()).value(), Value::from("abc"));
    host.destroy();

    let probe = Probe::new();
    let absent = ffi_runtime::PodOption { present: 0, value: std::mem::MaybeUninit::uninit() };
    let pod = crate::common::ConfigPod { name: ffi_runtime::PodText::of("native"), failure: absent, delay_ms: 0 };
    // SAFETY: the configuration is readable and the probe lives for ever.
    let ctx = unsafe { crate::common::every_create(pod, Some(crate::common::record), probe.user_data()) };
    assert_eq!(probe.wait().ok(), ctx.expose_provenance().to_string().as_bytes());
    assert_eq!(Host::at(ctx.expose_provenance()).destroy(), 0);
}

#[test]
fn calls_queue_behind_the_constructor() {
    let (host, created) = Host::create(&request("slow", None, 50));
    let call = host.start("every_name", &empty());
    assert!(!created.has_fired() && !call.has_fired());
    assert_eq!(call.wait().value(), Value::from("slow"));
    assert!(created.has_fired());
    host.destroy();
}

#[test]
fn a_failing_constructor_tells_everyone_why_and_leaves_nothing() {
    for (failure, text) in [
        ("no luck", "no luck"),
        ("", "unknown error"),
        ("panic", "every_create panicked: the constructor was told to panic"),
    ] {
        let (host, created) = Host::create(&request("", Some(failure), 30));
        let calls: Vec<_> = (0..10).map(|_| host.start("every_nothing", &empty())).collect();
        assert_eq!(without_place(created.wait().error()), text);
        calls.iter().for_each(|call| assert_eq!(without_place(call.wait().error()), text));
        let stale = host.call("every_nothing", &empty());
        assert_eq!(
            stale.error_of(ErrorKind::BadHandle),
            "every_nothing: not a live context: NULL, destroyed or never made"
        );
        assert_eq!(host.destroy(), RET_ERR);
    }
}

#[test]
fn the_handle_is_stale_once_the_host_knows_of_the_failure() {
    let handle = Arc::new(OnceLock::new());
    let (there, late) = (Arc::clone(&handle), Probe::new());
    let created = Probe::with(move |_| {
        let host: Host = *there.get().expect("the constructor waits longer");
        host.submit("every_nothing", &[], late);
    });
    let bytes = crate::common::to_bytes(&request("", Some("no"), 100));
    let data = created.user_data();
    // SAFETY: the bytes are readable and the probe lives for ever.
    let ctx =
        unsafe { crate::common::every_create_cbor(bytes.as_ptr(), bytes.len(), Some(crate::common::record), data) };
    handle.set(Host::at(ctx.expose_provenance())).expect("set once");
    assert_eq!(created.wait().error(), "no");
    assert_eq!(
        late.wait().error_of(ErrorKind::BadHandle),
        "every_nothing: not a live context: NULL, destroyed or never made"
    );
}

#[test]
fn a_bad_request_makes_no_context() {
    let (host, probe) = Host::create(&map([("config", map([]))]));
    assert_eq!(host.handle, 0);
    assert_eq!(probe.count(), 1);
    assert_eq!(probe.wait().error(), "every_create: config.name: the key is missing");

    let (host, probe) = Host::create(&request(&"x".repeat(4_194_305), None, 0));
    assert_eq!(host.handle, 0);
    assert_eq!(probe.wait().error(), "every_create: the request is larger than the limit of 4194304 bytes");
}

#[test]
fn whatever_is_passed_as_a_handle_is_refused() {
    let live = Host::new();
    let dead = Host::new();
    assert_eq!(dead.destroy(), 0);
    for raw in [0, 1, 0xdead_beef, usize::MAX, dead.handle, live.handle + 1, live.handle ^ (1 << 40)] {
        let host = Host::at(raw);
        let text = "every_nothing: not a live context: NULL, destroyed or never made";
        assert_eq!(host.call("every_nothing", &empty()).error(), text);
        assert_eq!(host.destroy(), RET_ERR);
        assert_eq!(crate::common::last_error(), "every_destroy: not a live context: NULL, destroyed or never made");
    }
    assert_eq!(live.call("every_name", &empty()).value(), Value::from("test"));
    assert_eq!(live.destroy(), 0);
}

#[test]
fn destroy_answers_all_that_was_accepted_and_then_is_silent() {
    let host = Host::create(&request("drained", None, 0)).0;
    let sleeping: Vec<_> = (0..100).map(|_| host.start("every_sleep", &map([("wait_ms", 30.into())]))).collect();
    host.start("every_block", &map([("wait_ms", 30.into())]));
    let queued: Vec<_> = (0..10_000).map(|_| host.start("every_nothing", &empty())).collect();
    assert_eq!(host.destroy(), RET_OK);
    assert!(sleeping.iter().chain(&queued).all(|probe| probe.count() == 1));
    assert_eq!(every::ends("drained"), [End::Destroyed, End::Dropped]);
    thread::sleep(Duration::from_millis(60));
    assert!(sleeping.iter().chain(&queued).all(|probe| probe.count() == 1));
}

#[test]
fn destroy_while_the_constructor_runs_waits_for_it() {
    let (host, created) = Host::create(&request("slow", None, 40));
    let call = host.start("every_name", &empty());
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(created.count(), 1);
    assert_eq!(call.wait().value(), Value::from("slow"));

    let (host, created) = Host::create(&request("slow", Some("late failure"), 40));
    let call = host.start("every_name", &empty());
    host.destroy();
    assert_eq!(created.wait().error(), "late failure");
    assert_eq!(call.wait().error(), "late failure");
}

#[test]
fn destroy_from_inside_a_callback_returns_at_once_and_drains() {
    let host = Host::new();
    let behind = Probe::new();
    let (sender, returned) = mpsc::channel();
    let destroyer = Probe::with(move |_| {
        let start = Instant::now();
        let first = host.submit("every_nothing", &[], behind);
        let ret = host.destroy();
        let again = host.destroy();
        sender.send((first, ret, again, start.elapsed())).expect("the test waits");
    });
    let earlier = host.start("every_sleep", &map([("wait_ms", 50.into())]));
    host.submit("every_nothing", &[], destroyer);
    let (first, ret, again, took) = returned.recv().expect("the callback runs");
    assert_eq!((first, ret, again), (RET_OK, RET_OK, RET_ERR));
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert_eq!(behind.wait().ok(), [0xf6]);
    assert_eq!(earlier.wait().ok(), [0xf6]);
    assert!(host.call("every_nothing", &empty()).error().contains("not a live context"));
}

#[test]
fn a_callback_may_call_any_entry_point() {
    let (host, other) = (Host::new(), Host::new());
    let (inner, outer) = (Probe::new(), Probe::new());
    let probe = Probe::with(move |_| {
        host.submit("every_name", &[], inner);
        assert_eq!(other.call("every_name", &empty()).value(), Value::from("test"));
        other.submit("every_sleep", &crate::common::to_bytes(&map([("wait_ms", 50.into())])), outer);
        assert_eq!(other.destroy(), RET_OK);
        assert!(outer.has_fired(), "the end of another context is waited for");
        assert_eq!(Host::new().destroy(), RET_OK);
    });
    host.submit("every_nothing", &[], probe);
    probe.wait().ok();
    inner.wait().ok();
    outer.wait().ok();
    host.destroy();
}

#[test]
fn two_destroyers_at_once_agree_on_one() {
    for _ in 0..100 {
        let host = Host::new();
        let rets: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(move || host.destroy())).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(rets.iter().filter(|&&ret| ret == RET_OK).count(), 1);
    }
}

#[test]
fn two_hundred_contexts_live_at_once() {
    let hosts: Vec<_> = (0..200).map(|index| Host::create(&request(&index.to_string(), None, 0)).0).collect();
    for (index, host) in hosts.iter().enumerate() {
        assert_eq!(host.call("every_name", &empty()).value(), Value::from(index.to_string()));
    }
    hosts.iter().for_each(|host| assert_eq!(host.destroy(), RET_OK));
}

#[test]
fn a_poisoned_state_is_dropped_without_its_destructor() {
    let host = Host::create(&request("poisoned", None, 0)).0;
    host.call("every_panic_exclusive", &empty()).error();
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(every::ends("poisoned"), [End::Dropped]);
}

#[test]
fn a_panicking_destructor_ends_the_context_all_the_same() {
    let host = Host::create(&request("panic in the destructor", None, 0)).0;
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(every::ends("panic in the destructor"), [End::Destroyed, End::Dropped]);
    assert_eq!(host.destroy(), RET_ERR);
}
