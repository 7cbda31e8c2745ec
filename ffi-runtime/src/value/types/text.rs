//! `String`.

use super::FfiType;
use super::present::Present;
use crate::error::Fault;
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::{RawBytes, TextForm, terminated};
use crate::value::{cbor, pod};

// SAFETY: a pointer, with its length or not, for which NULL and no length are valid.
unsafe impl FfiType for String {
    type Pod<F: TextForm> = F::Pod;

    unsafe fn from_pod<F: TextForm>(pod: *const F::Pod, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller promises a readable form.
        let text = unsafe { pod.read() };
        // SAFETY: the caller promises that it points to text.
        unsafe { F::read(text, reader) }
    }

    unsafe fn write_pod<F: TextForm>(&mut self, place: *mut F::Pod, _writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        let text = F::write(self)?;
        // SAFETY: the caller promises a writable place; neither form has padding.
        unsafe { place.write(text) };
        Ok(())
    }

    unsafe fn write_shared<F: TextForm>(&self, place: *mut F::Pod, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        let text = F::write_raw(writer.copy_text(self)?)?;
        // SAFETY: the caller promises a writable place; neither form has padding.
        unsafe { place.write(text) };
        Ok(())
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.text(self);
        Ok(())
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        reader.string()
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::String
    }

    fn raw_bytes<F: TextForm>(&mut self, _writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        terminated(self).map(Some)
    }

    fn raw_shared<F: TextForm>(&self, writer: &mut pod::Writer<F>) -> Result<Option<RawBytes>, Fault> {
        writer.copy_text(self).map(Some)
    }
}

impl Present for String {}
