//! What listeners hear and when, and what a host that polls is given.

use super::{Dispatcher, Listener, Path};
use crate::call::outbox::{self, ImmediateReplies, Outbox};
use crate::callback::HostCallback;
use crate::declare::{Event, EventsDropped, Responding};
use crate::schema::{Options, Overflow};
use crate::sync::time::Instant;
use crate::sync::{Arc, Mutex, lock};
use crate::threads::TeardownLatch;
use std::ffi::{c_char, c_int, c_void};
use std::os::fd::RawFd;

/// What came, in its order: events by their number, replies by theirs.
type Heard = Mutex<Vec<u64>>;

fn heard() -> &'static Heard {
    Box::leak(Box::default())
}

fn all(heard: &Heard) -> Vec<u64> {
    lock(heard).clone()
}

unsafe extern "C-unwind" fn note(ret: c_int, msg: *const c_char, _len: usize, user_data: *mut c_void) {
    // SAFETY: the listeners of these tests are given what lives for ever.
    let heard = unsafe { &*user_data.cast::<Heard>() };
    // SAFETY: what is fired is the number alone; else the text says why there is none.
    let number = if ret == 0 { unsafe { msg.cast::<u64>().read_unaligned() } } else { u64::MAX };
    lock(heard).push(number);
}

/// A dispatcher whose host polls, with the descriptor.
fn polled(limit: u64, overflow: Overflow) -> (Arc<Dispatcher>, RawFd) {
    let dispatcher = Arc::new(Dispatcher::new("unit", limits(limit, overflow), Arc::<TeardownLatch>::default()));
    let descriptor = dispatcher.poll_fd().expect("a descriptor");
    (dispatcher, descriptor)
}

/// The options of a library whose queue of events takes so many.
fn limits(event_limit: u64, event_overflow: Overflow) -> Options {
    Options { event_limit, event_overflow, ..Options::DEFAULT }
}

fn listen(dispatcher: &Arc<Dispatcher>, event: Option<&'static str>, heard: &'static Heard) -> u64 {
    let data = std::ptr::from_ref(heard).cast_mut().cast();
    // SAFETY: the callback may be called with what lives for ever.
    let target = unsafe { HostCallback::new(Some(note), data) }.expect("a callback");
    dispatcher.add(Listener::new(event, Path::Native, target)).expect("a thread")
}

/// Hears the events that are fired here.
fn listen_to_numbers(dispatcher: &Arc<Dispatcher>, heard: &'static Heard) -> u64 {
    listen(dispatcher, Some(EventsDropped::INFO.name), heard)
}

fn fire(dispatcher: &Dispatcher, numbers: impl IntoIterator<Item = u64>) {
    numbers.into_iter().for_each(|count| dispatcher.emit::<EventsDropped>(EventsDropped { count }));
}

/// Keeps a reply that notes a number.
fn post(dispatcher: &Dispatcher, number: u64, heard: &'static Heard) -> bool {
    dispatcher.post(None, Box::new(move || lock(heard).push(number))).is_ok()
}

fn is_readable(descriptor: RawFd) -> bool {
    let mut polled = libc::pollfd { fd: descriptor, events: libc::POLLIN, revents: 0 };
    // SAFETY: it is one structure.
    unsafe { libc::poll(&raw mut polled, 1, 0) == 1 }
}

#[test]
fn a_listener_hears_what_is_fired_once_it_was_added_and_nothing_before() {
    let (dispatcher, _) = polled(16, Overflow::DropOldest);
    let (first, second, third) = (heard(), heard(), heard());
    fire(&dispatcher, [9]);
    listen_to_numbers(&dispatcher, first);
    fire(&dispatcher, [1, 2]);
    listen_to_numbers(&dispatcher, second);
    listen(&dispatcher, None, third);
    fire(&dispatcher, [3, 4]);
    assert_eq!(dispatcher.dispatch(usize::MAX), 4);
    assert_eq!((all(first), all(second)), (vec![1, 2, 3, 4], vec![3, 4]));
    assert_eq!(lock(third).len(), 2, "one of every event hears no more than the others");
    dispatcher.close(Instant::now());
}

#[test]
fn nor_after_events_that_were_dropped_before_it_came() {
    for overflow in [Overflow::DropOldest, Overflow::DropNewest] {
        let (dispatcher, _) = polled(2, overflow);
        let (first, second) = (heard(), heard());
        listen_to_numbers(&dispatcher, first);
        fire(&dispatcher, [11, 12, 13]);
        listen_to_numbers(&dispatcher, second);
        dispatcher.dispatch(usize::MAX);
        let expected = if overflow == Overflow::DropOldest { vec![1, 12, 13] } else { vec![11, 12, 1] };
        assert_eq!((all(first), all(second)), (expected, vec![]), "the gap is told to who was there");
        dispatcher.close(Instant::now());
    }
}

