//! What there is no call to tell.

use crate::check::{PATIENCE, TRANSPORTS, every, path};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

#[test]
fn a_call_that_takes_long_is_told_of() {
    for transport in [slow::Transport::Native, slow::Transport::Cbor] {
        let library = slow::Library::open_with(path("slow"), transport).unwrap();
        let (sender, told) = channel();
        let sender = Mutex::new(sender);
        library.on_notice(move |notice| {
            if let slow::Notice::Stale { function, elapsed } = notice {
                let _ = sender.lock().unwrap().send((*function, *elapsed));
            }
        });
        let slow = library.create(0).wait().unwrap();
        let call = slow.sleep_lightly(crate::check::AN_HOUR, 1);
        let (function, elapsed) = told.recv_timeout(PATIENCE).unwrap();
        assert_eq!(function, "slow_sleep_lightly");
        assert!(elapsed >= Duration::from_millis(50), "{elapsed:?}");
        drop(call);
        assert_eq!(slow.echo(3).wait().unwrap(), 3);
    }
}

#[test]
fn a_listener_that_panics_hears_the_next_event() {
    for transport in TRANSPORTS {
        let (library, every) = every(transport);
        let (sender, told) = channel();
        let sender = Mutex::new(sender);
        library.on_notice(move |notice| {
            let _ = sender.lock().unwrap().send(notice.to_string());
            panic!("in the hook as well, on purpose");
        });
        let (numbers, heard) = channel();
        let listener = move |number| {
            numbers.send(number).unwrap();
            assert_ne!(number, 1, "on purpose");
        };
        let _subscription = every.on_number(listener).unwrap();
        every.fire_numbers(1, 2).wait().unwrap();
        assert_eq!([1, 2].map(|_| heard.recv_timeout(PATIENCE).unwrap()), [1, 2]);
        let told = told.recv_timeout(PATIENCE).unwrap();
        assert!(told.starts_with("a listener of on_number panicked: ") && told.contains("on purpose"), "{told}");
    }
}

#[test]
fn an_event_that_c_cannot_hold_is_told_of_natively() {
    let word = || slow::Word { text: "ab".to_owned() };
    let library = slow::Library::open_with(path("slow"), slow::Transport::Native).unwrap();
    let context = library.create(0).wait().unwrap();
    let (sender, told) = channel();
    let sender = Mutex::new(sender);
    library.on_notice(move |notice| {
        if let slow::Notice::EventLost { event, error } = notice {
            let _ = sender.lock().unwrap().send(format!("{event}: {error}"));
        }
    });
    let mut said = context.said_stream().unwrap();
    context.say(&word(), true).wait().unwrap();
    assert!(told.recv_timeout(PATIENCE).unwrap().starts_with("on_said: "));
    context.say(&word(), false).wait().unwrap();
    assert_eq!(said.next().wait().unwrap().text, "ab");
    // The wire can hold it.
    let library = slow::Library::open_with(path("slow"), slow::Transport::Cbor).unwrap();
    let context = library.create(0).wait().unwrap();
    let mut said = context.said_stream().unwrap();
    context.say(&word(), true).wait().unwrap();
    assert_eq!(said.next().wait().unwrap().text, "ab\0");
}
