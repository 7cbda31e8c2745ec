//! CBOR, as far as requests, answers and schemas need it, over ciborium's coder of single items.
//!
//! - Lists and maps nest 64 levels deep, as in the library's own reader, so no input exhausts the stack.
//! - No length is trusted: what is announced must fit into the bytes that are left.
//! - Every form of a value is taken in which nothing is lost: indefinite lengths, tags, integers of any size in bytes.

use super::error::Fault;
use super::numbers::{Number, bignum, magnitude};
use ciborium_io::Read as _;
use ciborium_ll::{Decoder, Encoder, Header, simple, tag};

/// Writes one item after the other.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

/// Reads one item after the other.
pub(crate) struct Reader<'a> {
    decoder: Decoder<&'a [u8]>,
    len: usize,
    pub(super) depth: usize,
    /// How many levels there are.
    pub(super) limit: usize,
    /// A head that was looked at and is still to come, with the tag right before it.
    ahead: Option<(Option<u64>, Header)>,
}

/// How deep lists and maps nest.
pub(super) const NESTING: usize = 64;

/// How many items a list or a map still has, unless it says where it ends.
pub(crate) struct Items(Option<usize>);

/// What every function here fails with.
type Read<T> = Result<T, Fault>;

impl Writer {
    /// Writes the head of an item.
    pub(crate) fn head(&mut self, head: Header) {
        Encoder::from(&mut self.0).push(head).expect(GROWS);
    }

    /// Begins a map with these keys, each of which is written before its value.
    pub(crate) fn map(&mut self, keys: &[&str]) {
        self.head(Header::Map(Some(keys.len())));
    }

    /// Writes a text.
    pub(crate) fn text(&mut self, text: &str) {
        Encoder::from(&mut self.0).text(text, None).expect(GROWS);
    }

    /// Writes a byte string.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        Encoder::from(&mut self.0).bytes(bytes, None).expect(GROWS);
    }

    /// Writes an integer.
    pub(crate) fn integer(&mut self, value: i128) {
        let bits = |value| u64::try_from(value).expect("an integer has 64 bits");
        self.head(if value < 0 { Header::Negative(bits(!value)) } else { Header::Positive(bits(value)) });
    }

    /// What was written so far.
    pub(super) fn written(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }

    /// What was written.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

const GROWS: &str = "a buffer in memory takes every byte";

