//! Walks the fields of a C form in the order of their declaration, as C lays them out.

use super::{Reader, Writer};
use crate::error::Fault;

/// Reads the fields of a C form, each in its turn.
#[derive(Debug)]
pub struct ReadFields<'r, F> {
    place: *const u8,
    end: usize,
    reader: &'r mut Reader<F>,
}

impl<'r, F> ReadFields<'r, F> {
    /// Returns the fields of the parameters at `pod`, which are no level of nesting.
    ///
    /// # Safety
    /// `pod` must be readable and aligned for as long, and hold C forms of the types that are read, in that order
    /// and laid out as C does.
    #[inline(always)]
    pub unsafe fn of_parameters<P>(pod: *const P, reader: &'r mut Reader<F>) -> Self {
        Self { place: pod.cast(), end: 0, reader }
    }

    /// Returns the fields of the record at `pod`, one level deeper.
    ///
    /// # Errors
    /// Nesting past the limit.
    ///
    /// # Safety
    /// As for [`ReadFields::of_parameters`].
    #[inline(always)]
    pub unsafe fn of_record<P>(pod: *const P, reader: &'r mut Reader<F>) -> Result<Self, Fault> {
        reader.nesting.enter()?;
        Ok(Self { place: pod.cast(), end: 0, reader })
    }

    /// Returns the tag of the enum with data at `pod`, and the fields of the variant that the tag tells of, one level
    /// deeper.
    ///
    /// # Errors
    /// Nesting past the limit.
    ///
    /// # Safety
    /// `pod` must be readable and aligned for as long, and hold an `int32_t` and a union behind it. Where fields are
    /// read, the union must hold C forms of their types, in that order and laid out as C does.
    #[inline(always)]
    pub unsafe fn of_variant<P>(pod: *const P, reader: &'r mut Reader<F>) -> Result<(i32, Self), Fault> {
        reader.nesting.enter()?;
        // SAFETY: the caller promises a readable number.
        let tag = unsafe { pod.cast::<i32>().read() };
        Ok((tag, Self { place: pod.cast::<u8>().wrapping_add(offset_of_union::<P>()), end: 0, reader }))
    }

    /// Leaves the record, whose fields were read.
    #[inline(always)]
    pub fn leave(&mut self) {
        self.reader.nesting.leave();
    }

    /// Returns the place of the next field, whose C form is `P`, and the reader.
    #[inline(always)]
    pub(crate) fn next<P>(&mut self) -> (*const P, &mut Reader<F>) {
        (self.place.wrapping_add(next::<P>(&mut self.end)).cast(), self.reader)
    }
}

/// Writes the fields of a C form, each in its turn.
#[derive(Debug)]
pub struct WriteFields<'w, F> {
    place: *mut u8,
    end: usize,
    writer: &'w mut Writer<F>,
}

impl<'w, F> WriteFields<'w, F> {
    /// Returns the fields of the record at `place`, one level deeper.
    ///
    /// # Errors
    /// Nesting past the limit.
    ///
    /// # Safety
    /// `place` must be writable, aligned and zeroed for as long, and take C forms of the types that are written, in
    /// that order and laid out as C does. What is written stays valid until the values are changed or dropped, or
    /// `writer` is dropped.
    #[inline(always)]
    pub unsafe fn of_record<P>(place: *mut P, writer: &'w mut Writer<F>) -> Result<Self, Fault> {
        writer.nesting.enter()?;
        Ok(Self { place: place.cast(), end: 0, writer })
    }

    /// Writes the tag of the enum with data at `place`, and returns the fields of its variant, one level deeper.
    ///
    /// # Errors
    /// Nesting past the limit.
    ///
    /// # Safety
    /// `place` must be writable, aligned and zeroed for as long, and take an `int32_t` and a union behind it, which
    /// takes C forms of the types that are written, in that order and laid out as C does. For how long what is written
    /// stays valid, see [`WriteFields::of_record`].
    #[inline(always)]
    pub unsafe fn of_variant<P>(place: *mut P, tag: i32, writer: &'w mut Writer<F>) -> Result<Self, Fault> {
        writer.nesting.enter()?;
        // SAFETY: the caller promises a writable place.
        unsafe { place.cast::<i32>().write(tag) };
        Ok(Self { place: place.cast::<u8>().wrapping_add(offset_of_union::<P>()), end: 0, writer })
    }

    /// Leaves the record, whose fields were written.
    #[inline(always)]
    pub fn leave(&mut self) {
        self.writer.nesting.leave();
    }

    /// Returns the place of the next field, whose C form is `P`, and the writer.
    #[inline(always)]
    pub(crate) fn next<P>(&mut self) -> (*mut P, &mut Writer<F>) {
        (self.place.wrapping_add(next::<P>(&mut self.end)).cast(), self.writer)
    }
}

/// Returns the offset of the union in the form `P` of an enum with data. The tag before it takes four bytes and aligns to
/// as many, so what the form aligns to beyond that is the union's.
const fn offset_of_union<P>() -> usize {
    align_of::<P>()
}

/// Returns the offset of the next field, behind one that ends at `end`.
#[inline(always)]
fn next<P>(end: &mut usize) -> usize {
    let offset = end.next_multiple_of(align_of::<P>());
    *end = offset + size_of::<P>();
    offset
}

#[cfg(test)]
mod tests {
    use super::next;
    use std::mem::offset_of;

    #[test]
    fn fields_stand_where_c_lays_them_out() {
        #[repr(C)]
        struct Form {
            byte: u8,
            wide: u64,
            short: u16,
            bytes: [u8; 3],
            word: u32,
        }
        let mut end = 0;
        let walked = [
            next::<u8>(&mut end),
            next::<u64>(&mut end),
            next::<u16>(&mut end),
            next::<[u8; 3]>(&mut end),
            next::<u32>(&mut end),
        ];
        let laid_out = [
            offset_of!(Form, byte),
            offset_of!(Form, wide),
            offset_of!(Form, short),
            offset_of!(Form, bytes),
            offset_of!(Form, word),
        ];
        assert_eq!(walked, laid_out);
    }
}
