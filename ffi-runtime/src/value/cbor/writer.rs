//! Writes CBOR: heads, and the bytes that follow them.

use super::head::{self, BIGNUM, Major, NEGATIVE_BIGNUM, info};
use super::order::Order;
use crate::error::{Fault, FaultKind};
use crate::nesting::Nesting;
use half::f16;

/// Appends CBOR to a buffer.
#[derive(Debug)]
pub struct Writer<'a> {
    buffer: &'a mut Vec<u8>,
    nesting: Nesting,
}

impl<'a> Writer<'a> {
    /// Returns a writer at the end of `buffer`.
    pub fn new(buffer: &'a mut Vec<u8>) -> Self {
        Self { buffer, nesting: Nesting::default() }
    }

    /// Begins a map of `count` entries, one level deeper.
    ///
    /// # Errors
    /// Nesting past the limit.
    #[inline]
    pub fn begin_record(&mut self, count: usize) -> Result<(), Fault> {
        self.nesting.enter()?;
        self.map(count);
        Ok(())
    }

    /// Begins a variant that holds nothing: its name, one level deeper as every variant.
    ///
    /// # Errors
    /// Nesting past the limit.
    pub(crate) fn begin_unit_variant(&mut self, name: &'static str) -> Result<(), Fault> {
        self.nesting.enter()?;
        self.text(name);
        Ok(())
    }

    /// Begins a variant that holds something: a map of that one entry, one level deeper. [`Writer::end_record`] ends it.
    ///
    /// # Errors
    /// Nesting past the limit.
    #[inline]
    pub(crate) fn begin_variant(&mut self, name: &'static str) -> Result<(), Fault> {
        self.begin_record(1)?;
        self.text(name);
        Ok(())
    }

    /// Begins the `count` fields of a variant, on the variant's own level.
    #[inline]
    pub fn variant_fields(&mut self, count: usize) {
        self.map(count);
    }

    /// Begins an array of `count` elements, on the level of what it stands in.
    #[inline]
    pub fn tuple(&mut self, count: usize) {
        self.head(Major::ARRAY, count as u64);
    }

    /// Ends a map whose entries were written.
    #[inline]
    pub fn end_record(&mut self) {
        self.nesting.leave();
    }

    /// How deep the current value is nested.
    pub(crate) fn nesting(&self) -> &Nesting {
        &self.nesting
    }

    /// Begins a map of `count` entries that does not count as a level of nesting.
    #[inline]
    pub(crate) fn map(&mut self, count: usize) {
        self.head(Major::MAP, count as u64);
    }

    /// Writes an array of `count` elements, one level deeper.
    #[inline]
    pub(crate) fn list(
        &mut self,
        count: usize,
        check_room: impl FnOnce(&Nesting) -> Result<(), Fault>,
        elements: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.nesting.enter()?;
        check_room(&self.nesting)?;
        self.head(Major::ARRAY, count as u64);
        elements(self)?;
        self.nesting.leave();
        Ok(())
    }

    /// Writes an array of exactly `count` elements, one level deeper.
    #[inline]
    pub(crate) fn elements(
        &mut self,
        count: usize,
        elements: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.list(count, |_| Ok(()), elements)
    }

    /// Writes a map, or the array of a set, of `count` items, one level deeper and in the order of their encoded keys
    /// (RFC 8949, 4.2.1). `write` writes each and returns where its key ends.
    pub(crate) fn sorted<I>(
        &mut self,
        is_map: bool,
        items: impl ExactSizeIterator<Item = I>,
        check_room: impl FnOnce(&Nesting) -> Result<(), Fault>,
        mut write: impl FnMut(&mut Self, usize, I) -> Result<usize, Fault>,
    ) -> Result<(), Fault> {
        self.nesting.enter()?;
        check_room(&self.nesting)?;
        self.head(if is_map { Major::MAP } else { Major::ARRAY }, items.len() as u64);
        let mut order = Order::new(self.len(), items.len())?;
        for (index, item) in items.enumerate() {
            let key_end = write(self, index, item)?;
            order.add(self.buffer, key_end);
        }
        let twice = if is_map { FaultKind::DuplicateKey } else { FaultKind::DuplicateValue };
        order.apply(self.buffer, twice)?;
        self.nesting.leave();
        Ok(())
    }

    /// How many bytes were written.
    pub(crate) fn len(&self) -> usize {
        self.buffer.len()
    }

    /// Writes a tag of the item that follows.
    pub(crate) fn tag(&mut self, tag: u64) {
        self.head(Major::TAG, tag);
    }