#[test]
fn a_listener_hears_its_event_alone_until_it_is_removed() {
    let (dispatcher, _) = polled(16, Overflow::DropOldest);
    let (numbers, others) = (heard(), heard());
    let first = listen_to_numbers(&dispatcher, numbers);
    let second = listen(&dispatcher, Some(Responding::INFO.name), others);
    assert!(0 < first && first < second);
    fire(&dispatcher, [1]);
    dispatcher.dispatch(usize::MAX);
    fire(&dispatcher, [2]);
    assert!(
        dispatcher.remove(first)
            && !dispatcher.remove(first)
            && !dispatcher.remove(second + 1)
            && !dispatcher.remove(0)
    );
    fire(&dispatcher, [3]);
    dispatcher.dispatch(usize::MAX);
    assert_eq!((all(numbers), all(others)), (vec![1], vec![]), "what was queued goes to who is there still");
    assert!(listen_to_numbers(&dispatcher, numbers) > second, "a number is given once");
    dispatcher.close(Instant::now());
    fire(&dispatcher, [4]);
    assert_eq!(dispatcher.dispatch(usize::MAX), 0);
}

#[test]
fn neither_replies_nor_events_starve_however_few_are_dispatched_at_a_time() {
    for at_a_time in [1, 2, 3, 8] {
        let (dispatcher, _) = polled(16, Overflow::DropOldest);
        let heard = heard();
        listen_to_numbers(&dispatcher, heard);
        fire(&dispatcher, [1, 2, 3, 4]);
        assert!((101..=104).all(|reply| post(&dispatcher, reply, heard)));
        for ran in (0..8).step_by(at_a_time) {
            assert_eq!(dispatcher.dispatch(at_a_time), at_a_time.min(8 - ran));
        }
        assert_eq!(all(heard), [101, 1, 102, 2, 103, 3, 104, 4], "{at_a_time} at a time");
        dispatcher.close(Instant::now());
    }
}

#[test]
fn where_replies_keep_coming_events_have_their_turns_and_the_other_way_round() {
    let (dispatcher, _) = polled(16, Overflow::DropOldest);
    let heard = heard();
    listen_to_numbers(&dispatcher, heard);
    fire(&dispatcher, [1, 2]);
    assert!(post(&dispatcher, 101, heard));
    for reply in 102..106 {
        assert!(post(&dispatcher, reply, heard));
        assert_eq!(dispatcher.dispatch(1), 1);
    }
    assert_eq!(all(heard), [101, 1, 102, 2]);
    for number in 3..6 {
        fire(&dispatcher, [number]);
        assert_eq!(dispatcher.dispatch(1), 1);
    }
    assert_eq!(all(heard)[4..], [103, 3, 104]);
    assert_eq!(dispatcher.dispatch(0), 0);
    dispatcher.stop_polling();
    dispatcher.close(Instant::now());
}

#[test]
fn the_descriptor_is_readable_while_something_is_ready() {
    let (dispatcher, descriptor) = polled(16, Overflow::DropOldest);
    let heard = heard();
    assert!(!is_readable(descriptor) && !dispatcher.has_ready());
    fire(&dispatcher, [1]);
    assert!(!is_readable(descriptor), "nobody listens");
    listen_to_numbers(&dispatcher, heard);
    fire(&dispatcher, [2, 3]);
    assert!(is_readable(descriptor) && dispatcher.has_ready());
    assert_eq!(dispatcher.dispatch(1), 1);
    assert!(is_readable(descriptor), "one is left");
    assert_eq!(dispatcher.dispatch(5), 1);
    assert!(!is_readable(descriptor) && !dispatcher.has_ready());
    assert!(post(&dispatcher, 101, heard));
    assert_eq!(dispatcher.poll_fd().expect("the same"), descriptor);
    assert!(is_readable(descriptor) && dispatcher.has_ready());
    assert_eq!(dispatcher.dispatch(5), 1);
    assert!(!is_readable(descriptor));
    dispatcher.close(Instant::now());
}

