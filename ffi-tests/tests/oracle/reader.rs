//! A reader of CBOR that is slow and plain: each item through ciborium's own decoder of heads, no
//! key tried before another, nothing borrowed, nothing in place.

mod skip;

use super::Read;
use ciborium_ll::{Decoder, Header, simple, tag};
use ffi_runtime::{Fault, FaultKind, MAX_NESTING};

/// A position in the bytes, and what may still be taken.
pub(crate) struct Slow<'a> {
    input: &'a [u8],
    at: usize,
    levels: u32,
    budget: usize,
    limit: usize,
}

/// Reads one value that fills the bytes.
pub(crate) fn read<T: Read>(input: &[u8], budget: usize) -> Result<T, Fault> {
    let mut slow = Slow { input, at: 0, levels: 0, budget, limit: budget };
    let value = T::read(&mut slow)?;
    match input.len() - slow.at {
        0 => Ok(value),
        count => Err(FaultKind::TrailingBytes { count }.into()),
    }
}

impl Slow<'_> {
    /// Calls `entry` with each text key of a map, and skips the others.
    pub(crate) fn record(&mut self, mut entry: impl FnMut(&mut Self, &str) -> Result<(), Fault>) -> Result<(), Fault> {
        self.enter()?;
        self.entries(&mut entry)?;
        self.levels -= 1;
        Ok(())
    }

    /// The same on the level of what the map stands in.
    pub(crate) fn entries(&mut self, mut entry: impl FnMut(&mut Self, &str) -> Result<(), Fault>) -> Result<(), Fault> {
        let count = match self.head()? {
            Header::Map(count) => count,
            other => return Err(wrong_type("a map", &other)),
        };
        self.check_count(count, 2)?;
        let mut seen = 0;
        while !self.is_over(count, seen) {
            match self.key()? {
                Some(key) => entry(self, &key)?,
                None => self.skip()?,
            }
            seen += 1;
        }
        Ok(())
    }

    /// Reads a variant of an enum with data: `held` reads what the variant of this name holds, unless the name stands
    /// alone.
    pub(crate) fn variant<T>(
        &mut self,
        held: impl FnOnce(&mut Self, &str, bool) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.enter()?;
        let start = self.at;
        let count = match self.head()? {
            Header::Map(count) => Some(count),
            Header::Text(_) => {
                self.at = start;
                None
            }
            other => return Err(wrong_type("the name of a variant, or a map of it", &other)),
        };
        if count.is_some_and(|count| count != Some(1) && (count.is_some() || self.is_over(None, 0))) {
            return Err(FaultKind::NotOneVariant.into());
        }
        let name = self.text()?;
        let value = held(self, &name, count.is_none())?;
        if count == Some(None) && !self.is_over(None, 1) {
            return Err(FaultKind::NotOneVariant.into());
        }
        self.levels -= 1;
        Ok(value)
    }

    /// Reads an array of two elements, on the level of what it stands in.
    pub(crate) fn pair<A: Read, B: Read>(&mut self) -> Result<(A, B), Fault> {
        let wrong_length = || Err(FaultKind::WrongLength { expected: 2 }.into());
        let count = match self.head()? {
            Header::Array(count) => count,
            other => return Err(wrong_type("an array", &other)),
        };
        if count.is_some_and(|count| count != 2) || (count.is_none() && self.is_over(None, 0)) {
            return wrong_length();
        }
        let first = A::read(self).map_err(|fault| fault.at_key("0"))?;
        if count.is_none() && self.is_over(None, 1) {
            return wrong_length();
        }
        let second = B::read(self).map_err(|fault| fault.at_key("1"))?;
        if count.is_none() && !self.is_over(None, 2) {
            return wrong_length();
        }
        Ok((first, second))
    }

    /// Reads null.
    pub(crate) fn nothing(&mut self) -> Result<(), Fault> {
        match self.head()? {
            Header::Simple(simple::NULL | simple::UNDEFINED) => Ok(()),
            other => Err(wrong_type("null", &other)),
        }
    }

    fn key(&mut self) -> Result<Option<String>, Fault> {
        let start = self.at;
        if let Header::Text(len) = self.head()? {
            return self.text_body(len).map(Some);
        }
        self.at = start;
        self.skip()?;
        Ok(None)
    }

    pub(crate) fn list<T: Read>(&mut self) -> Result<Vec<T>, Fault> {
        match self.head()? {
            Header::Array(count) => self.elements(count),
            other => Err(wrong_type("an array", &other)),
        }
    }

    fn elements<T: Read>(&mut self, count: Option<usize>) -> Result<Vec<T>, Fault> {
        self.enter()?;
        self.check_count(count, 1)?;
        let (start, mut items, mut room) = (self.at, Vec::new(), 0);
        while !self.is_over(count, items.len()) {
            if items.len() == room {
                let read = (self.at - start) / size_of::<T>().max(1);
                let before = room;
                // A list of what takes no memory has all the room there is.
                room = (2 * items.len()).max(2 * read).max(1).min(count.unwrap_or(usize::MAX));
                self.grow(before * size_of::<T>(), room * size_of::<T>())?;
            }
            items.push(T::read(self).map_err(|fault| fault.at_index(items.len()))?);
        }
        self.levels -= 1;
        Ok(items)
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, Fault> {
        match self.head()? {
            Header::Bytes(len) => {
                let bytes = self.bytes_body(len)?;
                // Chunks were charged as they came.
                self.charge_block(len.unwrap_or(0))?;
                Ok(bytes)
            }
            Header::Array(count) => self.elements(count),
            other => Err(wrong_type("a byte string", &other)),
        }
    }

    pub(crate) fn string(&mut self) -> Result<String, Fault> {
        let text = self.text()?;
        self.charge_block(if text.is_empty() { 0 } else { text.len() + 1 })?;
        Ok(text)
    }

    pub(crate) fn text(&mut self) -> Result<String, Fault> {
        match self.head()? {
            Header::Text(len) => self.text_body(len),
            other => Err(wrong_type("text", &other)),
        }
    }

    /// A number: an integer, or a float.
    pub(crate) fn number(&mut self) -> Result<Result<i128, f64>, Fault> {
        match self.tagged_head()? {
            (_, Header::Positive(value)) => Ok(Ok(value.into())),
            (_, Header::Negative(value)) => Ok(Ok(-1 - i128::from(value))),
            (_, Header::Float(value)) => Ok(Err(value)),
            (Some(tag::BIGPOS), Header::Bytes(len)) => self.bignum(len).map(Ok),
            (Some(tag::BIGNEG), Header::Bytes(len)) => self.bignum(len).map(|value| Ok(-1 - value)),
            (_, other) => Err(wrong_type("a number", &other)),
        }
    }

    fn bignum(&mut self, len: Option<usize>) -> Result<i128, Fault> {
        let bytes = self.bytes_body(len)?;
        let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
        if bytes.len() - zeros > 8 {
            return Err(FaultKind::OutOfRange { value: "a bignum".to_owned(), ty: "64 bits" }.into());
        }
        Ok(bytes.iter().fold(0, |value, &byte| value * 256 + i128::from(byte)))
    }

    pub(crate) fn bool(&mut self) -> Result<bool, Fault> {
        match self.head()? {
            Header::Simple(simple::FALSE) => Ok(false),
            Header::Simple(simple::TRUE) => Ok(true),
            other => Err(wrong_type("true or false", &other)),
        }
    }

    pub(crate) fn null(&mut self) -> Result<bool, Fault> {
        let start = self.at;
        let is_null = matches!(self.head()?, Header::Simple(simple::NULL | simple::UNDEFINED));
        self.at = if is_null { self.at } else { start };
        Ok(is_null)
    }

    /// Charges what an allocator takes for a block.
    pub(crate) fn charge_block(&mut self, bytes: usize) -> Result<(), Fault> {
        let left = self.budget.checked_sub(block(bytes));
        self.budget = left.ok_or(FaultKind::OverBudget { limit: self.limit })?;
        Ok(())
    }

    /// Charges for a block in which what stands in another one goes on: for a moment there are both.
    fn grow(&mut self, from: usize, to: usize) -> Result<(), Fault> {
        self.charge_block(to)?;
        self.budget += block(from);
        Ok(())
    }

    /// As [`Slow::grow`], for bytes of this number to which others come; gives the room that there is then.
    fn extend(&mut self, len: usize, room: usize, more: usize) -> Result<usize, Fault> {
        if len + more <= room {
            return Ok(room);
        }
        let grown = (2 * room).max(len + more);
        self.grow(room, grown)?;
        Ok(grown)
    }

    fn enter(&mut self) -> Result<(), Fault> {
        self.enter_up_to(MAX_NESTING)
    }

    fn enter_up_to(&mut self, most: u32) -> Result<(), Fault> {
        if self.levels == most {
            return Err(FaultKind::TooDeep { limit: MAX_NESTING }.into());
        }
        self.levels += 1;
        Ok(())
    }

    fn head(&mut self) -> Result<Header, Fault> {
        Ok(self.tagged_head()?.1)
    }

    fn tagged_head(&mut self) -> Result<(Option<u64>, Header), Fault> {
        let mut last = None;
        loop {
            match self.any_head()? {
                Header::Tag(tag) => last = Some(tag),
                header => return Ok((last, header)),
            }
        }
    }

    fn any_head(&mut self) -> Result<Header, Fault> {
        if let Some(header) = self.uncountable_head() {
            return Ok(header);
        }
        let mut decoder = Decoder::from(&self.input[self.at..]);
        let header = decoder.pull().map_err(|error| match error {
            ciborium_ll::Error::Io(_) => FaultKind::Truncated { at: self.input.len() },
            ciborium_ll::Error::Syntax(offset) => FaultKind::Malformed { at: self.at + offset },
        })?;
        if matches!(header, Header::Simple(value) if value < 32) && decoder.offset() > 1 {
            return Err(FaultKind::Malformed { at: self.at }.into());
        }
        self.at += decoder.offset();
        Ok(header)
    }

    /// A head whose length a machine of 32 bits cannot count: as long as it can.
    fn uncountable_head(&mut self) -> Option<Header> {
        let (&first, rest) = self.input[self.at..].split_first()?;
        let number = u64::from_be_bytes(*rest.first_chunk()?);
        if first & 31 != 27 || usize::try_from(number).is_ok() {
            return None;
        }
        let len = Some(usize::MAX);
        let header = match first >> 5 {
            2 => Header::Bytes(len),
            3 => Header::Text(len),
            4 => Header::Array(len),
            5 => Header::Map(len),
            _ => return None,
        };
        self.at += 9;
        Some(header)
    }

    fn is_over(&mut self, count: Option<usize>, seen: usize) -> bool {
        if let Some(count) = count {
            return seen == count;
        }
        let is_break = self.input[self.at..].first() == Some(&0xff);
        self.at += usize::from(is_break);
        is_break
    }

    fn check_count(&self, count: Option<usize>, bytes_each: usize) -> Result<(), Fault> {
        let left = self.input.len() - self.at;
        match count {
            Some(count) if count > left / bytes_each => Err(FaultKind::CountBeyondInput { count, left }.into()),
            _ => Ok(()),
        }
    }

    fn text_body(&mut self, len: Option<usize>) -> Result<String, Fault> {
        if let Some(len) = len {
            return utf8(self.take(len)?);
        }
        let (mut text, mut room) = (String::new(), 0);
        while !self.is_over(None, 0) {
            let chunk = match self.any_head()? {
                Header::Text(Some(len)) => self.take(len)?,
                other => return Err(wrong_type("a chunk of text", &other)),
            };
            let chunk = utf8(chunk)?;
            room = self.extend(text.len(), room, chunk.len())?;
            text.push_str(&chunk);
        }
        Ok(text)
    }

    fn bytes_body(&mut self, len: Option<usize>) -> Result<Vec<u8>, Fault> {
        if let Some(len) = len {
            return self.take(len);
        }
        let (mut bytes, mut room) = (Vec::new(), 0);
        while !self.is_over(None, 0) {
            let chunk = match self.any_head()? {
                Header::Bytes(Some(len)) => self.take(len)?,
                other => return Err(wrong_type("a chunk of bytes", &other)),
            };
            room = self.extend(bytes.len(), room, chunk.len())?;
            bytes.extend(chunk);
        }
        Ok(bytes)
    }

    fn take(&mut self, len: usize) -> Result<Vec<u8>, Fault> {
        let bytes = self.input[self.at..].get(..len).ok_or(FaultKind::Truncated { at: self.input.len() })?;
        self.at += len;
        Ok(bytes.to_vec())
    }
}

