//! A context that has nothing to do costs no time of a processor, whatever its library asks for.
#![cfg(unix)]

use costs::host::{Call, Ctx, EAGER, call_and_wait, call_of, create, create_eager, listen};
use std::mem::MaybeUninit;
use std::process::Command;
use std::thread;
use std::time::Duration;
use toolchain::Bounded as _;

/// For how long a context is watched that does nothing.
const WATCHED: Duration = Duration::from_secs(10);

/// What that may cost.
const MOST: Duration = Duration::from_millis(1);

#[test]
fn an_idle_context_costs_nothing() {
    alone("an_idle_context_costs_nothing", || (create(), call_of("nothing").expect("it is one of the calls")));
}

#[test]
fn an_idle_context_with_a_listener_costs_nothing() {
    alone("an_idle_context_with_a_listener_costs_nothing", || {
        let ctx = create();
        listen(ctx);
        (ctx, call_of("nothing").expect("it is one of the calls"))
    });
}

#[test]
fn an_idle_context_that_looks_for_work_costs_nothing() {
    alone("an_idle_context_that_looks_for_work_costs_nothing", || (create_eager(), EAGER));
}

/// Watches a context in a process of its own, after it was busy.
fn alone(name: &str, begin: impl FnOnce() -> (Ctx, Call)) {
    if std::env::var_os("ALONE").is_none() {
        let mut child = Command::new(std::env::current_exe().expect("this program"));
        let output = child.args(["--exact", name, "--nocapture"]).env("ALONE", "1").bounded().expect("it runs");
        return assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let (ctx, call) = begin();
    (0..1_000).for_each(|_| call_and_wait(ctx, call));
    thread::sleep(Duration::from_millis(200));
    let before = processor_time();
    thread::sleep(WATCHED);
    let cost = processor_time() - before;
    println!("{name}: {cost:?} in {WATCHED:?}");
    assert!(cost < MOST, "{cost:?} in {WATCHED:?}");
}

/// What all threads of this process have taken.
fn processor_time() -> Duration {
    let mut time = MaybeUninit::<libc::timespec>::uninit();
    // SAFETY: the time is written where it fits.
    let code = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, time.as_mut_ptr()) };
    assert_eq!(code, 0, "the process has a clock");
    // SAFETY: written, as the call succeeded.
    let time = unsafe { time.assume_init() };
    Duration::new(time.tv_sec.try_into().expect("not negative"), time.tv_nsec.try_into().expect("below a second"))
}
