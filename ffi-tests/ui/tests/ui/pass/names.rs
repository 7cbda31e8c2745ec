//! Symbols get the library's name by themselves, and no name is the library's but those that begin with `ffi_`.

use ffi_runtime::ffi;
use ffi_runtime::schema::Library;

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
fn open() -> State {
    State
}

#[ffi(dtor)]
fn end(_state: State) {}

macro_rules! methods {
    ($($name:ident)*) => {$(
        #[ffi]
        fn $name(_state: &State) {}
    )*};
}

methods! { lib lib_ lib_begun libs close cancel call bytes event schema dispatch poll_fd abi_hash last_error r#type }

#[ffi(inline, rename = "renamed")]
fn named_otherwise(_state: &State) {}

#[ffi(export)]
fn add_event_listener() {}

unsafe extern "C" {
    fn lib_ffi_schema(len: *mut usize) -> *const u8;
}

fn main() {
    let mut len = 0;
    // SAFETY: the length is writable.
    let bytes = unsafe { lib_ffi_schema(&raw mut len) };
    // SAFETY: the schema is static memory.
    let library = Library::from_cbor(unsafe { std::slice::from_raw_parts(bytes, len) }).unwrap();
    let symbols: Vec<_> = library.functions.iter().map(|function| &function.name[..]).collect();
    let mut expected = vec!["lib_open"];
    expected.extend(["lib_abi_hash", "lib_bytes", "lib_call", "lib_cancel", "lib_close", "lib_dispatch", "lib_event"]);
    expected.extend(["lib_last_error", "lib_lib", "lib_lib_", "lib_begun", "lib_libs", "lib_poll_fd", "lib_schema"]);
    expected.extend(["lib_type", "lib_renamed", "lib_add_event_listener", "lib_end"]);
    let sorted = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.join(" ")
    };
    assert_eq!((symbols[0], symbols[symbols.len() - 1]), ("lib_open", "lib_end"));
    assert_eq!(sorted(symbols), sorted(expected));
    assert!(!library.options.short_names);
}
