//! Calls of a context whose worker is busy take no system call, but that the line's memory grows now and
//! then: they wait in memory, and wake nobody.
#![cfg(target_os = "linux")]

use costs::host::{Call, Ctx, call_and_wait, call_of, create, destroy};
use std::ffi::{c_char, c_int, c_void};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

const NAME: &str = "calls_of_a_busy_context_take_no_system_call";
const CALLS: u64 = 10_000;

/// Whether the worker is held in a callback: 1 to be held, 2 held, 0 free.
static HELD: AtomicU64 = AtomicU64::new(0);

unsafe extern "C-unwind" fn hold(_ret: c_int, _msg: *const c_char, _len: usize, _user_data: *mut c_void) {
    HELD.store(2, Ordering::SeqCst);
    while HELD.load(Ordering::SeqCst) != 0 {
        std::hint::spin_loop();
    }
}

unsafe extern "C-unwind" fn pass(ret: c_int, _msg: *const c_char, _len: usize, _user_data: *mut c_void) {
    assert_eq!(ret, ffi_runtime::RET_OK, "the call succeeds");
}

#[test]
fn calls_of_a_busy_context_take_no_system_call() {
    if std::env::var_os("ALONE").is_some() {
        return make_calls();
    }
    toolchain::need("strace");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("system_calls");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-o"]).arg(&out).arg(std::env::current_exe().expect("this program"));
    let run = strace.args(["--exact", NAME, "--nocapture"]).env("ALONE", "1").bounded().expect("strace runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let trace = std::fs::read_to_string(&out).expect("strace wrote what it saw");
    let (memory, other): (Vec<_>, Vec<_>) = between_marks(&trace).into_iter().partition(|line| is_for_memory(line));
    println!("{CALLS} calls took {} system calls, and {} for memory", other.len(), memory.len());
    assert!(other.is_empty(), "{CALLS} calls took system calls:\n{}", other.join("\n"));
    // The line grows by doubling: that is no matter of each call.
    assert!(memory.len() <= 16, "{CALLS} calls took system calls for memory:\n{}", memory.join("\n"));
}

/// Whether the allocator asked for memory, or gave some back.
fn is_for_memory(line: &str) -> bool {
    ["brk(", "madvise(", "mmap(", "mprotect(", "mremap(", "munmap("].iter().any(|call| line.contains(call))
}

/// Makes the calls while the worker is held, between two marks; once before that, so that there is
/// memory for them.
fn make_calls() {
    let (ctx, call) = (create(), call_of("nothing").expect("it is one of the calls"));
    make_calls_of_busy(ctx, call, || ());
    // SAFETY: a call without arguments that does nothing.
    let mark = || _ = unsafe { libc::getppid() };
    make_calls_of_busy(ctx, call, mark);
    destroy(ctx);
}

fn make_calls_of_busy(ctx: Ctx, call: Call, mark: impl Fn()) {
    HELD.store(1, Ordering::SeqCst);
    // SAFETY: the callback takes what it is given.
    unsafe { call(ctx, Some(hold), std::ptr::null_mut()) };
    while HELD.load(Ordering::SeqCst) != 2 {
        thread::yield_now();
    }
    mark();
    for _ in 0..CALLS {
        // SAFETY: as above.
        unsafe { call(ctx, Some(pass), std::ptr::null_mut()) };
    }
    mark();
    HELD.store(0, Ordering::SeqCst);
    call_and_wait(ctx, call);
}

/// What the thread that made the marks did between them.
fn between_marks(trace: &str) -> Vec<&str> {
    let is_mark = |line: &&str| line.contains("getppid(");
    let marks: Vec<&str> = trace.lines().filter(is_mark).collect();
    assert_eq!(marks.len(), 2, "the marks are in the trace");
    let thread = marks[0].split_whitespace().next().expect("each line begins with its thread");
    let mine = trace.lines().filter(|line| line.split_whitespace().next() == Some(thread));
    mine.skip_while(|line| !is_mark(line)).skip(1).take_while(|line| !is_mark(line)).collect()
}
