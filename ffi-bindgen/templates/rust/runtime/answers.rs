//! How a whole answer is read, on either path.

use super::call::Answer;
use super::error::Fault;
use super::native::Take;
#[cfg(feature = "cbor")]
use super::wire::{self, Decode};

/// What a constructor answers: the handle, which its entry point has returned already.
pub(crate) struct Created;

/// What can be answered on the wire, where there is one.
#[cfg(feature = "cbor")]
pub(crate) trait Wired: Decode {}

#[cfg(feature = "cbor")]
impl<T: Decode> Wired for T {}

/// What can be answered on the wire, where there is one.
#[cfg(not(feature = "cbor"))]
pub(crate) trait Wired {}

#[cfg(not(feature = "cbor"))]
impl<T> Wired for T {}

impl<T: Take + Wired + Send + 'static> Answer for T {
    unsafe fn from_native(msg: *const u8, len: usize) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { T::answer(msg, len) }
    }

    #[cfg(feature = "cbor")]
    fn from_wire(bytes: &[u8]) -> Result<Self, Fault> {
        wire::read(bytes, T::decode)
    }

    #[cfg(feature = "cbor")]
    fn event_from_wire(event: &str, bytes: &[u8]) -> Result<Self, Fault> {
        wire::read_event(event, bytes)
    }
}

impl Answer for Created {
    unsafe fn from_native(_: *const u8, _: usize) -> Result<Self, Fault> {
        Ok(Self)
    }

    #[cfg(feature = "cbor")]
    fn from_wire(bytes: &[u8]) -> Result<Self, Fault> {
        wire::read(bytes, |reader| reader.text()).map(|_| Self)
    }

    #[cfg(feature = "cbor")]
    fn event_from_wire(_: &str, _: &[u8]) -> Result<Self, Fault> {
        Ok(Self)
    }
}
