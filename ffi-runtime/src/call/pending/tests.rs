//! Who answers a call that more than its handler may answer.

use super::*;
use crate::abi::RET_ERR;
use crate::schema::Options;
use crate::sync::lock;
use std::ffi::{c_char, c_int, c_void};

static WATCH: Watchdog = Watchdog::new("pending");

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(3_600);

/// What a call's callback was given: codes and texts.
type Heard = std::sync::Mutex<Vec<(c_int, String)>>;

unsafe extern "C-unwind" fn note(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: the calls of these tests are given what lives for ever.
    let heard = unsafe { &*user_data.cast::<Heard>() };
    // SAFETY: a message is readable until this returns.
    let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) };
    lock(heard).push((ret, String::from_utf8_lossy(bytes).into_owned()));
}

/// A call with this deadline, and what its host hears.
fn call(deadline: Duration, warn_every: Option<Duration>) -> (Arc<Pending>, &'static Heard) {
    let latch = Arc::<TeardownLatch>::default();
    let dispatcher =
        Arc::new(Dispatcher::new("pending", Options { event_limit: 16, ..Options::DEFAULT }, Arc::clone(&latch)));
    let tracker = Tracker { latch, dispatcher, deadlines: Deadlines::new(), watchdog: &WATCH, warn_every };
    let heard: &'static Heard = Box::leak(Box::default());
    // SAFETY: the callback may be called with what lives for ever.
    let target = unsafe { HostCallback::new(Some(note), std::ptr::from_ref(heard).cast_mut().cast()) };
    (Pending::begin(target.expect("a callback"), Arc::new(tracker), Some(deadline)), heard)
}

fn all(heard: &Heard) -> Vec<(c_int, String)> {
    lock(heard).clone()
}

fn ok() -> (c_int, String) {
    (RET_OK, String::new())
}

fn author(text: &str) -> Failed {
    Failure::author(text.to_owned()).into()
}

fn error(text: &str) -> (c_int, String) {
    (RET_ERR, text.to_owned())
}

#[test]
fn a_call_is_answered_by_who_is_first_and_by_nobody_else() {
    let (pending, heard) = call(LONG, None);
    assert!(!pending.is_over());
    pending.succeed(RawBytes::EMPTY);
    assert!(pending.is_over());
    pending.fail(author("late"));
    pending.succeed(RawBytes::EMPTY);
    pending.expire();
    assert_eq!(all(heard), [ok()]);
    let (pending, heard) = call(LONG, None);
    pending.fail(author("first"));
    pending.succeed(RawBytes::EMPTY);
    pending.fail(author("second"));
    assert_eq!(all(heard), [error("first")]);
}

#[test]
fn an_answered_call_has_no_deadline_any_more() {
    for answer in
        [|pending: &Pending| pending.succeed(RawBytes::EMPTY), |pending: &Pending| _ = pending.fail(author("no"))]
    {
        let (pending, _) = call(LONG, None);
        let deadlines = &pending.tracker.deadlines;
        assert_eq!(deadlines.first(), pending.deadline);
        answer(&pending);
        assert_eq!((deadlines.first(), deadlines.count()), (None, 0));
        assert!(!deadlines.expire());
        assert!(pending.stage().watchdog_timer.is_none(), "nor does the watchdog look after it");
    }
}

#[test]
fn a_call_past_its_deadline_is_answered_so_whatever_comes_and_told_of_once() {
    let answers =
        [|pending: &Pending| pending.succeed(RawBytes::EMPTY), |pending: &Pending| _ = pending.fail(author("no"))];
    for answer in answers {
        let (pending, heard) = call(Duration::ZERO, None);
        assert!(pending.is_over(), "there is no use in serving it");
        answer(&pending);
        assert_eq!(all(heard), [error("deadline exceeded")]);
    }
    let (pending, heard) = call(Duration::ZERO, None);
    let deadlines = &pending.tracker.deadlines;
    assert!(deadlines.expire(), "one was answered");
    assert_eq!(all(heard), [error("deadline exceeded")]);
    assert_eq!((deadlines.expire(), deadlines.first(), deadlines.count()), (false, None, 0));
    pending.succeed(RawBytes::EMPTY);
    assert_eq!(all(heard).len(), 1);
}

#[test]
fn a_settled_call_expires_no_more_and_is_warned_of_no_more() {
    let (pending, heard) = call(LONG, Some(LONG));
    pending.settle();
    assert_eq!((pending.tracker.deadlines.first(), pending.stage().watchdog_timer.is_some()), (None, false));
    // As where the watchdog took the timer out just before it was taken back.
    pending.expire();
    pending.warn();
    pending.warn_when_polled();
    assert_eq!(all(heard), []);
    assert!(pending.stage().watchdog_timer.is_none() && !pending.tracker.deadlines.expire());
    pending.succeed(RawBytes::EMPTY);
    assert_eq!(all(heard), [ok()]);
}

#[test]
fn a_result_that_comes_after_the_deadline_is_not_settled() {
    let (pending, heard) = call(Duration::ZERO, None);
    pending.settle();
    pending.succeed(RawBytes::EMPTY);
    assert_eq!(all(heard), [error("deadline exceeded")]);
}

#[test]
fn a_warning_says_how_long_it_takes_and_sets_the_next_and_answers_end_them() {
    let (pending, heard) = call(LONG, Some(LONG));
    pending.stage().watchdog_timer = None;
    pending.warn();
    assert_eq!(all(heard).iter().map(|(ret, _)| *ret).collect::<Vec<_>>(), [RET_STALE_WARN]);
    assert!(all(heard)[0].1.parse::<u64>().is_ok(), "{heard:?}");
    assert!(pending.stage().watchdog_timer.is_some() && !pending.is_held_back());
    pending.succeed(RawBytes::EMPTY);
    pending.warn();
    assert_eq!(all(heard)[1..], [ok()]);
}

#[test]
fn a_host_that_polls_has_one_warning_of_a_call_kept_at_most() {
    let (pending, heard) = call(LONG, Some(LONG));
    let dispatcher = Arc::clone(&pending.tracker.dispatcher);
    dispatcher.poll_fd().expect("a descriptor");
    for _ in 0..3 {
        (0..5).for_each(|_| pending.warn_when_polled());
        assert_eq!(dispatcher.dispatch(usize::MAX), 1);
    }
    assert_eq!(all(heard).len(), 3);
    pending.fail(author("no"));
    assert_eq!((all(heard).len(), dispatcher.dispatch(usize::MAX)), (3, 1));
    assert_eq!(all(heard)[3], error("no"));
    dispatcher.close(Instant::now());
}
