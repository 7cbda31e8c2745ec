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

impl<S: Take<Value: Send + 'static> + Wired + 'static> Answer for S {
    type Given = S::Value;

    unsafe fn from_native(msg: *const u8, len: usize) -> Result<S::Value, Fault> {
        // SAFETY: the caller's promise.
        unsafe { S::answer(msg, len) }
    }

    #[cfg(feature = "cbor")]
    fn from_wire(bytes: &[u8]) -> Result<S::Value, Fault> {
        wire::read(bytes, S::decode)
    }

    #[cfg(feature = "cbor")]
    fn event_from_wire(event: &str, bytes: &[u8]) -> Result<S::Value, Fault> {
        wire::read_event::<S>(event, bytes)
    }
}

impl Answer for Created {
    type Given = Self;

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
