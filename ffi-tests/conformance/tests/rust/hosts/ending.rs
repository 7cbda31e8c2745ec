//! Contexts end, and nothing of them is called after that.

use crate::check::{AN_HOUR, PATIENCE, TRANSPORTS, block_on, every, path, say, timer};
use every::{Config, Error};
use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

#[test]
fn what_was_accepted_is_answered_before_the_end() {
    let (_library, timer) = timer();
    let answer = timer.echo(&say("first", 30));
    block_on(timer.close()).unwrap();
    assert_eq!(block_on(answer).unwrap().echoed, "first");
}

#[test]
fn what_never_answers_is_cancelled_by_the_end() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let never = every.wait_forever();
        every.close().wait().unwrap();
        let error = never.wait().unwrap_err();
        assert!(matches!(error, Error::Cancelled), "{error:?}");
    }
}

#[test]
fn the_end_goes_on_where_nobody_waits_for_it() {
    let (_library, timer) = timer();
    let mut told = timer.echo_fired_stream().unwrap();
    drop(timer.close());
    assert!(told.next().wait().is_none());
}

/// Counts how often a listener runs, and that it is dropped.
struct Counts(Arc<AtomicUsize>, Arc<AtomicUsize>);

impl Counts {
    fn count(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Drop for Counts {
    fn drop(&mut self) {
        self.1.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn no_listener_runs_after_the_end_and_each_is_dropped() {
    for transport in TRANSPORTS {
        for ends_by_drop in [false, true] {
            let (_library, every) = every(transport);
            let (runs, drops) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
            let counts = || Counts(Arc::clone(&runs), Arc::clone(&drops));
            let (kept, held) = (counts(), counts());
            every.on_number(move |_| kept.count()).unwrap().keep();
            let subscription = every.on_number(move |_| held.count()).unwrap();
            every.fire_numbers(0, 100).wait().unwrap();
            if ends_by_drop {
                drop(every);
            } else {
                every.close().wait().unwrap();
            }
            let after = runs.load(Ordering::SeqCst);
            assert_eq!(drops.load(Ordering::SeqCst), 2);
            drop(subscription);
            assert_eq!(runs.load(Ordering::SeqCst), after);
        }
    }
}

#[test]
fn a_context_may_be_dropped_in_its_own_listener() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let mut other = every.number_stream().unwrap();
        let context = Arc::new(Mutex::new(None));
        let taken = Arc::clone(&context);
        every.on_number(move |_| drop(taken.lock().unwrap().take())).unwrap().keep();
        let fired = every.fire_numbers(7, 1);
        *context.lock().unwrap() = Some(every);
        fired.wait().unwrap();
        // The listener may have run before the context stood there.
        let left = context.lock().unwrap().take();
        drop(left);
        assert_eq!(other.next().wait(), Some(7));
        assert_eq!(other.next().wait(), None);
    }
}

#[test]
fn two_contexts_may_end_each_other() {
    for transport in TRANSPORTS {
        let (_library, one) = every(transport);
        let (_library, other) = every(transport);
        let (sender, ended) = channel();
        let mut streams = [one.number_stream().unwrap(), other.number_stream().unwrap()];
        let cells = [Arc::new(Mutex::new(None)), Arc::new(Mutex::new(None))];
        for (context, cell) in [(&one, &cells[1]), (&other, &cells[0])] {
            let (cell, sender) = (Arc::clone(cell), sender.clone());
            let listener = move |_| {
                // The other is there once both fire.
                let taken: Option<every::Every> = cell.lock().unwrap().take();
                sender.send(taken.is_some()).unwrap();
            };
            context.on_number(listener).unwrap().keep();
        }
        let mut first = cells[0].lock().unwrap();
        let mut second = cells[1].lock().unwrap();
        let fired = [one.fire_numbers(1, 1), other.fire_numbers(2, 1)];
        (*first, *second) = (Some(one), Some(other));
        drop((first, second));
        fired.into_iter().for_each(|call| call.wait().unwrap());
        assert!(ended.recv_timeout(PATIENCE).unwrap() && ended.recv_timeout(PATIENCE).unwrap());
        assert_eq!(streams[0].next().wait(), Some(1));
        assert_eq!(streams[1].next().wait(), Some(2));
        assert!(streams.iter_mut().all(|stream| stream.next().wait().is_none()));
    }
}

#[test]
fn a_context_that_nobody_waits_for_is_ended() {
    for transport in TRANSPORTS {
        let library = every::Library::open_with(path("every"), transport).unwrap();
        drop(library.create(&Config::default()));
        drop(library.create(&Config { delay_ms: 10, ..Config::default() }));
        drop(library.create(&Config { failure: Some("no".to_owned()), ..Config::default() }));
        let slow = Config { delay_ms: u32::try_from(AN_HOUR).unwrap(), ..Config::default() };
        let error = library.create(&slow).wait_for(std::time::Duration::from_millis(1)).unwrap_err();
        assert!(matches!(error, Error::TimedOut), "{error:?}");
        // All of them end within the grace of the last, whose end is waited for.
        let every = library.create(&Config::default()).wait().unwrap();
        let never = every.wait_forever();
        drop(every);
        assert!(never.wait().is_err());
    }
}

#[test]
fn hundreds_of_contexts_come_and_go() {
    for transport in TRANSPORTS {
        let library = every::Library::open_with(path("every"), transport).unwrap();
        for number in 0..150 {
            let every = library.create(&Config::default()).wait().unwrap();
            let mut told = every.number_stream().unwrap();
            every.fire_numbers(number, 1).wait().unwrap();
            assert_eq!(told.next().wait(), Some(number));
            match number % 3 {
                0 => drop(every),
                1 => every.close().wait().unwrap(),
                _ => drop((told, every.close())),
            }
        }
    }
}

/// Waits for an answer when it is dropped, with a thread's locals.
struct AsksLast(every::Every, Sender<(i64, String)>);

impl Drop for AsksLast {
    fn drop(&mut self) {
        let number = self.0.give_i64(7).wait().unwrap();
        let text = self.0.give_string("last").wait_for(PATIENCE).unwrap();
        self.1.send((number, text)).unwrap();
    }
}

thread_local! {
    static ASKS_LAST: RefCell<Option<AsksLast>> = const { RefCell::new(None) };
}

#[test]
fn a_thread_waits_for_answers_to_its_last() {
    for transport in TRANSPORTS {
        for waits_before in [false, true] {
            let ((_library, context), (sender, told)) = (every(transport), channel());
            let life = move || {
                // What is made first is dropped last.
                if waits_before {
                    assert_eq!(context.give_i64(1).wait().unwrap(), 1);
                }
                ASKS_LAST.set(Some(AsksLast(context, sender)));
                if !waits_before {
                    ASKS_LAST.with_borrow(|asks| assert_eq!(asks.as_ref().unwrap().0.give_i64(1).wait().unwrap(), 1));
                }
            };
            thread::spawn(life).join().unwrap();
            assert_eq!(told.recv_timeout(PATIENCE).unwrap(), (7, "last".to_owned()));
        }
    }
}
