//! Errors that cross with their fields or their variant, beside their text.

use crate::common::{Host, Probe, map, record, to_bytes};
use ciborium::Value;
use every::everything::Level;
use ffi_runtime::{ErrorKind, FfiCallback, PodList, PodOption, PodText, RET_FAILURE, RET_OK};
use std::ffi::{c_int, c_void};
use std::mem::MaybeUninit;

unsafe extern "C" {
    fn every_find(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, name: PodText) -> c_int;
    fn every_trouble_later(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, it: PodOption<i32>) -> c_int;
    fn every_store_here(callback: FfiCallback, data: *mut c_void, text: PodText) -> c_int;
    fn every_print(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void, block: *const BlockPod) -> c_int;
    fn every_store_detached(callback: FfiCallback, data: *mut c_void, text: PodText) -> c_int;
}

/// `every_failure_Missing`, as C has it.
#[repr(C)]
struct MissingFailure {
    message: PodText,
    looked_for: PodText,
    beside: PodList<Point>,
    level: PodOption<i32>,
    cause: PodText,
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: PodOption<f64>,
}

/// `every_failure_Trouble` and `every_failure_Storage`.
#[repr(C)]
struct VariantFailure {
    message: PodText,
    error: i32,
}

/// `every_Block`, as far as it is given here.
#[repr(C)]
struct BlockPod {
    tag: i32,
    paragraph: PodText,
    rest: [u64; 4],
}

/// `every_failure_Misprint`, with what each variant holds.
#[repr(C)]
struct MisprintFailure {
    message: PodText,
    tag: i32,
    held: Misprint,
}

#[repr(C)]
union Misprint {
    too_large: (u32, i32),
    jammed: Jammed,
    unreadable: PodText,
    lost: [PodText; 2],
    bytes: [u8; 64],
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Jammed {
    at: u8,
    sign: PodOption<SignPod>,
}

#[repr(C, align(8))]
#[derive(Clone, Copy)]
struct SignPod {
    tag: i32,
    /// Up to where the union is aligned to.
    padding: i32,
    plus: [u8; 8],
}

fn pod(text: &'static str) -> PodText {
    PodText { ptr: text.as_ptr().cast(), len: text.len() }
}

/// The value of an option that is present.
fn value<T: Copy>(option: &PodOption<T>) -> T {
    // SAFETY: what the library writes has no byte that was not written.
    unsafe { option.value.assume_init() }
}

/// # Safety
/// The text must be valid.
unsafe fn text(text: &PodText) -> &str {
    // SAFETY: the caller's promise.
    let bytes = unsafe { std::slice::from_raw_parts(text.ptr.cast::<u8>(), text.len + 1) };
    assert_eq!(bytes[text.len], 0, "a NUL follows a text");
    std::str::from_utf8(&bytes[..text.len]).expect("UTF-8")
}

/// Calls natively, and sees what the callback is given while it is there.
fn natively<T: 'static>(see: fn(&T), call: impl FnOnce(FfiCallback, *mut c_void) -> c_int) {
    let probe = Probe::with(move |answer| {
        assert_eq!((answer.ret, answer.bytes.len()), (RET_FAILURE, size_of::<T>()));
        // SAFETY: the message of such an answer is the failure, which is seen where it stands.
        see(unsafe { &*std::ptr::with_exposed_provenance::<T>(answer.at) });
    });
    assert_eq!(call(Some(record), probe.user_data()), RET_OK);
    probe.wait();
    assert_eq!(probe.count(), 1);
}

fn see_storage(failure: &VariantFailure, message: &str, error: i32) {
    // SAFETY: the failure is there until its callback returns.
    assert_eq!((unsafe { text(&failure.message) }, failure.error), (message, error));
}

