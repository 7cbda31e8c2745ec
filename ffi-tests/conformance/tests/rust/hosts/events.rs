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
fn a_stream_tells_each_gap_in_its_place() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let mut numbers = every.number_stream().unwrap();
        every.fire_numbers(0, 5_000).wait().unwrap();
        // The stream has room for some, and the library for others.
        let (mut following, mut dropped) = (0, 0);
        for _ in 0..1_000 {
            let number = numbers.next().wait().unwrap();
            assert_eq!(number, following + grown(&numbers, &mut dropped), "no number is missing without a gap");
            following = number + 1;
        }
        every.fire_numbers(5_000, 2_000).wait().unwrap();
        every.close().wait().unwrap();
        while let Some(number) = numbers.next().wait() {
            assert_eq!(number, following + grown(&numbers, &mut dropped), "no number is missing without a gap");
            following = number + 1;
        }
        assert_eq!(following + grown(&numbers, &mut dropped), 7_000, "received and dropped are all");
        assert!(dropped >= 3_000, "{dropped}");
    }
}

/// How many are missing since this was last asked.
fn grown(numbers: &every::EventStream<i64>, before: &mut u64) -> i64 {
    let now = numbers.dropped();
    i64::try_from(now - std::mem::replace(before, now)).unwrap()
}

#[test]
fn four_callers_against_a_listener_that_takes_its_time() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let (heard, dropped) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (heard_so_far, dropped_so_far) = (Arc::clone(&heard), Arc::clone(&dropped));
        let listener = move |_| {
            if heard_so_far.fetch_add(1, Ordering::SeqCst) % 64 == 0 {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        };
        every.on_number(listener).unwrap().keep();
        let gaps = move |gap: every::EventsDropped| {
            dropped_so_far.fetch_add(gap.count, Ordering::SeqCst);
        };
        every.on_events_dropped(gaps).unwrap().keep();
        std::thread::scope(|scope| {
            (0..4).for_each(|caller| {
                let every = &every;
                scope.spawn(move || every.fire_numbers(caller * 25_000, 25_000).wait().unwrap());
            });
        });
        every.close().wait().unwrap();
        assert_eq!(heard.load(Ordering::SeqCst) + dropped.load(Ordering::SeqCst), 100_000);
    }
}

#[test]
fn a_constructor_is_heard_from_its_first_event_on() {
    for transport in TRANSPORTS {
        let streams = Arc::new(Mutex::new(Vec::new()));
        let made = Arc::clone(&streams);
        let library = every::Library::open_with(path("every"), transport).unwrap();
        let listening = library.listening(move |every| made.lock().unwrap().push(every.number_stream().unwrap()));
        let config = |failure| every::Config { name: "fires 3".to_owned(), failure, delay_ms: 0 };
        let every = listening.create(&config(None)).wait().unwrap();
        every.fire_numbers(3, 1).wait().unwrap();
        let mut stream = streams.lock().unwrap().pop().unwrap();
        assert_eq!([(); 4].map(|()| stream.next().wait()), [Some(0), Some(1), Some(2), Some(3)]);
        assert!(listening.create(&config(Some("as told".to_owned()))).wait().is_err());
        assert!(streams.lock().unwrap().is_empty(), "there was nothing to listen to");
        let panics = library.listening(|_| panic!("a listener's"));
        panics.create(&config(None)).wait().unwrap().close().wait().unwrap();
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
