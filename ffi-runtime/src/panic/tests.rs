use super::hook::{aloud, install};
use super::{Panic, contain, trap, trap_until_answered};
use std::cell::RefCell;
use std::panic::{catch_unwind, panic_any, resume_unwind};
use std::sync::Once;

thread_local! {
    /// What the hook that was there heard on this thread.
    static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What the hook that was there hears while `work` runs.
fn heard(work: impl FnOnce()) -> Vec<String> {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            let text = super::text_in(info.payload()).unwrap_or("nothing").to_owned();
            HEARD.with_borrow_mut(|heard| heard.push(text));
        }));
        install();
    });
    HEARD.take();
    work();
    HEARD.take()
}

/// The text of a panic that was caught here, and the place that it ends with.
fn parts(caught: Result<(), Panic>) -> (String, String) {
    let said = caught.expect_err("it panicked").to_string();
    let (text, place) = said.rsplit_once(" (").expect("a place in brackets");
    (text.to_owned(), place.trim_end_matches(')').to_owned())
}

/// What stands in this file's line, at a column that nobody counts.
fn is_at(place: &str, line: u32) -> bool {
    place.starts_with(&format!("{}:{line}:", file!()))
}

#[test]
fn a_panic_comes_back_as_its_text_and_its_place_and_nobody_hears_of_it() {
    let silent = heard(|| {
        assert_eq!(trap(|| 1), Ok(1));
        let (text, place) = parts(trap(|| panic!("plain")));
        assert!(text == "plain" && is_at(&place, line!() - 1), "{place}");
        let (text, place) = parts(trap(|| panic!("number {}\nof lines", 7)));
        assert!(text == "number 7\nof lines" && is_at(&place, line!() - 1), "{place}");
        let (text, place) = parts(trap(|| panic_any(7_u8)));
        assert!(text == "a panic without text" && is_at(&place, line!() - 1), "{place}");
        assert_eq!(parts(trap(|| panic!(""))).0, "a panic without text");
    });
    assert_eq!(silent, [""; 0]);
}

#[test]
fn a_panic_that_is_no_answer_is_heard_once() {
    assert_eq!(heard(|| assert_eq!(parts(contain(|| panic!("contained"))).0, "contained")), ["contained"]);
    let late = heard(|| {
        let late = trap_until_answered(|trap| {
            trap.answered();
            panic!("after the answer");
        });
        assert!(late.is_err());
    });
    assert_eq!(late, ["after the answer"]);
    let of_the_host = heard(|| {
        let answered = trap(|| {
            aloud(|| drop(catch_unwind(|| panic!("in a callback"))));
            panic!("answered");
        });
        assert_eq!(parts(answered).0, "answered");
    });
    assert_eq!(of_the_host, ["in a callback"]);
}

#[test]
fn a_panic_that_the_author_caught_is_told_when_the_trap_ends() {
    let caught = heard(|| {
        let line = line!() + 1;
        let ran = trap(|| catch_unwind(|| panic!("caught")).is_err());
        assert_eq!(ran, Ok(true));
        let heard = HEARD.with_borrow(Clone::clone);
        let place = heard.first().and_then(|heard| heard.strip_prefix("caught (")).expect("the text");
        assert!(is_at(place, line), "{place}");
    });
    assert_eq!(caught.len(), 1);
}

#[test]
fn of_several_panics_the_one_that_got_out_is_the_answer() {
    let told = heard(|| {
        let first = line!() + 2;
        let answered = trap(|| {
            let kept = catch_unwind(|| panic!("first")).expect_err("it panics");
            drop(catch_unwind(|| panic!("second")));
            resume_unwind(kept);
        });
        let (text, place) = parts(answered);
        assert!(text == "first" && is_at(&place, first), "{place}");
    });
    assert!(matches!(told.as_slice(), [one] if one.starts_with("second (")), "{told:?}");
    // It is not taken for one that has the same place in the line.
    let nowhere = heard(|| {
        let answered: Result<(), _> = trap(|| {
            drop(catch_unwind(|| panic!("here")));
            resume_unwind(Box::new("of another thread"));
        });
        assert_eq!(answered.expect_err("it panicked").to_string(), "of another thread");
    });
    assert!(matches!(nowhere.as_slice(), [one] if one.starts_with("here (")), "{nowhere:?}");
}

#[test]
fn traps_inside_of_traps_keep_apart() {
    let told = heard(|| {
        let outer = trap(|| {
            let inner = trap(|| panic!("inner"));
            assert_eq!(parts(inner).0, "inner");
            drop(contain(|| panic!("aloud inside")));
            panic!("outer");
        });
        assert_eq!(parts(outer).0, "outer");
        // A trap that ends while a panic is on its way leaves that one alone.
        struct Traps;
        impl Drop for Traps {
            fn drop(&mut self) {
                assert_eq!(trap(|| catch_unwind(|| panic!("in a drop")).is_err()), Ok(true));
            }
        }
        let unwound = trap(|| {
            let _traps = Traps;
            panic!("on its way");
        });
        assert_eq!(parts(unwound).0, "on its way");
    });
    assert!(matches!(told.as_slice(), [aloud, caught] if aloud == "aloud inside" && caught.starts_with("in a drop (")));
}

#[test]
fn a_lost_panic_is_told_once_with_the_functions_name() {
    let told = heard(|| {
        let panic = trap(|| -> () { panic!("late") }).expect_err("it panicked");
        panic.lost("echo");
        let told = contain(|| -> () { panic!("told") }).expect_err("it panicked");
        told.lost("echo");
    });
    assert!(matches!(told.as_slice(), [late, told] if late.starts_with("echo panicked: late (") && told == "told"));
}

#[test]
fn more_panics_than_are_noted_are_told_and_the_last_is_an_answer_still() {
    let told = heard(|| {
        let answered = trap(|| {
            (0..200).for_each(|number| drop(catch_unwind(|| panic!("{number}"))));
        });
        assert_eq!(answered, Ok(()));
        // Tasks that panic for years leave room for the answers.
        let answers = contain(|| {
            (0..200).for_each(|number| drop(catch_unwind(|| panic!("task {number}"))));
            assert_eq!(parts(trap(|| panic!("answered"))).0, "answered");
        });
        assert_eq!(answers, Ok(()));
    });
    let (tasks, caught): (Vec<_>, Vec<_>) = told.iter().partition(|text| text.starts_with("task "));
    assert_eq!((tasks.len(), caught.len()), (200, 200));
}

#[test]
fn a_payload_that_panics_when_dropped_does_no_harm() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }
    let told = heard(|| assert_eq!(parts(trap(|| panic_any(Bomb))).0, "a panic without text"));
    assert_eq!(told, ["dropped"]);
}