#[test]
fn natively_an_error_is_a_struct_with_its_text_and_itself() {
    let host = Host::new();
    let see = |failure: &MissingFailure| {
        // SAFETY: the failure is there until its callback returns; so it is below.
        let near = unsafe { std::slice::from_raw_parts(failure.beside.ptr, failure.beside.len) };
        let [Point { x, y }] = near else { panic!("{} are near", near.len()) };
        assert_eq!((*x, y.present, value(y)), (1.5, 1, -2.0));
        assert_eq!((failure.level.present, value(&failure.level)), (1, Level::Next as i32));
        let texts = [&failure.message, &failure.looked_for, &failure.cause];
        // SAFETY: as said.
        let texts = texts.map(|it| unsafe { text(it) });
        assert_eq!(texts, ["there is no a\0b", "a\0b", "invalid float literal"]);
    };
    // SAFETY: the text and the probe are there for long enough; so they are in every block below.
    natively(see, |callback, data| unsafe { every_find(host.ctx(), callback, data, pod("a\0b")) });
    for (trouble, message) in [(3, "busy: come back later"), (-1, "cancelled")] {
        let it = PodOption { present: 1, value: MaybeUninit::new(trouble) };
        let see: fn(&VariantFailure) = match trouble {
            3 => |failure| see_storage(failure, "busy: come back later", 3),
            _ => |failure| see_storage(failure, "cancelled", -1),
        };
        // SAFETY: as said.
        natively(see, |callback, data| unsafe { every_trouble_later(host.ctx(), callback, data, it) });
        let answer =
            host.call("every_trouble_later", &map([("trouble", if trouble == 3 { "Busy" } else { "gone" }.into())]));
        assert_eq!(failure(&answer.failure()), (message.to_owned(), if trouble == 3 { "Busy" } else { "gone" }.into()));
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn a_flat_error_is_its_variant_here_and_on_a_worker_of_no_context() {
    let cases = [
        ("", (|it| see_storage(it, "unknown error", 29)) as fn(&VariantFailure)),
        ("12345", |it| see_storage(it, "only 4 bytes are left", 0)),
        ("123456", |it| see_storage(it, "it is broken", 28)),
    ];
    for (stored, see) in cases {
        // SAFETY: the text and the probe are there for long enough.
        natively(see, |callback, data| unsafe { every_store_here(callback, data, pod(stored)) });
        // SAFETY: as above.
        natively(see, |callback, data| unsafe { every_store_detached(callback, data, pod(stored)) });
    }
}

/// The text and the error of a failure on the wire.
fn failure(value: &Value) -> (String, Value) {
    let Value::Map(entries) = value else { panic!("{value:?}") };
    let [(Value::Text(first), Value::Text(message)), (Value::Text(second), error)] = &entries[..] else {
        panic!("{value:?}")
    };
    assert_eq!((first.as_str(), second.as_str()), ("message", "error"));
    (message.clone(), error.clone())
}

#[test]
fn on_the_wire_an_error_is_a_map_of_its_text_and_itself() {
    let host = Host::new();
    let answer = host.call("every_find", &map([("name", "nothing".into())]));
    let point = map([("x", 1.5.into()), ("y", (-2.0).into())]);
    let missing = map([
        ("lookedFor", "nothing".into()),
        ("beside", Value::Array(vec![point])),
        ("level", "Next".into()),
        ("cause", "invalid float literal".into()),
    ]);
    assert_eq!(failure(&answer.failure()), ("there is no nothing".to_owned(), missing));
    host.call("every_find", &map([("name", "1.5".into())])).ok();
    host.call("every_trouble_later", &map([("trouble", Value::Null)])).ok();
    for (function, stored, message, error) in [
        ("every_store_here", "12345", "only 4 bytes are left", "Full"),
        ("every_store_detached", "123456", "it is broken", "Broken"),
        ("every_store_detached", "", "unknown error", "Unknown"),
    ] {
        let answer = host.call(function, &map([("text", stored.into())]));
        assert_eq!(failure(&answer.failure()), (message.to_owned(), error.into()));
    }
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn natively_an_error_with_data_is_its_tag_and_what_the_variant_holds() {
    let host = Host::new();
    let block = |tag, paragraph| BlockPod { tag, paragraph, rest: [0; 4] };
    let print = |block: BlockPod, see: fn(&MisprintFailure)| {
        // SAFETY: the block is there for the call, the probe for ever.
        natively(see, |callback, data| unsafe { every_print(host.ctx(), callback, data, &raw const block) });
    };
    print(block(0, pod("")), |failure| {
        // SAFETY: the failure is there until its callback returns; so it is in every block below, where the tag says what
        // the union holds.
        assert_eq!((unsafe { text(&failure.message) }, failure.tag), ("there is no paper", 0));
        // SAFETY: as said.
        assert!(unsafe { failure.held.bytes }.iter().all(|&byte| byte == 0));
    });
    print(block(1, pod("none")), |failure| {
        // SAFETY: as said.
        assert_eq!((unsafe { text(&failure.message) }, failure.tag), ("a number cannot be read", 3));
        // SAFETY: as said.
        let cause = unsafe { &failure.held.unreadable };
        // SAFETY: as said.
        assert_eq!(unsafe { text(cause) }, "invalid float literal");
    });
    print(block(6, PodText { ptr: std::ptr::null(), len: 0 }), |failure| {
        assert_eq!(failure.tag, 4);
        // SAFETY: as said.
        let [place, cause] = unsafe { &failure.held.lost };
        // SAFETY: as said.
        assert_eq!([place, cause].map(|it| unsafe { text(it) }), ["the drawer", "moved"]);
    });
    // `Signed(Plus(5))`: a tag and a byte behind the block's tag.
    let signed = PodText { ptr: std::ptr::without_provenance(1), len: 5 };
    print(block(8, signed), |failure| {
        // SAFETY: as said.
        let jammed = unsafe { failure.held.jammed };
        assert_eq!((failure.tag, jammed.at, jammed.sign.present), (2, 7, 1));
        let sign = value(&jammed.sign);
        assert_eq!((sign.tag, sign.plus), (1, [5, 0, 0, 0, 0, 0, 0, 0]));
    });
    print(block(4, PodText { ptr: (&raw const RULE).cast(), len: 0 }), |failure| {
        // SAFETY: as said.
        assert_eq!((unsafe { text(&failure.message) }, failure.tag), ("wider than 80", 1));
        // SAFETY: as said. The block stands behind the number, aligned to eight bytes.
        assert_eq!(unsafe { failure.held.too_large.0 }, 80);
    });
    assert_eq!(host.destroy(), RET_OK);
}

/// A block that holds nothing.
static RULE: [u64; 7] = [0; 7];

#[test]
fn on_the_wire_an_error_with_data_is_its_name_or_a_map_of_it() {
    let host = Host::new();
    let of = |variant: &str, held: Value| map([(variant, held)]);
    for (block, message, error) in [
        ("Rule".into(), "there is no paper", "NoPaper".into()),
        (of("Paragraph", "x".into()), "a number cannot be read", of("Unreadable", "invalid float literal".into())),
        (
            of("Planted", map([("value", 1.into()), ("children", Value::Array(Vec::new()))])),
            "jammed at 8",
            of("Jammed", Value::Array(vec![8.into(), Value::Null])),
        ),
        (of("Signed", "Without".into()), "jammed at 7", of("Jammed", Value::Array(vec![7.into(), "Without".into()]))),
        (
            of("image", Value::Bytes(Vec::new())),
            "the drawer is lost",
            of("Lost", map([("place", "the drawer".into()), ("cause", "moved".into())])),
        ),
        (
            of("Quote", "Rule".into()),
            "wider than 80",
            of("TooLarge", map([("limit", 80.into()), ("block", of("Quote", "Rule".into()))])),
        ),
    ] {
        let answer = host.call("every_print", &map([("block", block)]));
        assert_eq!(failure(&answer.failure()), (message.to_owned(), error));
    }
    host.call("every_print", &map([("block", of("Paragraph", "7".into()))])).ok();
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn what_keeps_such_an_error_from_being_said_is_told_in_its_place() {
    let host = Host::new();
    let told = host.call("every_fail_typed_unspeakably", &map([]));
    assert!(told.error_of(ErrorKind::Panicked).starts_with("every_fail_typed_unspeakably panicked: 7 cannot be said"));
    let (refused, request) = (Probe::new(), to_bytes(&map([])));
    host.submit("every_find", &request, refused);
    refused.wait().error_of(ErrorKind::BadRequest);
    assert_eq!(host.destroy(), RET_OK);
}
