//! A panic in a `Drop` of the author's ends nothing: the call is answered once and as it would
//! have been, the worker goes on, and the hook that was there hears of it once.
//!
//! Natively, because there an argument exists before its handler runs. Alone in its process, because it sets the
//! panic hook.

mod common;

use common::gate::{Gate, pass};
use common::{Answer, Host, Probe, map, to_bytes, without_place};
use ffi_runtime::{ErrorKind, FfiCallback, RET_ERR, RET_OK, RequestBytes, ffi};
use std::ffi::{c_int, c_void};
use std::panic;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

ffi_runtime::library!("drops", queue_limit = 2, grace_ms = 1_000);

/// What its grenades say when they go off.
const BANG: &str = "this grenade went off: ";

/// The grenades that went off.
static GONE_OFF: Mutex<Vec<u64>> = Mutex::new(Vec::new());

/// The grenades of whose panics the hook heard.
static PRINTED: Mutex<Vec<u64>> = Mutex::new(Vec::new());

/// A value whose drop panics, unless its number is 0.
#[ffi]
#[derive(Debug)]
struct Grenade {
    number: u64,
}

/// The number of a fresh grenade.
fn fresh() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl Drop for Grenade {
    fn drop(&mut self) {
        if self.number != 0 {
            GONE_OFF.lock().unwrap_or_else(PoisonError::into_inner).push(self.number);
            panic!("{BANG}{}", self.number);
        }
    }
}

/// The grenades that handlers have at hand.
static AT_HAND: Mutex<Vec<u64>> = Mutex::new(Vec::new());

/// A handler takes a grenade into its hands.
fn take(number: u64) -> Grenade {
    AT_HAND.lock().unwrap_or_else(PoisonError::into_inner).push(number);
    Grenade { number }
}

/// Waits until it is so.
#[track_caller]
fn wait_until(is_so: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < patience, "it never is");
        thread::yield_now();
    }
}

/// How often the grenade went off.
fn bangs(number: u64) -> usize {
    GONE_OFF.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|&&gone| gone == number).count()
}

/// How often the hook heard of the grenade.
fn prints(number: u64) -> usize {
    PRINTED.lock().unwrap().iter().filter(|&&it| it == number).count()
}

/// Notices what is printed from now on; before the library's first call.
fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let text = info.payload().downcast_ref::<String>().map_or("", String::as_str);
            match text.strip_prefix(BANG) {
                Some(number) => PRINTED.lock().unwrap().push(number.parse().expect("a number")),
                None => previous(info),
            }
        }));
    });
}

/// A library whose values panic when they are dropped. Its queue takes two requests.
#[ffi(state)]
struct Drops {
    grenade: Grenade,
}

/// Makes the state, or fails; each once the gate is open.
#[ffi(ctor)]
fn drops_create(grenade: u64, gate: u64, fails: bool) -> Result<Drops, String> {
    pass(gate);
    if fails { Err("no luck".to_owned()) } else { Ok(Drops { grenade: Grenade { number: grenade } }) }
}

/// Blocks the worker until the gate is open.
#[ffi]
fn drops_block(_drops: &Drops, gate: u64) {
    pass(gate);
}

/// Waits for the gate with the state in its hands, and panics.
#[ffi]
fn drops_poison(_drops: &mut Drops, gate: u64) {
    pass(gate);
    panic!("poisoned");
}

/// Keeps the grenade, and so never drops it.
#[ffi]
fn drops_keep(_drops: &Drops, grenade: Grenade) {
    std::mem::forget(grenade);
}

/// The number of the state's grenade.
#[ffi]
fn drops_number(drops: &Drops) -> u64 {
    drops.grenade.number
}

/// Never answers, and has a grenade at hand.
#[ffi]
async fn drops_wait(_drops: &Drops, grenade: u64) {
    let _grenade = take(grenade);
    std::future::pending::<()>().await;
}

/// The same, and may be dropped.
#[ffi(cancel = "drop")]
async fn drops_wait_lightly(_drops: &Drops, grenade: u64) {
    let _grenade = take(grenade);
    std::future::pending::<()>().await;
}

/// The same, alone.
#[ffi(cancel = "drop")]
async fn drops_wait_lightly_alone(_drops: &mut Drops, grenade: u64) {
    let _grenade = take(grenade);
    std::future::pending::<()>().await;
}

/// Drops the state.
#[ffi(dtor)]
fn drops_destroy(drops: Drops) {
    drop(drops);
}

