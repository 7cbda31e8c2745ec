//! Events reach their listeners in order, hold up no request, and are never lost unsaid.

mod common;

use ciborium::Value;
use common::gate::{Gate, pass};
use common::{Answer, Host, Probe, Symbols, map};
use ffi_runtime::{Events, FfiCallback, NoContext, RET_ERR, RET_OK, ffi};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any test may take.
const FOREVER: u64 = 600_000;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// One more.
#[ffi(event)]
pub fn on_beat(number: u64);

/// Nobody listens to it.
#[ffi(event)]
pub fn on_unheard(number: u64);

/// It was let go.
#[ffi(event)]
pub fn on_weight(weight: Weight);

/// What says on which threads it is dropped.
#[ffi]
pub struct Weight {
    /// Which one.
    pub number: u64,
}

/// The names of the threads that weights were dropped on.
static DROPPED_ON: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl Drop for Weight {
    fn drop(&mut self) {
        let name = thread::current().name().unwrap_or_default().to_owned();
        DROPPED_ON.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }
}

/// How many beats a thread of the author's fired before its context was gone.
static FIRED: AtomicU64 = AtomicU64::new(0);

/// Has the tests take turns that count those beats.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A library whose line of events holds eight, with this policy, and whose worker may stand still
/// for so many milliseconds.
macro_rules! bus {
    ($bus:ident, $name:literal, $policy:literal, $stall_ms:literal, $symbols:ident, $module:ident,
     $create:ident, $create_cbor:ident, $destroy:ident, $call_cbor:ident, $cancel:ident, $close:ident,
     $add:ident, $add_cbor:ident, $remove:ident,
     $echo:ident, $fire:ident, $fire_elsewhere:ident, $block:ident, $wait:ident) => {
        /// A library with events.
        #[ffi(library = $name, event_limit = 8, event_overflow = $policy, stall_ms = $stall_ms, grace_ms = 1_000)]
        struct $bus {
            /// What the destructor fires.
            last_words: Option<u64>,
        }

        #[ffi(ctor)]
        fn $create(last_words: Option<u64>) -> $bus {
            $bus { last_words }
        }

        /// Gives the number back.
        #[ffi]
        fn $echo(_bus: &$bus, number: u64) -> u64 {
            number
        }

        /// Fires beats from the worker.
        #[ffi]
        fn $fire(_bus: &$bus, from: u64, count: u64) {
            (from..from + count).for_each(on_beat);
        }

        /// Fires beats from a thread of its own, and lets the count say how many so far.
        #[ffi]
        fn $fire_elsewhere(_bus: &$bus, from: u64, count: u64) -> Result<(), NoContext> {
            let events = Events::<$bus>::current()?;
            FIRED.store(0, Ordering::SeqCst);
            thread::spawn(move || {
                for number in from..from + count {
                    if events.within(|| on_beat(number)).is_err() {
                        return;
                    }
                    FIRED.fetch_add(1, Ordering::SeqCst);
                }
            });
            Ok(())
        }

        /// Blocks the worker.
        #[ffi]
        fn $block(_bus: &$bus, wait_ms: u64) {
            thread::sleep(Duration::from_millis(wait_ms));
        }

        /// Waits without blocking the worker.
        #[ffi]
        async fn $wait(_bus: &$bus, gate: u64) {
            tokio::task::spawn_blocking(move || pass(gate)).await.expect("the gate opens");
        }

        #[ffi(dtor)]
        fn $destroy(bus: $bus) {
            bus.last_words.into_iter().for_each(on_beat);
        }

        mod $module {
            use super::{FfiCallback, Symbols, c_char, c_int, c_void};

            unsafe extern "C" {
                fn $create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
                fn $destroy(ctx: *mut c_void) -> c_int;
                fn $call_cbor(
                    ctx: *mut c_void,
                    function: *const c_char,
                    cb: FfiCallback,
                    data: *mut c_void,
                    req: *const u8,
                    len: usize,
                ) -> c_int;
                fn $cancel(ctx: *mut c_void, data: *mut c_void) -> c_int;
                fn $close(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void) -> c_int;
                pub(super) fn $add(ctx: *mut c_void, event: *const c_char, cb: FfiCallback, data: *mut c_void) -> u64;
                pub(super) fn $add_cbor(
                    ctx: *mut c_void,
                    event: *const c_char,
                    cb: FfiCallback,
                    data: *mut c_void,
                ) -> u64;
                pub(super) fn $remove(ctx: *mut c_void, id: u64) -> c_int;
            }

            pub(super) static SYMBOLS: Symbols = Symbols {
                create_cbor: $create_cbor,
                destroy: $destroy,
                call_cbor: $call_cbor,
                cancel: $cancel,
                close: $close,
            };
        }

        static $symbols: Bus = Bus {
            symbols: &$module::SYMBOLS,
            listen: [$module::$add, $module::$add_cbor],
            remove: $module::$remove,
            echo: stringify!($echo),
            fire: stringify!($fire),
            fire_elsewhere: stringify!($fire_elsewhere),
            block: stringify!($block),
            wait: stringify!($wait),
        };
    };
}

