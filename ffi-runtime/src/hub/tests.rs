//! What listeners hear and when, and what a host that fetches is given.

use super::{Hub, Listener, Path};
use crate::attendance::Attendance;
use crate::callback::HostCallback;
use crate::declare::{Event, EventsDropped, Responding};
use crate::outbox::{self, Aside, Outbox};
use crate::schema::Overflow;
use crate::sync::time::Instant;
use crate::sync::{Arc, Mutex, lock};
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

/// A hub whose host fetches, with the descriptor.
fn fetched(limit: u64, overflow: Overflow) -> (Arc<Hub>, RawFd) {
    let hub = Arc::new(Hub::new("unit", limit, overflow, Arc::<Attendance>::default()));
    let descriptor = hub.poll_fd().expect("a descriptor");
    (hub, descriptor)
}

fn listen(hub: &Arc<Hub>, event: Option<&'static str>, heard: &'static Heard) -> u64 {
    let data = std::ptr::from_ref(heard).cast_mut().cast();
    // SAFETY: the callback may be called with what lives for ever.
    let target = unsafe { HostCallback::new(Some(note), data) }.expect("a callback");
    hub.add(Listener::new(event, Path::Native, target)).expect("a thread")
}

/// Hears the events that are fired here.
fn listen_to_numbers(hub: &Arc<Hub>, heard: &'static Heard) -> u64 {
    listen(hub, Some(EventsDropped::INFO.name), heard)
}

fn fire(hub: &Hub, numbers: impl IntoIterator<Item = u64>) {
    numbers.into_iter().for_each(|count| hub.emit::<EventsDropped>(EventsDropped { count }));
}

/// Keeps a reply that notes a number.
fn post(hub: &Hub, number: u64, heard: &'static Heard) -> bool {
    hub.post(None, Box::new(move || lock(heard).push(number))).is_ok()
}

fn is_readable(descriptor: RawFd) -> bool {
    let mut polled = libc::pollfd { fd: descriptor, events: libc::POLLIN, revents: 0 };
    // SAFETY: it is one structure.
    unsafe { libc::poll(&raw mut polled, 1, 0) == 1 }
}

#[test]
fn a_listener_hears_what_is_fired_once_it_was_added_and_nothing_before() {
    let (hub, _) = fetched(16, Overflow::DropOldest);
    let (first, second, third) = (heard(), heard(), heard());
    fire(&hub, [9]);
    listen_to_numbers(&hub, first);
    fire(&hub, [1, 2]);
    listen_to_numbers(&hub, second);
    listen(&hub, None, third);
    fire(&hub, [3, 4]);
    assert_eq!(hub.dispatch(usize::MAX), 4);
    assert_eq!((all(first), all(second)), (vec![1, 2, 3, 4], vec![3, 4]));
    assert_eq!(lock(third).len(), 2, "one of every event hears no more than the others");
    hub.close(Instant::now());
}

#[test]
fn nor_after_events_that_were_dropped_before_it_came() {
    for overflow in [Overflow::DropOldest, Overflow::DropNewest] {
        let (hub, _) = fetched(2, overflow);
        let (first, second) = (heard(), heard());
        listen_to_numbers(&hub, first);
        fire(&hub, [11, 12, 13]);
        listen_to_numbers(&hub, second);
        hub.dispatch(usize::MAX);
        let expected = if overflow == Overflow::DropOldest { vec![1, 12, 13] } else { vec![11, 12, 1] };
        assert_eq!((all(first), all(second)), (expected, vec![]), "the gap is told to who was there");
        hub.close(Instant::now());
    }
}

#[test]
fn a_listener_hears_its_event_alone_until_it_is_removed() {
    let (hub, _) = fetched(16, Overflow::DropOldest);
    let (numbers, others) = (heard(), heard());
    let first = listen_to_numbers(&hub, numbers);
    let second = listen(&hub, Some(Responding::INFO.name), others);
    assert!(0 < first && first < second);
    fire(&hub, [1]);
    hub.dispatch(usize::MAX);
    fire(&hub, [2]);
    assert!(hub.remove(first) && !hub.remove(first) && !hub.remove(second + 1) && !hub.remove(0));
    fire(&hub, [3]);
    hub.dispatch(usize::MAX);
    assert_eq!((all(numbers), all(others)), (vec![1], vec![]), "what was queued goes to who is there still");
    assert!(listen_to_numbers(&hub, numbers) > second, "a number is given once");
    hub.close(Instant::now());
    fire(&hub, [4]);
    assert_eq!(hub.dispatch(usize::MAX), 0);
}

