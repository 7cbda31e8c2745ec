//! Calls with deep and wide values from a thread of 256 KiB, in a build without optimisation: each is
//! answered, by its result or by a text. Every case is a process of its own, so that a signal shows.

use ffi_runtime::{ByLength, FfiCallback, FfiType, RET_OK, RequestBytes, free_pod, to_cbor, to_pod};
use std::env;
use std::ffi::{CString, c_char, c_int, c_void};
use std::process::Command;
use std::ptr::null_mut;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;
use toolchain::Bounded as _;
use wide::{Branch, Link, Mixed, Nest, Texts, Wide};

/// The stack of a host's thread.
const SMALL: usize = 256 << 10;

/// The stack of the thread that prepares a call, which must be able to.
const LARGE: usize = 512 << 20;

type Pod<T> = <T as FfiType>::Pod<ByLength>;

#[allow(improper_ctypes, reason = "mirrors are C structs")]
mod symbols {
    use super::{Branch, FfiCallback, Link, Mixed, Nest, Pod, Texts, c_char, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn wide_create(texts: Pod<Texts>, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn wide_create_cbor(bytes: *const u8, len: usize, cb: FfiCallback, data: *mut c_void)
        -> *mut c_void;
        pub(super) fn wide_destroy(ctx: *mut c_void) -> c_int;
        pub(super) fn wide_echo(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, texts: Pod<Texts>) -> c_int;
        pub(super) fn wide_echo_later(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, texts: Pod<Texts>)
        -> c_int;
        pub(super) fn wide_peek(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, texts: Pod<Texts>) -> c_int;
        pub(super) fn wide_peek_later(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, texts: Pod<Texts>)
        -> c_int;
        pub(super) fn wide_free(cb: FfiCallback, data: *mut c_void, texts: Pod<Texts>) -> c_int;
        pub(super) fn wide_free_later(cb: FfiCallback, data: *mut c_void, texts: Pod<Texts>) -> c_int;
        pub(super) fn wide_nest(cb: FfiCallback, data: *mut c_void, nest: Pod<Nest>) -> c_int;
        pub(super) fn wide_mixed(cb: FfiCallback, data: *mut c_void, mixed: Pod<Vec<Mixed>>) -> c_int;
        pub(super) fn wide_links(cb: FfiCallback, data: *mut c_void, links: Pod<Vec<Link>>) -> c_int;
        pub(super) fn wide_branches(cb: FfiCallback, data: *mut c_void, branches: Pod<Vec<Branch>>) -> c_int;
        pub(super) fn wide_make(cb: FfiCallback, data: *mut c_void, levels: u32) -> c_int;
        pub(super) fn wide_make_boxed(cb: FfiCallback, data: *mut c_void, levels: u32) -> c_int;
        pub(super) fn wide_tell(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, levels: u32) -> c_int;
        pub(super) fn wide_ffi_add_event_listener(
            ctx: *mut c_void,
            event: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
        ) -> u64;
        pub(super) fn wide_ffi_add_event_listener_cbor(
            ctx: *mut c_void,
            event: *const c_char,
            cb: FfiCallback,
            data: *mut c_void,
        ) -> u64;
        pub(super) fn wide_ffi_poll_fd(ctx: *mut c_void) -> c_int;
        pub(super) fn wide_ffi_dispatch(ctx: *mut c_void, max: usize) -> c_int;
        pub(super) fn wide_ffi_schema(len: *mut usize) -> *const u8;
        pub(super) fn wide_ffi_abi_hash() -> u64;
    }
}

/// What came: of calls and of listeners.
static ANSWERS: Mutex<Vec<(c_int, String)>> = Mutex::new(Vec::new());
static CAME: Condvar = Condvar::new();

unsafe extern "C-unwind" fn note(ret: c_int, message: *const c_char, len: usize, _data: *mut c_void) {
    // SAFETY: the message is readable.
    let message = unsafe { std::slice::from_raw_parts(message.cast::<u8>(), len) };
    let text = if ret == RET_OK { String::new() } else { String::from_utf8_lossy(message).into_owned() };
    ANSWERS.lock().expect("no panic").push((ret, text));
    CAME.notify_all();
}

/// The answer that comes next.
fn answer() -> (c_int, String) {
    let answers = ANSWERS.lock().expect("no panic");
    let waited = CAME.wait_timeout_while(answers, Duration::from_secs(120), |answers| answers.is_empty());
    waited.expect("no panic").0.pop().expect("an answer came")
}

fn on_thread<T: Send>(stack: usize, work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(stack).spawn_scoped(scope, work);
        thread.expect("a thread").join().expect("no panic")
    })
}