bus!(
    OldestBus,
    "oldest",
    "drop_oldest",
    200,
    OLDEST,
    oldest,
    oldest_create,
    oldest_create_cbor,
    oldest_destroy,
    oldest_call_cbor,
    oldest_cancel,
    oldest_close,
    oldest_add_event_listener,
    oldest_add_event_listener_cbor,
    oldest_remove_event_listener,
    oldest_echo,
    oldest_fire,
    oldest_fire_elsewhere,
    oldest_block,
    oldest_wait
);
bus!(
    NewestBus,
    "newest",
    "drop_newest",
    200,
    NEWEST,
    newest,
    newest_create,
    newest_create_cbor,
    newest_destroy,
    newest_call_cbor,
    newest_cancel,
    newest_close,
    newest_add_event_listener,
    newest_add_event_listener_cbor,
    newest_remove_event_listener,
    newest_echo,
    newest_fire,
    newest_fire_elsewhere,
    newest_block,
    newest_wait
);
bus!(
    BlockBus,
    "patient",
    "block",
    200,
    PATIENT,
    patient,
    patient_create,
    patient_create_cbor,
    patient_destroy,
    patient_call_cbor,
    patient_cancel,
    patient_close,
    patient_add_event_listener,
    patient_add_event_listener_cbor,
    patient_remove_event_listener,
    patient_echo,
    patient_fire,
    patient_fire_elsewhere,
    patient_block,
    patient_wait
);
bus!(
    RestlessBus,
    "restless",
    "drop_oldest",
    1_600,
    RESTLESS,
    restless,
    restless_create,
    restless_create_cbor,
    restless_destroy,
    restless_call_cbor,
    restless_cancel,
    restless_close,
    restless_add_event_listener,
    restless_add_event_listener_cbor,
    restless_remove_event_listener,
    restless_echo,
    restless_fire,
    restless_fire_elsewhere,
    restless_block,
    restless_wait
);

/// Fires an event that nobody hears, from a thread of its own, and says when it has.
#[ffi]
fn patient_fire_unheard(_bus: &BlockBus, gate: u64) -> Result<(), NoContext> {
    let events = Events::<BlockBus>::current()?;
    thread::spawn(move || {
        if events.within(|| on_unheard(1)).is_ok() {
            pass(gate);
        }
    });
    Ok(())
}

/// Answers, and leaves a task that keeps the worker awake for a while.
#[ffi]
async fn restless_spin(_bus: &RestlessBus, wait_ms: u64) {
    let end = Instant::now() + Duration::from_millis(wait_ms);
    tokio::task::spawn(async move {
        while Instant::now() < end {
            tokio::task::yield_now().await;
        }
    });
}

/// Fires so many weights.
#[ffi]
fn restless_fire_weights(_bus: &RestlessBus, count: u64) {
    (0..count).for_each(|number| on_weight(Weight { number }));
}

type Listen = unsafe extern "C" fn(*mut c_void, *const c_char, FfiCallback, *mut c_void) -> u64;

