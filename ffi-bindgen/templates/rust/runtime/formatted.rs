//! How paths and network addresses cross: as text.

use super::arena::Arena;
use super::error::Fault;
use super::native::{Lend, Take};
use super::text;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// The form of a text in C.
type Text = <String as Lend>::Mirror;

fn path_text(path: &Path) -> Result<&str, Fault> {
    path.to_str().ok_or_else(|| Fault::new("a path is not UTF-8"))
}

impl Lend for &Path {
    type Mirror = Text;

    fn lend(value: &Self, arena: &mut Arena) -> Result<Text, Fault> {
        <&str>::lend(&path_text(value)?, arena)
    }
}

impl Lend for PathBuf {
    type Mirror = Text;

    fn lend(value: &Self, arena: &mut Arena) -> Result<Text, Fault> {
        <&Path>::lend(&value.as_path(), arena)
    }
}

impl Take for PathBuf {
    unsafe fn take(mirror: &Text) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { String::take(mirror) }.map(Self::from)
    }

    unsafe fn answer(msg: *const u8, len: usize) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { String::answer(msg, len) }.map(Self::from)
    }
}

/// Addresses.
macro_rules! addresses {
    ($($ty:ty = $what:literal;)*) => { $(
        impl Lend for $ty {
            type Mirror = Text;

            fn lend(value: &Self, arena: &mut Arena) -> Result<Text, Fault> {
                text::kept(&value.to_string(), arena)
            }
        }

        impl Take for $ty {
            unsafe fn take(mirror: &Text) -> Result<Self, Fault> {
                // SAFETY: the caller's promise.
                parsed(&unsafe { String::take(mirror) }?, $what)
            }

            unsafe fn answer(msg: *const u8, len: usize) -> Result<Self, Fault> {
                // SAFETY: the caller's promise.
                parsed(&unsafe { String::answer(msg, len) }?, $what)
            }
        }

        #[cfg(feature = "cbor")]
        impl super::wire::Encode for $ty {
            fn encode(value: &Self, writer: &mut super::cbor::Writer) -> Result<(), Fault> {
                writer.text(&value.to_string());
                Ok(())
            }
        }

        #[cfg(feature = "cbor")]
        impl super::wire::Decode for $ty {
            fn decode(reader: &mut super::cbor::Reader<'_>) -> Result<Self, Fault> {
                parsed(&reader.text()?, $what)
            }
        }
    )* };
}

fn parsed<T: std::str::FromStr>(text: &str, what: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::new(format!("{text:?} is no {what}")))
}

addresses! {
    IpAddr = "IP address";
    SocketAddr = "IP address with a port";
}

/// Paths on the wire.
#[cfg(feature = "cbor")]
mod wire {
    use super::super::cbor::{Reader, Writer};
    use super::super::wire::{Decode, Encode};
    use super::{Fault, Path, PathBuf, path_text};

    impl Encode for &Path {
        fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
            writer.text(path_text(value)?);
            Ok(())
        }
    }

    impl Encode for PathBuf {
        fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
            <&Path>::encode(&value.as_path(), writer)
        }
    }

    impl Decode for PathBuf {
        fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            reader.text().map(Self::from)
        }
    }
}
