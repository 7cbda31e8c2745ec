//! Reads one request: its position and its budget of memory, numbers and arrays.

mod bignum;
mod heads;
pub(super) mod record;
mod skip;
mod text;
pub(super) mod tuple;
pub(super) mod variant;

pub(crate) use bignum::Number;

use super::head::{self, BIGNUM, Head, Major, NEGATIVE_BIGNUM, wrong_type};
use crate::error::{Fault, FaultKind};
use crate::memory::block;
use crate::nesting::Nesting;
use std::collections::TryReserveError;

/// A position in the bytes of one request, with the memory that the request may still take.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) input: &'a [u8],
    pub(super) at: usize,
    pub(super) nesting: Nesting,
    budget: usize,
    limit: usize,
}

impl<'a> Reader<'a> {
    /// Returns a reader at the start of `input` that may take `budget` bytes of memory.
    pub fn new(input: &'a [u8], budget: usize) -> Self {
        Self { input, at: 0, nesting: Nesting::default(), budget, limit: budget }
    }

    /// Returns a fault where bytes are left.
    ///
    /// # Errors
    /// [`FaultKind::TrailingBytes`].
    pub fn finish(&self) -> Result<(), Fault> {
        match self.left() {
            0 => Ok(()),
            count => Err(FaultKind::TrailingBytes { count }.into()),
        }
    }

    /// How deep the current value is nested.
    pub(crate) fn nesting(&self) -> &Nesting {
        &self.nesting
    }

    /// Reads the head of an array, and returns the number of its elements where it is known.
    pub(crate) fn array(&mut self) -> Result<Option<usize>, Fault> {
        if let Some(count) = self.len_of(Major::ARRAY) {
            return Ok(Some(count));
        }
        match self.head()? {
            Head::Array(count) => Ok(count),
            other => Err(wrong_type("an array", other)),
        }
    }

