//! Errors that cross with what they hold.

use crate::check::{TRANSPORTS, every};
use every::types::{Level, Missing, Point, Storage, Trouble};
use every::{Error, ErrorKind, Failure};

fn is_it(error: Error, said: &str, failure: &Failure) {
    assert_eq!(error.to_string(), said);
    assert_eq!(error.kind(), Some(ErrorKind::Author));
    assert!(matches!(&error, Error::Failure { text, error } if text == said && **error == *failure), "{error:?}");
}

#[test]
fn an_error_holds_what_its_author_gave_it() {
    for transport in TRANSPORTS {
        let (library, every) = every(transport);
        let missing = Missing {
            looked_for: "a\0b".to_owned(),
            beside: vec![Point { x: 1.5, y: Some(-2.0) }],
            level: Some(Level::Next),
            cause: "invalid float literal".to_owned(),
        };
        is_it(every.find("a\0b").wait().unwrap_err(), "there is no a\0b", &Failure::Missing(missing));
        assert_eq!(every.find("2.5").wait().unwrap().x, 2.5);
        for (trouble, said) in [(Trouble::Busy, "busy: come back later"), (Trouble::Gone, "cancelled")] {
            is_it(every.trouble_later(Some(trouble)).wait().unwrap_err(), said, &Failure::Trouble(trouble));
        }
        every.trouble_later(None).wait().unwrap();
        for (stored, said, storage) in [
            ("", "unknown error", Storage::Unknown),
            ("12345", "only 4 bytes are left", Storage::Full),
            ("123456", "it is broken", Storage::Broken),
        ] {
            is_it(library.store_here(stored).wait().unwrap_err(), said, &Failure::Storage(storage));
            is_it(library.store_detached(stored).wait().unwrap_err(), said, &Failure::Storage(storage));
        }
        let unsaid = every.fail_typed_unspeakably().wait().unwrap_err();
        assert!(matches!(unsaid, Error::Library { kind: ErrorKind::Panicked, .. }), "{unsaid:?}");
    }
}
