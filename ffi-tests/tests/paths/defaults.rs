//! The limits of a library that asks for none hold as the contract says: 65,536 calls, 64 MiB of a
//! request, 256 MiB of what it decodes to, 5 s of grace.

use crate::common::gate::{Gate, pass};
use crate::common::{Probe, map, record, to_bytes};
use ciborium::Value;
use ffi_runtime::{ErrorKind, FfiCallback, RET_ERR, RET_OK, RequestBytes, ffi};
use std::ffi::{c_int, c_void};
use std::time::{Duration, Instant};

/// A library with the usual limits.
#[ffi(library = "usual")]
struct Usual;

/// A byte on the wire, 128 in memory.
#[ffi]
struct Row {
    a: Option<u64>,
    b: Option<u64>,
    c: Option<u64>,
    d: Option<u64>,
    e: Option<u64>,
    f: Option<u64>,
    g: Option<u64>,
    h: Option<u64>,
}

/// As many rows as fill the budget.
const ROWS: usize = (128 << 20) / 128;

const _: () = assert!(size_of::<Row>() == 128);

#[ffi(ctor, library = "usual")]
fn usual_create() -> Usual {
    Usual
}

/// Blocks the worker until the gate is open.
#[ffi(library = "usual")]
fn usual_block(_usual: &Usual, gate: u64) {
    pass(gate);
}

/// Never answers by itself.
#[ffi(library = "usual")]
async fn usual_wait(_usual: &Usual) {
    std::future::pending::<()>().await;
}

/// How many were given.
#[ffi(library = "usual")]
fn usual_count(_usual: &Usual, rows: Vec<Row>) -> usize {
    rows.len()
}

/// Takes nothing.
#[ffi(library = "usual")]
fn usual_nothing(_usual: &Usual) {}

#[ffi(dtor, library = "usual")]
fn usual_destroy(_usual: Usual) {}

mod symbols {
    use super::{FfiCallback, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn usual_create(cb: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn usual_destroy(ctx: *mut c_void) -> c_int;
    }
}

struct Host(*mut c_void);

impl Host {
    fn new() -> Self {
        let created = Probe::new();
        // SAFETY: the probe lives for ever.
        let ctx = unsafe { symbols::usual_create(Some(record), created.user_data()) };
        created.wait().ok();
        Self(ctx)
    }

    fn submit(&self, function: &str, request: Vec<u8>, probe: &'static Probe) -> c_int {
        let (data, request) = (probe.user_data(), RequestBytes::Owned(request));
        // SAFETY: the probe lives for ever.
        unsafe { ffi_runtime::call_bytes::<Usual>(self.0, function, Some(record), data, request) }
    }

    fn destroy(&self) -> c_int {
        // SAFETY: any handle may be destroyed.
        unsafe { symbols::usual_destroy(self.0) }
    }
}

#[test]
fn a_queue_holds_65536_calls() {
    let (host, gate) = (Host::new(), Gate::new());
    host.submit("usual_block", to_bytes(&map([("gate", gate.0.into())])), Probe::new());
    gate.await_visitor();
    let last = Probe::new();
    for _ in 0..65_536 {
        assert_eq!(host.submit("usual_nothing", Vec::new(), last), RET_OK);
    }
    let refused = Probe::new();
    assert_eq!(host.submit("usual_nothing", Vec::new(), refused), RET_ERR);
    assert_eq!(refused.wait().error_of(ErrorKind::QueueFull), "usual_nothing: the queue is full with 65536 requests");
    drop(gate);
    assert_eq!((host.destroy(), last.count()), (RET_OK, 65_536));
}

#[test]
fn a_request_may_have_64_mib() {
    const LIMIT: usize = 64 << 20;
    let host = Host::new();
    // A key that the function does not know.
    let request = |len: usize| {
        let with = |pad: usize| to_bytes(&map([("pad", Value::Bytes(vec![0; pad]))]));
        let request = with(2 * len - with(len).len());
        assert_eq!(request.len(), len);
        request
    };
    let (whole, over) = (Probe::new(), Probe::new());
    assert_eq!(host.submit("usual_nothing", request(LIMIT), whole), RET_OK);
    whole.wait().ok();
    assert_eq!(host.submit("usual_nothing", request(LIMIT + 1), over), RET_ERR);
    assert_eq!(over.wait().error(), "usual_nothing: the request is larger than the limit of 67108864 bytes");
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_request_may_decode_to_256_mib() {
    let host = Host::new();
    let rows = |count: usize| {
        let mut bytes = b"\xa1\x64rows\x9a".to_vec();
        bytes.extend(u32::try_from(count).expect("small").to_be_bytes());
        bytes.extend(vec![0xa0; count]);
        bytes
    };
    let (whole, over) = (Probe::new(), Probe::new());
    assert_eq!(host.submit("usual_count", rows(ROWS), whole), RET_OK);
    assert_eq!(whole.wait().value(), Value::from(ROWS as u64));
    assert_eq!(host.submit("usual_count", rows(ROWS + 1), over), RET_OK);
    let text = "usual_count: rows: the request decodes to more than the limit of 268435456 bytes";
    assert_eq!(over.wait().error(), text);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn the_grace_is_five_seconds() {
    let host = Host::new();
    let waiting = Probe::new();
    assert_eq!(host.submit("usual_wait", Vec::new(), waiting), RET_OK);
    let start = Instant::now();
    assert_eq!(host.destroy(), RET_OK);
    let took = start.elapsed();
    assert!(took >= Duration::from_secs(5) && took < Duration::from_millis(6_500), "{took:?}");
    assert_eq!((waiting.count(), waiting.wait().error()), (1, "cancelled"));
}
