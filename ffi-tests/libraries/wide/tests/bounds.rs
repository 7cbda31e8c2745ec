//! The bound of the stack that a type says of itself holds, unoptimised: what its four operations take
//! is measured on a stack that was zero before.

use ffi_runtime::{ByLength, FfiCallback, FfiType, free_pod, from_cbor, from_pod, to_cbor, to_pod};
use std::ffi::{c_char, c_int, c_void};
use std::mem::MaybeUninit;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};
use wide::{Few, FewMixed, Link, Mixed, Nest, Point, Texts};

/// The size of the stack.
const SIZE: usize = 64 << 20;

/// What a walk takes that is no frame of the type's: its start, its faults, its allocations.
const BESIDE: usize = 12 << 10;

type Work<'a> = &'a mut (dyn FnMut() + Send);

extern "C" fn start(work: *mut c_void) -> *mut c_void {
    // SAFETY: `most_stack` passes this, and waits.
    let work = unsafe { &mut *work.cast::<Work<'_>>() };
    work();
    std::ptr::null_mut()
}

/// The most stack that `work` takes, in bytes.
fn most_stack(mut work: impl FnMut() + Send) -> usize {
    let (protection, flags) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    // SAFETY: a new mapping.
    let stack = unsafe { libc::mmap(std::ptr::null_mut(), SIZE, protection, flags, -1, 0) };
    assert_ne!(stack, libc::MAP_FAILED);
    let (mut attributes, mut thread) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    // SAFETY: written where it fits.
    unsafe { libc::pthread_attr_init(attributes.as_mut_ptr()) };
    // SAFETY: the attributes were made, and the mapping has this size.
    assert_eq!(unsafe { libc::pthread_attr_setstack(attributes.as_mut_ptr(), stack, SIZE) }, 0);
    let mut work: Work<'_> = &mut work;
    let data = (&raw mut work).cast();
    // SAFETY: all outlives the thread, which is joined below.
    assert_eq!(unsafe { libc::pthread_create(thread.as_mut_ptr(), attributes.as_ptr(), start, data) }, 0);
    // SAFETY: the thread was made.
    let thread = unsafe { thread.assume_init() };
    // SAFETY: as above, and it is joined once.
    assert_eq!(unsafe { libc::pthread_join(thread, std::ptr::null_mut()) }, 0);
    // SAFETY: the mapping is readable, and nobody else's any more.
    let words = unsafe { std::slice::from_raw_parts(stack.cast::<u64>(), SIZE / 8) };
    let untouched = words.iter().position(|&word| word != 0).expect("the thread ran") * 8;
    // SAFETY: as above.
    unsafe { libc::munmap(stack, SIZE) };
    SIZE - untouched
}

/// Measures the four operations of a value, which has no boxes or lists of records.
fn holds<T: FfiType + Clone + Sync>(name: &str, value: &T) {
    let least = most_stack(|| ());
    let bytes = to_cbor(value).expect("encodes");
    let mirrored = to_pod(value.clone()).expect("mirrors");
    let pod = mirrored.as_ptr().expose_provenance();
    let encoding = most_stack(|| drop(to_cbor(value)));
    let decoding = most_stack(|| drop(Box::new(from_cbor::<T>(&bytes, usize::MAX))));
    let writing = most_stack(|| drop(to_pod(value.clone())));
    // SAFETY: the mirror is alive.
    let reading = most_stack(|| drop(unsafe { from_pod::<T>(std::ptr::with_exposed_provenance(pod)) }));
    free_pod(mirrored);
    let bound = T::STACK + 6 * size_of::<T>() + BESIDE;
    let taken = [encoding, decoding, writing, reading].map(|taken| taken - least);
    println!("{name}: {} bytes, encode, decode, to and from C: {taken:?} of {bound}", size_of::<T>());
    assert!(taken.iter().all(|&taken| taken <= bound), "{name}: {taken:?} of {bound}");
}

#[test]
fn no_operation_takes_more_stack_than_its_bound() {
    holds("Texts", &Texts::default());
    holds("Mixed", &Mixed::default());
    holds("Option<Mixed>", &Some(Mixed::default()));
    holds("Nest", &Nest { mixed: Some(Mixed::default()), ..Nest::default() });
    holds("Few", &Few::default());
    holds("FewMixed", &FewMixed::default());
    holds("Point", &Point::default());
    holds("Link", &Link::default());
    holds("Vec<Vec<String>>", &vec![vec![String::new()]]);
}

/// What a call is told on a thread that has hardly any stack: how much it may take.
static BOUND: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C-unwind" fn note(_ret: c_int, message: *const c_char, len: usize, _data: *mut c_void) {
    // SAFETY: the message is readable.
    let message = unsafe { std::slice::from_raw_parts(message.cast::<u8>(), len) };
    let text = std::str::from_utf8(message).unwrap_or_default();
    let number = text.split("this may take ").nth(1).and_then(|rest| rest.split(' ').next());
    BOUND.store(number.map_or(0, |number| number.parse().expect("a number")), Ordering::Relaxed);
}