/// A pointer that goes to another thread.
#[derive(Clone, Copy)]
struct Shared<T>(*const T);

// SAFETY: what it points to is not changed while there is one.
unsafe impl<T> Send for Shared<T> {}

impl<T> Shared<T> {
    fn get(self) -> *const T {
        self.0
    }
}

/// Runs `call` with the C form of the value on the small stack.
fn natively<T: FfiType>(value: T, call: impl FnOnce(Pod<T>) + Send) {
    let mirrored = to_pod(value).expect("mirrors");
    let pod = Shared(mirrored.as_ptr());
    // SAFETY: the mirror is alive, and a C struct may be copied.
    on_thread(SMALL, || call(unsafe { pod.get().read() }));
    free_pod(mirrored);
}

/// Calls by name with the value's CBOR form as the only parameter, on the small stack.
fn by_name<T: FfiType>(ctx: usize, function: &str, parameter: &str, value: T) {
    let mut request = vec![0xa1];
    request.extend(to_cbor(&parameter.to_owned()).expect("encodes"));
    request.extend(to_cbor(&value).expect("encodes"));
    on_thread(SMALL, || {
        let (ctx, bytes) = (std::ptr::with_exposed_provenance_mut(ctx), RequestBytes::Borrowed(&request));
        // SAFETY: the callback may be called with any data.
        unsafe { ffi_runtime::call_bytes::<Wide>(ctx, function, Some(note), null_mut(), bytes) };
    });
}

/// A context.
fn create() -> usize {
    let mut request = b"\xa1\x65texts".to_vec();
    request.extend(to_cbor(&Texts::default()).expect("encodes"));
    // SAFETY: the bytes are readable.
    let ctx = unsafe { symbols::wide_create_cbor(request.as_ptr(), request.len(), Some(note), null_mut()) };
    assert_eq!(answer().0, RET_OK);
    ctx.expose_provenance()
}

fn links(levels: u32) -> Vec<Link> {
    let mut link = Link::default();
    for _ in 1..levels {
        link = Link { next: Some(Box::new(link)), ..Link::default() };
    }
    vec![link]
}

/// An enum of many variants in itself, so many levels deep.
fn branches(levels: u32) -> Vec<Branch> {
    let chain =
        (1..levels).fold(Branch::None, |next, _| Branch::V99 { text: String::new(), next: Some(Box::new(next)) });
    vec![chain]
}

fn mixed(levels: u32) -> Vec<Mixed> {
    let mut mixed = Mixed::default();
    for _ in 1..levels {
        let next = vec![mixed];
        mixed = Mixed::default();
        mixed.next = next;
    }
    vec![mixed]
}

fn nest(levels: u32) -> Nest {
    let mut nest = Nest::default();
    (nest.mixed, nest.more) = (Some(Mixed::default()), vec![Texts::of(levels)]);
    nest
}

