//! Calls, their answers and their errors.

use crate::check::{TRANSPORTS, every, path, say, timer};
use every::{Config, Error, ErrorKind, Transport};
use std::thread;

#[test]
fn the_timer_answers_with_records() {
    for transport in [my_timer::Transport::Native, my_timer::Transport::Cbor] {
        let library = my_timer::Library::open_with(path("my_timer"), transport).unwrap();
        let timer = library.create(&my_timer::TimerConfig { name: "t".to_owned() }).wait().unwrap();
        let answer = timer.echo(&say("hi", 1)).wait().unwrap();
        assert_eq!((answer.echoed.as_str(), answer.timer_name.as_str()), ("hi", "t"));
        let request = my_timer::ComplexRequest {
            messages: vec![say("one", 0), say("two", 1)],
            tags: vec!["urgent".to_owned()],
            note: Some("a note".to_owned()),
            retries: None,
        };
        let answer = timer.complex(&request).wait().unwrap();
        assert_eq!(answer.summary, "received 2 messages, note=a note, retries=0");
        assert!(answer.has_note && answer.item_count == 2);
        let (retry, schedule) = (my_timer::RetryPolicy::default(), my_timer::ScheduleConfig::default());
        let error = timer.schedule(&my_timer::JobSpec::default(), &retry, &schedule).wait().unwrap_err();
        assert!(matches!(&error, my_timer::Error::Library { kind: my_timer::ErrorKind::Author, text } if text == "job name must not be empty"), "{error:?}");
    }
}

#[test]
fn what_needs_no_context_stands_at_the_library() {
    for transport in [echo::Transport::Native, echo::Transport::Cbor] {
        let library = echo::Library::open_with(path("echo"), transport).unwrap();
        assert_eq!(library.upper("hi").wait().unwrap(), "HI");
        assert!(library.is_loud('A').unwrap() && !library.is_loud('a').unwrap());
        let echo = library.create(&echo::EchoConfig { prefix: "p".to_owned() }).wait().unwrap();
        assert_eq!(echo.prefix().wait().unwrap(), "p");
        let request = echo::ShoutRequest { text: "hi".to_owned() };
        assert_eq!(echo.shout(&request).wait().unwrap().shouted, "p: HI");
    }
}

#[test]
fn an_error_is_its_authors_whatever_it_says() {
    let said = [
        "cancelled",
        "deadline exceeded",
        "every_fail panicked: boom",
        "a\0\u{3}",
        "every_fail: not a live context: NULL, destroyed or never made",
        "events_dropped: 3 events were dropped before this",
    ];
    for transport in TRANSPORTS {
        let (library, every) = every(transport);
        for said in said {
            let config = Config { name: String::new(), failure: Some(said.to_owned()), delay_ms: 0 };
            for error in [
                every.fail(said).wait().unwrap_err(),
                library.fail_here(said).wait().unwrap_err(),
                library.create(&config).wait().unwrap_err(),
            ] {
                let is_it = matches!(&error, Error::Library { kind: ErrorKind::Author, text } if text == said);
                assert!(is_it, "{error:?}");
            }
        }
        let kind_of = |error: Error| match error {
            Error::Library { kind, .. } => kind,
            error => panic!("{error:?}"),
        };
        assert_eq!(kind_of(every.panic("cancelled").wait().unwrap_err()), ErrorKind::Panicked);
        assert_eq!(kind_of(every.give_string(&"x".repeat(5 << 20)).wait().unwrap_err()), ErrorKind::BadRequest);
        assert!(matches!(every.hurry_lightly(60_000).wait().unwrap_err(), Error::DeadlineExceeded));
        assert_eq!(kind_of(every.panic_exclusive().wait().unwrap_err()), ErrorKind::Panicked);
        assert_eq!(kind_of(every.name().wait().unwrap_err()), ErrorKind::Poisoned);
        assert_eq!(kind_of(library.divide(1, 0).unwrap_err()), ErrorKind::Panicked);
    }
}

#[test]
fn an_exports_error_is_told_each_time_and_no_other_calls() {
    let (library, _every) = every(Transport::Native);
    for _ in 0..2 {
        let error = library.divide(1, 0).unwrap_err();
        assert!(error.to_string().starts_with("every_divide panicked: attempt to divide by zero (ffi-tests/src/here.rs:"));
        assert_eq!(library.divide(0, 1).unwrap(), 0);
        library.ignore(1).unwrap();
    }
}

#[test]
fn another_library_is_refused_by_what_differs() {
    let missing = every::Library::open("/no/such/library").unwrap_err();
    assert!(matches!(missing, Error::Load(_)), "{missing:?}");
    let other = every::Library::open(path("echo")).unwrap_err();
    assert!(matches!(other, Error::Load(_)) && other.to_string().contains("every_ffi_abi_hash"), "{other}");
    let error = altered::Library::open(path("every")).unwrap_err();
    assert_eq!(error.to_string(), "the library differs from its bindings: type Point");
    // On the wire nothing is altered.
    altered::Library::open_with(path("every"), altered::Transport::Cbor).unwrap();
}

#[test]
fn a_library_with_more_than_the_host_knows_fits() {
    for transport in [evolved::Transport::Native, evolved::Transport::Cbor] {
        let library = evolved::Library::open_with(path("every"), transport).unwrap();
        assert_eq!(library.labelled_here("whole", false).wait().unwrap().label, "whole");
    }
}