    /// Writes an integer of 128 bits in the shortest form; it is -1 less `number` where it is negative.
    pub(crate) fn wide(&mut self, is_negative: bool, number: u128) {
        let major = if is_negative { Major::NEGATIVE } else { Major::POSITIVE };
        match u64::try_from(number) {
            Ok(number) => self.head(major, number),
            Err(_) => {
                self.tag(if is_negative { NEGATIVE_BIGNUM } else { BIGNUM });
                let digits = number.to_be_bytes();
                self.bytes(&digits[number.leading_zeros() as usize / 8..]);
            }
        }
    }

    /// Writes the key of a field.
    #[inline(always)]
    pub(crate) fn key(&mut self, name: &'static str) {
        // Of a constant name the compiler makes one constant, with one look at the buffer's room.
        let mut wire = [0; info::WIDE_1 as usize];
        match wire.get_mut(..=name.len()) {
            Some(wire) => {
                wire[0] = Major::TEXT.first(name.len() as u8);
                wire[1..].copy_from_slice(name.as_bytes());
                self.buffer.extend_from_slice(wire);
            }
            None => self.text(name),
        }
    }

    /// Writes text.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.whole(Major::TEXT, text.as_bytes());
    }

    /// Writes a byte string.
    #[inline]
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.whole(Major::BYTES, bytes);
    }

    #[inline(always)]
    fn whole(&mut self, major: Major, bytes: &[u8]) {
        let len = bytes.len();
        if len >= info::WIDE_1.into() {
            return self.wide_whole(major, bytes);
        }
        // Most values are short texts: one look at the buffer's room is for head and bytes.
        self.buffer.reserve(1 + len);
        let end = self.buffer.len();
        let place = self.buffer.as_mut_ptr().wrapping_add(end);
        // SAFETY: there is room for the head and the bytes.
        unsafe { place.write(major.first(len as u8)) };
        // SAFETY: as above; the bytes are elsewhere, as the buffer is borrowed here alone.
        unsafe { place.wrapping_add(1).copy_from_nonoverlapping(bytes.as_ptr(), len) };
        // SAFETY: up to here all was written.
        unsafe { self.buffer.set_len(end + 1 + len) };
    }

    #[inline(never)]
    fn wide_whole(&mut self, major: Major, bytes: &[u8]) {
        self.head(major, bytes.len() as u64);
        self.buffer.extend_from_slice(bytes);
    }

    /// Writes an integer in the shortest form.
    #[inline]
    pub(crate) fn unsigned(&mut self, value: u64) {
        self.head(Major::POSITIVE, value);
    }

    /// Writes an integer in the shortest form.
    #[inline(always)]
    pub(crate) fn signed(&mut self, value: i64) {
        // CBOR writes -1 - n for n; for a negative number that is its bitwise complement.
        let (major, number) = if value < 0 { (Major::NEGATIVE, !value) } else { (Major::POSITIVE, value) };
        self.head(major, number as u64);
    }

    /// Writes a float in the shortest form that keeps the value.
    pub(crate) fn float(&mut self, value: f64) {
        let (half, single) = (f16::from_f64(value), value as f32);
        if f64::from(half).to_bits() == value.to_bits() {
            self.float_head(info::WIDE_2, &half.to_bits().to_be_bytes());
        } else if f64::from(single).to_bits() == value.to_bits() {
            self.float_head(info::WIDE_4, &single.to_be_bytes());
        } else {
            self.float_head(info::WIDE_8, &value.to_be_bytes());
        }
    }

    fn float_head(&mut self, info: u8, number: &[u8]) {
        self.buffer.push(Major::OTHER.first(info));
        self.buffer.extend_from_slice(number);
    }

    /// Writes true or false.
    #[inline]
    pub(crate) fn bool(&mut self, value: bool) {
        self.buffer.push(if value { head::TRUE } else { head::FALSE });
    }

    /// Writes null.
    #[inline]
    pub(crate) fn null(&mut self) {
        self.buffer.push(head::NULL);
    }

    #[inline]
    fn head(&mut self, major: Major, number: u64) {
        if number < info::WIDE_1.into() {
            self.buffer.push(major.first(number as u8));
        } else if let Ok(byte) = u8::try_from(number) {
            self.buffer.extend_from_slice(&[major.first(info::WIDE_1), byte]);
        } else {
            self.wide_head(major, number);
        }
    }

    /// Writes a head whose number needs two bytes or more, in as few as hold it.
    #[inline(never)]
    fn wide_head(&mut self, major: Major, number: u64) {
        let [a, b, c, d, e, f, g, h] = number.to_be_bytes();
        match number {
            0..=0xffff => self.buffer.extend_from_slice(&[major.first(info::WIDE_2), g, h]),
            0x1_0000..=0xffff_ffff => self.buffer.extend_from_slice(&[major.first(info::WIDE_4), e, f, g, h]),
            _ => self.buffer.extend_from_slice(&[major.first(info::WIDE_8), a, b, c, d, e, f, g, h]),
        }
    }
}