/// What glibc takes for a block: a header of a word, all rounded up to 16 bytes, four words at least, and a rest of
/// 16 bytes that it may not split off; from
/// 128 KiB on pages, with a header of two words.
pub(crate) fn block(bytes: usize) -> usize {
    let word = size_of::<usize>();
    match bytes {
        0 => 0,
        1..0x2_0000 => (bytes + word).next_multiple_of(16).max(4 * word) + 16,
        _ => bytes.saturating_add(2 * word + 4095) / 4096 * 4096,
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, Fault> {
    String::from_utf8(bytes).map_err(|error| FaultKind::InvalidUtf8 { at: error.utf8_error().valid_up_to() }.into())
}

fn wrong_type(expected: &'static str, found: &Header) -> Fault {
    let found = match found {
        Header::Positive(_) | Header::Negative(_) => "an integer",
        Header::Float(_) => "a float",
        Header::Simple(simple::FALSE | simple::TRUE) => "true or false",
        Header::Simple(simple::NULL) => "null",
        Header::Simple(simple::UNDEFINED) => "undefined",
        Header::Simple(_) => "a simple value",
        Header::Tag(_) => "a tag",
        Header::Break => "a break",
        Header::Bytes(_) => "a byte string",
        Header::Text(_) => "text",
        Header::Array(_) => "an array",
        Header::Map(_) => "a map",
    };
    FaultKind::WrongType { expected, found }.into()
}
