//! A library's limits hold at their edge: what reaches one passes, and one more is refused with
//! a text that names the limit, on both paths and in the constructor too.

use crate::common::gate::{Gate, pass};
use crate::common::{Probe, map, to_bytes};
use ciborium::Value;
use ffi_runtime::{FfiCallback, PodText, RET_ERR, RET_OK, RequestBytes, ffi};
use std::ffi::{c_int, c_void};

/// A library with small limits and the longest grace there is.
#[ffi(
    library = "limits",
    queue_limit = 3,
    request_limit = 1_000,
    memory_limit = 7_744,
    grace_ms = 18_446_744_073_709_551_615
)]
struct Limits;

/// A byte on the wire, 80 in memory. So many in a list take all of the memory limit: while a list of half as many
/// grows there are two blocks, each with its header and rounded.
#[ffi]
struct Row {
    a: Option<u64>,
    b: Option<u64>,
    c: Option<u64>,
    d: Option<u64>,
    e: Option<u64>,
}

const ROWS: usize = 64;

/// 64 rows in a block that grew from one of 32, as the limit has it.
const _: () = assert!((64 + 32) * size_of::<Row>() + 2 * 32 == 7_744);

/// Makes the state.
#[ffi(ctor, library = "limits")]
fn limits_create(rows: Vec<Row>) -> Limits {
    drop(rows);
    Limits
}

/// Blocks the worker until the gate is open.
#[ffi(library = "limits")]
fn limits_block(_limits: &Limits, gate: u64) {
    pass(gate);
}

/// How much was given.
#[ffi(library = "limits")]
fn limits_size(_limits: &Limits, text: String, bytes: Vec<u8>) -> usize {
    text.len() + bytes.len()
}

/// How many were given.
#[ffi(library = "limits")]
fn limits_count(_limits: &Limits, rows: Vec<Row>) -> usize {
    rows.len()
}

/// Ends the state.
#[ffi(dtor, library = "limits")]
fn limits_destroy(_limits: Limits) {}

/// A library whose requests are small, and what they take of memory too.
#[ffi(library = "tiny", request_limit = 1_000, memory_limit = 1_000)]
struct Tiny;

/// How many were given.
#[ffi(library = "tiny")]
#[expect(clippy::vec_box, reason = "each box is a block")]
fn tiny_count(boxes: Vec<Box<u8>>) -> usize {
    boxes.len()
}

/// A list as C passes it.
#[repr(C)]
struct List {
    ptr: *const u8,
    len: usize,
}

mod symbols {
    use super::{FfiCallback, List, PodText, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn limits_create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: *mut c_void)
        -> *mut c_void;
        pub(super) fn limits_destroy(ctx: *mut c_void) -> c_int;
        pub(super) fn tiny_count(cb: FfiCallback, data: *mut c_void, boxes: List) -> c_int;
        pub(super) fn limits_size(
            ctx: *mut c_void,
            cb: FfiCallback,
            data: *mut c_void,
            text: PodText,
            bytes: List,
        ) -> c_int;
    }
}

/// What the constructor gave, and its answer.
fn create(request: &[u8]) -> (Host, &'static Probe) {
    let (probe, len) = (Probe::new(), request.len());
    // SAFETY: the bytes are readable and the probe lives for ever.
    let ctx =
        unsafe { symbols::limits_create_cbor(request.as_ptr(), len, Some(crate::common::record), probe.user_data()) };
    (Host(ctx), probe)
}

struct Host(*mut c_void);

impl Host {
    fn new() -> Self {
        let (host, created) = create(&to_bytes(&map([("rows", Value::Array(vec![]))])));
        created.wait().ok();
        host
    }

    /// Calls over CBOR.
    fn submit(&self, function: &str, request: Vec<u8>, probe: &'static Probe) -> c_int {
        let (data, request) = (probe.user_data(), RequestBytes::Owned(request));
        // SAFETY: the probe lives for ever.
        unsafe { ffi_runtime::call_bytes::<Limits>(self.0, function, Some(crate::common::record), data, request) }
    }

