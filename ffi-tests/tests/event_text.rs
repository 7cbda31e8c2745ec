//! Two libraries of one crate with two forms of text: an event reaches a listener in the form of the library that it is
//! fired in, though its declaration names neither.

use ffi_runtime::{ByLength, FfiCallback, Mirrored, NulTerminated, RET_ERR, RET_OK, TextForm, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::ptr::null_mut;
use std::sync::mpsc::{Receiver, Sender, channel};

/// The payload of both events.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
struct Word {
    text: String,
    also: Option<String>,
    number: u8,
}

macro_rules! library {
    ($module:ident, $name:literal, ($($text:tt)*), $create:ident, $destroy:ident, $say:ident, $add:ident, $said:literal) => {
        mod $module {
            use super::*;

            #[ffi(library = $name $($text)*)]
            pub(super) struct State;

            #[ffi(event = $said, library = $name)]
            fn on_said(word: Word);

            #[ffi(ctor, library = $name $($text)*)]
            fn $create() -> State {
                State
            }

            #[ffi(library = $name $($text)*)]
            fn $say(_state: &State, word: Word) {
                on_said(word);
            }

            #[ffi(dtor, library = $name $($text)*)]
            fn $destroy(_state: State) {}

            pub(super) mod symbols {
                use super::*;

                unsafe extern "C" {
                    pub(in super::super) fn $create(cb: FfiCallback, data: *mut c_void) -> *mut c_void;
                    pub(in super::super) safe fn $destroy(ctx: *mut c_void) -> c_int;
                    pub(in super::super) fn $add(ctx: *mut c_void, event: *const c_char, cb: FfiCallback, data: *mut c_void) -> u64;
                }
            }
        }
    };
}

library!(worded, "worded", (), worded_create, worded_destroy, worded_say, worded_ffi_add_event_listener, "on_worded");
library!(
    spelled,
    "spelled",
    (, text = "c"),
    spelled_create,
    spelled_destroy,
    spelled_say,
    spelled_ffi_add_event_listener,
    "on_spelled"
);

/// A payload that a listener received, or the text of an error.
type Heard = Result<Word, String>;

unsafe extern "C-unwind" fn hear<F: TextForm>(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    // SAFETY: each listener below is given a sender that lives for ever.
    let heard = unsafe { &*data.cast::<Sender<Heard>>() };
    let word = if ret == RET_OK {
        // SAFETY: the payload is a word.
        Ok(unsafe { Mirrored::<Word, F>::read(msg.cast()) }.expect("a word"))
    } else {
        assert_eq!(ret, RET_ERR);
        // SAFETY: an error is a text.
        Err(String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(msg.cast(), len) }).into_owned())
    };
    heard.send(word).expect("somebody listens");
}

unsafe extern "C-unwind" fn ignore(_ret: c_int, _msg: *const c_char, _len: usize, _data: *mut c_void) {}

fn sender() -> (*mut c_void, Receiver<Heard>) {
    let (sender, receiver) = channel::<Heard>();
    (std::ptr::from_mut(Box::leak(Box::new(sender))).cast(), receiver)
}

fn word(text: &str) -> Word {
    Word { text: text.to_owned(), also: Some(text.to_owned()), number: 7 }
}

/// Has a library say a word over CBOR, which holds any.
fn say<S: ffi_runtime::Library>(ctx: *mut c_void, function: &str, text: &str) {
    let mut request = b"\xa1\x64word".to_vec();
    request.extend(ffi_runtime::to_cbor(&word(text)).expect("it has a form on the wire"));
    let bytes = ffi_runtime::RequestBytes::Owned(request);
    // SAFETY: the callback takes anything.
    let ret = unsafe { ffi_runtime::call_bytes::<S>(ctx, function, Some(ignore), null_mut(), bytes) };
    assert_eq!(ret, RET_OK);
}

#[test]
fn an_event_has_the_form_of_text_of_the_library_it_is_fired_in() {
    let (by_length, worded) = sender();
    // SAFETY: the callbacks take what they are given.
    let ctx = unsafe { worded::symbols::worded_create(Some(ignore), null_mut()) };
    let name = c"on_worded".as_ptr();
    // SAFETY: as above, and the name ends with a NUL.
    let id = unsafe { worded::symbols::worded_ffi_add_event_listener(ctx, name, Some(hear::<ByLength>), by_length) };
    assert_ne!(id, 0);
    for text in ["", "whole", "a\0b"] {
        say::<worded::State>(ctx, "worded_say", text);
        assert_eq!(worded.recv(), Ok(Ok(word(text))));
    }
    assert_eq!(worded::symbols::worded_destroy(ctx), RET_OK);

    let (in_c, spelled) = sender();
    // SAFETY: as above.
    let ctx = unsafe { spelled::symbols::spelled_create(Some(ignore), null_mut()) };
    let name = c"on_spelled".as_ptr();
    // SAFETY: as above.
    let id = unsafe { spelled::symbols::spelled_ffi_add_event_listener(ctx, name, Some(hear::<NulTerminated>), in_c) };
    assert_ne!(id, 0);
    for text in ["", "whole"] {
        say::<spelled::State>(ctx, "spelled_say", text);
        assert_eq!(spelled.recv(), Ok(Ok(word(text))));
    }
    say::<spelled::State>(ctx, "spelled_say", "a\0b");
    let fault = "on_spelled: text: the string has a NUL at byte 1, where C would end it";
    assert_eq!(spelled.recv(), Ok(Err(fault.to_owned())));
    assert_eq!(spelled::symbols::spelled_destroy(ctx), RET_OK);
}
