//! What runs on its caller's thread: inline methods of a shared state, functions without state, and
//! exports, beside methods that are queued.

#![deny(warnings, unused_lifetimes, single_use_lifetimes)]

use ffi_runtime::ffi;
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State {
    names: Mutex<Vec<String>>,
    reads: AtomicU32,
}

#[ffi(ctor)]
fn lib_create() -> State {
    State { names: Mutex::default(), reads: AtomicU32::new(0) }
}

#[ffi]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    Low,
    High,
}

#[ffi]
pub struct Point {
    pub x: f64,
}

#[ffi(inline)]
fn lib_reads(state: &State) -> u32 {
    state.reads.fetch_add(1, Ordering::Relaxed) + 1
}

#[ffi(inline)]
fn lib_add(state: &State, name: String) -> Result<(), String> {
    state.names.lock().map_err(|error| error.to_string())?.push(name);
    Ok(())
}

#[ffi(inline)]
async fn lib_later(state: &State, #[cfg(all())] suffix: String, #[cfg(any())] _gone: NoSuchType) -> Option<String> {
    std::future::ready(()).await;
    state.names.lock().ok()?.first().map(|name| format!("{name}{suffix}"))
}

/// Its answer is made on its caller's thread, so its error need not be `Send`.
#[ffi(inline)]
fn lib_first(state: &State) -> Result<String, Rc<str>> {
    state.names.lock().ok().and_then(|names| names.first().cloned()).ok_or_else(|| "there is none".into())
}

/// Queued, beside those that are not.
#[ffi]
fn lib_names(state: &State) -> Vec<String> {
    state.names.lock().unwrap().clone()
}

/// Queued, so that its future need not be `Send`.
#[ffi(cancel = "drop", deadline_ms = 100)]
async fn lib_wait(_state: &State) -> u32 {
    let count = Rc::new(1);
    std::future::ready(()).await;
    *count
}

#[ffi]
fn lib_parse(text: String) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

#[ffi]
fn lib_nothing() {}

/// Its future is not `Send`.
#[ffi]
async fn lib_mirror(point: Point) -> Point {
    let x = Rc::new(point.x);
    std::future::ready(()).await;
    Point { x: -*x }
}

#[ffi(rename = "lib_other", rename_all = "camelCase")]
fn renamed(#[cfg(all())] here_is: u8, #[cfg(any())] _gone: NoSuchType) -> u8 {
    here_is
}

#[ffi]
#[cfg(any())]
fn lib_gone(_gone: NoSuchType) {}

macro_rules! exports {
    ($($name:ident: $ty:ty,)*) => {
        $(
            #[ffi(export)]
            fn $name(value: $ty) -> $ty {
                value
            }
        )*
    };
}

exports! {
    lib_i8: i8,
    lib_i16: i16,
    lib_i32: i32,
    lib_i64: i64,
    lib_isize: isize,
    lib_u8: u8,
    lib_u16: u16,
    lib_u32: u32,
    lib_u64: u64,
    lib_usize: usize,
    lib_f32: f32,
    lib_f64: f64,
    lib_bool: bool,
    lib_char: char,
    lib_level: Level,
}

#[ffi(export)]
fn lib_silent() {}

#[ffi(export)]
fn lib_unit(_first: u8, _second: Level) -> () {}

#[ffi(export)]
fn lib_named(number: u32) -> u32 {
    number
}

#[ffi(export, rename = "lib_called")]
fn called(#[cfg(all())] here: u8, #[cfg(any())] _gone: NoSuchType, #[ffi(rename = "last")] r#type: bool) -> u8 {
    if r#type { here } else { 0 }
}

#[ffi(export)]
#[cfg(any())]
fn lib_gone(_gone: NoSuchType) -> NoSuchType {}

#[ffi(dtor)]
fn lib_destroy(_state: State) {}

fn main() {
    let state = lib_create();
    lib_add(&state, "name".to_owned()).unwrap();
    assert_eq!(lib_reads(&state), 1);
    assert_eq!(lib_names(&state), ["name"]);
    assert_eq!(lib_parse("7".to_owned()), Ok(7));
    assert_eq!((renamed(3), called(4, true), lib_named(5)), (3, 4, 5));
    assert_eq!((lib_char('c'), lib_level(Level::High)), ('c', Level::High));
    lib_nothing();
    lib_silent();
    lib_unit(0, Level::Low);
    lib_destroy(state);
}
