//! A host in Rust, which reaches the library through its C symbols alone.

#![allow(dead_code, reason = "each test binary uses its part")]

pub(crate) mod built;
pub(crate) mod gate;

use ciborium::Value;
use ffi_runtime::{ErrorKind, FfiCallback};
use std::ffi::{CString, c_char, c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use toolchain::Bounded as _;

// Links the library whose symbols are declared below.
use every as _;

#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct ConfigPod {
    pub(crate) name: ffi_runtime::PodText,
    pub(crate) failure: ffi_runtime::PodOption<ffi_runtime::PodText>,
    pub(crate) delay_ms: u32,
}

unsafe extern "C" {
    pub(crate) fn every_create(config: ConfigPod, callback: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    pub(crate) fn every_create_cbor(
        req: *const u8,
        len: usize,
        callback: FfiCallback,
        user_data: *mut c_void,
    ) -> *mut c_void;
    pub(crate) fn every_destroy(ctx: *mut c_void) -> c_int;
    pub(crate) fn every_ffi_call_cbor(
        ctx: *mut c_void,
        function: *const c_char,
        callback: FfiCallback,
        user_data: *mut c_void,
        req: *const u8,
        len: usize,
    ) -> c_int;
    pub(crate) fn every_ffi_cancel(ctx: *mut c_void, user_data: *mut c_void) -> c_int;
    pub(crate) fn every_ffi_close(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int;
    pub(crate) fn every_ffi_last_error() -> *const c_char;
    pub(crate) fn every_ffi_schema(len: *mut usize) -> *const u8;
    pub(crate) fn every_ffi_abi_hash() -> u64;
}

/// How long a test waits for an answer before it fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a callback was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) ret: c_int,
    pub(crate) bytes: Vec<u8>,
    /// The byte behind an error's NUL; 0 where this is none.
    kind: u8,
    /// Where the message stood, while its callback ran.
    pub(crate) at: usize,
}

impl Answer {
    /// What a callback is given, copied.
    ///
    /// # Safety
    /// It is what a library gives a callback.
    pub(crate) unsafe fn heard(ret: c_int, msg: *const c_char, len: usize) -> Self {
        assert!(!msg.is_null(), "a message is never NULL");
        let behind = if ret == ffi_runtime::RET_ERR { 2 } else { 0 };
        // SAFETY: a message is readable until the callback returns, and an error's NUL and kind behind it.
        let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len + behind) };
        let (bytes, behind) = bytes.split_at(len);
        let kind = match behind {
            [] => 0,
            &[0, kind @ 1..=17] => kind,
            _ => panic!("{behind:?} is no NUL and kind, behind {bytes:?}"),
        };
        Self { ret, bytes: bytes.to_vec(), kind, at: msg.expose_provenance() }
    }

    /// The error's text; panics where it is not of this kind.
    #[track_caller]
    pub(crate) fn error_of(&self, kind: ErrorKind) -> &str {
        let text = self.error();
        assert_eq!(self.kind, kind as u8, "the kind of {text:?}");
        text
    }

    /// The error's text; panics where there is none.
    pub(crate) fn error(&self) -> &str {
        assert_eq!(self.ret, ffi_runtime::RET_ERR, "not an error: {:?}", self.bytes);
        std::str::from_utf8(&self.bytes).expect("errors are UTF-8")
    }

    /// The result's bytes; panics where there is none.
    pub(crate) fn ok(&self) -> &[u8] {
        assert_eq!(self.ret, ffi_runtime::RET_OK, "{}", String::from_utf8_lossy(&self.bytes));
        &self.bytes
    }

    /// The failure as a CBOR value; panics where there is none.
    pub(crate) fn failure(&self) -> Value {
        assert_eq!(self.ret, ffi_runtime::RET_FAILURE, "{}", String::from_utf8_lossy(&self.bytes));
        ciborium::from_reader(&self.bytes[..]).expect("failures are CBOR")
    }

    /// The result as a CBOR value; panics where there is none.
    pub(crate) fn value(&self) -> Value {
        ciborium::from_reader(self.ok()).expect("results are CBOR")
    }
}

/// An error's text; that of a panic without the place that ends it, ` (file.rs:12:5)`.
#[track_caller]
pub(crate) fn without_place(text: &str) -> &str {
    if !text.contains(" panicked") {
        return text;
    }
    let (said, place) = text.strip_suffix(')').and_then(|text| text.rsplit_once(" (")).expect(text);
    let is_place = matches!(place.split(':').collect::<Vec<_>>().as_slice(), [file, line, column]
        if file.ends_with(".rs") && line.parse::<u32>().is_ok() && column.parse::<u32>().is_ok());
    assert!(is_place, "no place: {text}");
    said
}

