//! The entry points of a function, found in the library.

use super::error::Error;

/// A function's two entry points.
pub(crate) struct Entry<N, W> {
    /// The one that takes C forms.
    pub(crate) native: N,
    /// The one that takes CBOR.
    #[cfg_attr(not(feature = "cbor"), expect(dead_code, reason = "it shows that the library has it"))]
    pub(crate) wire: W,
}

impl<N: Copy, W: Copy> Entry<N, W> {
    /// Finds both.
    ///
    /// # Safety
    /// The symbols are functions of these types.
    pub(crate) unsafe fn find(library: &libloading::Library, native: &str, wire: &str) -> Result<Self, Error> {
        // SAFETY: the caller's promise.
        let native = unsafe { find(library, native) }?;
        // SAFETY: the caller's promise.
        let wire = unsafe { find(library, wire) }?;
        Ok(Self { native, wire })
    }
}

/// Finds a symbol.
///
/// # Safety
/// The symbol is a function of the type `F`.
pub(crate) unsafe fn find<F: Copy>(library: &libloading::Library, name: &str) -> Result<F, Error> {
    // SAFETY: the caller's promise.
    let symbol = unsafe { library.get::<F>(name) }.map_err(Error::Load)?;
    Ok(*symbol)
}
