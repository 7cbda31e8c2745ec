//! Reads CBOR heads, numbers, maps and arrays.

use crate::error::{Fault, FaultKind, Nesting, within};
use crate::types::FfiType;
use ciborium_ll::{Decoder, Header, simple, tag};

/// A position in the bytes of one request, with what the request may still cost.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) input: &'a [u8],
    pub(super) at: usize,
    pub(super) nesting: Nesting,
    budget: usize,
    limit: usize,
}

/// A field that waits for its key, and refuses the key's second coming.
///
/// How the value is read is handed in and no bound on `T`, so that a type that does not cross
/// is told where it stands and not here. For the same reason [`Slot::new`] names the mirror `P`:
/// rustc words a type that does not cross in one way where its mirror is named.
#[derive(Debug)]
pub struct Slot<T> {
    name: &'static str,
    value: Option<T>,
}

impl<T> Slot<T> {
    /// An empty slot for the field `name`.
    pub fn new<P>(name: &'static str) -> Self {
        Self { name, value: None }
    }

    /// Reads the field's value with `decode`.
    ///
    /// # Errors
    /// The value's fault, or that the key came before; `name` is added to the path.
    pub fn fill(&mut self, decode: impl FnOnce() -> Result<T, Fault>) -> Result<(), Fault> {
        if self.value.is_some() {
            return Err(Fault::new(FaultKind::DuplicateKey).at_key(self.name));
        }
        self.value = Some(within(self.name, decode())?);
        Ok(())
    }

    /// The value, or what `absent` gives in its place.
    ///
    /// # Errors
    /// That the key is missing, where the type has nothing to stand for it.
    pub fn take(self, absent: impl FnOnce() -> Option<T>) -> Result<T, Fault> {
        self.value.or_else(absent).ok_or_else(|| Fault::new(FaultKind::MissingKey).at_key(self.name))
    }
}

impl<'a> Reader<'a> {
    /// A reader at the start of `input` that may take `budget` bytes of memory.
    pub fn new(input: &'a [u8], budget: usize) -> Self {
        Self { input, at: 0, nesting: Nesting::default(), budget, limit: budget }
    }

    /// Reads a map, one level deeper; `entry` is called with each text key and must read or
    /// [skip](Reader::skip) its value. Keys that are not text are skipped here.
    ///
    /// # Errors
    /// What `entry` returns, a malformed map, or nesting past the limit.
    pub fn record(&mut self, entry: impl FnMut(&mut Self, &str) -> Result<(), Fault>) -> Result<(), Fault> {
        self.nesting.enter()?;
        self.entries(entry)?;
        self.nesting.leave();
        Ok(())
    }

    /// Reads the map of a request's parameters, which is no level of its own. No bytes at
    /// all stand for an empty map, and nothing may follow it.
    ///
    /// # Errors
    /// What `entry` returns, a malformed map, or trailing bytes.
    pub fn request(&mut self, entry: impl FnMut(&mut Self, &str) -> Result<(), Fault>) -> Result<(), Fault> {
        if self.input.is_empty() {
            return Ok(());
        }
        self.entries(entry)?;
        self.finish()
    }

    /// Faults where bytes are left.
    ///
    /// # Errors
    /// [`FaultKind::TrailingBytes`].
    pub fn finish(&self) -> Result<(), Fault> {
        match self.left() {
            0 => Ok(()),
            count => Err(FaultKind::TrailingBytes { count }.into()),
        }
    }

    fn entries(&mut self, mut entry: impl FnMut(&mut Self, &str) -> Result<(), Fault>) -> Result<(), Fault> {
        let count = match self.head()? {
            Header::Map(count) => count,
            other => return Err(wrong_type("a map", &other)),
        };
        // An entry takes two bytes at least.
        self.check_count(count, 2)?;
        let mut seen = 0;
        while !self.at_end(count, seen)? {
            match self.key()? {
                Some(key) => entry(self, &key)?,
                None => self.skip()?,
            }
            seen += 1;
        }
        Ok(())
    }

    /// Reads an array, one level deeper.
    pub(crate) fn list<T: FfiType>(&mut self) -> Result<Vec<T>, Fault> {
        let count = match self.head()? {
            Header::Array(count) => count,
            other => return Err(wrong_type("an array", &other)),
        };
        self.elements(count)
    }

    /// Reads the elements of an array whose head was read.
    pub(super) fn elements<T: FfiType>(&mut self, count: Option<usize>) -> Result<Vec<T>, Fault> {
        self.nesting.enter()?;
        self.check_count(count, 1)?;
        let (start, mut items) = (self.at, Vec::new());
        while !self.at_end(count, items.len())? {
            if items.len() == items.capacity() {
                self.grow(&mut items, count, start)?;
            }
            let index = items.len();
            items.push(T::decode(self).map_err(|fault| fault.at_index(index))?);
        }
        self.nesting.leave();
        Ok(items)
    }

