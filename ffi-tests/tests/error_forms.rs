//! Two libraries of one crate with two forms of text, of which every way to fail sends a typed error in the library's
//! own form: the constructor, a queued call, one that is tracked, and one on its caller's thread.

use ffi_runtime::{ErrorKind, FfiCallback, PodOption, PodText, RET_ERR, RET_FAILURE, RET_OK, ffi};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::MaybeUninit;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use std::{fmt, thread};

/// Why there is no context.
#[ffi(error)]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Absent {
    Ill = 4,
    Away = -1,
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Ill { "it is ill" } else { "it is\0away" })
    }
}

/// Why nothing was said.
#[ffi(error)]
#[derive(Clone, Debug, PartialEq)]
struct Unsaid {
    text: String,
    number: u8,
}

impl fmt::Display for Unsaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not said", self.number)
    }
}

/// As libraries have it.
type Said<E = Unsaid> = Result<u8, E>;

fn said(text: &str, number: u8) -> Said {
    Err(Unsaid { text: text.to_owned(), number })
}

macro_rules! library {
    ($module:ident, $name:literal, ($($text:tt)*), $pod:ty, $create:ident, $destroy:ident, $say:ident,
     $say_here:ident, $say_soon:ident, $spell:ident) => {
        mod $module {
            use super::*;

            #[ffi(library = $name, shared $($text)*)]
            pub(super) struct State;

            /// Constructs slowly, so that calls wait behind it.
            #[ffi(ctor, library = $name $($text)*)]
            async fn $create(absent: Option<Absent>) -> Result<State, Absent> {
                thread::sleep(Duration::from_millis(50));
                absent.map_or(Ok(State), Err)
            }

            #[ffi(library = $name $($text)*)]
            fn $say(_state: &State, number: u8) -> Said {
                said("whole", number)
            }

            #[ffi(inline, library = $name $($text)*)]
            fn $say_here(_state: &State, number: u8) -> Said {
                said("here", number)
            }

            #[ffi(deadline_ms = 60_000, library = $name $($text)*)]
            async fn $say_soon(_state: &State, number: u8) -> Said {
                said("soon", number)
            }

            /// Fails with a text in which C's would end.
            #[ffi(library = $name $($text)*)]
            fn $spell(_state: &State, number: u8) -> Said {
                said("a\0b", number)
            }

            #[ffi(dtor, library = $name $($text)*)]
            fn $destroy(_state: State) {}

            mod symbols {
                use super::*;

                unsafe extern "C" {
                    pub(super) fn $create(absent: PodOption<i32>, cb: FfiCallback, data: *mut c_void) -> *mut c_void;
                    pub(super) safe fn $destroy(ctx: *mut c_void) -> c_int;
                    pub(super) fn $say(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, number: u8) -> c_int;
                    pub(super) fn $say_here(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, number: u8) -> c_int;
                    pub(super) fn $say_soon(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, number: u8) -> c_int;
                    pub(super) fn $spell(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, number: u8) -> c_int;
                }
            }

            type Call = unsafe extern "C" fn(*mut c_void, FfiCallback, *mut c_void, u8) -> c_int;

            /// What a call answers.
            fn answer(ctx: *mut c_void, call: Call) -> Heard {
                let (data, heard) = ear();
                // SAFETY: the callback reads what this library sends, for as long as it is there.
                assert_eq!(unsafe { call(ctx, Some(hear::<$pod>), data, 7) }, RET_OK);
                heard.recv().expect("an answer")
            }

            fn create(absent: Option<Absent>) -> (*mut c_void, Receiver<Heard>) {
                let (data, heard) = ear();
                let value = MaybeUninit::new(absent.map_or(0, |it| it as i32));
                let absent = PodOption { present: c_int::from(absent.is_some()), value };
                // SAFETY: as above.
                (unsafe { symbols::$create(absent, Some(hear_variant::<$pod>), data) }, heard)
            }

            #[test]
            fn every_call_fails_in_the_librarys_form() {
                let (ctx, created) = create(None);
                assert_eq!(created.recv(), Ok(Heard::Ok));
                for (call, text) in [
                    (symbols::$say as Call, "whole"),
                    (symbols::$say_here, "here"),
                    (symbols::$say_soon, "soon"),
                ] {
                    let unsaid = Unsaid { text: text.to_owned(), number: 7 };
                    assert_eq!(answer(ctx, call), Heard::Unsaid("7 was not said".to_owned(), unsaid));
                }
                let spelled = answer(ctx, symbols::$spell);
                if <$pod>::HOLDS_NUL {
                    let unsaid = Unsaid { text: "a\0b".to_owned(), number: 7 };
                    assert_eq!(spelled, Heard::Unsaid("7 was not said".to_owned(), unsaid));
                } else {
                    let fault = "error.text: the string has a NUL at byte 1, where C would end it";
                    let text = format!("{}: {fault}", stringify!($spell));
                    assert_eq!(spelled, Heard::Text(text, ErrorKind::BadResult as u8));
                }
                assert_eq!(symbols::$destroy(ctx), RET_OK);
            }

            #[test]
            fn a_constructor_fails_with_its_error_and_who_waits_hears_its_text() {
                let (ctx, created) = create(Some(Absent::Ill));
                assert!(!ctx.is_null());
                // While it is being constructed.
                let behind = answer(ctx, symbols::$say);
                assert_eq!(created.recv(), Ok(Heard::Absent("it is ill".to_owned(), Absent::Ill)));
                assert_eq!(behind, Heard::Text("it is ill".to_owned(), ErrorKind::ConstructorFailed as u8));
                let (_, created) = create(Some(Absent::Away));
                let away = if <$pod>::HOLDS_NUL {
                    Heard::Absent("it is\0away".to_owned(), Absent::Away)
                } else {
                    let fault = "message: the string has a NUL at byte 5, where C would end it";
                    Heard::Text(format!("{}: {fault}", stringify!($create)), ErrorKind::BadResult as u8)
                };
                assert_eq!(created.recv(), Ok(away));
            }
        }
    };
}

