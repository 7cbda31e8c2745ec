//! Functions by name, and requests for them.

use crate::bytes::Bytes;
use every::everything::{Everything, Level};
use ffi_runtime::to_cbor;
use std::ffi::CStr;

/// What a parameter is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Blob,
    Flag,
    Fate,
    Level,
    Trouble,
    Grenade,
    Everything,
    /// A number that must stay small: milliseconds, and how many.
    Few,
}

use Kind::{Blob, Fate, Few, Flag, Grenade, Number, Text};

/// A function and its parameters.
pub(super) type Function = (&'static CStr, &'static [(&'static str, Kind)]);

/// Those that end within milliseconds. Not those that need a socket, nor those that leave a thread
/// behind.
pub(super) const EVERY_FUNCTIONS: &[Function] = &[
    (c"every_nothing", &[]),
    (c"every_give_i64", &[("value", Number)]),
    (c"every_give_string", &[("value", Text)]),
    (c"every_give_bytes", &[("value", Blob)]),
    (c"every_give_level", &[("value", Kind::Level)]),
    (c"every_give_option_string", &[("value", Text)]),
    (c"every_echo", &[("value", Kind::Everything)]),
    (c"every_echo_later", &[("value", Kind::Everything)]),
    (c"every_nothing_or_error", &[("fails", Flag)]),
    (c"every_storm", &[("number", Number), ("fate", Fate)]),
    (c"every_storm_later", &[("number", Number), ("fate", Fate)]),
    (c"every_add", &[("amount", Number)]),
    (c"every_add_slowly", &[("amount", Number), ("wait_ms", Few)]),
    (c"every_log_shared", &[("name", Text), ("wait_ms", Few)]),
    (c"every_log_exclusive", &[("name", Text), ("wait_ms", Few)]),
    (c"every_log_lightly", &[("name", Text), ("wait_ms", Few)]),
    (c"every_log", &[]),
    (c"every_leisurely", &[("value", Text)]),
    (c"every_hurry", &[("wait_ms", Few)]),
    (c"every_hurry_lightly", &[("wait_ms", Few)]),
    (c"every_block", &[("wait_ms", Few)]),
    (c"every_sleep", &[("wait_ms", Few)]),
    (c"every_sleep_lightly", &[("wait_ms", Few)]),
    (c"every_sleep_lightly_alone", &[("wait_ms", Few)]),
    (c"every_fail", &[("text", Text)]),
    (c"every_fail_caused", &[]),
    (c"every_fail_unspeakably", &[]),
    (c"every_panic", &[("text", Text)]),
    (c"every_panic_exclusive", &[]),
    (c"every_panic_later", &[("is_after", Flag)]),
    (c"every_panic_exclusive_later", &[]),
    (c"every_panic_with_number", &[]),
    (c"every_grenade", &[("value", Grenade)]),
    (c"every_drop_grenade", &[("value", Grenade)]),
    (c"every_labelled", &[("before", Text), ("after", Text)]),
    (c"every_text_with_nul", &[]),
    (c"every_deep", &[("levels", Few)]),
    (c"every_chain", &[("links", Few)]),
    (c"every_points", &[("count", Few)]),
    (c"every_fire_nothing", &[]),
    (c"every_fire_numbers", &[("from", Number), ("count", Few)]),
    (c"every_fire_numbers_slowly", &[("from", Number), ("count", Few), ("wait_ms", Few)]),
    (c"every_fire_numbers_exclusively", &[("from", Number), ("count", Few)]),
    (c"every_fire_text", &[("text", Text)]),
    (c"every_fire_text_with_nul", &[]),
    (c"every_fire_blob", &[("blob", Blob)]),
    (c"every_fire_level", &[("level", Kind::Level)]),
    (c"every_fire_everything", &[("everything", Kind::Everything)]),
    (c"every_fire_labelled", &[("label", Text)]),
    (c"every_fire_labelled_with_nul", &[]),
    (c"every_fire_elsewhere", &[("number", Number)]),
    (c"every_thread_name", &[]),
    (c"every_is_at_home", &[]),
    (c"every_name", &[]),
    (c"every_thread_here", &[]),
    (c"every_fail_here", &[("text", Text)]),
    (c"every_panic_here", &[("text", Text)]),
    (c"every_grenade_here", &[("value", Grenade)]),
    (c"every_drop_grenade_here", &[("value", Grenade)]),
    (c"every_labelled_here", &[("label", Text), ("is_cut", Flag)]),
    (c"every_echo_here", &[("value", Kind::Everything)]),
    (c"every_find", &[("name", Text)]),
    (c"every_trouble_later", &[("trouble", Kind::Trouble)]),
    (c"every_store_here", &[("text", Text)]),
    (c"every_fail_typed_unspeakably", &[]),
    (c"every_create", &[]),
    (c"every_divide", &[]),
    (c"no_such_function", &[]),
    (c"\xff", &[]),
    (c"", &[]),
];

/// Those that run on a worker that no context has. It lingers for a tenth of a second, for which only
/// programs wait that ask for it.
pub(super) const DETACHED_FUNCTIONS: &[Function] = &[
    (c"every_echo_detached", &[("value", Kind::Everything)]),
    (c"every_panic_detached", &[("text", Text)]),
    (c"every_store_detached", &[("text", Text)]),
];

/// Those of the library whose limits are near.
pub(super) const BRIEF_FUNCTIONS: &[Function] = &[
    (c"brief_give", &[("value", Number)]),
    (c"brief_give_text", &[("value", Text)]),
    (c"brief_wait", &[]),
    (c"brief_wait_lightly", &[]),
    (c"brief_hurry", &[]),
    (c"brief_hurry_lightly", &[]),
    (c"brief_race", &[("wait_ms", Few)]),
    (c"brief_block", &[("wait_ms", Few)]),
    (c"brief_fire", &[("count", Few)]),
    (c"brief_peek", &[("value", Number)]),
    (c"brief_peek_panicking", &[]),
    (c"brief_peek_later", &[("value", Number)]),
    (c"brief_peek_forever", &[]),
    (c"no_such_function", &[]),
];

/// A request, and the result that it asks for where that is known.
pub(super) struct Request {
    pub(super) bytes: Vec<u8>,
    pub(super) result: Option<Vec<u8>>,
}

/// A request for a function: mostly one that it takes.
pub(super) fn request((name, params): Function, bytes: &mut Bytes<'_>) -> Request {
    let is_raw = bytes.byte() > 0xe0;
    if is_raw && params.iter().all(|&(_, kind)| kind != Few) {
        let len = bytes.byte().into();
        return Request { bytes: bytes.take(len).to_vec(), result: None };
    }
    let mut request = vec![0xa0 | params.len() as u8];
    let mut last = Vec::new();
    for (param, kind) in params {
        request.extend(to_cbor(&(*param).to_owned()).expect("a text"));
        last = value(*kind, bytes);
        request.extend(&last);
    }
    let echoing = [&b"every_give_"[..], b"every_echo", b"brief_give", b"brief_peek"];
    let is_echo = echoing.iter().any(|it| name.to_bytes().starts_with(it));
    Request { bytes: request, result: is_echo.then_some(last) }
}

fn value(kind: Kind, bytes: &mut Bytes<'_>) -> Vec<u8> {
    let value = match kind {
        Kind::Number => to_cbor(&bytes.pick(&[0, 1, -1, 1000, i64::MIN, i64::MAX])),
        Kind::Text => to_cbor(&bytes.pick(&["", "a", "text \u{e9}", "panic"]).to_owned()),
        Kind::Blob => to_cbor(&vec![7_u8; bytes.byte().into()]),
        Kind::Flag => to_cbor(&bytes.pick(&[false, true])),
        Kind::Fate => to_cbor(&bytes.pick(&["Answers", "Fails", "Panics"]).to_owned()),
        Kind::Level => to_cbor(&bytes.pick(&[Level::Lowest, Level::Next, Level::Highest])),
        Kind::Trouble => to_cbor(&bytes.pick(&["Busy", "gone"]).to_owned()),
        Kind::Grenade => to_cbor(&every::misuse::Grenade { live: false }).map(|mut sent| {
            let live = bytes.pick(&[0xf4, 0xf5]);
            sent.splice(sent.len() - 1.., [live]);
            sent
        }),
        Kind::Everything => to_cbor(&Everything { string: "x".repeat(bytes.byte().into()), ..Everything::default() }),
        Kind::Few => to_cbor(&bytes.pick(&[0_u64, 1, 2])),
    };
    value.expect("a value")
}
