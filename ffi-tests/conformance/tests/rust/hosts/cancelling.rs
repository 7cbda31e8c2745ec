//! A call whose future is dropped is cancelled, and no other.

use crate::check::{AN_HOUR, PATIENCE, TRANSPORTS, every, path};
use every::Error;
use std::thread;
use std::time::Duration;

#[test]
fn dropping_ends_a_call_that_may_be_dropped() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        // It runs alone, so nothing is answered after it unless it ends.
        drop(every.sleep_lightly_alone(AN_HOUR));
        assert_eq!(every.add(1).wait_for(PATIENCE).unwrap(), 1);
    }
}

#[test]
fn a_call_that_waits_does_not_begin() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let alone = every.sleep_lightly_alone(AN_HOUR);
        let kept = every.log_shared("kept", 0);
        drop(every.log_shared("dropped", 0));
        drop(alone);
        kept.wait_for(PATIENCE).unwrap();
        assert_eq!(every.log().wait().unwrap(), ["kept begins", "kept ends"]);
    }
}

#[test]
fn waiting_in_vain_cancels() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let error = every.sleep_lightly_alone(AN_HOUR).wait_for(Duration::from_millis(5)).unwrap_err();
        assert!(matches!(error, Error::TimedOut), "{error:?}");
        assert_eq!(every.add(1).wait_for(PATIENCE).unwrap(), 1);
    }
}

#[test]
fn a_call_whose_author_does_not_allow_it_runs_on() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        // That it has begun is seen by what it notes.
        let call = every.log_shared("first", 20);
        while every.log().wait().unwrap().is_empty() {}
        drop(call);
        // It runs alone, and so after the first.
        every.add(0).wait().unwrap();
        assert_eq!(every.log().wait().unwrap(), ["first begins", "first ends"]);
    }
}

#[test]
fn calls_are_dropped_from_many_threads_while_they_are_answered() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let every = &every;
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(move || {
                    for count in 0..200_u64 {
                        drop(every.sleep_lightly(count % 3));
                        let kept = every.give_string("kept");
                        drop(every.give_i64(1));
                        assert_eq!(kept.wait().unwrap(), "kept");
                    }
                });
            }
        });
    }
}

#[test]
fn a_deadline_is_an_error_of_its_own() {
    for transport in [slow::Transport::Native, slow::Transport::Cbor] {
        let library = slow::Library::open_with(path("slow"), transport).unwrap();
        let slow = library.create(0).wait().unwrap();
        let error = slow.sleep_a_while(AN_HOUR, 1).wait().unwrap_err();
        assert!(matches!(error, slow::Error::DeadlineExceeded), "{error:?}");
        assert_eq!(error.to_string(), "deadline exceeded");
    }
}
