//! The loaded library.

use super::abi::RET_ERR;
use super::error::Error;
use super::native::Take;
use super::notice::Hook;
use crate::symbols::{EXPECTED, Symbols};
use std::ffi::{CStr, c_char};
use std::path::Path;
use std::sync::Arc;

/// How values cross to the library and back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// As C structs: nothing is serialized. The library must be laid out as these bindings are.
    #[default]
    Native,
    /// As CBOR: records may have other fields in another order, as long as the keys agree.
    #[cfg(feature = "cbor")]
    Cbor,
}

/// A library that fits its bindings.
///
/// It stays loaded as long as anything can still be called in it or be called by it: each call, each context
/// and each listener has a share. That the code is there until a callback has returned is the library's own
/// promise, which pins itself in memory at its first call.
pub(crate) struct Api {
    pub(crate) symbols: Symbols,
    pub(crate) transport: Transport,
    pub(crate) hook: Hook,
    /// Closed last of all.
    _library: libloading::Library,
}

impl Api {
    /// Loads the library and compares it with the bindings.
    pub(crate) fn open(path: &Path, transport: Transport) -> Result<Arc<Self>, Error> {
        // SAFETY: the caller says that this is the library, whose initializers are those of a Rust library.
        let library = unsafe { libloading::Library::new(path) }.map_err(Error::Load)?;
        EXPECTED.check(&library, transport)?;
        let symbols = Symbols::find(&library)?;
        Ok(Arc::new(Self { symbols, transport, hook: Hook::default(), _library: library }))
    }

    /// Calls a function that returns directly.
    pub(crate) fn exported<T: Take<Value = T>>(
        &self,
        function: &'static str,
        call: impl FnOnce() -> T::Mirror,
    ) -> Result<T, Error> {
        let before = self.last_error();
        let mirror = call();
        // The text is made before the last one goes, so a new one is elsewhere, whatever it says.
        if self.last_error() != before {
            return Err(self.failure());
        }
        // SAFETY: the library made it.
        unsafe { T::take(&mirror) }.map_err(|fault| Error::Answer { function, fault })
    }

    /// Where the text of this thread's last error is.
    fn last_error(&self) -> *const c_char {
        // SAFETY: the function takes nothing.
        unsafe { (self.symbols.own.last_error)() }
    }

    /// Why a call failed that had no callback to tell it.
    pub(crate) fn failure(&self) -> Error {
        // SAFETY: the text ends with a NUL, and stays until this thread's next error.
        let text = unsafe { CStr::from_ptr(self.last_error()) };
        // SAFETY: behind the NUL is the kind.
        unsafe { Error::read(RET_ERR, text.as_ptr().cast(), text.count_bytes()) }
    }
}