mod symbols {
    use super::{FfiCallback, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn drops_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn drops_keep(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, grenade: GrenadePod) -> c_int;
        pub(super) fn drops_ffi_cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
        pub(super) fn drops_destroy(ctx: *mut c_void) -> c_int;
    }

    #[repr(C)]
    pub(super) struct GrenadePod {
        pub(super) number: u64,
    }
}

struct Place(*mut c_void);

impl Place {
    /// A context whose state has this grenade, and whose constructor waits at the gate.
    fn create(grenade: u64, gate: u64, fails: bool) -> (Self, &'static Probe) {
        listen();
        let arguments = map([("grenade", grenade.into()), ("gate", gate.into()), ("fails", fails.into())]);
        let (request, probe) = (to_bytes(&arguments), Probe::new());
        let (bytes, data) = (request.as_ptr(), probe.user_data());
        // SAFETY: the bytes are readable and the probe lives for ever.
        let ctx = unsafe { symbols::drops_create_cbor(bytes, request.len(), Some(common::record), data) };
        (Self(ctx), probe)
    }

    fn new() -> Self {
        let (place, created) = Self::create(0, 0, false);
        created.wait().ok();
        place
    }

    /// Starts a call whose one parameter is a number.
    fn start(&self, function: &str, parameter: &str, number: u64) -> &'static Probe {
        let (probe, request) = (Probe::new(), to_bytes(&map([(parameter, number.into())])));
        let (data, request) = (probe.user_data(), RequestBytes::Owned(request));
        // SAFETY: the probe lives for ever.
        unsafe { ffi_runtime::call_bytes::<Drops>(self.0, function, Some(common::record), data, request) };
        probe
    }

    /// Starts a handler that waits with a grenade at hand; returns once it does.
    fn start_with(&self, function: &str, number: u64) -> &'static Probe {
        let probe = self.start(function, "grenade", number);
        wait_until(|| AT_HAND.lock().unwrap_or_else(PoisonError::into_inner).contains(&number));
        probe
    }

    /// Makes the worker wait at a gate in this function; returns once it does.
    fn wait_in(&self, function: &str, gate: &Gate) -> &'static Probe {
        let probe = self.start(function, "gate", gate.0);
        gate.await_visitor();
        probe
    }

    /// Hands a fresh grenade over; its number, what the call returned, and its answer to come.
    fn hand_over(&self) -> (u64, c_int, &'static Probe) {
        let (probe, number) = (Probe::new(), fresh());
        let pod = symbols::GrenadePod { number };
        // SAFETY: the probe lives for ever.
        let ret = unsafe { symbols::drops_keep(self.0, Some(common::record), probe.user_data(), pod) };
        (number, ret, probe)
    }

    fn cancel(&self, probe: &'static Probe) {
        // SAFETY: any handle and any pointer may be asked about.
        assert_eq!(unsafe { symbols::drops_ffi_cancel(self.0, probe.user_data()) }, 0);
    }

    /// Panics unless the worker serves.
    fn serves(&self) {
        let probe = self.start("drops_number", "", 0);
        probe.wait().ok();
    }

    fn destroy(&self) -> c_int {
        // SAFETY: any handle may be destroyed.
        unsafe { symbols::drops_destroy(self.0) }
    }
}

/// The answer to a call, whose grenade went off once and was printed once.
#[track_caller]
fn answered(probe: &'static Probe, number: u64) -> Answer {
    let answer = probe.wait();
    // A request is released right after it was answered.
    wait_until(|| prints(number) > 0);
    assert_eq!((probe.count(), bangs(number), prints(number)), (1, 1, 1));
    answer
}

#[test]
fn an_argument_of_a_call_that_is_cancelled_in_line() {
    let (place, gate) = (Place::new(), Gate::new());
    let blocked = place.wait_in("drops_block", &gate);
    let ((first, _, one), (second, _, other)) = (place.hand_over(), place.hand_over());
    place.cancel(other);
    place.cancel(one);
    assert_eq!(bangs(first) + bangs(second), 0);
    drop(gate);
    blocked.wait().ok();
    assert_eq!(answered(one, first).error_of(ErrorKind::Cancelled), "cancelled");
    assert_eq!(answered(other, second).error_of(ErrorKind::Cancelled), "cancelled");
    place.serves();
    assert_eq!(place.destroy(), RET_OK);
}

