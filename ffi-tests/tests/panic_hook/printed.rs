//! What a process prints of its panics, and where other hooks come after the library's.

use crate::common::{Host, without_place};
use crate::{HOOK, common, created, map, text};
use std::panic;
use std::process::{Command, Output};
use toolchain::Bounded as _;

/// Runs a test of this program that `ROLE` tells what to do, in a process of its own.
fn run(test: &str, vars: &[(&str, &str)]) -> (Output, String) {
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", &format!("printed::{test}"), "--nocapture", "--test-threads=1"]);
    child.env("ROLE", test).env_remove("RUST_BACKTRACE").env_remove("FFI_PANICS").envs(vars.iter().copied());
    let output = child.bounded().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, said)
}

fn is_told(role: &str) -> bool {
    std::env::var_os("ROLE").is_some_and(|told| told == role)
}

/// A context in a process whose hook is the standard library's.
fn plainly_created() -> Host {
    let probe = common::Probe::new();
    let request = map([("last", "".into()), ("is_broken", true.into()), ("refuses", "".into())]);
    let host = Host::create_in(&HOOK, &request, probe);
    probe.wait().ok();
    host
}

#[test]
fn what_is_no_answer_is_printed_and_an_answer_where_one_asks_for_it() {
    const NAME: &str = "what_is_no_answer_is_printed_and_an_answer_where_one_asks_for_it";
    if is_told(NAME) {
        let host = plainly_created();
        let answered = host.call("hook_panic", &text("it was answered"));
        assert_eq!(without_place(answered.error()), "hook_panic panicked: it was answered");
        host.call("hook_catch", &map([])).ok();
        host.call("hook_tasks", &map([])).ok();
        host.destroy();
        return;
    }
    let count = |said: &str, text: &str| said.matches(text).count();
    let (output, said) = run(NAME, &[]);
    assert!(output.status.success(), "{said}");
    for text in ["in a task", "in a waker", "on a thread of the pool", "caught by the author (", "in the destructor"] {
        assert_eq!(count(&said, text), 1, "{text} in:\n{said}");
    }
    assert_eq!((count(&said, "it was answered"), count(&said, "stack backtrace:")), (0, 0), "{said}");
    for (vars, backtraces) in
        [(&[("FFI_PANICS", "print")][..], 6), (&[("FFI_PANICS", "print"), ("RUST_BACKTRACE", "1")], 6)]
    {
        let (output, said) = run(NAME, vars);
        assert!(output.status.success(), "{said}");
        for text in ["it was answered", "in a task", "caught by the author\n", "in the destructor"] {
            assert_eq!(count(&said, text), 1, "{text} in:\n{said}");
        }
        let place = "panicked at ffi-tests/tests/panic_hook/library.rs:";
        assert_eq!((count(&said, place), count(&said, "stack backtrace:")), (backtraces, backtraces), "{said}");
        assert!(said.contains("hook_panic"), "the backtrace names the author's function:\n{said}");
    }
}

#[test]
fn a_panic_that_ends_the_process_tells_of_those_before() {
    const NAME: &str = "a_panic_that_ends_the_process_tells_of_those_before";
    if is_told(NAME) {
        plainly_created().call("hook_end", &map([]));
        return;
    }
    let (output, said) = run(NAME, &[]);
    assert!(!output.status.success());
    for text in
        ["the first (ffi-tests/tests/panic_hook/library.rs:", "the second (ffi-tests/tests/panic_hook/library.rs:"]
    {
        assert_eq!(said.matches(text).count(), 1, "{text} in:\n{said}");
    }
    assert!(said.contains("panic in a destructor during cleanup"), "{said}");
}

#[test]
fn a_hook_that_is_set_later_hears_all_or_what_it_passes_on() {
    const NAME: &str = "a_hook_that_is_set_later_hears_all_or_what_it_passes_on";
    if is_told(NAME) {
        let host = created("", false);
        let library = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            eprintln!("LATER: {info}");
            library(info);
        }));
        let passed_on = host.call("hook_panic", &text("passed on"));
        assert_eq!(without_place(passed_on.error()), "hook_panic panicked: passed on");
        host.call("hook_tasks", &map([])).ok();
        assert_eq!((crate::heard("passed on").len(), crate::heard("in a task").len()), (0, 1));
        panic::set_hook(Box::new(|info| eprintln!("INSTEAD: {info}")));
        let alone = host.call("hook_panic", &text("kept"));
        assert_eq!(alone.error(), "hook_panic panicked: kept", "the place is the other hook's alone");
        host.call("hook_catch", &map([])).ok();
        assert_eq!(host.destroy(), 0);
        return;
    }
    let (output, said) = run(NAME, &[]);
    assert!(output.status.success(), "{said}");
    assert_eq!((said.matches("LATER: ").count(), said.matches("INSTEAD: ").count()), (4, 2), "{said}");
}
