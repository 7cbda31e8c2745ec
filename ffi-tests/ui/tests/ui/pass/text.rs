//! The form of text is a library's, and not a type's: one crosses in libraries of both kinds.

use ffi_runtime::schema::{Library, Shape, Text};
use ffi_runtime::{ByLength, FfiCallback, FfiType, Mirrored, NulTerminated, PodText, RET_OK, ffi};
use std::ffi::{CStr, c_char, c_int, c_void};

/// A text in a record.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub text: String,
    pub others: Vec<Option<String>>,
    pub number: u8,
}

#[ffi(library = "long")]
pub struct Long;

#[ffi(library = "short", text = "c")]
pub struct Short;

#[ffi(library = "long")]
fn long_same(label: Label) -> Label {
    label
}

#[ffi(library = "short", text = "c")]
fn short_same(label: Label) -> Label {
    label
}

#[ffi(library = "short", text = "c")]
fn short_text(text: String) -> String {
    text
}

#[ffi(library = "long")]
fn long_text(text: String) -> String {
    text
}

type LongLabel = <Label as FfiType>::Pod<ByLength>;
type ShortLabel = <Label as FfiType>::Pod<NulTerminated>;

mod symbols {
    use super::*;

    unsafe extern "C" {
        pub fn long_ffi_schema(len: *mut usize) -> *const u8;
        pub fn short_ffi_schema(len: *mut usize) -> *const u8;
        pub fn long_same(callback: FfiCallback, data: *mut c_void, label: LongLabel) -> c_int;
        pub fn short_same(callback: FfiCallback, data: *mut c_void, label: ShortLabel) -> c_int;
        pub fn long_text(callback: FfiCallback, data: *mut c_void, text: PodText) -> c_int;
        pub fn short_text(callback: FfiCallback, data: *mut c_void, text: *const c_char) -> c_int;
    }
}

fn schema(read: unsafe extern "C" fn(*mut usize) -> *const u8) -> Library {
    let mut len = 0;
    // SAFETY: the length is writable.
    let bytes = unsafe { read(&raw mut len) };
    // SAFETY: the schema is static memory.
    Library::from_cbor(unsafe { std::slice::from_raw_parts(bytes, len) }).unwrap()
}

/// What an answer was.
#[derive(Default)]
struct Heard(Vec<Result<Label, String>>);

unsafe extern "C-unwind" fn hear_long(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    let label = (ret == RET_OK).then(|| {
        assert_eq!(len, size_of::<LongLabel>());
        // SAFETY: the answer is a label.
        unsafe { Mirrored::<Label, ByLength>::read(msg.cast()) }.unwrap()
    });
    hear(label, msg, len, data);
}

unsafe extern "C-unwind" fn hear_short(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    let label = (ret == RET_OK).then(|| {
        assert_eq!(len, size_of::<ShortLabel>());
        // SAFETY: as above.
        unsafe { Mirrored::<Label, NulTerminated>::read(msg.cast()) }.unwrap()
    });
    hear(label, msg, len, data);
}

fn hear(label: Option<Label>, msg: *const c_char, len: usize, data: *mut c_void) {
    // SAFETY: each call below passes what it hears with.
    let heard = unsafe { &mut *data.cast::<Heard>() };
    // SAFETY: an error is a text.
    let error = || String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(msg.cast(), len) }).into_owned();
    heard.0.push(label.ok_or_else(error));
}

/// Keeps the bytes of a text.
unsafe extern "C-unwind" fn keep(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    assert_eq!(ret, RET_OK);
    // SAFETY: the answer is a text with a NUL behind it.
    let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len + 1) };
    // SAFETY: each call below passes a vector.
    unsafe { &mut *data.cast::<Vec<u8>>() }.extend(bytes);
}

fn label(text: &str) -> Label {
    Label { text: text.to_owned(), others: vec![None, Some(String::new()), Some(text.to_owned())], number: 7 }
}

fn main() {
    let (long, short) = (schema(symbols::long_ffi_schema), schema(symbols::short_ffi_schema));
    assert_eq!((long.options.text, short.options.text), (Text::ByLength, Text::C));
    let [in_long, in_short] = [&long, &short].map(|library| library.type_named("Label").unwrap());
    assert_eq!((in_long.size, in_short.size), (size_of::<LongLabel>() as u64, size_of::<ShortLabel>() as u64));
    assert_eq!((in_long.size, in_short.size), (40, 32));
    assert_ne!(in_long.fingerprint.native, in_short.fingerprint.native);
    assert_eq!(in_long.fingerprint.wire, in_short.fingerprint.wire);
    let offsets = |shape: &Shape| shape.fields().map(|field| field.offset).collect::<Vec<_>>();
    assert_eq!((offsets(&in_long.shape), offsets(&in_short.shape)), (vec![0, 16, 32], vec![0, 8, 24]));

    for text in ["", "a text", "\0", "in\0side"] {
        let mut heard = Heard::default();
        let data: *mut c_void = (&raw mut heard).cast();
        let mirrored = Mirrored::<_, ByLength>::new(label(text)).unwrap();
        // SAFETY: the mirror lives until the call has returned, and the callback takes such data.
        unsafe { symbols::long_same(Some(hear_long), data, mirrored.as_ptr().read()) };
        assert_eq!(heard.0, [Ok(label(text))]);
        match Mirrored::<_, NulTerminated>::new(label(text)) {
            Err(fault) => assert!(text.contains('\0') && fault.to_string().starts_with("text: the string has a NUL")),
            Ok(mirrored) => {
                // SAFETY: as above.
                unsafe { symbols::short_same(Some(hear_short), data, mirrored.as_ptr().read()) };
                assert_eq!(heard.0[1..], [Ok(label(text))]);
            }
        }
    }

    let mut kept = Vec::<u8>::new();
    let data: *mut c_void = (&raw mut kept).cast();
    // SAFETY: the texts are readable, and the callback takes such data.
    unsafe { symbols::long_text(Some(keep), data, PodText { len: 4, ..PodText::of("a\0b\0cut") }) };
    // SAFETY: as above.
    unsafe { symbols::short_text(Some(keep), data, c"to the NUL".as_ptr()) };
    assert_eq!(kept, b"a\0b\0\0to the NUL\0");
    // SAFETY: there is a NUL behind the whole.
    assert_eq!(unsafe { CStr::from_ptr(kept.as_ptr().cast()) }, c"a");
}