/// A library with events.
struct Bus {
    symbols: &'static Symbols,
    /// Adds a listener: a native one, one over CBOR.
    listen: [Listen; 2],
    remove: unsafe extern "C" fn(*mut c_void, u64) -> c_int,
    echo: &'static str,
    fire: &'static str,
    fire_elsewhere: &'static str,
    block: &'static str,
    wait: &'static str,
}

impl Bus {
    fn create(&self) -> Host {
        self.create_with(Value::Null)
    }

    fn create_with(&self, last_words: Value) -> Host {
        let probe = Probe::new();
        let host = Host::create_in(self.symbols, &map([("last_words", last_words)]), probe);
        probe.wait().ok();
        host
    }

    /// Adds a native listener of one event, or of all.
    fn listen(&self, host: Host, event: Option<&str>, ear: &'static Ear) -> u64 {
        self.listen_by(self.listen[0], host, event, ear)
    }

    /// Adds a listener over CBOR.
    fn listen_cbor(&self, host: Host, event: Option<&str>, ear: &'static Ear) {
        self.listen_by(self.listen[1], host, event, ear);
    }

    fn listen_by(&self, listen: Listen, host: Host, event: Option<&str>, ear: &'static Ear) -> u64 {
        let event = event.map(|event| CString::new(event).expect("a name"));
        let name = event.as_ref().map_or(std::ptr::null(), |event| event.as_ptr());
        // SAFETY: the name is NUL-terminated and the ear lives for ever.
        let id = unsafe { listen(host.ctx(), name, Some(hear), ear.user_data()) };
        assert!(id > 0, "a listener is added");
        id
    }

    fn remove(&self, host: Host, id: u64) -> c_int {
        // SAFETY: any handle and any number may be asked about.
        unsafe { (self.remove)(host.ctx(), id) }
    }

    fn call(&self, host: Host, function: &str, from: u64, count: u64) {
        host.call(function, &map([("from", from.into()), ("count", count.into())])).ok();
    }
}

/// What a listener does when it is called.
type Then = Box<dyn Fn(usize) + Send + Sync>;

/// One listener's callback data, which lives for ever.
struct Ear {
    heard: Sender<(Answer, usize)>,
    hears: Mutex<Receiver<(Answer, usize)>>,
    count: AtomicU64,
    then: Then,
}

impl Ear {
    fn new() -> &'static Self {
        Self::with(|_| {})
    }

    /// An ear that does something whenever it hears, with the number of what it heard before.
    fn with(then: impl Fn(usize) + Send + Sync + 'static) -> &'static Self {
        let (heard, hears) = mpsc::channel();
        Box::leak(Box::new(Self { heard, hears: hears.into(), count: AtomicU64::new(0), then: Box::new(then) }))
    }

    /// An ear that waits at a gate when it hears for the first time.
    fn at(gate: &Gate) -> &'static Self {
        let gate = gate.0;
        Self::with(move |before| {
            if before == 0 {
                pass(gate)
            }
        })
    }

    fn user_data(&'static self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    /// What it hears next, and where that stood in memory.
    fn next_at(&self) -> (Answer, usize) {
        self.hears.lock().expect("no panic").recv_timeout(PATIENCE).expect("the listener is called")
    }

    fn next(&self) -> Answer {
        self.next_at().0
    }

    /// The next native beat, or how many were dropped.
    fn beat(&self) -> Result<u64, u64> {
        let answer = self.next();
        if answer.ret == RET_OK {
            return Ok(number(&answer.bytes));
        }
        let text = answer.error().strip_prefix("events_dropped: ").expect("the only error");
        Err(text.strip_suffix(" events were dropped before this").expect("a gap").parse().expect("a number"))
    }

    /// How often it was called.
    fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}

fn number(bytes: &[u8]) -> u64 {
    u64::from_ne_bytes(bytes.try_into().expect("eight bytes"))
}

unsafe extern "C-unwind" fn hear(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: every listener in these tests passes a leaked ear.
    let ear = unsafe { &*user_data.cast::<Ear>() };
    // SAFETY: what a listener is given is readable until it returns.
    let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) }.to_vec();
    let before = ear.count.fetch_add(1, Ordering::SeqCst);
    (ear.then)(before as usize);
    // Sent last: whoever waits for it may end the context, in which the listener may be calling.
    let _ = ear.heard.send((Answer { ret, bytes }, msg.addr()));
}