    /// Calls natively, with so many bytes of text and others.
    fn submit_sizes(&self, text: usize, bytes: usize, probe: &'static Probe) -> c_int {
        let text = "x".repeat(text);
        let bytes = vec![0; bytes];
        let list = List { ptr: bytes.as_ptr(), len: bytes.len() };
        // SAFETY: all is readable during the call, and the probe lives for ever.
        unsafe {
            symbols::limits_size(self.0, Some(crate::common::record), probe.user_data(), PodText::of(&text), list)
        }
    }

    fn destroy(&self) -> c_int {
        // SAFETY: any handle may be destroyed.
        unsafe { symbols::limits_destroy(self.0) }
    }
}

/// A request of exactly so many bytes; gives how many of those are the parameter's.
fn request_of(len: usize) -> (Vec<u8>, Value) {
    let with = |bytes: usize| to_bytes(&map([("text", "".into()), ("bytes", Value::Bytes(vec![0; bytes]))]));
    let around = with(len).len() - len;
    let request = with(len - around);
    assert_eq!(request.len(), len);
    (request, Value::from(u64::try_from(len - around).expect("small")))
}

/// A request with so many rows, of a byte each.
fn rows(count: usize) -> Vec<u8> {
    to_bytes(&map([("rows", Value::Array(vec![map([]); count]))]))
}