/// The native call of a function, on the small stack.
fn call_natively(function: &str, ctx: usize, levels: u32) {
    use symbols::*;
    let (cb, data): (FfiCallback, usize) = (Some(note), 0);
    let with = move |call: unsafe extern "C" fn(*mut c_void, FfiCallback, *mut c_void, Pod<Texts>) -> c_int| {
        let (ctx, data) = (ctx, data);
        natively(Texts::of(levels), move |pod| {
            let (ctx, data) = (std::ptr::with_exposed_provenance_mut(ctx), std::ptr::without_provenance_mut(data));
            // SAFETY: the arguments are those of the function.
            unsafe { call(ctx, cb, data, pod) };
        });
    };
    match function {
        "create" => natively(Texts::of(levels), |pod| {
            // SAFETY: as above.
            unsafe { wide_create(pod, cb, null_mut()) };
        }),
        "echo" => with(wide_echo),
        "echo_later" => with(wide_echo_later),
        "peek" => with(wide_peek),
        "peek_later" => with(wide_peek_later),
        "free" => natively(Texts::of(levels), |pod| {
            // SAFETY: as above.
            unsafe { wide_free(cb, null_mut(), pod) };
        }),
        "free_later" => natively(Texts::of(levels), |pod| {
            // SAFETY: as above.
            unsafe { wide_free_later(cb, null_mut(), pod) };
        }),
        "nest" => natively(nest(levels), |pod| {
            // SAFETY: as above.
            unsafe { wide_nest(cb, null_mut(), pod) };
        }),
        "mixed" => natively(mixed(levels.div_ceil(2)), |pod| {
            // SAFETY: as above.
            unsafe { wide_mixed(cb, null_mut(), pod) };
        }),
        "links" => natively(links(levels), |pod| {
            // SAFETY: as above.
            unsafe { wide_links(cb, null_mut(), pod) };
        }),
        "branches" => natively(branches(levels), |pod| {
            // SAFETY: as above.
            unsafe { wide_branches(cb, null_mut(), pod) };
        }),
        "make" => on_thread(SMALL, || {
            // SAFETY: as above.
            unsafe { wide_make(cb, null_mut(), levels) };
        }),
        "make_boxed" => on_thread(SMALL, || {
            // SAFETY: as above.
            unsafe { wide_make_boxed(cb, null_mut(), levels) };
        }),
        other => panic!("no function {other}"),
    }
}

/// The same call over CBOR.
fn call_by_name(function: &str, ctx: usize, levels: u32) {
    let name = format!("wide_{function}");
    match function {
        "create" => {
            let mut request = b"\xa1\x65texts".to_vec();
            request.extend(to_cbor(&Texts::of(levels)).expect("encodes"));
            on_thread(SMALL, || {
                // SAFETY: the bytes are readable.
                unsafe { symbols::wide_create_cbor(request.as_ptr(), request.len(), Some(note), null_mut()) };
            });
        }
        "nest" => by_name(ctx, &name, "nest", nest(levels)),
        "mixed" => by_name(ctx, &name, "mixed", mixed(levels.div_ceil(2))),
        "links" => by_name(ctx, &name, "links", links(levels)),
        "branches" => by_name(ctx, &name, "branches", branches(levels)),
        "make" | "make_boxed" => by_name(ctx, &name, "levels", levels),
        _ => by_name(ctx, &name, "texts", Texts::of(levels)),
    }
}

/// Fires a deep event from the small stack, for a listener on either path; where the host polls, also
/// that runs on a small stack.
fn tell(path: &str, ctx: usize, levels: u32, is_polled: bool) {
    let event = CString::new("on_texts").expect("no NUL");
    let context = std::ptr::with_exposed_provenance_mut(ctx);
    let add =
        if path == "cbor" { symbols::wide_ffi_add_event_listener_cbor } else { symbols::wide_ffi_add_event_listener };
    if is_polled {
        // SAFETY: any handle may be asked.
        assert!(unsafe { symbols::wide_ffi_poll_fd(context) } >= 0);
    }
    // SAFETY: the name is a text.
    assert_ne!(unsafe { add(context, event.as_ptr(), Some(note), null_mut()) }, 0);
    on_thread(SMALL, || {
        // SAFETY: any handle may be asked.
        unsafe { symbols::wide_tell(std::ptr::with_exposed_provenance_mut(ctx), Some(note), null_mut(), levels) }
    });
    assert_eq!(answer().0, RET_OK);
    if is_polled {
        on_thread(SMALL, || {
            // SAFETY: any handle may be asked.
            while unsafe { symbols::wide_ffi_dispatch(std::ptr::with_exposed_provenance_mut(ctx), 1) } == 0 {}
        });
    }
}