impl<'a> Reader<'a> {
    /// Reads these bytes.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { decoder: Decoder::from(bytes), len: bytes.len(), depth: 0, limit: NESTING, ahead: None }
    }

    /// The head of the next item, its tags skipped.
    pub(crate) fn head(&mut self) -> Read<Header> {
        Ok(self.tagged_head()?.1)
    }

    /// The same, with the tag right before it.
    pub(super) fn tagged_head(&mut self) -> Read<(Option<u64>, Header)> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(ahead);
        }
        let mut last = None;
        loop {
            match self.any_head()? {
                Header::Tag(tag) => last = Some(tag),
                Header::Break => return Err(malformed()),
                head => return Ok((last, head)),
            }
        }
    }

    /// The head of the next item, which is still to come.
    pub(super) fn peek(&mut self) -> Read<Header> {
        Ok(self.tagged_peek()?.1)
    }

    /// The same, with the tag right before it.
    pub(super) fn tagged_peek(&mut self) -> Read<(Option<u64>, Header)> {
        let ahead = self.tagged_head()?;
        self.ahead = Some(ahead);
        Ok(ahead)
    }

    fn any_head(&mut self) -> Read<Header> {
        let start = self.decoder.offset();
        match self.decoder.pull() {
            // RFC 8949, 3.3: a simple value below 32 has one form, of one byte.
            Ok(Header::Simple(0..32)) if self.decoder.offset() - start > 1 => Err(malformed()),
            Ok(head) => Ok(head),
            Err(_) => Err(malformed()),
        }
    }

    /// Whether the next item is null, which is read then.
    pub(crate) fn is_null(&mut self) -> Read<bool> {
        let is_null = matches!(self.peek()?, Header::Simple(simple::NULL | simple::UNDEFINED));
        if is_null {
            self.ahead = None;
        }
        Ok(is_null)
    }

    /// Whether the next item is a list.
    pub(crate) fn is_list(&mut self) -> Read<bool> {
        Ok(matches!(self.peek()?, Header::Array(_)))
    }

    /// Reads true or false.
    pub(crate) fn truth(&mut self) -> Read<bool> {
        match self.head()? {
            Header::Simple(simple::TRUE) => Ok(true),
            Header::Simple(simple::FALSE) => Ok(false),
            other => Err(unexpected("a boolean", other)),
        }
    }

    /// Reads an integer of 64 bits, with a sign or without.
    pub(crate) fn integer(&mut self) -> Read<i128> {
        match self.number()? {
            Number::Integer(value) => Ok(value),
            Number::Float(_) => Err(unexpected("an integer", Header::Float(0.0))),
            Number::Beyond(_) => Err(Fault::new("an integer is out of range")),
        }
    }

    /// Reads a float, or an integer that is exactly one.
    pub(crate) fn float(&mut self) -> Read<f64> {
        let exact = |value: i128| Some(value as f64).filter(|float| *float as i128 == value);
        match self.number()? {
            Number::Float(value) => Ok(value),
            Number::Integer(value) => exact(value).ok_or_else(|| Fault::new(format!("{value} is no float"))),
            Number::Beyond(value) => value.ok_or_else(|| Fault::new("an integer is no float")),
        }
    }

    /// Reads a float and rounds it to the nearest of 32 bits, or an integer that is exactly one of those. What is
    /// finite stays so, and what is not zero is none then.
    pub(crate) fn single(&mut self) -> Read<f32> {
        let is_integer = !matches!(self.peek()?, Header::Float(_));
        let value = self.float()?;
        let nearest = value as f32;
        let is_kept = nearest.is_finite() == value.is_finite() && (nearest == 0.0) == (value == 0.0);
        let is_right = is_kept && (!is_integer || f64::from(nearest) == value);
        if is_right { Ok(nearest) } else { Err(Fault::new(format!("{value} is out of range"))) }
    }

    fn number(&mut self) -> Read<Number> {
        match self.tagged_head()? {
            (_, Header::Positive(value)) => Ok(Number::Integer(i128::from(value))),
            (_, Header::Negative(value)) => Ok(Number::Integer(!i128::from(value))),
            (_, Header::Float(value)) => Ok(Number::Float(value)),
            (Some(sign @ (tag::BIGPOS | tag::BIGNEG)), Header::Bytes(len)) => {
                Ok(bignum(sign == tag::BIGNEG, &self.chunks(len)?))
            }
            (_, other) => Err(unexpected("a number", other)),
        }
    }

    /// Reads an integer of 128 bits: its magnitude, and whether it is -1 less that.
    pub(crate) fn wide(&mut self) -> Read<(bool, u128)> {
        match self.tagged_head()? {
            (_, Header::Positive(value)) => Ok((false, value.into())),
            (_, Header::Negative(value)) => Ok((true, value.into())),
            (Some(sign @ (tag::BIGPOS | tag::BIGNEG)), Header::Bytes(len)) => {
                let value = magnitude(&self.chunks(len)?).ok_or_else(|| Fault::new("an integer is out of range"))?;
                Ok((sign == tag::BIGNEG, value))
            }
            (_, other) => Err(unexpected("an integer", other)),
        }
    }

    /// Reads a text.
    pub(crate) fn text(&mut self) -> Read<String> {
        match self.head()? {
            Header::Text(len) => self.text_body(len),
            other => Err(unexpected("a text", other)),
        }
    }

    fn text_body(&mut self, len: Option<usize>) -> Read<String> {
        let mut text = String::new();
        self.pieces(len, text_len, |piece| {
            // RFC 8949, 3.2.3: each piece is a text of its own.
            text.push_str(std::str::from_utf8(&piece).map_err(|_| Fault::new("a text is not UTF-8"))?);
            Ok(())
        })?;
        Ok(text)
    }

    /// Reads a byte string.
    pub(crate) fn bytes(&mut self) -> Read<Vec<u8>> {
        match self.head()? {
            Header::Bytes(len) => self.chunks(len),
            other => Err(unexpected("bytes", other)),
        }
    }

    /// Begins a list.
    pub(crate) fn list(&mut self) -> Read<Items> {
        match self.head()? {
            Header::Array(len) => self.enter(len, 1),
            other => Err(unexpected("a list", other)),
        }
    }

    /// Begins a map.
    pub(crate) fn map(&mut self) -> Read<Items> {
        match self.head()? {
            Header::Map(len) => self.enter(len, 2),
            other => Err(unexpected("a map", other)),
        }
    }

    /// Goes one level deeper, into as many items of at least as many bytes each.
    fn enter(&mut self, count: Option<usize>, bytes_each: usize) -> Read<Items> {
        if self.depth == self.limit {
            return Err(Fault::new("nested too deep"));
        }
        if count.is_some_and(|count| count > self.left() / bytes_each) {
            return Err(malformed());
        }
        self.depth += 1;
        Ok(Items(count))
    }

    /// Whether there is one more item in a list, or one more key in a map, which otherwise is left.
    pub(crate) fn more(&mut self, items: &mut Items) -> Read<bool> {
        let more = match &mut items.0 {
            Some(left) => {
                let more = *left > 0;
                *left = left.saturating_sub(1);
                more
            }
            None => !self.at_break()?,
        };
        self.depth -= usize::from(!more);
        Ok(more)
    }

    /// Whether a list or a map of unknown length ends here; then its end is read.
    fn at_break(&mut self) -> Read<bool> {
        let head = self.any_head()?;
        if head != Header::Break {
            self.decoder.push(head);
        }
        Ok(head == Header::Break)
    }

    /// Reads a map's key, `None` where it is no text.
    pub(crate) fn key(&mut self) -> Read<Option<String>> {
        let is_text = matches!(self.peek()?, Header::Text(_));
        if is_text { self.text().map(Some) } else { self.skip().map(|()| None) }
    }

    /// Reads a value that nests as deep as if it stood alone.
    pub(crate) fn afresh<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let depth = std::mem::take(&mut self.depth);
        let value = read(self);
        self.depth = depth;
        value
    }

    /// Reads past the next item, whatever it is: what is one level may be two there, a variant with what it holds.
    pub(crate) fn skip(&mut self) -> Read<()> {
        let depth = self.depth;
        (self.depth, self.limit) = (2 * depth, 2 * NESTING);
        let passed = self.pass();
        (self.depth, self.limit) = (depth, NESTING);
        passed
    }

    fn pass(&mut self) -> Read<()> {
        let (mut items, width) = match self.head()? {
            Header::Text(len) => return self.text_body(len).map(drop),
            Header::Bytes(len) => return self.chunks(len).map(drop),
            Header::Array(len) => (self.enter(len, 1)?, 1),
            Header::Map(len) => (self.enter(len, 2)?, 2),
            _ => return Ok(()),
        };
        while self.more(&mut items)? {
            (0..width).try_for_each(|_| self.pass())?;
        }
        Ok(())
    }

    fn left(&mut self) -> usize {
        self.len - self.decoder.offset()
    }

    /// That nothing is left.
    pub(crate) fn end(mut self) -> Read<()> {
        if self.left() == 0 { Ok(()) } else { Err(Fault::new("bytes behind the value")) }
    }

    /// The bytes of a byte string.
    fn chunks(&mut self, len: Option<usize>) -> Read<Vec<u8>> {
        let mut bytes = Vec::new();
        self.pieces(len, bytes_len, |piece| {
            bytes.extend(piece);
            Ok(())
        })?;
        Ok(bytes)
    }

    /// Hands on the bytes of a text or a byte string, in one piece or several.
    fn pieces(
        &mut self,
        len: Option<usize>,
        piece: fn(Header) -> Option<usize>,
        mut take: impl FnMut(Vec<u8>) -> Read<()>,
    ) -> Read<()> {
        if let Some(len) = len {
            return take(self.piece(len)?);
        }
        loop {
            match self.any_head()? {
                Header::Break => return Ok(()),
                head => take(self.piece(piece(head).ok_or_else(malformed)?)?)?,
            }
        }
    }

    fn piece(&mut self, len: usize) -> Read<Vec<u8>> {
        if len > self.left() {
            return Err(malformed());
        }
        let mut bytes = vec![0; len];
        self.decoder.read_exact(&mut bytes).map_err(|_| malformed())?;
        Ok(bytes)
    }
}

fn malformed() -> Fault {
    Fault::new("malformed CBOR")
}

fn text_len(head: Header) -> Option<usize> {
    if let Header::Text(len) = head { len } else { None }
}

fn bytes_len(head: Header) -> Option<usize> {
    if let Header::Bytes(len) = head { len } else { None }
}

/// The fault of an item that is another than this.
fn unexpected(expected: &str, found: Header) -> Fault {
    let found = match found {
        Header::Positive(_) | Header::Negative(_) => "an integer",
        Header::Float(_) => "a float",
        Header::Simple(simple::TRUE | simple::FALSE) => "a boolean",
        Header::Simple(_) => "null",
        Header::Text(_) => "a text",
        Header::Bytes(_) => "bytes",
        Header::Array(_) => "a list",
        Header::Map(_) => "a map",
        Header::Tag(_) | Header::Break => "malformed CBOR",
    };
    Fault::new(format!("expected {expected}, found {found}"))
}
