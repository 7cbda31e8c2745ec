//! Looks up the symbols through which functions are called by name.

use crate::abi::symbols::{Own, cbor};
use ffi_runtime::FfiCallback;
use ffi_runtime::schema::{FunctionKind, Library};
use std::ffi::{c_char, c_int, c_void};
use std::ops::Deref;

type Create = unsafe extern "C" fn(*const u8, usize, FfiCallback, *mut c_void) -> *mut c_void;
type Call = unsafe extern "C" fn(*mut c_void, *const c_char, FfiCallback, *mut c_void, *const u8, usize) -> c_int;
type AddListener = unsafe extern "C" fn(*mut c_void, *const c_char, FfiCallback, *mut c_void) -> u64;
type Cancel = unsafe extern "C" fn(*mut c_void, *mut c_void) -> c_int;
type Destroy = unsafe extern "C" fn(*mut c_void) -> c_int;

/// A symbol's address; the library that it is in stays loaded beside it.
#[derive(Debug)]
pub(super) struct Symbol<F>(F);

/// The symbols, and the library that holds them. A library without a constructor lacks some.
#[derive(Debug)]
pub(super) struct Symbols {
    pub(super) create: Option<Symbol<Create>>,
    pub(super) call: Symbol<Call>,
    pub(super) add_listener: Option<Symbol<AddListener>>,
    pub(super) cancel: Option<Symbol<Cancel>>,
    pub(super) destroy: Option<Symbol<Destroy>>,
    /// Declared last, so that it is closed after the symbols are gone.
    _library: libloading::Library,
}

impl Symbols {
    /// Looks the symbols of the library up that is described.
    pub(super) fn new(library: libloading::Library, schema: &Library) -> Result<Self, libloading::Error> {
        let name = &schema.name;
        let of = |kind| schema.functions.iter().find(|function| function.kind == kind).map(|it| it.name.clone());
        let create = of(FunctionKind::Constructor).map(|name| cbor(&name));
        // SAFETY: the CBOR entry point of every constructor has this signature.
        let create = create.and_then(|create| unsafe { symbol::<Create>(&library, &create) }.ok());
        // SAFETY: so has `L_ffi_call_cbor`.
        let call = unsafe { symbol::<Call>(&library, &Own::CallCbor.of(name)) }?;
        // SAFETY: so has `L_ffi_add_event_listener_cbor`.
        let add_listener = unsafe { symbol::<AddListener>(&library, &Own::AddEventListenerCbor.of(name)) }.ok();
        // SAFETY: so has `L_ffi_cancel`.
        let cancel = unsafe { symbol::<Cancel>(&library, &Own::Cancel.of(name)) }.ok();
        let destroy = of(FunctionKind::Destructor);
        // SAFETY: so has every destructor.
        let destroy = destroy.and_then(|destroy| unsafe { symbol::<Destroy>(&library, &destroy) }.ok());
        Ok(Self { create, call, add_listener, cancel, destroy, _library: library })
    }
}

/// # Safety
/// The symbol has the signature `F`.
unsafe fn symbol<F: Copy>(library: &libloading::Library, name: &str) -> Result<Symbol<F>, libloading::Error> {
    // SAFETY: the caller vouches for the signature.
    let symbol = unsafe { library.get::<F>(name) }?;
    Ok(Symbol(*symbol))
}

impl<F> Deref for Symbol<F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.0
    }
}
