//! Libraries whose lines of events are short, one for each policy.

use crate::common::gate::pass;
use crate::common::{Host, Probe, Symbols, map};
use crate::ear::{Ear, hear, wait_until};
use ciborium::Value;
use ffi_runtime::{Events, FfiCallback, NoContext, ffi};
use std::ffi::{CString, c_char, c_int, c_void};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any test may take.
pub(crate) const FOREVER: u64 = 600_000;

/// How long a test waits for what must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Nobody listens to it.
#[ffi(event, library = "patient")]
pub fn on_unheard(number: u64);

/// It was let go.
#[ffi(event, library = "restless")]
pub fn on_weight(weight: Weight);

/// What says on which threads it is dropped.
#[ffi]
pub(crate) struct Weight {
    /// Which one.
    pub number: u64,
}

/// The names of the threads that weights were dropped on.
pub(crate) static DROPPED_ON: Mutex<Vec<String>> = Mutex::new(Vec::new());

impl Drop for Weight {
    fn drop(&mut self) {
        let name = thread::current().name().unwrap_or_default().to_owned();
        DROPPED_ON.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }
}

/// How many beats a thread of the author's fired before its context was gone.
pub(crate) static FIRED: AtomicU64 = AtomicU64::new(0);

/// Has the tests take turns that count those beats.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
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
        pub(crate) struct $bus {
            /// What the destructor fires.
            last_words: Option<u64>,
        }

        #[ffi(ctor, library = $name)]
        fn $create(last_words: Option<u64>) -> $bus {
            $bus { last_words }
        }

        /// Gives the number back.
        #[ffi(library = $name)]
        fn $echo(_bus: &$bus, number: u64) -> u64 {
            number
        }

        /// Fires beats from the worker.
        #[ffi(library = $name)]
        fn $fire(_bus: &$bus, from: u64, count: u64) {
            (from..from + count).for_each($module::on_beat);
        }

        /// Fires beats from a thread of its own, and lets the count say how many so far.
        #[ffi(library = $name)]
        fn $fire_elsewhere(_bus: &$bus, from: u64, count: u64) -> Result<(), NoContext> {
            let events = Events::<$bus>::current()?;
            FIRED.store(0, Ordering::SeqCst);
            thread::spawn(move || {
                for number in from..from + count {
                    if events.within(|| $module::on_beat(number)).is_err() {
                        return;
                    }
                    FIRED.fetch_add(1, Ordering::SeqCst);
                }
            });
            Ok(())
        }

        /// Blocks the worker.
        #[ffi(library = $name)]
        fn $block(_bus: &$bus, wait_ms: u64) {
            thread::sleep(Duration::from_millis(wait_ms));
        }

        /// Waits without blocking the worker.
        #[ffi(library = $name)]
        async fn $wait(_bus: &$bus, gate: u64) {
            tokio::task::spawn_blocking(move || pass(gate)).await.expect("the gate opens");
        }

        #[ffi(dtor, library = $name)]
        fn $destroy(bus: $bus) {
            bus.last_words.into_iter().for_each($module::on_beat);
        }

        pub(crate) mod $module {
            use super::{FfiCallback, Symbols, c_char, c_int, c_void};

            /// One more.
            #[ffi_runtime::ffi(event, library = $name)]
            pub(crate) fn on_beat(number: u64);

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

        pub(crate) static $symbols: Bus = Bus {
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
    oldest_ffi_call_cbor,
    oldest_ffi_cancel,
    oldest_ffi_close,
    oldest_ffi_add_event_listener,
    oldest_ffi_add_event_listener_cbor,
    oldest_ffi_remove_event_listener,
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
    newest_ffi_call_cbor,
    newest_ffi_cancel,
    newest_ffi_close,
    newest_ffi_add_event_listener,
    newest_ffi_add_event_listener_cbor,
    newest_ffi_remove_event_listener,
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
    patient_ffi_call_cbor,
    patient_ffi_cancel,
    patient_ffi_close,
    patient_ffi_add_event_listener,
    patient_ffi_add_event_listener_cbor,
    patient_ffi_remove_event_listener,
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
    restless_ffi_call_cbor,
    restless_ffi_cancel,
    restless_ffi_close,
    restless_ffi_add_event_listener,
    restless_ffi_add_event_listener_cbor,
    restless_ffi_remove_event_listener,
    restless_echo,
    restless_fire,
    restless_fire_elsewhere,
    restless_block,
    restless_wait
);

/// Fires an event that nobody hears, from a thread of its own, and says when it has.
#[ffi(library = "patient")]
pub(crate) fn patient_fire_unheard(_bus: &BlockBus, gate: u64) -> Result<(), NoContext> {
    let events = Events::<BlockBus>::current()?;
    thread::spawn(move || {
        if events.within(|| on_unheard(1)).is_ok() {
            pass(gate);
        }
    });
    Ok(())
}

/// Answers, and leaves a task that keeps the worker awake for a while.
#[ffi(library = "restless")]
async fn restless_spin(_bus: &RestlessBus, wait_ms: u64) {
    let end = Instant::now() + Duration::from_millis(wait_ms);
    tokio::task::spawn(async move {
        while Instant::now() < end {
            tokio::task::yield_now().await;
        }
    });
}

/// Fires so many weights.
#[ffi(library = "restless")]
pub(crate) fn restless_fire_weights(_bus: &RestlessBus, count: u64) {
    (0..count).for_each(|number| on_weight(Weight { number }));
}

pub(crate) type Listen = unsafe extern "C" fn(*mut c_void, *const c_char, FfiCallback, *mut c_void) -> u64;

/// A library with events.
pub(crate) struct Bus {
    pub(crate) symbols: &'static Symbols,
    /// Adds a listener: a native one, one over CBOR.
    pub(crate) listen: [Listen; 2],
    pub(crate) remove: unsafe extern "C" fn(*mut c_void, u64) -> c_int,
    pub(crate) echo: &'static str,
    pub(crate) fire: &'static str,
    pub(crate) fire_elsewhere: &'static str,
    pub(crate) block: &'static str,
    pub(crate) wait: &'static str,
}

impl Bus {
    pub(crate) fn create(&self) -> Host {
        self.create_with(Value::Null)
    }

    pub(crate) fn create_with(&self, last_words: Value) -> Host {
        let probe = Probe::new();
        let host = Host::create_in(self.symbols, &map([("last_words", last_words)]), probe);
        probe.wait().ok();
        host
    }

    /// Adds a native listener of one event, or of all.
    pub(crate) fn listen(&self, host: Host, event: Option<&str>, ear: &'static Ear) -> u64 {
        self.listen_by(self.listen[0], host, event, ear)
    }

    /// Adds a listener over CBOR.
    pub(crate) fn listen_cbor(&self, host: Host, event: Option<&str>, ear: &'static Ear) {
        self.listen_by(self.listen[1], host, event, ear);
    }

    pub(crate) fn listen_by(&self, listen: Listen, host: Host, event: Option<&str>, ear: &'static Ear) -> u64 {
        let event = event.map(|event| CString::new(event).expect("a name"));
        let name = event.as_ref().map_or(std::ptr::null(), |event| event.as_ptr());
        // SAFETY: the name is NUL-terminated and the ear lives for ever.
        let id = unsafe { listen(host.ctx(), name, Some(hear), ear.user_data()) };
        assert!(id > 0, "a listener is added");
        id
    }

    pub(crate) fn remove(&self, host: Host, id: u64) -> c_int {
        // SAFETY: any handle and any number may be asked about.
        unsafe { (self.remove)(host.ctx(), id) }
    }

    pub(crate) fn call(&self, host: Host, function: &str, from: u64, count: u64) {
        host.call(function, &map([("from", from.into()), ("count", count.into())])).ok();
    }
}

/// Waits until the author's thread fires no more, long before it has fired all.
pub(crate) fn await_silence() {
    wait_until(|| {
        let before = FIRED.load(Ordering::SeqCst);
        thread::sleep(Duration::from_millis(50));
        before == FIRED.load(Ordering::SeqCst)
    });
    assert!(FIRED.load(Ordering::SeqCst) < FOREVER * 1_000);
}
