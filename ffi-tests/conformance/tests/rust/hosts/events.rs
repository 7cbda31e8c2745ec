//! Events, by callbacks and as streams.

use crate::check::{PATIENCE, TRANSPORTS, block_on, every, path};
use std::future::poll_fn;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

#[test]
fn listeners_hear_in_order() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let (sender, heard) = channel();
        let second = sender.clone();
        let _one = every.on_number(move |number| sender.send((1, number)).unwrap()).unwrap();
        let _two = every.on_number(move |number| second.send((2, number)).unwrap()).unwrap();
        every.fire_numbers(-2, 5).wait().unwrap();
        let heard: Vec<_> = (0..10).map(|_| heard.recv_timeout(PATIENCE).unwrap()).collect();
        for listener in [1, 2] {
            let numbers = heard.iter().filter(|(to, _)| *to == listener).map(|(_, number)| *number);
            assert_eq!(numbers.collect::<Vec<_>>(), [-2, -1, 0, 1, 2]);
        }
    }
}

#[test]
fn a_subscription_that_is_dropped_is_over() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let runs = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&runs);
        let listener = move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
        };
        let subscription = every.on_number(listener).unwrap();
        let firing = every.fire_numbers_slowly(0, 10, 1);
        drop(subscription);
        let after = runs.load(Ordering::SeqCst);
        firing.wait().unwrap();
        // Its own share and the test's: the listener is gone.
        assert_eq!(Arc::strong_count(&runs), 1);
        assert_eq!(runs.load(Ordering::SeqCst), after);
    }
}

#[test]
fn a_listener_may_end_itself() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let own = Arc::new(Mutex::new(None));
        let (taken, runs) = (Arc::clone(&own), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&runs);
        let listener = move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            drop(taken.lock().unwrap().take());
        };
        *own.lock().unwrap() = Some(every.on_number(listener).unwrap());
        let mut other = every.number_stream().unwrap();
        every.fire_numbers(0, 3).wait().unwrap();
        assert_eq!([other.next().wait(), other.next().wait(), other.next().wait()], [Some(0), Some(1), Some(2)]);
        every.close().wait().unwrap();
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn a_stream_is_awaited_and_polled() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let mut numbers = every.number_stream().unwrap();
        let mut nothing = every.nothing_stream().unwrap();
        block_on(async {
            every.fire_numbers(1, 2).await.unwrap();
            every.fire_nothing().await.unwrap();
            assert_eq!(numbers.next().await, Some(1));
            assert_eq!(poll_fn(|cx| numbers.poll_next(cx)).await, Some(2));
            assert_eq!(nothing.next().await, Some(()));
            every.close().await.unwrap();
            assert_eq!(numbers.next().await, None);
            assert_eq!(nothing.next().await, None);
        });
    }
}

#[test]
fn a_stream_drops_the_oldest_and_counts() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let mut numbers = every.number_stream().unwrap();
        // Gaps may be more than a stream has room for.
        let in_library = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&in_library);
        let listener = move |dropped: every::EventsDropped| {
            counted.fetch_add(dropped.count, Ordering::SeqCst);
        };
        every.on_events_dropped(listener).unwrap().keep();
        every.fire_numbers(0, 5_000).wait().unwrap();
        every.close().wait().unwrap();
        let heard: Vec<i64> = std::iter::from_fn(|| numbers.next().wait()).collect();
        let in_library = in_library.load(Ordering::SeqCst);
        assert_eq!(heard.last(), Some(&4_999));
        assert!(heard.len() <= 1_024 && heard.is_sorted());
        assert_eq!(heard.len() as u64 + numbers.dropped() + in_library, 5_000);
    }
}

#[test]
fn a_stream_that_is_dropped_holds_up_nothing() {
    let library = slow::Library::open(path("slow")).unwrap();
    let slow = library.create(0).wait().unwrap();
    // Who fires waits for room in the library's line of 8.
    drop(slow.beat_stream().unwrap());
    let mut beats = slow.beat_stream().unwrap();
    slow.fire_elsewhere(0, 100).wait().unwrap();
    let heard: Vec<_> = (0..8).map(|_| beats.next().wait()).collect();
    assert!(heard.iter().all(Option::is_some), "{heard:?}");
    drop(beats);
    while slow.fired().wait().unwrap() < 100 {}
}