    /// Doubles a list's room, up to what was announced: to twice the elements read, or twice
    /// the bytes read of this list, which began at `start`.
    fn grow<T>(&mut self, items: &mut Vec<T>, count: Option<usize>, start: usize) -> Result<(), Fault> {
        let read = (self.at - start) / size_of::<T>().max(1);
        let room = (2 * items.len()).max(2 * read).max(1).min(count.unwrap_or(usize::MAX));
        let more = room - items.len();
        let bytes = more.saturating_mul(size_of::<T>());
        self.charge(bytes)?;
        items.try_reserve_exact(more).map_err(|_| FaultKind::OutOfMemory { bytes }.into())
    }

    /// Reads an integer; a bignum in the range of 64 bits is one too.
    pub(crate) fn integer(&mut self) -> Result<i128, Fault> {
        match self.number()? {
            Number::Integer(value) => Ok(value),
            Number::Float(_) => Err(FaultKind::WrongType { expected: "an integer", found: "a float" }.into()),
        }
    }

    /// Reads a float, or an integer for the caller to check.
    pub(crate) fn number(&mut self) -> Result<Number, Fault> {
        let (tag, header) = self.tagged_head()?;
        match (header, tag) {
            (Header::Positive(value), _) => Ok(Number::Integer(value.into())),
            (Header::Negative(value), _) => Ok(Number::Integer(-1 - i128::from(value))),
            (Header::Float(value), _) => Ok(Number::Float(value)),
            (Header::Bytes(len), Some(tag::BIGPOS)) => Ok(Number::Integer(self.bignum(len)?)),
            (Header::Bytes(len), Some(tag::BIGNEG)) => Ok(Number::Integer(-1 - self.bignum(len)?)),
            (other, _) => Err(wrong_type("a number", &other)),
        }
    }

    fn bignum(&mut self, len: Option<usize>) -> Result<i128, Fault> {
        let bytes = self.bytes_body(len)?;
        let digits = bytes.iter().skip_while(|&&byte| byte == 0);
        if digits.clone().count() > size_of::<u64>() {
            return Err(FaultKind::OutOfRange { value: "a bignum".to_owned(), ty: "64 bits" }.into());
        }
        Ok(digits.fold(0, |value, &byte| value << 8 | i128::from(byte)))
    }

    /// Reads true or false.
    pub(crate) fn bool(&mut self) -> Result<bool, Fault> {
        match self.head()? {
            Header::Simple(simple::FALSE) => Ok(false),
            Header::Simple(simple::TRUE) => Ok(true),
            other => Err(wrong_type("true or false", &other)),
        }
    }

    /// Takes a null (or an `undefined`, as JavaScript's encoders write it) if one is next.
    pub(crate) fn null(&mut self) -> Result<bool, Fault> {
        let start = self.at;
        let is_null = matches!(self.head()?, Header::Simple(simple::NULL | simple::UNDEFINED));
        if !is_null {
            self.at = start;
        }
        Ok(is_null)
    }

    /// The next head, tags skipped.
    pub(super) fn head(&mut self) -> Result<Header, Fault> {
        Ok(self.tagged_head()?.1)
    }

    /// The next head and the tag right before it.
    fn tagged_head(&mut self) -> Result<(Option<u64>, Header), Fault> {
        let mut last = None;
        loop {
            match self.any_head()? {
                Header::Tag(tag) => last = Some(tag),
                header => return Ok((last, header)),
            }
        }
    }

    pub(super) fn any_head(&mut self) -> Result<Header, Fault> {
        let mut decoder = Decoder::from(&self.input[self.at..]);
        let header = decoder.pull().map_err(|error| match error {
            ciborium_ll::Error::Io(_) => FaultKind::Truncated { at: self.input.len() },
            ciborium_ll::Error::Syntax(offset) => FaultKind::Malformed { at: self.at + offset },
        })?;
        // RFC 8949, 3.3: a simple value below 32 has one form, of one byte.
        if matches!(header, Header::Simple(value) if value < 32) && decoder.offset() > 1 {
            return Err(FaultKind::Malformed { at: self.at }.into());
        }
        self.at += decoder.offset();
        Ok(header)
    }

    /// Whether a map or array is over: by its count, or by the break that this takes.
    pub(super) fn at_end(&mut self, count: Option<usize>, seen: usize) -> Result<bool, Fault> {
        if let Some(count) = count {
            return Ok(seen == count);
        }
        let is_break = self.input.get(self.at) == Some(&0xff);
        self.at += usize::from(is_break);
        Ok(is_break)
    }

    /// Faults where more is announced than the bytes left can hold.
    pub(super) fn check_count(&self, count: Option<usize>, bytes_each: usize) -> Result<(), Fault> {
        match count {
            Some(count) if count > self.left() / bytes_each => {
                Err(FaultKind::CountBeyondInput { count, left: self.left() }.into())
            }
            _ => Ok(()),
        }
    }

    /// Takes `bytes` of the budget.
    pub(crate) fn charge(&mut self, bytes: usize) -> Result<(), Fault> {
        self.budget = self.budget.checked_sub(bytes).ok_or(FaultKind::OverBudget { limit: self.limit })?;
        Ok(())
    }

    fn left(&self) -> usize {
        self.input.len() - self.at
    }
}

/// A CBOR number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Integer(i128),
    Float(f64),
}

/// The fault of an item that is something else.
#[cold]
pub(super) fn wrong_type(expected: &'static str, found: &Header) -> Fault {
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