/// What runs inside a callback.
type Inside = Box<dyn FnMut(&Answer) + Send>;

/// One call's callback data: how often it fired, and what with. Lives until the test ends, so
/// that a second firing would be seen and not be a crash.
pub(crate) struct Probe {
    fired: AtomicUsize,
    answers: Sender<Answer>,
    received: std::sync::Mutex<Receiver<Answer>>,
    inside: std::sync::Mutex<Option<Inside>>,
}

impl Probe {
    pub(crate) fn new() -> &'static Self {
        let (answers, received) = mpsc::channel();
        let inside = std::sync::Mutex::new(None);
        Box::leak(Box::new(Self { fired: AtomicUsize::new(0), answers, received: received.into(), inside }))
    }

    /// A probe that runs `inside` within the callback.
    pub(crate) fn with(inside: impl FnMut(&Answer) + Send + 'static) -> &'static Self {
        let probe = Self::new();
        *probe.inside.lock().unwrap() = Some(Box::new(inside));
        probe
    }

    pub(crate) fn user_data(&'static self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    /// Waits for the answer.
    pub(crate) fn wait(&self) -> Answer {
        self.received.lock().unwrap().recv_timeout(PATIENCE).expect("the callback fires")
    }

    /// Whether the callback fired already.
    pub(crate) fn has_fired(&self) -> bool {
        self.count() > 0
    }

    /// How often the callback fired.
    pub(crate) fn count(&self) -> usize {
        self.fired.load(Ordering::SeqCst)
    }
}

pub(crate) unsafe extern "C-unwind" fn record(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: every call in these tests passes a leaked probe.
    let probe = unsafe { &*user_data.cast::<Probe>() };
    // SAFETY: a library calls this.
    let answer = unsafe { Answer::heard(ret, msg, len) };
    if let Some(inside) = &mut *probe.inside.lock().unwrap() {
        inside(&answer);
    }
    probe.fired.fetch_add(1, Ordering::SeqCst);
    let _ = probe.answers.send(answer);
}

/// The symbols of one library.
#[derive(Debug)]
pub(crate) struct Symbols {
    pub(crate) create_cbor: unsafe extern "C" fn(*const u8, usize, FfiCallback, *mut c_void) -> *mut c_void,
    pub(crate) destroy: unsafe extern "C" fn(*mut c_void) -> c_int,
    pub(crate) call_cbor:
        unsafe extern "C" fn(*mut c_void, *const c_char, FfiCallback, *mut c_void, *const u8, usize) -> c_int,
    pub(crate) cancel: unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int,
    pub(crate) close: unsafe extern "C" fn(*mut c_void, FfiCallback, *mut c_void) -> c_int,
}

/// The library with every type.
static EVERY: Symbols = Symbols {
    create_cbor: every_create_cbor,
    destroy: every_destroy,
    call_cbor: every_ffi_call_cbor,
    cancel: every_ffi_cancel,
    close: every_ffi_close,
};

/// A context.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Host {
    pub(crate) handle: usize,
    library: &'static Symbols,
}

impl Host {
    /// A context of the library with every type whose constructor succeeded.
    pub(crate) fn new() -> Self {
        let (host, probe) = Self::create(&map([("config", config("test", None, 0))]));
        probe.wait().ok();
        host
    }

    /// A context whose constructor's answer the probe gets.
    pub(crate) fn create(request: &Value) -> (Self, &'static Probe) {
        let probe = Probe::new();
        (Self::create_in(&EVERY, request, probe), probe)
    }

    /// A context of any library.
    pub(crate) fn create_in(library: &'static Symbols, request: &Value, probe: &'static Probe) -> Self {
        let bytes = to_bytes(request);
        // SAFETY: the bytes are readable and the probe lives for ever.
        let ctx = unsafe { (library.create_cbor)(bytes.as_ptr(), bytes.len(), Some(record), probe.user_data()) };
        Self { handle: ctx.expose_provenance(), library }
    }

    /// What has this handle in the library with every type.
    pub(crate) fn at(handle: usize) -> Self {
        Self::of(&EVERY, handle)
    }

    /// What has this handle in a library.
    pub(crate) fn of(library: &'static Symbols, handle: usize) -> Self {
        Self { handle, library }
    }