#[test]
fn a_text_that_c_cannot_hold_is_refused_with_its_place() {
    let library = my_timer::Library::open(path("my_timer")).unwrap();
    let timer = library.create(&my_timer::TimerConfig { name: "t".to_owned() }).wait().unwrap();
    let request = my_timer::ComplexRequest {
        messages: vec![say("fine", 0), say("a\0b", 0)],
        tags: Vec::new(),
        note: None,
        retries: None,
    };
    let error = timer.complex(&request).wait().unwrap_err();
    assert!(matches!(error, my_timer::Error::Request { function: "my_timer_complex", .. }), "{error:?}");
    let text = "my_timer_complex: req.messages[1].message: a NUL at byte 1, where C would end the text";
    assert_eq!(error.to_string(), text);
    assert_eq!(timer.echo(&say("still there", 0)).wait().unwrap().echoed, "still there");
    let error = library.create(&my_timer::TimerConfig { name: "a\0b".to_owned() }).wait().unwrap_err();
    assert_eq!(error.to_string(), "my_timer_create: config.name: a NUL at byte 1, where C would end the text");
}

#[test]
fn a_text_by_its_length_holds_anything() {
    let (library, every) = every(Transport::Native);
    let value = every::Everything { list_option_string: vec![None, Some("a\0b".to_owned())], ..everything(&every) };
    assert_eq!(every.echo(&value).wait().unwrap(), value);
    let config = Config { name: "a\0b".to_owned(), ..Config::default() };
    library.create(&config).wait().unwrap();
}

/// A value of the library's, which has no default for its enumerations.
fn everything(every: &every::Every) -> every::Everything {
    let mut stream = every.everything_stream().unwrap();
    let keywords = every::Keywords::default();
    let value = every::Everything {
        byte: 1,
        i8: 2,
        i16: 3,
        i32: 4,
        i64: 5,
        u16: 6,
        u32: 7,
        u64: 8,
        isize: 9,
        usize: 10,
        f32: 11.0,
        f64: 12.0,
        bool: true,
        char: 'c',
        string: "text".to_owned(),
        bytes: vec![0, 255],
        level: every::Level::Top,
        point: every::Point { x: 1.0, y: None },
        empty: every::Empty {},
        money: every::Money { cents: 1, currency: every::Currency::Yen },
        keywords,
        temperatures: vec![1.5],
        list_i8: vec![-1],
        list_i64: vec![-1],
        list_f64: vec![-1.0],
        list_bool: vec![true, false],
        list_char: vec!['é'],
        list_string: vec![String::new(), "two".to_owned()],
        list_bytes: vec![vec![], vec![1]],
        list_level: vec![every::Level::Lowest],
        list_point: vec![every::Point::default()],
        list_empty: vec![every::Empty {}],
        list_list: vec![vec![], vec![1, 2]],
        list_option: vec![None, Some(1)],
        list_option_string: vec![None, Some("one".to_owned())],
        list_box: vec![Box::new(1)],
        option_i64: Some(1),
        option_byte: None,
        option_f64: Some(1.0),
        option_bool: Some(false),
        option_char: Some('c'),
        option_string: Some("text".to_owned()),
        option_bytes: Some(vec![1]),
        option_level: Some(every::Level::Middle),
        option_point: Some(every::Point::default()),
        option_list: Some(vec!["one".to_owned()]),
        option_list_option: Some(vec![None]),
        option_box: Some(Box::default()),
        box_i32: Box::new(1),
        box_string: Box::new("text".to_owned()),
        box_list: Box::new(vec![]),
        box_option: Box::new(None),
        box_box: Box::new(Box::new(1)),
        tree: every::Tree { value: 1, children: vec![every::Tree::default()] },
        link: every::Link { value: 1, next: Some(Box::default()) },
    };
    every.fire_everything(&value).wait().unwrap();
    let told = stream.next().wait().unwrap();
    assert_eq!(told, value);
    told
}

#[test]
fn a_constructor_that_fails_leaves_nothing() {
    for transport in TRANSPORTS {
        let library = every::Library::open_with(path("every"), transport).unwrap();
        for (failure, text) in [("no", "no"), ("panic", "every_create panicked: the constructor was told to panic (ffi-tests/src/lib.rs:")] {
            let config = Config { failure: Some(failure.to_owned()), ..Config::default() };
            let error = library.create(&config).wait().unwrap_err();
            assert!(error.to_string().starts_with(text), "{error}");
        }
    }
}

#[test]
fn threads_share_a_context() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let every = &every;
        thread::scope(|scope| {
            for thread in 0..8_i64 {
                scope.spawn(move || {
                    let calls: Vec<_> = (0..200).map(|call| (call, every.give_i64(thread * 1_000 + call))).collect();
                    for (call, answer) in calls {
                        assert_eq!(answer.wait().unwrap(), thread * 1_000 + call);
                    }
                    every.add(1).wait().unwrap();
                });
            }
        });
        assert_eq!(every.add(0).wait().unwrap(), 8);
    }
}

#[test]
fn a_call_may_outlive_all_else() {
    let (library, timer) = timer();
    let answer = timer.echo(&say("late", 50));
    drop(library);
    // The end waits for what was accepted.
    drop(timer);
    assert_eq!(answer.wait().unwrap().echoed, "late");
}
