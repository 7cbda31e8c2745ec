//! Listeners that remember what they heard.

use crate::bus::PATIENCE;
use crate::common::Answer;
use crate::common::gate::{Gate, pass};
use ciborium::Value;
use ffi_runtime::{ErrorKind, RET_OK};
use std::ffi::{c_char, c_int, c_void};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// What a listener does when it is called.
pub(crate) type Then = Box<dyn Fn(usize) + Send + Sync>;

/// One listener's callback data, which lives for ever.
pub(crate) struct Ear {
    pub(crate) heard: Sender<(Answer, usize)>,
    pub(crate) hears: Mutex<Receiver<(Answer, usize)>>,
    pub(crate) count: AtomicU64,
    pub(crate) then: Then,
}

impl Ear {
    pub(crate) fn new() -> &'static Self {
        Self::with(|_| {})
    }

    /// An ear that does something whenever it hears, with the number of what it heard before.
    pub(crate) fn with(then: impl Fn(usize) + Send + Sync + 'static) -> &'static Self {
        let (heard, hears) = mpsc::channel();
        Box::leak(Box::new(Self { heard, hears: hears.into(), count: AtomicU64::new(0), then: Box::new(then) }))
    }

    /// An ear that waits at a gate when it hears for the first time.
    pub(crate) fn at(gate: &Gate) -> &'static Self {
        let gate = gate.0;
        Self::with(move |before| {
            if before == 0 {
                pass(gate)
            }
        })
    }

    pub(crate) fn user_data(&'static self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    /// What it hears next, and where that stood in memory.
    pub(crate) fn next_at(&self) -> (Answer, usize) {
        self.hears.lock().expect("no panic").recv_timeout(PATIENCE).expect("the listener is called")
    }

    pub(crate) fn next(&self) -> Answer {
        self.next_at().0
    }

    /// The next native beat, or how many were dropped.
    pub(crate) fn beat(&self) -> Result<u64, u64> {
        let answer = self.next();
        if answer.ret == RET_OK {
            return Ok(number(&answer.bytes));
        }
        let text = answer.error_of(ErrorKind::Lost).strip_prefix("events_dropped: ").expect("the only error");
        Err(text.strip_suffix(" events were dropped before this").expect("a gap").parse().expect("a number"))
    }

    /// How often it was called.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}

pub(crate) fn number(bytes: &[u8]) -> u64 {
    u64::from_ne_bytes(bytes.try_into().expect("eight bytes"))
}

pub(crate) unsafe extern "C-unwind" fn hear(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: every listener in these tests passes a leaked ear.
    let ear = unsafe { &*user_data.cast::<Ear>() };
    // SAFETY: a library calls this.
    let answer = unsafe { Answer::heard(ret, msg, len) };
    let before = ear.count.fetch_add(1, Ordering::SeqCst);
    (ear.then)(before as usize);
    // Sent last: whoever waits for it may end the context, in which the listener may be calling.
    let _ = ear.heard.send((answer, msg.addr()));
}

/// `L_event`, as C declares it.
#[repr(C)]
pub(crate) struct NamedPayload {
    pub(crate) name: *const c_char,
    pub(crate) payload: *const c_void,
    pub(crate) len: usize,
}

/// The event that a message over CBOR tells, and its payload.
pub(crate) fn told(answer: &Answer) -> (String, Value) {
    let Value::Map(entries) = answer.value() else { panic!("a map") };
    let [(first, name), (second, payload)] = <[_; 2]>::try_from(entries).expect("two entries");
    assert_eq!((first, second), ("eventType".into(), "payload".into()));
    (name.into_text().expect("a name"), payload)
}

/// What a listener of all events is told next, but for how the worker does: on a machine that is
/// busy it may stand still for long enough.
pub(crate) fn told_of_beats(ear: &Ear) -> (String, Value) {
    loop {
        let told = told(&ear.next());
        if !told.0.ends_with("responding") {
            return told;
        }
    }
}

pub(crate) fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "it never came to be so");
        thread::sleep(Duration::from_millis(1));
    }
}