    pub(crate) fn library(self) -> &'static Symbols {
        self.library
    }

    pub(crate) fn ctx(self) -> *mut c_void {
        std::ptr::with_exposed_provenance_mut(self.handle)
    }

    /// Calls a function by name with CBOR bytes; gives what the entry point returned.
    pub(crate) fn submit(self, function: &str, request: &[u8], probe: &'static Probe) -> c_int {
        let function = CString::new(function).unwrap();
        let (data, len) = (request.as_ptr(), request.len());
        // SAFETY: name and bytes are readable and the probe lives for ever.
        unsafe { (self.library.call_cbor)(self.ctx(), function.as_ptr(), Some(record), probe.user_data(), data, len) }
    }

    /// Starts a call with these arguments.
    pub(crate) fn start(self, function: &str, request: &Value) -> &'static Probe {
        let probe = Probe::new();
        self.submit(function, &to_bytes(request), probe);
        probe
    }

    /// Calls and waits.
    pub(crate) fn call(self, function: &str, request: &Value) -> Answer {
        self.start(function, request).wait()
    }

    /// Calls with these very bytes and waits.
    pub(crate) fn call_bytes(self, function: &str, request: &[u8]) -> Answer {
        let probe = Probe::new();
        self.submit(function, request, probe);
        probe.wait()
    }

    pub(crate) fn cancel(self, probe: &'static Probe) -> c_int {
        // SAFETY: any handle and any pointer may be asked about.
        unsafe { (self.library.cancel)(self.ctx(), probe.user_data()) }
    }

    pub(crate) fn close(self, probe: &'static Probe) -> c_int {
        // SAFETY: the probe lives for ever.
        unsafe { (self.library.close)(self.ctx(), Some(record), probe.user_data()) }
    }

    pub(crate) fn destroy(self) -> c_int {
        // SAFETY: any handle may be destroyed.
        unsafe { (self.library.destroy)(self.ctx()) }
    }
}

/// The constructor's configuration.
pub(crate) fn config(name: &str, failure: Option<&str>, delay_ms: u32) -> Value {
    let failure = failure.map_or(Value::Null, Value::from);
    map([("name", name.into()), ("failure", failure), ("delay_ms", delay_ms.into())])
}

pub(crate) fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (Value::from(key), value)).collect())
}

pub(crate) fn to_bytes(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("a Vec takes every byte");
    bytes
}

pub(crate) fn last_error() -> String {
    last_failure().0
}

/// The text of this thread's last error, and its kind.
pub(crate) fn last_failure() -> (String, u8) {
    // SAFETY: it may be asked for at any time.
    let message = unsafe { every_ffi_last_error() };
    // SAFETY: it is valid until the next error on this thread.
    unsafe { failure_at(message) }
}

/// The text that a library gave for this thread's last error, and the kind behind its NUL.
///
/// # Safety
/// It is valid.
pub(crate) unsafe fn failure_at(message: *const c_char) -> (String, u8) {
    // SAFETY: the caller's promise.
    let text = unsafe { std::ffi::CStr::from_ptr(message) };
    // SAFETY: the kind stands behind the NUL.
    let kind = unsafe { message.wrapping_add(text.count_bytes() + 1).cast::<u8>().read() };
    (text.to_str().expect("errors are UTF-8").to_owned(), kind)
}

pub(crate) fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// What `/proc` tells of the threads with this name.
#[cfg(target_os = "linux")]
pub(crate) fn threads_named(name: &str) -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("a list of threads");
    let statuses = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok());
    statuses.filter(|status| status.lines().next() == Some(&format!("Name:\t{name}"))).collect()
}

/// Whether there come to be so many threads with this name. A thread takes its name once it
/// runs, and is listed for a moment after it was joined.
#[cfg(target_os = "linux")]
pub(crate) fn come_to_be(name: &str, count: usize) -> bool {
    let start = std::time::Instant::now();
    while threads_named(name).len() != count {
        if start.elapsed() > PATIENCE {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    true
}

/// Runs `test`, which is named, in a process of its own, where no other test has contexts.
pub(crate) fn in_own_process(name: &str, test: impl FnOnce()) {
    if std::env::var_os("ALONE").is_some() {
        return test();
    }
    let mut child = std::process::Command::new(std::env::current_exe().expect("this program"));
    let output = child.args(["--exact", name, "--nocapture"]).env("ALONE", "1").bounded().expect("it runs");
    let [said, complaints] = [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
    assert!(output.status.success(), "{name}: {}\n{said}\n{complaints}", output.status);
}
