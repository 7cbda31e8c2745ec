//! A panic that becomes an answer reaches no hook and prints nothing; any other panic reaches the hook that was
//! there, once, with its place. Each test listens for texts of its own.

#[path = "../common/mod.rs"]
mod common;
mod library;
mod printed;

use common::{Answer, Host, Probe, Symbols, map, without_place};
use ffi_runtime::{ErrorKind, FfiCallback, PodText, RET_OK};
use std::ffi::{c_char, c_int, c_void};
use std::panic::{self, catch_unwind};
use std::sync::{Mutex, Once};
use std::thread;
use std::time::{Duration, Instant};

mod symbols {
    use super::{FfiCallback, PodText, c_char, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn hook_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn hook_destroy(ctx: *mut c_void) -> c_int;
        pub(super) fn hook_ffi_call_cbor(
            ctx: *mut c_void,
            function: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
            req: *const u8,
            len: usize,
        ) -> c_int;
        pub(super) fn hook_ffi_cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
        pub(super) fn hook_ffi_close(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
        pub(super) fn hook_give(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, text: PodText) -> c_int;
        pub(super) fn hook_give_here(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, text: PodText) -> c_int;
        pub(super) fn hook_ffi_add_event_listener(
            ctx: *mut c_void,
            event: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
        ) -> u64;
        pub(super) fn hook_ffi_add_event_listener_cbor(
            ctx: *mut c_void,
            event: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
        ) -> u64;
        pub(super) fn hook_ffi_poll_fd(ctx: *mut c_void) -> c_int;
        pub(super) fn hook_ffi_dispatch(ctx: *mut c_void, max: usize) -> c_int;
        pub(super) safe fn hook_ffi_last_error() -> *const c_char;
        pub(super) safe fn hook_divide(number: i32, by: i32) -> i32;
    }
}

static HOOK: Symbols = Symbols {
    create_cbor: symbols::hook_create_cbor,
    destroy: symbols::hook_destroy,
    call_cbor: symbols::hook_ffi_call_cbor,
    cancel: symbols::hook_ffi_cancel,
    close: symbols::hook_ffi_close,
};

/// What the hook heard, with its place.
static HEARD: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Sets the host's hook, before the library's first call.
fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let text = info.payload().downcast_ref::<String>().cloned();
            let text = text.or_else(|| info.payload().downcast_ref::<&str>().map(|&text| text.to_owned()));
            let place = info.location().expect("a place").to_string();
            HEARD.lock().unwrap().push((text.unwrap_or_default(), place));
            if info.payload().downcast_ref::<String>().is_some_and(|text| text.starts_with("assertion")) {
                previous(info);
            }
        }));
    });
}

/// The places of the panics that the hook heard with this in their texts.
fn heard(text: &str) -> Vec<String> {
    let heard = HEARD.lock().unwrap();
    heard.iter().filter(|(said, _)| said.contains(text)).map(|(said, place)| format!("{said} at {place}")).collect()
}

/// Waits until the hook heard it; fails where it hears it twice, or the place is not there.
#[track_caller]
fn is_heard_once(text: &str) {
    let start = Instant::now();
    while heard(text).is_empty() && start.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(1));
    }
    let heard = heard(text);
    assert_eq!(heard.len(), 1, "{text}: {heard:?}");
    assert!(heard[0].contains("panic_hook/"), "no place: {heard:?}");
}

fn created(last: &str, is_broken: bool) -> Host {
    listen();
    let probe = Probe::new();
    let request = map([("last", last.into()), ("is_broken", is_broken.into()), ("refuses", "".into())]);
    let host = Host::create_in(&HOOK, &request, probe);
    probe.wait().ok();
    host
}

fn text(text: &str) -> ciborium::Value {
    map([("text", text.into())])
}

fn loud(text: &str) -> ciborium::Value {
    map([("value", map([("text", text.into())]))])
}

