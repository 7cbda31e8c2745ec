//! What comes out natively is zero where it holds nothing: absent options, empty lists, padding.

use crate::common::{Answer, Host, Probe, record};
use ffi_runtime::{FfiCallback, PodText, RET_OK};
use std::ffi::{c_char, c_int, c_void};

/// An absent or present value, as C passes it.
#[repr(C)]
#[derive(Clone, Copy)]
struct Maybe<T> {
    present: c_int,
    value: T,
}

/// A list, as C passes it.
#[repr(C)]
#[derive(Clone, Copy)]
struct List<T> {
    ptr: *const T,
    len: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: Maybe<f64>,
}

unsafe extern "C" {
    fn every_give_option_i64(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: Maybe<i64>) -> c_int;
    fn every_give_option_string(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: Maybe<PodText>) -> c_int;
    fn every_give_option_bytes(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: Maybe<List<u8>>) -> c_int;
    fn every_give_option_point(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: Maybe<Point>) -> c_int;
    fn every_give_option_box(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: Maybe<*const u8>) -> c_int;
    fn every_give_point(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: Point) -> c_int;
    fn every_give_list_i32(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: List<i32>) -> c_int;
    fn every_give_list_string(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: List<PodText>) -> c_int;
    fn every_give_string(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: PodText) -> c_int;
}

/// Calls one of these with a value.
macro_rules! answer {
    ($host:ident, $function:ident, $value:expr) => {{
        let probe = Probe::new();
        // SAFETY: what the value says to be there is readable, and the probe lives for ever.
        assert_eq!(unsafe { $function($host.ctx(), Some(record), probe.user_data(), $value) }, RET_OK);
        probe.wait()
    }};
}

#[track_caller]
fn is_zero<T>(answer: &Answer) {
    assert_eq!(answer.ok(), vec![0; size_of::<T>()]);
}

#[test]
fn an_absent_value_is_not_read_and_comes_out_as_zero() {
    let host = Host::new();
    let nowhere = std::ptr::without_provenance::<c_char>(1);
    is_zero::<Maybe<i64>>(&answer!(host, every_give_option_i64, Maybe { present: 0, value: -1 }));
    let text = PodText { ptr: nowhere, len: usize::MAX };
    is_zero::<Maybe<PodText>>(&answer!(host, every_give_option_string, Maybe { present: 0, value: text }));
    let list = List { ptr: nowhere.cast(), len: usize::MAX };
    is_zero::<Maybe<List<u8>>>(&answer!(host, every_give_option_bytes, Maybe { present: 0, value: list }));
    let point = Point { x: -1.5, y: Maybe { present: 1, value: 2.5 } };
    is_zero::<Maybe<Point>>(&answer!(host, every_give_option_point, Maybe { present: 0, value: point }));
    is_zero::<Maybe<*const u8>>(&answer!(host, every_give_option_box, Maybe { present: 0, value: nowhere.cast() }));
    // One inside of a record.
    let inner = answer!(host, every_give_point, Point { x: 0.0, y: Maybe { present: 0, value: 7.0 } });
    is_zero::<Point>(&inner);
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn an_empty_list_comes_out_as_null_and_null_is_the_empty_text() {
    let host = Host::new();
    let number = 1_i32;
    for ptr in [std::ptr::null(), &raw const number] {
        is_zero::<List<i32>>(&answer!(host, every_give_list_i32, List { ptr, len: 0 }));
    }
    let null = PodText { ptr: std::ptr::null(), len: 0 };
    assert_eq!(answer!(host, every_give_string, null).ok(), b"");
    assert_eq!(answer!(host, every_give_string, PodText { len: 0, ..PodText::of("unread") }).ok(), b"");
    let texts = [null, PodText::of("x"), PodText::of("\0y\0")];
    let probe = Probe::new();
    let list = List { ptr: texts.as_ptr(), len: 3 };
    // SAFETY: the texts are readable, and the lengths live for ever.
    let ret = unsafe { every_give_list_string(host.ctx(), Some(hear_texts), probe.user_data(), list) };
    assert_eq!((ret, probe.wait().ok()), (RET_OK, &b"|x|\0y\0|"[..]));
    assert_eq!(host.destroy(), RET_OK);
}

/// Passes the texts of a list on to a probe, each with a bar behind it.
unsafe extern "C-unwind" fn hear_texts(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    assert_eq!((ret, len), (RET_OK, size_of::<List<PodText>>()));
    // SAFETY: the result is the C form of a list of texts.
    let list = unsafe { msg.cast::<List<PodText>>().read() };
    // SAFETY: it is readable until this returns.
    let texts = unsafe { std::slice::from_raw_parts(list.ptr, list.len) };
    let mut told = Vec::new();
    for &text in texts {
        // SAFETY: a text that comes out has as many bytes, a NUL behind them, and is never NULL.
        let bytes = unsafe { std::slice::from_raw_parts(text.ptr.cast::<u8>(), text.len + 1) };
        assert_eq!(bytes.last(), Some(&0));
        told.extend(&bytes[..text.len]);
        told.push(b'|');
    }
    // SAFETY: the bytes are readable, and the probe was passed on.
    unsafe { record(ret, told.as_ptr().cast(), told.len(), user_data) };
}

/// A tree of so many levels, each a record and a list.
fn tree(levels: u32) -> every::everything::Tree {
    let children = if levels > 1 { vec![tree(levels - 1)] } else { Vec::new() };
    every::everything::Tree { value: 0, children }
}

#[test]
fn lists_and_records_out_nest_as_deep_natively_as_on_the_wire() {
    for levels in 1..70 {
        let is_within = 2 * levels <= ffi_runtime::MAX_NESTING;
        assert_eq!(ffi_runtime::to_pod(tree(levels)).is_ok(), is_within, "{levels} levels natively");
        assert_eq!(ffi_runtime::to_cbor(&tree(levels)).is_ok(), is_within, "{levels} levels on the wire");
    }
}