#[test]
fn an_argument_of_a_call_that_a_full_queue_refuses() {
    let (place, gate) = (Place::new(), Gate::new());
    let blocked = place.wait_in("drops_block", &gate);
    let waiting = [place.start("drops_number", "", 0), place.start("drops_number", "", 0)];
    for _ in 0..3 {
        let (number, ret, refused) = place.hand_over();
        assert_eq!((ret, refused.count()), (RET_ERR, 1));
        assert_eq!(
            answered(refused, number).error_of(ErrorKind::QueueFull),
            "drops_keep: the queue is full with 2 requests"
        );
    }
    drop(gate);
    blocked.wait().ok();
    assert!(waiting.iter().all(|probe| probe.wait().ret == RET_OK));
    place.serves();
    assert_eq!(place.destroy(), RET_OK);
}

#[test]
fn an_argument_of_a_call_that_a_stale_handle_refuses_is_never_made() {
    let place = Place::new();
    assert_eq!(place.destroy(), RET_OK);
    let (number, ret, refused) = place.hand_over();
    assert_eq!((ret, refused.count(), bangs(number)), (RET_ERR, 1, 0));
    assert_eq!(
        refused.wait().error_of(ErrorKind::BadHandle),
        "drops_keep: not a live context: NULL, destroyed or never made"
    );
}

#[test]
fn an_argument_of_a_call_that_waits_while_the_state_is_poisoned() {
    let (place, gate) = (Place::new(), Gate::new());
    let poisoned = place.wait_in("drops_poison", &gate);
    let waiting = [place.hand_over(), place.hand_over()];
    drop(gate);
    assert_eq!(without_place(poisoned.wait().error()), "drops_poison panicked: poisoned");
    // One more is handed over once those that wait have left the line.
    for (number, ret, probe) in waiting.into_iter().chain(std::iter::once_with(|| place.hand_over())) {
        assert_eq!(ret, RET_OK);
        let text = "the context is poisoned: drops_poison panicked while it held the state";
        assert_eq!(without_place(answered(probe, number).error()), text);
    }
    assert_eq!(place.destroy(), RET_OK);
}

#[test]
fn an_argument_of_a_call_that_waits_behind_a_constructor_that_fails() {
    let gate = Gate::new();
    let (place, created) = Place::create(0, gate.0, true);
    let waiting = [place.hand_over(), place.hand_over()];
    drop(gate);
    assert_eq!(created.wait().error(), "no luck");
    for (number, ret, probe) in waiting {
        assert_eq!((ret, answered(probe, number).error()), (RET_OK, "no luck"));
    }
}

#[test]
fn an_argument_of_a_call_that_the_destroying_thread_cancels() {
    let (place, gate) = (Place::new(), Gate::new());
    let blocked = place.wait_in("drops_block", &gate);
    let waiting = [place.hand_over(), place.hand_over()];
    assert_eq!(place.destroy(), RET_ERR, "the worker is blocked for longer than destroy waits");
    for (number, ret, probe) in waiting {
        assert_eq!((ret, answered(probe, number).error()), (RET_OK, "cancelled"));
    }
    assert!(!blocked.has_fired());
    drop(gate);
    blocked.wait().ok();
}

#[test]
fn a_state() {
    for is_poisoned in [false, true] {
        let number = fresh();
        let (place, created) = Place::create(number, 0, false);
        created.wait().ok();
        if is_poisoned {
            place.start("drops_poison", "gate", 0).wait().error();
        }
        assert_eq!(place.destroy(), RET_OK);
        assert_eq!((bangs(number), prints(number)), (1, 1));
        let (after, other) = (Place::new(), Host::new());
        after.serves();
        assert_eq!((after.destroy(), other.destroy(), place.destroy()), (RET_OK, RET_OK, RET_ERR));
    }
}

#[test]
fn what_a_waiting_handler_has_at_hand_when_the_grace_ends() {
    let place = Place::new();
    let handlers = ["drops_wait", "drops_wait_lightly", "drops_wait"].map(|function| {
        let number = fresh();
        (number, place.start_with(function, number))
    });
    assert_eq!(place.destroy(), RET_OK);
    for (number, probe) in handlers {
        assert_eq!((probe.count(), bangs(number)), (1, 1), "before destroy returned");
        assert_eq!(answered(probe, number).error_of(ErrorKind::Cancelled), "cancelled");
    }
}

#[test]
fn what_a_waiting_handler_has_at_hand_when_it_is_cancelled() {
    let place = Place::new();
    for function in ["drops_wait_lightly", "drops_wait_lightly_alone", "drops_wait_lightly"] {
        let number = fresh();
        let probe = place.start_with(function, number);
        place.cancel(probe);
        assert_eq!(answered(probe, number).error_of(ErrorKind::Cancelled), "cancelled");
        place.serves();
    }
    assert_eq!(place.destroy(), RET_OK);
}