    /// Reads an array of exactly `len` elements or a map of as many entries, one level deeper.
    pub(crate) fn level<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.nesting.enter()?;
        let value = read(self)?;
        self.nesting.leave();
        Ok(value)
    }

    /// Reads the elements of an array, or the entries of a map, whose head was read, into what grows by itself: `push`
    /// reads one more, and is told how many were read and how many are announced.
    pub(crate) fn each(
        &mut self,
        count: Option<usize>,
        bytes_each: usize,
        mut push: impl FnMut(&mut Self, usize) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.check_count(count, bytes_each)?;
        let mut seen = 0;
        while !self.at_end(count, seen) {
            push(self, seen)?;
            seen += 1;
        }
        Ok(())
    }

    /// Reads the elements of an array whose head was read, one level deeper: `push` reads one more.
    pub(crate) fn elements<T>(
        &mut self,
        count: Option<usize>,
        check_room: impl FnOnce(&Nesting) -> Result<(), Fault>,
        mut push: impl FnMut(&mut Self, &mut Vec<T>) -> Result<(), Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.nesting.enter()?;
        check_room(&self.nesting)?;
        self.check_count(count, 1)?;
        let (start, mut items) = (self.at, Vec::new());
        while !self.at_end(count, items.len()) {
            if items.len() == items.capacity() {
                self.grow(&mut items, count, start)?;
            }
            push(self, &mut items)?;
        }
        self.nesting.leave();
        Ok(items)
    }

    /// Grows a list that is full, and charges for it.
    #[inline(never)]
    fn grow<T>(&mut self, items: &mut Vec<T>, count: Option<usize>, start: usize) -> Result<(), Fault> {
        let room = self.room(items.len(), size_of::<T>(), count, start);
        self.move_to(room.saturating_mul(size_of::<T>()), items.capacity() * size_of::<T>(), || {
            reserve_exact(items, room)
        })
    }

    /// Charges for a block of so many bytes, moves the contents of an older one there, and then gives back the
    /// older one's charge: meanwhile both exist.
    pub(super) fn move_to(
        &mut self,
        bytes: usize,
        older: usize,
        reserve: impl FnOnce() -> Result<(), TryReserveError>,
    ) -> Result<(), Fault> {
        self.charge_block(bytes)?;
        reserve().map_err(|_| FaultKind::OutOfMemory { bytes })?;
        self.give_back(older);
        Ok(())
    }

    /// Returns the capacity that a list of `len` elements grows to: twice the elements read, or twice the bytes
    /// read of this list, which began at `start`, and no more than was announced.
    fn room(&self, len: usize, size: usize, count: Option<usize>, start: usize) -> usize {
        let read = (self.at - start) / size.max(1);
        (2 * len).max(2 * read).max(1).min(count.unwrap_or(usize::MAX))
    }

    /// Reads an integer; a bignum in the range of 64 bits is one too.
    #[inline]
    pub(crate) fn integer(&mut self) -> Result<i128, Fault> {
        if let Some(value) = self.number_of(Major::POSITIVE) {
            return Ok(value.into());
        }
        self.integer_by_head()
    }

    #[inline(never)]
    fn integer_by_head(&mut self) -> Result<i128, Fault> {
        match self.number()? {
            Number::Integer(value) => Ok(value),
            Number::Float(_) => Err(FaultKind::WrongType { expected: "an integer", found: "a float" }.into()),
            Number::Beyond(_) => Err(FaultKind::OutOfRange { value: "a bignum".to_owned(), ty: "64 bits" }.into()),
        }
    }

    /// Reads an integer of 128 bits, as its sign and its magnitude: the integer is -1 less that where it is negative.
    pub(crate) fn wide_integer(&mut self, ty: &'static str) -> Result<(bool, u128), Fault> {
        let (tag, header) = self.tagged_head()?;
        match (header, tag) {
            (Head::Positive(value), _) => Ok((false, value.into())),
            (Head::Negative(value), _) => Ok((true, value.into())),
            (Head::Float(_), _) => Err(FaultKind::WrongType { expected: "an integer", found: "a float" }.into()),
            (Head::Bytes(len), Some(tag @ (BIGNUM | NEGATIVE_BIGNUM))) => {
                let magnitude = bignum::magnitude(&self.bytes_body(len)?).ok_or_else(|| bignum::too_wide(ty))?;
                Ok((tag == NEGATIVE_BIGNUM, magnitude))
            }
            (other, _) => Err(wrong_type("a number", other)),
        }
    }

    /// Reads a float, or an integer for the caller to check.
    pub(crate) fn number(&mut self) -> Result<Number, Fault> {
        let (tag, header) = self.tagged_head()?;
        match (header, tag) {
            (Head::Positive(value), _) => Ok(Number::Integer(value.into())),
            (Head::Negative(value), _) => Ok(Number::Integer(-1 - i128::from(value))),
            (Head::Float(value), _) => Ok(Number::Float(value)),
            (Head::Bytes(len), Some(tag @ (BIGNUM | NEGATIVE_BIGNUM))) => {
                Ok(bignum::number(tag == NEGATIVE_BIGNUM, &self.bytes_body(len)?))
            }
            (other, _) => Err(wrong_type("a number", other)),
        }
    }

    /// Reads true or false.
    pub(crate) fn bool(&mut self) -> Result<bool, Fault> {
        match self.head()? {
            Head::Bool(value) => Ok(value),
            other => Err(wrong_type("true or false", other)),
        }
    }

    /// Reads a null (or an `undefined`, as JavaScript's encoders write it) if it is next.
    #[inline]
    pub(crate) fn null(&mut self) -> Result<bool, Fault> {
        match self.peek() {
            Some(head::NULL | head::UNDEFINED) => {
                self.at += 1;
                Ok(true)
            }
            Some(first) if head::is_short_value(first) => Ok(false),
            _ => self.null_by_head(),
        }
    }

    /// Does the same where tags may come first, or the head may be malformed.
    #[inline(never)]
    fn null_by_head(&mut self) -> Result<bool, Fault> {
        let start = self.at;
        let is_null = matches!(self.head()?, Head::Null | Head::Undefined);
        if !is_null {
            self.at = start;
        }
        Ok(is_null)
    }

    /// Whether a map or array has ended, by its count or by a break, which this reads.
    #[inline]
    pub(super) fn at_end(&mut self, count: Option<usize>, seen: usize) -> bool {
        if let Some(count) = count {
            return seen == count;
        }
        let is_break = self.peek() == Some(head::BREAK);
        self.at += usize::from(is_break);
        is_break
    }

    /// Returns a fault where more elements are announced than the bytes left can hold.
    #[inline]
    pub(super) fn check_count(&self, count: Option<usize>, bytes_each: usize) -> Result<(), Fault> {
        match count {
            Some(count) if count > self.left() / bytes_each => Err(beyond_input(count, self.left())),
            _ => Ok(()),
        }
    }

    /// Charges `bytes` against the budget.
    #[inline]
    fn charge(&mut self, bytes: usize) -> Result<(), Fault> {
        self.budget = self.budget.checked_sub(bytes).ok_or_else(|| over_budget(self.limit))?;
        Ok(())
    }

    /// Charges a block of so many bytes against the budget.
    #[inline]
    pub(crate) fn charge_block(&mut self, bytes: usize) -> Result<(), Fault> {
        self.charge(block(bytes))
    }

    /// Gives back the charge of a block of so many bytes.
    pub(crate) fn give_back(&mut self, bytes: usize) {
        self.budget += block(bytes);
    }

    fn left(&self) -> usize {
        self.input.len() - self.at
    }
}

/// Does the same as [`Vec::try_reserve_exact`], for `room` elements in all.
fn reserve_exact<T>(items: &mut Vec<T>, room: usize) -> Result<(), TryReserveError> {
    if items.is_empty() || room.saturating_mul(size_of::<T>()) > SMALL {
        return items.try_reserve_exact(room - items.len());
    }
    let mut moved = Vec::new();
    moved.try_reserve_exact(room)?;
    moved.append(items);
    *items = moved;
    Ok(())
}

/// Up to this size a block is moved by hand: glibc caches freed blocks, but `realloc` does not
/// look in the cache.
const SMALL: usize = 1024;

#[cold]
#[inline(never)]
fn beyond_input(count: usize, left: usize) -> Fault {
    FaultKind::CountBeyondInput { count, left }.into()
}

#[cold]
#[inline(never)]
fn over_budget(limit: usize) -> Fault {
    FaultKind::OverBudget { limit }.into()
}
