//! In a child that was forked while a context was alive everything refuses; in one that was forked
//! with none alive everything works.

use crate::common::{Host, come_to_be, in_own_process, map};
use crate::host::{Gate, empty, last_error_of, named_here, new, nobody, value};
use ffi_runtime::{ErrorKind, RET_ERR, RET_OK};
use std::panic::{AssertUnwindSafe, catch_unwind};

unsafe extern "C" {
    safe fn beside_answer() -> u32;
    safe fn beside_give_bool(value: i32) -> i32;
}

/// Runs `part` in a child, which must find nothing wrong within a minute.
fn in_child(part: impl FnOnce()) {
    // SAFETY: the default action is valid, and a parent that ignores this signal could not wait.
    unsafe { libc::signal(libc::SIGCHLD, libc::SIG_DFL) };
    // SAFETY: the child goes on with this thread alone, and leaves without unwinding.
    let child = unsafe { libc::fork() };
    assert!(child >= 0);
    if child == 0 {
        // SAFETY: the default action is valid; whoever started the tests may ignore it.
        unsafe { libc::signal(libc::SIGALRM, libc::SIG_DFL) };
        // SAFETY: any time is fine.
        unsafe { libc::alarm(60) };
        let status = i32::from(catch_unwind(AssertUnwindSafe(part)).is_err());
        // SAFETY: nothing of the parent's is run on the way out.
        unsafe { libc::_exit(status) };
    }
    let mut status = -1;
    // SAFETY: the place is writable.
    assert_eq!(unsafe { libc::waitpid(child, &raw mut status, 0) }, child);
    assert_eq!(status, 0, "the child found something wrong");
}

fn everything_refuses(host: Host) {
    for (function, request) in [
        ("beside_name", empty()),
        ("beside_soon", value(1)),
        ("beside_turns", map([("times", 2.into()), ("amount", 1.into())])),
        ("beside_queued", value(1)),
        ("beside_parse", map([("text", "1".into())])),
        ("beside_worker", empty()),
    ] {
        for host in [host, nobody()] {
            let (ret, answer) = named_here(host, function, &request);
            assert_eq!(
                (ret, answer.error_of(ErrorKind::AfterFork)),
                (RET_ERR, &*format!("{function}: not usable after fork"))
            );
        }
    }
    assert_eq!(beside_answer(), 0);
    assert_eq!(last_error_of(ErrorKind::AfterFork), "beside_answer: not usable after fork");
    assert_eq!(beside_give_bool(1), 0);
    assert_eq!(last_error_of(ErrorKind::AfterFork), "beside_give_bool: not usable after fork");
    assert_eq!(host.destroy(), RET_ERR);
}

fn everything_works() {
    assert_eq!(beside_answer(), 42);
    assert_eq!(named_here(nobody(), "beside_parse", &map([("text", "1".into())])).1.value(), 1.into());
    assert_eq!(nobody().call("beside_worker", &empty()).value(), "beside-worker".into());
    let host = new("alive");
    assert_eq!(named_here(host, "beside_name", &empty()).1.value(), "alive".into());
    assert_eq!(host.call("beside_turns", &map([("times", 2.into()), ("amount", 1.into())])).value(), 1.into());
    assert_eq!(host.destroy(), RET_OK);
    assert!(come_to_be("beside-worker", 0));
}

#[test]
fn a_child_of_a_process_without_contexts_works() {
    in_own_process("after_fork::a_child_of_a_process_without_contexts_works", || {
        in_child(everything_works);
        everything_works();
        in_child(|| {
            in_child(everything_works);
            everything_works();
        });
        everything_works();
    });
}

#[test]
fn a_child_of_a_process_with_a_context_refuses() {
    in_own_process("after_fork::a_child_of_a_process_with_a_context_refuses", || {
        let host = new("");
        in_child(|| {
            everything_refuses(host);
            in_child(|| everything_refuses(host));
        });
        assert_eq!(beside_answer(), 42);
        assert_eq!(named_here(host, "beside_soon", &value(3)).1.value(), 3.into());
        assert_eq!(host.destroy(), RET_OK);
        in_child(everything_works);
    });
}

#[test]
fn a_child_of_a_caller_inside_a_handler_refuses() {
    in_own_process("after_fork::a_child_of_a_caller_inside_a_handler_refuses", || {
        let (host, gate) = (new(""), Gate::new());
        std::thread::scope(|scope| {
            let caller = {
                let request = gate.request();
                scope.spawn(move || named_here(host, "beside_block", &request))
            };
            gate.await_visitors(1);
            in_child(|| {
                assert_eq!(beside_answer(), 0);
                let (ret, answer) = named_here(host, "beside_name", &empty());
                assert_eq!(
                    (ret, answer.error_of(ErrorKind::AfterFork)),
                    (RET_ERR, "beside_name: not usable after fork")
                );
            });
            drop(gate);
            caller.join().expect("no panic").1.ok();
        });
        assert_eq!(host.destroy(), RET_OK);
    });
}

#[test]
fn a_child_that_is_forked_while_the_worker_of_none_is_there_has_all_but_that() {
    in_own_process("after_fork::a_child_that_is_forked_while_the_worker_of_none_is_there_has_all_but_that", || {
        let gate = Gate::new();
        let blocked = nobody().start("beside_hold_worker", &gate.request());
        gate.await_visitors(1);
        in_child(|| {
            assert_eq!(beside_answer(), 42);
            assert_eq!(named_here(nobody(), "beside_parse", &map([("text", "1".into())])).1.value(), 1.into());
            let (ret, answer) = named_here(nobody(), "beside_worker", &empty());
            assert_eq!((ret, answer.error_of(ErrorKind::AfterFork)), (RET_ERR, "beside_worker: not usable after fork"));
            let host = new("alive");
            assert_eq!(named_here(host, "beside_name", &empty()).1.value(), "alive".into());
            assert_eq!(host.destroy(), RET_OK);
        });
        drop(gate);
        blocked.wait().ok();
    });
}
