//! The libraries that programs use, by their symbols.

use super::callbacks::Probe;
use super::requests::{BRIEF_FUNCTIONS, EVERY_FUNCTIONS, Function};
use ffi_runtime::{FfiCallback, PodOption, PodText};
use std::ffi::{CStr, c_char, c_int, c_void};

// Links the library whose symbols are declared below.
use every as _;

/// `every_Config` in C.
#[repr(C)]
pub(super) struct ConfigC {
    pub(super) name: PodText,
    pub(super) failure: PodOption<PodText>,
    pub(super) delay_ms: u32,
}

type Ctx = *mut c_void;
type Data = *mut c_void;
type Text = *const c_char;

/// A library, as its host sees it.
pub(super) struct Library {
    pub(super) create: unsafe extern "C" fn(ConfigC, FfiCallback, Data) -> Ctx,
    pub(super) create_cbor: unsafe extern "C" fn(*const u8, usize, FfiCallback, Data) -> Ctx,
    pub(super) destroy: unsafe extern "C" fn(Ctx) -> c_int,
    pub(super) close: unsafe extern "C" fn(Ctx, FfiCallback, Data) -> c_int,
    pub(super) cancel: unsafe extern "C" fn(Ctx, Data) -> c_int,
    pub(super) call_cbor: unsafe extern "C" fn(Ctx, Text, FfiCallback, Data, *const u8, usize) -> c_int,
    pub(super) add: unsafe extern "C" fn(Ctx, Text, FfiCallback, Data) -> u64,
    pub(super) add_cbor: unsafe extern "C" fn(Ctx, Text, FfiCallback, Data) -> u64,
    pub(super) remove: unsafe extern "C" fn(Ctx, u64) -> c_int,
    pub(super) poll_fd: unsafe extern "C" fn(Ctx) -> c_int,
    pub(super) dispatch: unsafe extern "C" fn(Ctx, usize) -> c_int,
    pub(super) last_error: unsafe extern "C" fn() -> Text,
    /// Some of its functions, called natively.
    pub(super) natives: &'static [Native],
    /// Those that are called by name.
    pub(super) functions: &'static [Function],
    /// What listeners ask for; `None` is NULL. The last two it does not have.
    pub(super) events: &'static [Option<&'static CStr>],
    /// Whether whatever is called comes to an end by itself.
    pub(super) is_ending: bool,
    /// Whether it warns of calls that are pending.
    pub(super) is_warning: bool,
}

/// Declares a library's symbols, and puts them into a table.
macro_rules! library {
    ($table:ident, $module:ident {
        $create:ident $create_cbor:ident $destroy:ident $close:ident $cancel:ident $call_cbor:ident
        $add:ident $add_cbor:ident $remove:ident $poll_fd:ident $dispatch:ident $last_error:ident
    } $($rest:ident: $value:expr),*) => {
        mod $module {
            use super::*;

            unsafe extern "C" {
                pub(super) fn $create(config: ConfigC, cb: FfiCallback, data: Data) -> Ctx;
                pub(super) fn $create_cbor(req: *const u8, len: usize, cb: FfiCallback, data: Data) -> Ctx;
                pub(super) fn $destroy(ctx: Ctx) -> c_int;
                pub(super) fn $close(ctx: Ctx, cb: FfiCallback, data: Data) -> c_int;
                pub(super) fn $cancel(ctx: Ctx, data: Data) -> c_int;
                pub(super) fn $call_cbor(
                    ctx: Ctx,
                    function: Text,
                    cb: FfiCallback,
                    data: Data,
                    req: *const u8,
                    len: usize,
                ) -> c_int;
                pub(super) fn $add(ctx: Ctx, event: Text, cb: FfiCallback, data: Data) -> u64;
                pub(super) fn $add_cbor(ctx: Ctx, event: Text, cb: FfiCallback, data: Data) -> u64;
                pub(super) fn $remove(ctx: Ctx, id: u64) -> c_int;
                pub(super) fn $poll_fd(ctx: Ctx) -> c_int;
                pub(super) fn $dispatch(ctx: Ctx, max: usize) -> c_int;
                pub(super) fn $last_error() -> Text;
            }
        }

        pub(super) static $table: Library = Library {
            create: $module::$create,
            create_cbor: $module::$create_cbor,
            destroy: $module::$destroy,
            close: $module::$close,
            cancel: $module::$cancel,
            call_cbor: $module::$call_cbor,
            add: $module::$add,
            add_cbor: $module::$add_cbor,
            remove: $module::$remove,
            poll_fd: $module::$poll_fd,
            dispatch: $module::$dispatch,
            last_error: $module::$last_error,
            $($rest: $value),*
        };
    };
}