#[test]
fn a_request_may_be_as_large_as_the_limit() {
    const TEXT: &str = "limits_size: the request is larger than the limit of 1000 bytes";
    let host = Host::new();
    let (whole, inside) = request_of(1_000);
    let probe = Probe::new();
    assert_eq!(host.submit("limits_size", whole, probe), RET_OK);
    assert_eq!(probe.wait().value(), inside);
    let probe = Probe::new();
    assert_eq!(host.submit("limits_size", request_of(1_001).0, probe), RET_ERR);
    assert_eq!((probe.count(), probe.wait().error()), (1, TEXT));
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn what_is_copied_natively_may_be_as_large_as_the_limit() {
    let host = Host::new();
    for (text, bytes) in [(1_000, 0), (0, 1_000), (400, 600)] {
        let probe = Probe::new();
        assert_eq!(host.submit_sizes(text, bytes, probe), RET_OK);
        assert_eq!(probe.wait().ok(), 1_000_usize.to_ne_bytes());
    }
    for (text, bytes, path) in [(1_001, 0, "text"), (0, 1_001, "bytes"), (400, 601, "bytes")] {
        let probe = Probe::new();
        assert_eq!(host.submit_sizes(text, bytes, probe), RET_ERR);
        let text = format!("limits_size: {path}: the request is larger than the limit of 1000 bytes");
        assert_eq!((probe.count(), probe.wait().error()), (1, &*text));
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_constructors_request_may_be_as_large_as_the_limit() {
    // Padded with a key that the constructor does not know.
    let padded = |len: usize| {
        let with = |pad: usize| to_bytes(&map([("rows", Value::Array(vec![])), ("pad", Value::Bytes(vec![0; pad]))]));
        let request = with(2 * len - with(len).len());
        assert_eq!(request.len(), len);
        request
    };
    let (host, created) = create(&padded(1_000));
    created.wait().ok();
    assert_eq!(host.destroy(), RET_OK);
    let (none, refused) = create(&padded(1_001));
    assert!(none.0.is_null());
    let text = "limits_create: the request is larger than the limit of 1000 bytes";
    assert_eq!((refused.count(), refused.wait().error()), (1, text));
}

#[test]
fn as_many_requests_may_wait_as_the_limit_says() {
    let (host, gate) = (Host::new(), Gate::new());
    let blocked = Probe::new();
    host.submit("limits_block", to_bytes(&map([("gate", gate.0.into())])), blocked);
    gate.await_visitor();
    let waiting = [Probe::new(), Probe::new(), Probe::new()];
    assert_eq!(host.submit("limits_count", rows(1), waiting[0]), RET_OK);
    assert_eq!(host.submit_sizes(2, 3, waiting[1]), RET_OK);
    assert_eq!(host.submit("limits_count", rows(3), waiting[2]), RET_OK);
    for _ in 0..2 {
        let refused = [Probe::new(), Probe::new()];
        assert_eq!(host.submit("limits_count", rows(1), refused[0]), RET_ERR);
        assert_eq!(host.submit_sizes(0, 0, refused[1]), RET_ERR);
        let text = "limits_count: the queue is full with 3 requests";
        assert_eq!((refused[0].count(), refused[0].wait().error()), (1, text));
        let text = "limits_size: the queue is full with 3 requests";
        assert_eq!((refused[1].count(), refused[1].wait().error()), (1, text));
    }
    assert!(waiting.iter().all(|probe| !probe.has_fired()));
    drop(gate);
    blocked.wait().ok();
    assert_eq!(waiting[0].wait().value(), Value::from(1));
    assert_eq!(waiting[1].wait().ok(), 5_usize.to_ne_bytes());
    assert_eq!(waiting[2].wait().value(), Value::from(3));
    // Each that was taken left its place to another.
    for _ in 0..10 {
        let probe = Probe::new();
        assert_eq!(host.submit("limits_count", rows(2), probe), RET_OK);
        assert_eq!(probe.wait().value(), Value::from(2));
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_request_may_decode_to_as_much_as_the_limit() {
    let host = Host::new();
    for _ in 0..3 {
        let probe = Probe::new();
        assert_eq!(host.submit("limits_count", rows(ROWS), probe), RET_OK);
        assert_eq!(probe.wait().value(), Value::from(ROWS as u64));
        let probe = Probe::new();
        assert_eq!(host.submit("limits_count", rows(ROWS + 1), probe), RET_OK);
        let text = "limits_count: rows: the request decodes to more than the limit of 7744 bytes";
        assert_eq!(probe.wait().error(), text);
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_constructors_request_may_decode_to_as_much_as_the_limit() {
    let (host, created) = create(&rows(ROWS));
    created.wait().ok();
    assert_eq!(host.destroy(), RET_OK);
    let (none, refused) = create(&rows(ROWS + 1));
    assert!(none.0.is_null());
    let text = "limits_create: rows: the request decodes to more than the limit of 7744 bytes";
    assert_eq!((refused.count(), refused.wait().error()), (1, text));
}

#[test]
fn a_grace_of_any_length_holds_up_nothing() {
    for calls in 0..10 {
        let host = Host::new();
        let probes: Vec<_> = (0..calls % 4).map(|_| Probe::new()).collect();
        assert!(probes.iter().all(|probe| host.submit("limits_count", rows(1), probe) == RET_OK));
        assert_eq!(host.destroy(), RET_OK);
        assert!(probes.iter().all(|probe| probe.count() == 1 && probe.wait().value() == Value::from(1)));
    }
}

#[test]
fn what_is_read_natively_is_charged_for_its_blocks() {
    // In C nine bytes each, of which a request may have 1,000; in memory a block each, and their list's.
    let count = |boxes: usize, probe: &'static Probe| {
        let number = 1_u8;
        let pointers = vec![&raw const number; boxes];
        let list = List { ptr: pointers.as_ptr().cast(), len: boxes };
        // SAFETY: all is readable during the call, and the probe lives for ever.
        unsafe { symbols::tiny_count(Some(crate::common::record), probe.user_data(), list) }
    };
    let block = |bytes: usize| (bytes + size_of::<usize>()).next_multiple_of(16).max(4 * size_of::<usize>()) + 16;
    let takes = |boxes: usize| boxes * block(1) + block(boxes * size_of::<usize>());
    let most = (1..).find(|&boxes| takes(boxes + 1) > 1_000).expect("there is one");
    let (whole, over) = (Probe::new(), Probe::new());
    assert_eq!((count(most, whole), count(most + 1, over)), (RET_OK, RET_ERR));
    let refused = over.wait();
    let error = refused.error();
    assert!(error.ends_with("the request decodes to more than the limit of 1000 bytes"), "{error}");
}