/// `L_event`, as C declares it.
#[repr(C)]
struct NamedPayload {
    name: *const c_char,
    payload: *const c_void,
    len: usize,
}

/// The event that a message over CBOR tells, and its payload.
fn told(answer: &Answer) -> (String, Value) {
    let Value::Map(entries) = answer.value() else { panic!("a map") };
    let [(first, name), (second, payload)] = <[_; 2]>::try_from(entries).expect("two entries");
    assert_eq!((first, second), ("eventType".into(), "payload".into()));
    (name.into_text().expect("a name"), payload)
}

/// What a listener of all events is told next, but for how the worker does: on a machine that is
/// busy it may stand still for long enough.
fn told_of_beats(ear: &Ear) -> (String, Value) {
    loop {
        let told = told(&ear.next());
        if !told.0.ends_with("responding") {
            return told;
        }
    }
}

fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "it never came to be so");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_listener_that_waits_holds_up_no_request() {
    for bus in [&OLDEST, &NEWEST] {
        let gate = Gate::new();
        let (host, ear) = (bus.create(), Ear::at(&gate));
        bus.listen(host, Some("on_beat"), ear);
        bus.call(host, bus.fire, 0, 1);
        gate.await_visitor();
        for value in 0..100_u64 {
            assert_eq!(host.call(bus.echo, &map([("number", value.into())])).value(), Value::from(value));
            bus.call(host, bus.fire, value, 1);
        }
        assert_eq!(ear.count(), 1, "it still waits");
        drop(gate);
        assert_eq!(host.destroy(), RET_OK);
    }
}

#[test]
fn where_the_oldest_are_dropped_the_newest_eight_remain_behind_the_gap() {
    let gate = Gate::new();
    let (host, ear, gaps) = (OLDEST.create(), Ear::at(&gate), Ear::new());
    OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.listen(host, Some("events_dropped"), gaps);
    OLDEST.call(host, OLDEST.fire, 0, 1);
    gate.await_visitor();
    OLDEST.call(host, OLDEST.fire, 1, 8);
    OLDEST.call(host, OLDEST.fire, 9, 12);
    drop(gate);
    let expected = [Ok(0), Err(12)].into_iter().chain((13..=20).map(Ok));
    assert!(expected.eq((0..10).map(|_| ear.beat())));
    assert_eq!(number(gaps.next().ok()), 12);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((ear.count(), gaps.count()), (10, 1));
}

