//! From inside an inline callback, and from inside an inline handler, a context may be ended:
//! that waits for nothing that waits for it.

use crate::common::{Answer, Host, Probe, Symbols, map, to_bytes};
use crate::host::{Gate, beside_ffi_add_event_listener, create, empty, named_here, new, nobody, wait_until};
use ffi_runtime::{FfiCallback, RET_ERR, RET_OK, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// Shorter than a destroy waits that waits in vain.
const SOON: Duration = Duration::from_millis(1_400);

/// Runs `inside` within the callback of an inline call of the context; gives what it gave.
fn within<T: Send + 'static>(host: Host, mut inside: impl FnMut() -> T + Send + 'static) -> T {
    let (sender, gave) = mpsc::channel();
    let probe = Probe::with(move |_: &Answer| sender.send(inside()).expect("it is waited for"));
    assert_eq!(host.submit("beside_name", &[], probe), RET_OK);
    assert_eq!(probe.count(), 1);
    gave.recv().expect("it was called")
}

#[test]
fn a_destroy_there_does_not_wait() {
    let host = new("from its callback");
    let start = Instant::now();
    let gave = within(host, move || {
        let first = host.destroy();
        thread::sleep(Duration::from_millis(50));
        (first, host.destroy(), beside::ends("from its callback"))
    });
    assert_eq!(gave, (RET_OK, RET_ERR, 0), "its end waits for the callback");
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    wait_until(|| beside::ends("from its callback") == 1);
}

#[test]
fn a_close_there_answers_afterwards() {
    let host = new("closed from its callback");
    let last = Probe::new();
    let gave = within(host, move || {
        let ret = host.close(last);
        thread::sleep(Duration::from_millis(50));
        (ret, last.has_fired())
    });
    assert_eq!(gave, (RET_OK, false));
    last.wait().ok();
    assert_eq!((last.count(), beside::ends("closed from its callback")), (1, 1));
}

#[test]
fn a_destroy_in_a_refusal_does_not_wait() {
    let gate = Gate::new();
    let (host, created) = create("refused", None, gate.0);
    gate.await_visitors(1);
    let (sender, gave) = mpsc::channel();
    let refused = Probe::with(move |_| sender.send(host.destroy()).expect("it is waited for"));
    assert_eq!(host.submit("beside_name", &[], refused), RET_ERR);
    assert_eq!(gave.recv(), Ok(RET_OK));
    drop(gate);
    created.wait().ok();
    wait_until(|| beside::ends("refused") == 1);
}

#[test]
fn another_context_is_waited_for() {
    let (host, other) = (new(""), new("other"));
    let queued = other.start("beside_later", &map([("wait_ms", 100.into()), ("value", 1.into())]));
    let gave = within(host, move || (other.destroy(), queued.count(), beside::ends("other")));
    assert_eq!(gave, (RET_OK, 1, 1));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn two_contexts_that_destroy_each_other_end() {
    for _ in 0..20 {
        let (one, other, met) = (new(""), new(""), Arc::new(Barrier::new(2)));
        let destroy = |own: Host, target: Host| {
            let met = Arc::clone(&met);
            thread::spawn(move || {
                within(own, move || {
                    met.wait();
                    target.destroy()
                })
            })
        };
        let both = [destroy(one, other), destroy(other, one)];
        // Had one waited for the other until its bound, that would have been an error.
        both.into_iter().for_each(|it| assert_eq!(it.join().expect("no panic"), RET_OK));
    }
}

#[test]
fn in_the_callback_of_a_function_without_a_state_a_destroy_waits() {
    let host = new("from without");
    let (sender, gave) = mpsc::channel();
    let probe = Probe::with(move |_| sender.send((host.destroy(), beside::ends("from without"))).expect("waited for"));
    assert_eq!(nobody().submit("beside_none", &[], probe), RET_OK);
    assert_eq!(gave.recv(), Ok((RET_OK, 1)));
}

#[test]
fn a_listener_calls_it_and_is_answered_there() {
    let host = new("");
    let (sender, gave) = mpsc::channel();
    let listener = Probe::with(move |_| {
        let name = thread::current().name().map(str::to_owned);
        let (ret, answer) = named_here(host, "beside_thread", &map([("times", 0.into())]));
        sender.send((name, ret, answer.value())).expect("it is waited for");
    });
    // SAFETY: the probe lives for ever.
    let id = unsafe {
        beside_ffi_add_event_listener(
            host.ctx(),
            c"on_beside".as_ptr(),
            Some(crate::common::record),
            listener.user_data(),
        )
    };
    assert!(id > 0);
    assert_eq!(named_here(host, "beside_fire", &map([("number", 1.into())])).0, RET_OK);
    let expected = (Some("beside-events".to_owned()), RET_OK, "beside-events".into());
    assert_eq!(gave.recv(), Ok(expected));
    assert_eq!(host.destroy(), RET_OK);
}

/// A library whose handlers end the context that they run in.
#[ffi(library = "inward", shared, grace_ms = 500)]
struct Inward;

#[ffi(ctor, library = "inward")]
fn inward_create() -> Inward {
    Inward
}

#[ffi(dtor, library = "inward")]
fn inward_destroy(_inward: Inward) {
    ENDED.fetch_add(1, Ordering::SeqCst);
}

static ENDED: AtomicUsize = AtomicUsize::new(0);

/// Destroys what has this handle.
#[ffi(inline, library = "inward")]
fn inward_end(_inward: &Inward, handle: usize) -> i32 {
    inward(handle).destroy()
}

/// The same from a future that then waits.
#[ffi(inline, library = "inward")]
async fn inward_end_later(_inward: &Inward, handle: usize) -> i32 {
    let ret = inward(handle).destroy();
    tokio::task::yield_now().await;
    ret
}

fn inward(handle: usize) -> Host {
    Host::of(&INWARD, handle)
}

mod symbols {
    use super::{FfiCallback, c_char, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn inward_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void)
        -> *mut c_void;
        pub(super) fn inward_destroy(ctx: *mut c_void) -> c_int;
        pub(super) fn inward_ffi_call_cbor(
            ctx: *mut c_void,
            function: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
            req: *const u8,
            len: usize,
        ) -> c_int;
        pub(super) fn inward_ffi_cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
        pub(super) fn inward_ffi_close(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
    }
}

static INWARD: Symbols = Symbols {
    create_cbor: symbols::inward_create_cbor,
    destroy: symbols::inward_destroy,
    call_cbor: symbols::inward_ffi_call_cbor,
    cancel: symbols::inward_ffi_cancel,
    close: symbols::inward_ffi_close,
};

#[test]
fn a_handler_that_ends_its_own_context_does_not_wait_for_itself() {
    for (round, function) in ["inward_end", "inward_end_later"].into_iter().enumerate() {
        let created = Probe::new();
        let host = Host::create_in(&INWARD, &empty(), created);
        created.wait().ok();
        let (start, probe) = (Instant::now(), Probe::new());
        let request = to_bytes(&map([("handle", (host.handle as u64).into())]));
        assert_eq!(host.submit(function, &request, probe), RET_OK);
        assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
        assert_eq!(probe.wait().value(), RET_OK.into());
        wait_until(|| ENDED.load(Ordering::SeqCst) == round + 1);
        assert_eq!(probe.count(), 1);
    }
}