#[test]
fn neither_replies_nor_events_starve_however_few_are_dispatched_at_a_time() {
    for at_a_time in [1, 2, 3, 8] {
        let (hub, _) = fetched(16, Overflow::DropOldest);
        let heard = heard();
        listen_to_numbers(&hub, heard);
        fire(&hub, [1, 2, 3, 4]);
        assert!((101..=104).all(|reply| post(&hub, reply, heard)));
        for ran in (0..8).step_by(at_a_time) {
            assert_eq!(hub.dispatch(at_a_time), at_a_time.min(8 - ran));
        }
        assert_eq!(all(heard), [101, 1, 102, 2, 103, 3, 104, 4], "{at_a_time} at a time");
        hub.close(Instant::now());
    }
}

#[test]
fn where_replies_keep_coming_events_have_their_turns_and_the_other_way_round() {
    let (hub, _) = fetched(16, Overflow::DropOldest);
    let heard = heard();
    listen_to_numbers(&hub, heard);
    fire(&hub, [1, 2]);
    assert!(post(&hub, 101, heard));
    for reply in 102..106 {
        assert!(post(&hub, reply, heard));
        assert_eq!(hub.dispatch(1), 1);
    }
    assert_eq!(all(heard), [101, 1, 102, 2]);
    for number in 3..6 {
        fire(&hub, [number]);
        assert_eq!(hub.dispatch(1), 1);
    }
    assert_eq!(all(heard)[4..], [103, 3, 104]);
    assert_eq!(hub.dispatch(0), 0);
    hub.stop_fetching();
    hub.close(Instant::now());
}

#[test]
fn the_descriptor_is_readable_while_something_is_due() {
    let (hub, descriptor) = fetched(16, Overflow::DropOldest);
    let heard = heard();
    assert!(!is_readable(descriptor) && !hub.has_due());
    fire(&hub, [1]);
    assert!(!is_readable(descriptor), "nobody listens");
    listen_to_numbers(&hub, heard);
    fire(&hub, [2, 3]);
    assert!(is_readable(descriptor) && hub.has_due());
    assert_eq!(hub.dispatch(1), 1);
    assert!(is_readable(descriptor), "one is left");
    assert_eq!(hub.dispatch(5), 1);
    assert!(!is_readable(descriptor) && !hub.has_due());
    assert!(post(&hub, 101, heard));
    assert_eq!(hub.poll_fd().expect("the same"), descriptor);
    assert!(is_readable(descriptor) && hub.has_due());
    assert_eq!(hub.dispatch(5), 1);
    assert!(!is_readable(descriptor));
    hub.close(Instant::now());
}

#[test]
fn what_a_worker_fires_waits_for_who_fetches_and_else_fires_at_once() {
    let heard = heard();
    let note = |number| move || lock(heard).push(number);
    outbox::fire(None, note(1));
    let unfetched = Arc::new(Hub::new("unit", 16, Overflow::DropOldest, Arc::default()));
    {
        let _outbox = Outbox::of(&unfetched);
        assert!(!outbox::is_fetched());
        outbox::fire(None, note(2));
    }
    let (hub, _) = fetched(16, Overflow::DropOldest);
    assert!(!outbox::is_fetched(), "this is no worker of it");
    let _outbox = Outbox::of(&hub);
    assert!(outbox::is_fetched());
    outbox::fire(None, note(103));
    {
        let _aside = Aside::step();
        assert!(!outbox::is_fetched());
        outbox::fire(None, note(4));
    }
    outbox::fire(None, note(105));
    assert_eq!(all(heard), [1, 2, 4], "the others are kept");
    assert_eq!(hub.dispatch(1), 1);
    assert_eq!(all(heard)[3..], [103]);
    hub.stop_fetching();
    outbox::fire(None, note(6));
    assert_eq!(all(heard)[4..], [105, 6], "nobody fetches any more: first what was kept, then the new one");
    hub.close(Instant::now());
}

#[test]
fn the_end_drops_what_was_not_delivered_and_closes_the_hub() {
    let (hub, _) = fetched(16, Overflow::DropOldest);
    let heard = heard();
    listen_to_numbers(&hub, heard);
    fire(&hub, [1, 2]);
    hub.stop_fetching();
    assert!(!hub.is_closed() && !post(&hub, 101, heard));
    hub.close(Instant::now());
    assert!(hub.is_closed() && all(heard).is_empty(), "its time was over");
}
