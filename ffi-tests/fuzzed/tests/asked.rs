//! What a fuzzer's hook is told of.

use std::panic::{catch_unwind, set_hook};
use std::sync::atomic::{AtomicUsize, Ordering};

static TOLD: AtomicUsize = AtomicUsize::new(0);

#[test]
fn the_hook_is_told_of_all_but_what_was_asked_for() {
    set_hook(Box::new(|_| {
        TOLD.fetch_add(1, Ordering::Relaxed);
    }));
    fuzzed::keep_asked_panics();
    for (text, told) in [("the destructor was told to panic", 0), ("it runs on the worker", 1), ("anything", 2)] {
        assert!(catch_unwind(|| panic!("{text}")).is_err());
        assert_eq!(TOLD.load(Ordering::Relaxed), told, "{text}");
    }
}
