//! What crosses as text: `Box<str>`, paths and network addresses.

use super::FfiType;
use super::memory::Charge;
use super::present::Present;
use crate::error::{Fault, FaultKind};
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::{RawBytes, TextForm};
use crate::value::{cbor, pod};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::path::PathBuf;
use std::str::FromStr;

/// Implements [`FfiType`] by two functions: one borrows or writes the text, the other makes the value of it.
macro_rules! formatted {
    ($($ty:ty: $schema:ident, $format:expr, $parse:expr;)*) => {$(
        // SAFETY: the form of text, which points into the writer's memory.
        unsafe impl FfiType for $ty {
            type Pod<F: TextForm> = F::Pod;

            unsafe fn from_pod<F: TextForm>(pod: *const F::Pod, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
                // SAFETY: the caller's promise.
                let text = unsafe { String::from_pod(pod, reader) }?;
                $parse(text, reader)
            }

            unsafe fn write_pod<F: TextForm>(
                &mut self,
                place: *mut F::Pod,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the caller's promise.
                unsafe { self.write_shared(place, writer) }
            }

            unsafe fn write_shared<F: TextForm>(
                &self,
                place: *mut F::Pod,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                let format: fn(&Self) -> Result<Cow<'_, str>, Fault> = $format;
                let text = F::write_raw(writer.copy_text(&format(self)?)?)?;
                // SAFETY: the caller promises a writable place; neither form has padding.
                unsafe { place.write(text) };
                Ok(())
            }

            fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
                let format: fn(&Self) -> Result<Cow<'_, str>, Fault> = $format;
                writer.text(&format(self)?);
                Ok(())
            }

            fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                let text = reader.string()?;
                $parse(text, reader)
            }

            fn describe(_schema: &mut SchemaBuilder) -> Type {
                Type::$schema
            }

            fn raw_bytes<F: TextForm>(&mut self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
                self.raw_shared(writer)
            }

            fn raw_shared<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
                let format: fn(&Self) -> Result<Cow<'_, str>, Fault> = $format;
                writer.copy_text(&format(self)?).map(Some)
            }
        }

        impl Present for $ty {}
    )*};
}

formatted! {
    Box<str>: String, |text| Ok(Cow::Borrowed(text)), boxed;
    PathBuf: Path, |path| path.to_str().map(Cow::Borrowed).ok_or_else(not_utf8), path;
    IpAddr: IpAddr, displayed, |text: String, _: &mut _| parsed(&text, "an IP address");
    Ipv4Addr: IpAddr, displayed, |text: String, _: &mut _| parsed(&text, "an IPv4 address");
    Ipv6Addr: IpAddr, displayed, |text: String, _: &mut _| parsed(&text, "an IPv6 address");
    SocketAddr: SocketAddr, displayed, |text: String, _: &mut _| parsed(&text, "an IP address with a port");
    SocketAddrV4: SocketAddr, displayed, |text: String, _: &mut _| parsed(&text, "an IPv4 address with a port");
    SocketAddrV6: SocketAddr, displayed, |text: String, _: &mut _| parsed(&text, "an IPv6 address with a port");
}

#[expect(clippy::unnecessary_wraps, reason = "the text of a path may be none")]
fn displayed<T: ToString>(value: &T) -> Result<Cow<'_, str>, Fault> {
    Ok(Cow::Owned(value.to_string()))
}

/// Moves text into memory of its own length.
fn boxed(text: String, charge: &mut impl Charge) -> Result<Box<str>, Fault> {
    charge.charge_block(text.len())?;
    let capacity = text.capacity();
    let text = text.into_boxed_str();
    charge.give_back(capacity);
    Ok(text)
}

#[expect(clippy::unnecessary_wraps, reason = "another text may have no memory left")]
fn path(text: String, _charge: &mut impl Charge) -> Result<PathBuf, Fault> {
    Ok(text.into())
}

fn parsed<T: FromStr>(text: &str, expected: &'static str) -> Result<T, Fault> {
    text.parse().map_err(|_| FaultKind::NotOfForm { expected, text: text.chars().take(64).collect() }.into())
}

#[cold]
#[inline(never)]
fn not_utf8() -> Fault {
    FaultKind::PathNotUtf8.into()
}