library!(EVERY, every_symbols {
    every_create every_create_cbor every_destroy every_ffi_close every_ffi_cancel every_ffi_call_cbor
    every_ffi_add_event_listener every_ffi_add_event_listener_cbor every_ffi_remove_event_listener
    every_ffi_poll_fd every_ffi_dispatch every_ffi_last_error
}
    natives: &EVERY_NATIVES,
    functions: EVERY_FUNCTIONS,
    events: &[
        None,
        Some(c""),
        Some(c"on_nothing"),
        Some(c"on_number"),
        Some(c"on_text"),
        Some(c"on_labelled"),
        Some(c"on_everything"),
        Some(c"events_dropped"),
        Some(c"no_such_event"),
        Some(c"\xff"),
    ],
    is_ending: true,
    is_warning: false
);

library!(BRIEF, brief_symbols {
    brief_create brief_create_cbor brief_destroy brief_ffi_close brief_ffi_cancel brief_ffi_call_cbor
    brief_ffi_add_event_listener brief_ffi_add_event_listener_cbor brief_ffi_remove_event_listener
    brief_ffi_poll_fd brief_ffi_dispatch brief_ffi_last_error
}
    natives: &BRIEF_NATIVES,
    functions: BRIEF_FUNCTIONS,
    events: &[None, Some(c"on_beat"), Some(c"not_responding"), Some(c"on_nothing"), Some(c"\xff")],
    is_ending: false,
    is_warning: true
);

/// What native calls are made of.
#[derive(Clone, Copy)]
pub(super) struct Arguments {
    pub(super) ctx: Ctx,
    pub(super) number: i64,
    pub(super) text: &'static CStr,
    pub(super) has_callback: bool,
}

/// One function, called natively.
pub(super) struct Native {
    pub(super) call: fn(&Probe, Arguments),
    /// The result that it must have, where that is known.
    pub(super) result: fn(Arguments) -> Option<Vec<u8>>,
}

macro_rules! natives {
    ($($table:ident [$count:literal] { $($name:ident($($ty:ty = $argument:expr),*) $(= $result:expr)?;)* })*) => {
        mod natives {
            use super::*;

            unsafe extern "C" {
                $($(pub(super) fn $name(ctx: Ctx, cb: FfiCallback, data: Data, $(_: $ty),*) -> c_int;)*)*
            }
        }

        $(static $table: [Native; $count] = [$(Native {
            call: |probe, arguments| {
                probe.call(arguments.has_callback, |callback, data| {
                    let Arguments { ctx, .. } = arguments;
                    // SAFETY: texts are, and the callback takes such data.
                    unsafe { natives::$name(ctx, callback, data, $($argument(arguments)),*) }
                });
            },
            result: |_arguments| { None::<Vec<u8>> $(.or(Some($result(_arguments))))? },
        }),*];)*
    };
}

fn number(arguments: Arguments) -> i64 {
    arguments.number
}

fn small(arguments: Arguments) -> u64 {
    arguments.number.unsigned_abs() % 4
}

/// One of three variants, or none.
fn fate(arguments: Arguments) -> i32 {
    (arguments.number % 4) as i32
}

fn text(arguments: Arguments) -> PodText {
    PodText { ptr: arguments.text.as_ptr(), len: arguments.text.count_bytes() }
}

fn number_bytes(arguments: Arguments) -> Vec<u8> {
    arguments.number.to_ne_bytes().to_vec()
}

fn text_bytes(arguments: Arguments) -> Vec<u8> {
    arguments.text.to_bytes().to_vec()
}

natives! {
    EVERY_NATIVES [7] {
        every_give_i64(i64 = number) = number_bytes;
        every_give_string(PodText = text) = text_bytes;
        every_storm_later(u64 = small, i32 = fate);
        every_sleep_lightly(u64 = small);
        every_labelled(PodText = text, PodText = text);
        every_fire_text(PodText = text);
        every_panic_exclusive();
    }
    BRIEF_NATIVES [6] {
        brief_give(i64 = number) = number_bytes;
        brief_give_text(PodText = text) = text_bytes;
        brief_wait_lightly();
        brief_fire(u64 = small);
        brief_peek(i64 = number) = number_bytes;
        brief_peek_later(i64 = number) = number_bytes;
    }
}