/// A probe whose callback panics with this text, and catches it.
fn panicking(text: &'static str) -> &'static Probe {
    Probe::with(move |_| {
        catch_unwind(|| panic!("{text}")).expect_err("it panics");
    })
}

#[test]
fn only_a_panic_of_the_hosts_own_reaches_its_hook() {
    listen();
    let host = Host::new();
    for _ in 0..100 {
        host.call("every_panic", &map([("text", "again".into())])).error();
        host.call("every_panic_later", &map([("is_after", true.into())])).error();
    }
    let grenade = map([("value", map([("live", true.into())]))]);
    host.call("every_drop_grenade", &grenade).error();
    host.call("every_fail_unspeakably", &map([])).error();
    host.call("every_panic_exclusive", &map([])).error();
    assert_eq!(host.destroy(), 0);
    for text in ["again", "in an async handler", "the grenade went off", "cannot be said", "while holding the state"] {
        assert_eq!(heard(text), [""; 0]);
    }
    catch_unwind(|| panic!("the host's own")).expect_err("it panics");
    thread::spawn(|| panic!("on a thread of the host's")).join().expect_err("it panics");
    is_heard_once("the host's own");
    is_heard_once("on a thread of the host's");
}

#[test]
fn every_panic_that_is_an_answer_ends_with_its_place_and_is_not_heard() {
    let host = created("", false);
    let nowhere = Host::of(&HOOK, 0);
    let waits = |waits: bool| map([("waits", waits.into()), ("text", "answered".into())]);
    for (host, function, request, said) in [
        (host, "hook_panic", text("answered"), "hook_panic panicked: answered"),
        (host, "hook_panic_here", text("answered"), "hook_panic_here panicked: answered"),
        (host, "hook_panic_soon", waits(false), "hook_panic_soon panicked: answered"),
        (host, "hook_panic_soon", waits(true), "hook_panic_soon panicked: answered"),
        (host, "hook_take", map([("value", "answered".into())]), "hook_take panicked: answered"),
        (nowhere, "hook_take_alone", map([("value", "answered".into())]), "hook_take_alone panicked: answered"),
        (nowhere, "hook_panic_detached", text("answered"), "hook_panic_detached panicked: answered"),
        (host, "hook_give", text("answered"), "hook_give panicked: answered"),
        (host, "hook_give_here", text("answered"), "hook_give_here panicked: answered"),
        (host, "hook_give_later", text("answered"), "hook_give_later panicked: answered"),
        (host, "hook_fail_here", map([]), "hook_fail_here panicked: cannot be said"),
    ] {
        let answer = host.call(function, &request);
        assert_eq!(without_place(answer.error()), said);
        assert!(answer.error().contains(" (ffi-tests/tests/panic_hook/library.rs:"), "{}", answer.error());
    }
    for give in [symbols::hook_give, symbols::hook_give_here] {
        let probe = Probe::new();
        // SAFETY: the text is static and the probe lives for ever.
        let ret = unsafe { give(host.ctx(), Some(common::record), probe.user_data(), PodText::of("answered")) };
        assert_eq!(ret, RET_OK);
        assert!(without_place(probe.wait().error()).ends_with(" panicked: answered"));
    }
    let refused = Probe::new();
    let request = map([("last", "".into()), ("is_broken", false.into()), ("refuses", "answered".into())]);
    Host::create_in(&HOOK, &request, refused);
    assert_eq!(without_place(refused.wait().error()), "hook_create panicked: answered");
    assert_eq!(symbols::hook_divide(1, 0), 0);
    // SAFETY: the text is valid until the next error on this thread.
    let told = unsafe { std::ffi::CStr::from_ptr(symbols::hook_ffi_last_error()) }.to_str().expect("UTF-8");
    assert_eq!(without_place(told), "hook_divide panicked: attempt to divide by zero");
    assert_eq!(host.destroy(), RET_OK);
    for text in ["answered", "attempt to divide by zero"] {
        assert_eq!(heard(text), [""; 0]);
    }
}

#[test]
fn what_panics_where_nobody_is_answered_is_heard_once() {
    let host = created("in the state's drop", false);
    host.call("hook_tasks", &map([])).ok();
    host.call("hook_local_tasks", &map([])).ok();
    host.call("hook_catch", &map([])).ok();
    host.call("hook_catch_here", &map([])).ok();
    let resumed = host.call("hook_resume", &map([]));
    assert_eq!(without_place(resumed.error()), "hook_resume panicked: of a task, resumed");
    host.call("hook_echo", &loud("after the answer")).ok();
    host.call("hook_echo_here", &loud("after the answer of here")).ok();
    host.call("hook_echo_later", &loud("after the answer of later")).ok();
    assert_eq!(host.call("hook_late", &map([])).error_of(ErrorKind::DeadlineExceeded), "deadline exceeded");
    host.call("hook_nothing", &map([])).ok();
    let cancelled = host.start("hook_wait", &text("in a future that was cancelled"));
    host.call("hook_nothing", &map([])).ok();
    assert_eq!(host.cancel(cancelled), RET_OK);
    assert_eq!(cancelled.wait().error_of(ErrorKind::Cancelled), "cancelled");
    let left = host.start("hook_wait", &text("in a future that the grace left"));
    host.call("hook_nothing", &map([])).ok();
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(left.wait().error_of(ErrorKind::Cancelled), "cancelled");
    for text in [
        "in a task",
        "in a waker",
        "on a thread of the pool",
        "in a local task",
        "of a task, resumed",
        "caught by the author (",
        "caught by the author here (",
        "after the deadline",
        "in a future that was cancelled",
        "in a future that the grace left",
        "in the state's drop",
    ] {
        is_heard_once(text);
    }
    for at in ["", " of here", " of later"] {
        let text = format!("after the answer{at} at");
        assert_eq!(heard("after the answer").iter().filter(|heard| heard.contains(&text)).count(), 1);
    }
    assert!(
        heard("after the deadline")[0]
            .starts_with("hook_late panicked: after the deadline (ffi-tests/tests/panic_hook/library.rs:")
    );
    assert_eq!(created("", true).destroy(), RET_OK);
    is_heard_once("in the destructor");
}

#[test]
fn a_panic_in_the_hosts_callback_is_heard_once_wherever_it_runs() {
    let host = created("", false);
    for (function, request, text) in [
        ("hook_nothing", map([]), "in a callback on the worker"),
        ("hook_nothing_here", map([]), "in a callback on the caller's thread"),
        ("hook_panic", text("answered to that"), "in a callback that hears of a panic"),
        ("hook_panic_here", text("answered to that"), "in a callback that hears of a panic here"),
        ("hook_echo_later", loud(""), "in a callback after a wait"),
        ("no_such_function", map([]), "in a callback of a refusal"),
    ] {
        let probe = panicking(text);
        host.submit(function, &common::to_bytes(&request), probe);
        probe.wait();
        assert_eq!(heard(text).iter().filter(|heard| heard.starts_with(&format!("{text} at "))).count(), 1, "{text}");
    }
    // A callback that calls in turn, and panics before and after.
    let (inner, outer) = (panicking("within the inner callback"), panicking("within the last callback"));
    let nested = Probe::with(move |_| {
        catch_unwind(|| panic!("before the inner call")).expect_err("it panics");
        host.submit("hook_nothing_here", &[], inner);
        let answered = host.call("hook_panic_here", &text("inside of a callback"));
        assert!(answered.error().starts_with("hook_panic_here panicked: inside of a callback ("));
        catch_unwind(|| panic!("after the inner call")).expect_err("it panics");
    });
    host.submit("hook_nothing", &[], nested);
    nested.wait().ok();
    host.submit("hook_nothing", &[], outer);
    outer.wait().ok();
    for text in
        ["before the inner call", "within the inner callback", "after the inner call", "within the last callback"]
    {
        is_heard_once(text);
    }
    assert_eq!((heard("inside of a callback").len(), heard("answered to that").len()), (0, 0));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn an_event_that_cannot_be_told_is_an_error_and_a_listeners_own_panic_is_heard() {
    let host = created("", false);
    let (said, native, cbor) = (panicking("in a listener"), Probe::new(), Probe::new());
    let record: FfiCallback = Some(common::record);
    let (ctx, named) = (host.ctx(), c"on_unsayable".as_ptr());
    // SAFETY: the name ends with a NUL and the probe lives for ever.
    unsafe { symbols::hook_ffi_add_event_listener(ctx, c"on_said".as_ptr(), record, said.user_data()) };
    // SAFETY: as above.
    unsafe { symbols::hook_ffi_add_event_listener(ctx, named, record, native.user_data()) };
    // SAFETY: as above.
    unsafe { symbols::hook_ffi_add_event_listener_cbor(ctx, named, record, cbor.user_data()) };
    host.call("hook_fire", &text("cannot be told")).ok();
    said.wait().ok();
    for probe in [native, cbor] {
        assert_eq!(without_place(probe.wait().error()), "on_unsayable panicked: cannot be told");
    }
    assert_eq!(host.destroy(), RET_OK);
    is_heard_once("in a listener");
    assert_eq!(heard("cannot be told"), [""; 0]);
}

#[test]
fn so_it_is_where_the_host_polls() {
    let host = created("", false);
    // SAFETY: any handle may be asked.
    assert!(unsafe { symbols::hook_ffi_poll_fd(host.ctx()) } >= 0);
    let polled = |probe: &'static Probe| -> Answer {
        while !probe.has_fired() {
            // SAFETY: any handle may be asked.
            assert!(unsafe { symbols::hook_ffi_dispatch(host.ctx(), 1) } >= 0);
        }
        probe.wait()
    };
    let panics = host.start("hook_panic", &text("answered and polled"));
    assert_eq!(without_place(polled(panics).error()), "hook_panic panicked: answered and polled");
    let unsayable = host.start("hook_give", &text("answered and polled"));
    assert_eq!(without_place(polled(unsayable).error()), "hook_give panicked: answered and polled");
    polled(host.start("hook_echo", &loud("after the polled answer"))).ok();
    let probe = panicking("in a callback that was polled");
    host.submit("hook_nothing", &[], probe);
    polled(probe).ok();
    assert_eq!(host.destroy(), RET_OK);
    is_heard_once("after the polled answer");
    is_heard_once("in a callback that was polled");
    assert_eq!(heard("answered and polled"), [""; 0]);
}
