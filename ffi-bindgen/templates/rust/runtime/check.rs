//! Whether a loaded library is the one that the bindings are for.

use super::api::Transport;
use super::entry::find;
use super::error::Error;

/// What the bindings know of their library.
pub(crate) struct Expected {
    /// The symbol of its hash, and the hash.
    pub(crate) abi_hash: (&'static str, u64),
    /// The symbol of its description.
    #[cfg(feature = "cbor")]
    pub(crate) schema: &'static str,
    /// Its items.
    #[cfg(feature = "cbor")]
    pub(crate) items: &'static [Item],
}

/// An item: its kind, its name, and its fingerprints natively and on the wire.
#[cfg(feature = "cbor")]
pub(crate) type Item = (&'static str, &'static str, u64, u64);

impl Expected {
    /// Compares the library with the bindings, item by item where the hash is another.
    pub(crate) fn check(&self, library: &libloading::Library, transport: Transport) -> Result<(), Error> {
        let (symbol, expected) = self.abi_hash;
        // SAFETY: every library has this function, of this type.
        let abi_hash: unsafe extern "C" fn() -> u64 = unsafe { find(library, symbol) }?;
        // SAFETY: the function takes nothing.
        let found = unsafe { abi_hash() };
        if found == expected { Ok(()) } else { self.compare(library, transport) }
    }

    /// Names the first item that differs.
    #[cfg(feature = "cbor")]
    fn compare(&self, library: &libloading::Library, transport: Transport) -> Result<(), Error> {
        // SAFETY: every library has this function, of this type.
        let schema: unsafe extern "C" fn(*mut usize) -> *const u8 = unsafe { find(library, self.schema) }?;
        let mut len = 0;
        // SAFETY: `len` is valid for one write.
        let start = unsafe { schema(&raw mut len) };
        // SAFETY: the library gives as many bytes, and is loaded until this returns.
        let schema = unsafe { super::call::bytes(start, len) };
        super::compare::compare(schema, self.items, transport)
    }

    /// Without CBOR the library's description cannot be read.
    #[cfg(not(feature = "cbor"))]
    fn compare(&self, _: &libloading::Library, _: Transport) -> Result<(), Error> {
        Err(Error::Mismatch { item: "its hash is another (with the feature `cbor` this says where)".to_owned() })
    }
}