#[test]
fn child() {
    let Ok(case) = env::var("SMALL_STACK") else { return };
    let [function, path, levels] = case.split(' ').collect::<Vec<_>>()[..] else { panic!("no case") };
    let levels: u32 = levels.parse().expect("a number");
    let (ctx, given) = on_thread(LARGE, || {
        let ctx = create();
        match (function, path) {
            ("schema", _) => on_thread(SMALL, || {
                let mut len = 0;
                // SAFETY: the length is written.
                let first = unsafe { symbols::wide_ffi_schema(&raw mut len) };
                // SAFETY: it has no conditions.
                assert!(!first.is_null() && len > 1_000 && unsafe { symbols::wide_ffi_abi_hash() } != 0);
                note_here();
            }),
            ("tell", _) => tell(path, ctx, levels, false),
            ("tell_polled", _) => tell(path, ctx, levels, true),
            (_, "cbor") => call_by_name(function, ctx, levels),
            _ => call_natively(function, ctx, levels),
        }
        (ctx, answer())
    });
    println!("ANSWERED {} {}", given.0, given.1);
    if function != "create" {
        // SAFETY: any handle may be destroyed.
        assert_eq!(unsafe { symbols::wide_destroy(std::ptr::with_exposed_provenance_mut(ctx)) }, RET_OK);
        assert!(ANSWERS.lock().expect("no panic").is_empty(), "one answer came");
    }
}

/// Stands for an answer where there is none.
fn note_here() {
    ANSWERS.lock().expect("no panic").push((RET_OK, String::new()));
}

/// What the process of this case printed of its answer.
#[track_caller]
fn run(case: &str) -> String {
    let mut child = Command::new(env::current_exe().expect("a path"));
    child.args(["--exact", "child", "--nocapture"]).env("SMALL_STACK", case);
    let output = child.bounded().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{case}: {}\n{text}{}", output.status, String::from_utf8_lossy(&output.stderr));
    let answer = text.lines().find_map(|line| line.strip_prefix("ANSWERED ")).expect("an answer");
    println!("{case}: {answer}");
    answer.to_owned()
}

#[test]
fn whatever_is_deep_and_wide_is_answered_on_a_small_stack() {
    let mut failures = Vec::new();
    for function in [
        "create",
        "echo",
        "echo_later",
        "peek",
        "peek_later",
        "free",
        "free_later",
        "nest",
        "mixed",
        "links",
        "branches",
        "make",
        "make_boxed",
        "tell",
        "tell_polled",
    ] {
        for path in ["native", "cbor"] {
            for levels in [1, 2, 62] {
                let case = format!("{function} {path} {levels}");
                if std::panic::catch_unwind(|| run(&case)).is_err() {
                    failures.push(case);
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures:?}");
}

#[test]
fn what_is_deep_alone_needs_no_large_stack() {
    for path in ["native", "cbor"] {
        assert_eq!(run(&format!("links {path} 62")), "0 ");
        assert_eq!(run(&format!("branches {path} 62")), "0 ");
    }
}

#[test]
fn a_worker_has_the_stack_for_what_is_wide() {
    assert_eq!(run("echo cbor 2"), "0 ");
    assert_eq!(run("echo_later cbor 2"), "0 ");
}

#[test]
fn a_text_says_what_is_missing() {
    let answer = run("peek cbor 62");
    assert!(answer.starts_with("1 wide_peek: this may take "), "{answer}");
    assert!(answer.contains(" bytes of the thread's stack, which has "), "{answer}");
}

#[test]
fn a_schema_of_wide_records_is_made_on_a_small_stack() {
    assert_eq!(run("schema native 0"), "0 ");
}
