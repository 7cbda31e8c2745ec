//! Gives the symbols of the library itself their signatures in Rust.

use crate::abi::symbols::Own;
use crate::model::surface::Surface;
use ffi_runtime::schema::Library;
use serde::Serialize;

/// One symbol.
#[derive(Serialize)]
pub(super) struct OwnSymbol {
    /// Its name in the table of symbols.
    name: &'static str,
    symbol: String,
    signature: &'static str,
}

/// What a library without contexts is called by.
const ALWAYS: [(Own, &str); 1] = [(Own::LastError, r#"unsafe extern "C" fn() -> *const c_char"#)];

/// What contexts need.
const OF_CONTEXTS: [(Own, &str); 5] = [
    (Own::Cancel, r#"unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int"#),
    (Own::Close, r#"unsafe extern "C" fn(*mut c_void, Callback, *mut c_void) -> c_int"#),
    (Own::AddEventListener, "AddListener"),
    (Own::AddEventListenerCbor, "AddListener"),
    (Own::RemoveEventListener, r#"unsafe extern "C" fn(*mut c_void, u64) -> c_int"#),
];

/// Every such symbol of this library.
pub(super) fn own_symbols(library: &Library) -> Vec<OwnSymbol> {
    let surface = Surface::new(library);
    let of_contexts = OF_CONTEXTS.iter().filter(|_| surface.constructor.is_some());
    let row = |&(own, signature): &(Own, _)| OwnSymbol { name: own.name(), symbol: own.of(&library.name), signature };
    let destroy = surface.destructor.map(|it| OwnSymbol {
        name: "destroy",
        symbol: it.function.name.clone(),
        signature: r#"unsafe extern "C" fn(*mut c_void) -> c_int"#,
    });
    ALWAYS.iter().chain(of_contexts).map(row).chain(destroy).collect()
}