#[test]
fn where_the_newest_are_dropped_the_oldest_eight_remain_before_the_gap() {
    let gate = Gate::new();
    let (host, ear, all) = (NEWEST.create(), Ear::at(&gate), Ear::new());
    NEWEST.listen(host, Some("on_beat"), ear);
    NEWEST.listen_cbor(host, None, all);
    NEWEST.call(host, NEWEST.fire, 0, 1);
    gate.await_visitor();
    NEWEST.call(host, NEWEST.fire, 1, 8);
    NEWEST.call(host, NEWEST.fire, 9, 12);
    drop(gate);
    let expected = (0..=8).map(Ok).chain([Err(12)]);
    assert!(expected.eq((0..10).map(|_| ear.beat())));
    for value in 0..=8_u64 {
        assert_eq!(told_of_beats(all), ("on_beat".to_owned(), value.into()));
    }
    assert_eq!(told_of_beats(all), ("events_dropped".to_owned(), map([("count", 12.into())])));
    NEWEST.call(host, NEWEST.fire, 21, 1);
    assert_eq!(ear.beat(), Ok(21));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_line_of_events_is_full_at_its_limit_and_not_before() {
    for (bus, count) in [(&OLDEST, 9), (&NEWEST, 9), (&OLDEST, 10), (&NEWEST, 10)] {
        let gate = Gate::new();
        let (host, ear, gaps) = (bus.create(), Ear::at(&gate), Ear::new());
        bus.listen(host, Some("on_beat"), ear);
        bus.listen(host, Some("events_dropped"), gaps);
        bus.call(host, bus.fire, 0, 1);
        gate.await_visitor();
        bus.call(host, bus.fire, 1, count - 1);
        drop(gate);
        assert_eq!(host.destroy(), RET_OK);
        assert_eq!(gaps.count(), count - 9, "one is being heard and eight wait");
    }
}

#[test]
fn where_they_wait_for_room_nothing_is_dropped_and_a_listener_may_call() {
    let _turn = turn();
    let host = PATIENT.create();
    let ear = Ear::with(move |_| {
        // Answered although somebody waits for room: it is not the worker that waits.
        let answer = host.call(PATIENT.echo, &map([("number", 7.into())]));
        assert_eq!(answer.value(), Value::from(7));
    });
    let gaps = Ear::new();
    PATIENT.listen(host, Some("on_beat"), ear);
    PATIENT.listen(host, Some("events_dropped"), gaps);
    PATIENT.call(host, PATIENT.fire_elsewhere, 0, 100);
    assert!((0..100).map(Ok).eq((0..100).map(|_| ear.beat())));
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(gaps.count(), 0);
}

#[test]
fn the_worker_never_waits_for_room() {
    let gate = Gate::new();
    let (host, ear) = (PATIENT.create(), Ear::at(&gate));
    PATIENT.listen(host, Some("on_beat"), ear);
    PATIENT.call(host, PATIENT.fire, 0, 1);
    gate.await_visitor();
    PATIENT.call(host, PATIENT.fire, 1, 20);
    drop(gate);
    let expected = (0..=8).map(Ok).chain([Err(12)]);
    assert!(expected.eq((0..10).map(|_| ear.beat())));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn the_end_releases_who_waits_for_room_and_tells_who_comes_later() {
    let _turn = turn();
    let gate = Gate::new();
    let (host, ear) = (PATIENT.create(), Ear::at(&gate));
    PATIENT.listen(host, Some("on_beat"), ear);
    PATIENT.call(host, PATIENT.fire, 0, 1);
    gate.await_visitor();
    PATIENT.call(host, PATIENT.fire_elsewhere, 1, FOREVER * 1_000);
    wait_until(|| FIRED.load(Ordering::SeqCst) == 8);
    thread::sleep(Duration::from_millis(50));
    assert_eq!(FIRED.load(Ordering::SeqCst), 8, "the ninth waits for room");
    assert_eq!(host.destroy(), RET_ERR, "the listener blocks for longer than the grace and a second");
    wait_until(|| FIRED.load(Ordering::SeqCst) > 8);
    drop(gate);
    await_silence();
}

#[test]
fn what_was_fired_before_the_end_is_delivered_and_the_destructor_has_its_say() {
    let host = OLDEST.create_with(99.into());
    let ear = Ear::with(|_| thread::sleep(Duration::from_millis(20)));
    OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.call(host, OLDEST.fire, 0, 7);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(ear.count(), 8, "delivered before destroy returned");
    assert!((0..7).chain([99]).map(Ok).eq((0..8).map(|_| ear.beat())));
}

#[test]
fn what_is_not_delivered_within_the_grace_is_discarded() {
    let host = OLDEST.create();
    let ear = Ear::with(|_| thread::sleep(Duration::from_millis(400)));
    OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.call(host, OLDEST.fire, 0, 8);
    assert_eq!(host.destroy(), RET_OK);
    let heard = ear.count();
    assert!((1..8).contains(&heard), "{heard}");
    thread::sleep(Duration::from_millis(600));
    assert_eq!(ear.count(), heard, "silence after the end");
}

#[test]
fn a_worker_that_stands_still_is_told_of_once_and_once_that_it_goes_on() {
    let host = OLDEST.create();
    let (ear, native) = (Ear::new(), Ear::new());
    OLDEST.listen_cbor(host, None, ear);
    OLDEST.listen(host, Some("not_responding"), native);
    for _ in 0..2 {
        host.call(OLDEST.block, &map([("wait_ms", 1_500.into())])).ok();
        let (event, payload) = told(&ear.next());
        assert_eq!(event, "not_responding");
        let stalled: u64 = payload.into_map().expect("a map")[0].1.deserialized().expect("a number");
        assert!(stalled >= 200, "{stalled}");
        assert_eq!(number(native.next().ok()), stalled);
        assert_eq!(told(&ear.next()), ("responding".to_owned(), map([])));
    }
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((ear.count(), native.count()), (4, 2));
}

#[test]
fn a_worker_that_waits_for_its_listeners_at_the_end_is_not_told_of() {
    let host = OLDEST.create();
    let (ear, health) = (Ear::with(|_| thread::sleep(Duration::from_millis(100))), Ear::new());
    OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.listen_cbor(host, Some("not_responding"), health);
    OLDEST.call(host, OLDEST.fire, 0, 8);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!((ear.count(), health.count()), (8, 0));
}

#[test]
fn a_worker_that_waits_or_sleeps_is_not_told_of() {
    let gate = Gate::new();
    let host = OLDEST.create();
    let ear = Ear::new();
    OLDEST.listen_cbor(host, Some("not_responding"), ear);
    let waiting = host.start(OLDEST.wait, &map([("gate", gate.0.into())]));
    thread::sleep(Duration::from_millis(1_000));
    drop(gate);
    waiting.wait().ok();
    thread::sleep(Duration::from_millis(500));
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(ear.count(), 0);
}

#[test]
fn a_worker_that_tasks_of_its_own_keep_awake_is_not_told_of() {
    let (host, ear) = (RESTLESS.create(), Ear::new());
    RESTLESS.listen(host, Some("not_responding"), ear);
    host.call("restless_spin", &map([("wait_ms", 4_000.into())])).ok();
    thread::sleep(Duration::from_millis(3_500));
    assert_eq!(ear.count(), 0);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn what_the_watch_drops_from_a_full_line_is_not_dropped_on_its_thread() {
    let gate = Gate::new();
    let (host, ear, gaps) = (RESTLESS.create(), Ear::at(&gate), Ear::new());
    RESTLESS.listen(host, None, ear);
    RESTLESS.listen(host, Some("events_dropped"), gaps);
    let fire = |count: u64| host.call("restless_fire_weights", &map([("count", count.into())])).ok().len();
    fire(1);
    gate.await_visitor();
    fire(8);
    host.call(RESTLESS.block, &map([("wait_ms", 4_000.into())])).ok();
    drop(gate);
    assert_eq!(host.destroy(), RET_OK);
    assert!(gaps.count() > 0, "there was no room for the watch's event");
    let dropped_on = DROPPED_ON.lock().expect("no panic");
    assert_eq!(dropped_on.len(), 9, "each once");
    assert!(dropped_on.iter().all(|name| name != "restless-watch"), "{dropped_on:?}");
}

#[test]
fn an_event_that_nobody_hears_does_not_wait_for_room() {
    let (gate, is_fired) = (Gate::new(), Gate::new());
    let (host, ear) = (PATIENT.create(), Ear::at(&gate));
    PATIENT.listen(host, Some("on_beat"), ear);
    PATIENT.call(host, PATIENT.fire, 0, 1);
    gate.await_visitor();
    PATIENT.call(host, PATIENT.fire, 1, 8);
    host.call("patient_fire_unheard", &map([("gate", is_fired.0.into())])).ok();
    is_fired.await_visitor();
    assert_eq!(ear.count(), 1, "there is still no room");
    drop(gate);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn whoever_removes_a_listener_waits_for_it_though_another_has_removed_it() {
    let gate = Gate::new();
    let (host, ear) = (OLDEST.create(), Ear::at(&gate));
    let id = OLDEST.listen(host, Some("on_beat"), ear);
    OLDEST.call(host, OLDEST.fire, 0, 1);
    gate.await_visitor();
    let (removed, removals) = mpsc::channel();
    for _ in 0..2 {
        let removed = removed.clone();
        thread::spawn(move || removed.send(OLDEST.remove(host, id)));
    }
    assert!(removals.recv_timeout(Duration::from_millis(300)).is_err(), "it still runs");
    drop(gate);
    let mut rets = [(); 2].map(|()| removals.recv_timeout(PATIENCE).expect("it returns"));
    rets.sort_unstable();
    assert_eq!(rets, [RET_OK, RET_ERR]);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn outside_of_any_context_an_event_does_nothing() {
    on_beat(1);
    assert_eq!(Events::<OldestBus>::current().err(), Some(NoContext));
}

#[test]
fn an_emitter_outlives_its_context_and_says_so() {
    let _turn = turn();
    let host = NEWEST.create();
    NEWEST.call(host, NEWEST.fire_elsewhere, 0, FOREVER * 1_000);
    wait_until(|| FIRED.load(Ordering::SeqCst) > 1_000);
    assert_eq!(host.destroy(), RET_OK);
    await_silence();
}

/// Waits until the author's thread fires no more, long before it has fired all.
fn await_silence() {
    wait_until(|| {
        let before = FIRED.load(Ordering::SeqCst);
        thread::sleep(Duration::from_millis(50));
        before == FIRED.load(Ordering::SeqCst)
    });
    assert!(FIRED.load(Ordering::SeqCst) < FOREVER * 1_000);
}

#[test]
fn each_form_is_made_once_for_all_who_want_it() {
    let host = OLDEST.create();
    let natives = [Ear::new(), Ear::new()];
    let (named, cbors) = (Ear::new(), [Ear::new(), Ear::new()]);
    for ear in natives {
        OLDEST.listen(host, Some("on_beat"), ear);
    }
    OLDEST.listen(host, None, named);
    OLDEST.listen_cbor(host, Some("on_beat"), cbors[0]);
    OLDEST.listen_cbor(host, None, cbors[1]);
    OLDEST.call(host, OLDEST.fire, 5, 1);
    let [first, second] = natives.map(Ear::next_at);
    assert_eq!(number(first.0.ok()), 5);
    assert_eq!(first, second);
    let [first, second] = cbors.map(Ear::next_at);
    assert_eq!(told(&first.0), ("on_beat".to_owned(), 5.into()));
    assert_eq!(first, second);
    assert_eq!(named.next().ok().len(), size_of::<NamedPayload>());
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_listener_of_all_gets_the_name_with_the_payload() {
    static HEARD: Mutex<Vec<(String, u64)>> = Mutex::new(Vec::new());
    unsafe extern "C-unwind" fn hear_named(ret: c_int, msg: *const c_char, len: usize, _data: *mut c_void) {
        assert_eq!((ret, len), (RET_OK, size_of::<NamedPayload>()));
        // SAFETY: a native listener of all gets this struct.
        let event = unsafe { &*msg.cast::<NamedPayload>() };
        // SAFETY: the name is NUL-terminated.
        let name = unsafe { CStr::from_ptr(event.name) }.to_str().expect("UTF-8").to_owned();
        if name.ends_with("responding") {
            return;
        }
        assert_eq!(event.len, size_of::<u64>());
        // SAFETY: the payload of the only event that is fired is a number.
        HEARD.lock().expect("no panic").push((name, unsafe { *event.payload.cast::<u64>() }));
    }
    let host = OLDEST.create();
    // SAFETY: the callback needs no data.
    let id = unsafe { OLDEST.listen[0](host.ctx(), c"".as_ptr(), Some(hear_named), std::ptr::null_mut()) };
    assert!(id > 0);
    OLDEST.call(host, OLDEST.fire, 3, 2);
    assert_eq!(host.destroy(), RET_OK);
    assert_eq!(*HEARD.lock().expect("no panic"), [("on_beat".to_owned(), 3), ("on_beat".to_owned(), 4)]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_delivery_thread_lives_from_the_first_listener_to_the_end() {
    use common::{come_to_be, threads_named};
    common::in_own_process("the_delivery_thread_lives_from_the_first_listener_to_the_end", || {
        let host = OLDEST.create();
        assert!(threads_named("oldest-events").is_empty());
        OLDEST.listen(host, None, Ear::new());
        OLDEST.listen_cbor(host, None, Ear::new());
        assert!(come_to_be("oldest-events", 1), "one for all listeners");
        assert_eq!(host.destroy(), RET_OK);
        assert!(come_to_be("oldest-events", 0) && come_to_be("oldest-watch", 0));
    });
}