library!(
    by_length,
    "lengthy",
    (),
    PodText,
    lengthy_create,
    lengthy_destroy,
    lengthy_say,
    lengthy_say_here,
    lengthy_say_soon,
    lengthy_spell
);
library!(
    in_c, "cstyle", (, text = "c"), CText, cstyle_create, cstyle_destroy, cstyle_say, cstyle_say_here,
    cstyle_say_soon, cstyle_spell
);

/// A text as a library has it.
trait Text: Copy {
    /// Whether it may hold a NUL.
    const HOLDS_NUL: bool;

    /// # Safety
    /// It is valid.
    unsafe fn read(self) -> String;
}

impl Text for PodText {
    const HOLDS_NUL: bool = true;

    unsafe fn read(self) -> String {
        // SAFETY: the caller's promise.
        let bytes = unsafe { std::slice::from_raw_parts(self.ptr.cast::<u8>(), self.len) };
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }
}

/// A text that a NUL ends.
#[repr(transparent)]
#[derive(Clone, Copy)]
struct CText(*const c_char);

impl Text for CText {
    const HOLDS_NUL: bool = false;

    unsafe fn read(self) -> String {
        // SAFETY: the caller's promise.
        unsafe { CStr::from_ptr(self.0) }.to_str().expect("UTF-8").to_owned()
    }
}

/// `L_failure_Unsaid`.
#[repr(C)]
struct UnsaidFailure<T> {
    message: T,
    text: T,
    number: u8,
}

/// `L_failure_Absent`.
#[repr(C)]
struct AbsentFailure<T> {
    message: T,
    error: i32,
}

/// What a callback was given.
#[derive(Debug, PartialEq)]
enum Heard {
    Ok,
    Text(String, u8),
    Unsaid(String, Unsaid),
    Absent(String, Absent),
}

fn ear() -> (*mut c_void, Receiver<Heard>) {
    let (sender, receiver) = channel::<Heard>();
    (Box::into_raw(Box::new(sender)).cast(), receiver)
}

/// # Safety
/// The arguments are those of a callback, to which [`ear`] gave the data, and it is called once.
unsafe fn told(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void, failure: impl FnOnce() -> Heard) {
    // SAFETY: the caller's promise.
    let sender = unsafe { Box::from_raw(data.cast::<Sender<Heard>>()) };
    let heard = match ret {
        RET_OK => Heard::Ok,
        RET_FAILURE => failure(),
        RET_ERR => {
            // SAFETY: a NUL and the kind are behind the text.
            let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len + 2) };
            Heard::Text(String::from_utf8(bytes[..len].to_vec()).expect("UTF-8"), bytes[len + 1])
        }
        other => panic!("{other}"),
    };
    sender.send(heard).expect("somebody listens");
}

unsafe extern "C-unwind" fn hear<T: Text>(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    let failure = || {
        assert_eq!(len, size_of::<UnsaidFailure<T>>());
        // SAFETY: the failure is of that form.
        let UnsaidFailure { message, text, number } = unsafe { &*msg.cast::<UnsaidFailure<T>>() };
        // SAFETY: its texts are valid.
        let [message, text] = [message, text].map(|it| unsafe { it.read() });
        Heard::Unsaid(message, Unsaid { text, number: *number })
    };
    // SAFETY: these are the callback's own arguments.
    unsafe { told(ret, msg, len, data, failure) };
}

unsafe extern "C-unwind" fn hear_variant<T: Text>(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    let failure = || {
        assert_eq!(len, size_of::<AbsentFailure<T>>());
        // SAFETY: the failure is of that form.
        let AbsentFailure { message, error } = unsafe { &*msg.cast::<AbsentFailure<T>>() };
        let absent = if *error == Absent::Ill as i32 { Absent::Ill } else { Absent::Away };
        // SAFETY: its text is valid.
        Heard::Absent(unsafe { message.read() }, absent)
    };
    // SAFETY: these are the callback's own arguments.
    unsafe { told(ret, msg, len, data, failure) };
}