/// Measures a call on a thread that has the stack for it, and asks on one that has not.
fn call_holds(name: &str, call: impl Fn() + Send + Sync) {
    let taken = most_stack(&call) - most_stack(|| ());
    assert_eq!(BOUND.load(Ordering::Relaxed), 0, "{name} was served");
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(128 << 10).spawn_scoped(scope, &call);
        thread.expect("a thread").join().expect("no panic");
    });
    let bound = BOUND.swap(0, Ordering::Relaxed);
    println!("{name}: {taken} of {bound}");
    assert!(taken <= bound, "{name}: {taken} of {bound}");
}

#[allow(improper_ctypes, reason = "mirrors are C structs")]
mod symbols {
    use super::{ByLength, FfiCallback, FfiType, Texts, c_int, c_void};

    type Pod = <Texts as FfiType>::Pod<ByLength>;

    unsafe extern "C" {
        pub(super) fn wide_free(cb: FfiCallback, data: *mut c_void, texts: Pod) -> c_int;
        pub(super) fn wide_free_cbor(cb: FfiCallback, data: *mut c_void, bytes: *const u8, len: usize) -> c_int;
        pub(super) fn wide_free_later_cbor(cb: FfiCallback, data: *mut c_void, bytes: *const u8, len: usize) -> c_int;
        pub(super) fn wide_make(cb: FfiCallback, data: *mut c_void, levels: u32) -> c_int;
        pub(super) fn wide_create_cbor(bytes: *const u8, len: usize, cb: FfiCallback, data: *mut c_void)
        -> *mut c_void;
    }
}

#[test]
fn no_call_takes_more_stack_than_its_bound() {
    let mut request = b"\xa1\x65texts".to_vec();
    request.extend(to_cbor(&Texts::default()).expect("encodes"));
    let (bytes, len) = (request.as_ptr().expose_provenance(), request.len());
    let at = std::ptr::with_exposed_provenance::<u8>;
    call_holds("free cbor", || {
        // SAFETY: the bytes are readable.
        unsafe { symbols::wide_free_cbor(Some(note), null_mut(), at(bytes), len) };
    });
    call_holds("make", || {
        // SAFETY: nothing is read.
        unsafe { symbols::wide_make(Some(note), null_mut(), 1) };
    });
    let mirrored = to_pod(Texts::default()).expect("mirrors");
    let pod = mirrored.as_ptr().expose_provenance();
    call_holds("free", || {
        let pod: *const <Texts as FfiType>::Pod<ByLength> = std::ptr::with_exposed_provenance(pod);
        // SAFETY: the mirror is alive, and a C struct may be copied.
        let pod = unsafe { pod.read() };
        // SAFETY: what it points to is alive.
        unsafe { symbols::wide_free(Some(note), null_mut(), pod) };
    });
    free_pod(mirrored);
    call_holds("free later", || {
        // SAFETY: the bytes are readable.
        unsafe { symbols::wide_free_later_cbor(Some(note), null_mut(), at(bytes), len) };
    });
    call_holds("create", || {
        // SAFETY: the bytes are readable; the context is left to the process's end.
        unsafe { symbols::wide_create_cbor(at(bytes), len, Some(note), null_mut()) };
    });
}