#[test]
fn what_a_worker_fires_waits_for_who_polls_and_else_fires_at_once() {
    let heard = heard();
    let note = |number| move || lock(heard).push(number);
    outbox::fire(None, note(1));
    let unpolled = Arc::new(Dispatcher::new("unit", limits(16, Overflow::DropOldest), Arc::default()));
    {
        let _outbox = Outbox::of(&unpolled);
        assert!(!outbox::is_polled());
        outbox::fire(None, note(2));
    }
    let (dispatcher, _) = polled(16, Overflow::DropOldest);
    assert!(!outbox::is_polled(), "this is no worker of it");
    let _outbox = Outbox::of(&dispatcher);
    assert!(outbox::is_polled());
    outbox::fire(None, note(103));
    {
        let _immediate = ImmediateReplies::begin();
        assert!(!outbox::is_polled());
        outbox::fire(None, note(4));
    }
    outbox::fire(None, note(105));
    assert_eq!(all(heard), [1, 2, 4], "the others are kept");
    assert_eq!(dispatcher.dispatch(1), 1);
    assert_eq!(all(heard)[3..], [103]);
    dispatcher.stop_polling();
    outbox::fire(None, note(6));
    assert_eq!(all(heard)[4..], [105, 6], "nobody polls any more: first what was kept, then the new one");
    dispatcher.close(Instant::now());
}

#[test]
fn the_end_drops_what_was_not_delivered_and_closes_the_hub() {
    let (dispatcher, _) = polled(16, Overflow::DropOldest);
    let heard = heard();
    listen_to_numbers(&dispatcher, heard);
    fire(&dispatcher, [1, 2]);
    dispatcher.stop_polling();
    assert!(!dispatcher.is_closed() && !post(&dispatcher, 101, heard));
    dispatcher.close(Instant::now());
    assert!(dispatcher.is_closed() && all(heard).is_empty(), "its time was over");
}

/// Runs a constructor that fires 1 to `last`; then the host's callback runs.
fn construct(dispatcher: &Dispatcher, last: u64, callback: impl FnOnce()) {
    dispatcher.begin_constructing();
    fire(dispatcher, 1..=last);
    dispatcher.answer_constructor(callback);
}

#[test]
fn all_listeners_of_the_constructors_callback_hear_from_the_first_event_on() {
    for limit in [16, 2] {
        let (dispatcher, _) = polled(limit, Overflow::DropOldest);
        let (first, second, third) = (heard(), heard(), heard());
        construct(&dispatcher, 3, || {
            listen_to_numbers(&dispatcher, first);
            assert_eq!(dispatcher.dispatch(usize::MAX), 0, "nothing is delivered while listeners are added");
            fire(&dispatcher, [4]);
            listen_to_numbers(&dispatcher, second);
        });
        listen_to_numbers(&dispatcher, third);
        fire(&dispatcher, [5]);
        dispatcher.dispatch(usize::MAX);
        let all_of_them = if limit == 16 { vec![1, 2, 3, 4, 5] } else { vec![3, 4, 5] };
        assert_eq!((all(first), all(second), all(third)), (all_of_them.clone(), all_of_them, vec![5]));
        dispatcher.close(Instant::now());
    }
}

#[test]
fn what_a_constructor_fires_waits_for_the_first_listener_and_no_longer_than_its_callback() {
    let (dispatcher, descriptor) = polled(2, Overflow::Block);
    let (early, late) = (heard(), heard());
    construct(&dispatcher, 2, || {});
    assert!(!is_readable(descriptor) && !dispatcher.has_ready(), "nobody listens");
    listen_to_numbers(&dispatcher, late);
    assert_eq!(dispatcher.dispatch(usize::MAX), 0);
    dispatcher.begin_constructing();
    fire(&dispatcher, [7]);
    assert!(is_readable(descriptor), "who listens already hears the constructor at once");
    assert_eq!(dispatcher.dispatch(usize::MAX), 1);
    listen_to_numbers(&dispatcher, early);
    fire(&dispatcher, [8]);
    dispatcher.begin_closing();
    dispatcher.dispatch(usize::MAX);
    assert_eq!((all(late), all(early)), (vec![7, 8], vec![8]));
    dispatcher.stop_polling();
    dispatcher.close(Instant::now());
}

#[test]
fn the_end_of_a_context_that_nobody_listens_to_waits_for_no_event_of_its_constructor() {
    let dispatcher = Arc::new(Dispatcher::new("unit", limits(2, Overflow::Block), Arc::default()));
    dispatcher.begin_constructing();
    // Without a listener nobody waits for room.
    fire(&dispatcher, 1..=9);
    dispatcher.begin_closing();
    fire(&dispatcher, [10]);
    dispatcher.close(Instant::now() + crate::sync::time::Duration::from_secs(3_600));
}
