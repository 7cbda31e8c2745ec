//! CBOR, as far as requests, answers and schemas need it, over ciborium's coder of single items.
//!
//! - Lists and maps nest 64 levels deep, as in the library's own reader, so no input exhausts the stack.
//! - No length is trusted: what is announced must fit into the bytes that are left.

use super::error::Fault;
use ciborium_io::Read as _;
use ciborium_ll::{Decoder, Encoder, Header, simple};

/// Writes one item after the other.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

/// Reads one item after the other.
pub(crate) struct Reader<'a> {
    decoder: Decoder<&'a [u8]>,
    len: usize,
    depth: usize,
}

/// How deep lists and maps nest.
const NESTING: usize = 64;

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

    /// What was written.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

const GROWS: &str = "a buffer in memory takes every byte";

impl<'a> Reader<'a> {
    /// Reads these bytes.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { decoder: Decoder::from(bytes), len: bytes.len(), depth: 0 }
    }

    /// The head of the next item, its tags skipped.
    pub(crate) fn head(&mut self) -> Read<Header> {
        loop {
            match self.any_head()? {
                Header::Tag(_) => {}
                head => return Ok(head),
            }
        }
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
        let head = self.head()?;
        let is_null = matches!(head, Header::Simple(simple::NULL | simple::UNDEFINED));
        if !is_null {
            self.decoder.push(head);
        }
        Ok(is_null)
    }

    /// Reads an integer.
    pub(crate) fn integer(&mut self) -> Read<i128> {
        match self.head()? {
            Header::Positive(value) => Ok(i128::from(value)),
            Header::Negative(value) => Ok(!i128::from(value)),
            other => Err(unexpected("an integer", other)),
        }
    }

    /// Reads a text.
    pub(crate) fn text(&mut self) -> Read<String> {
        let bytes = match self.head()? {
            Header::Text(len) => self.chunks(len, text_len)?,
            other => return Err(unexpected("a text", other)),
        };
        String::from_utf8(bytes).map_err(|fault| Fault::new(fault.to_string()))
    }

    /// Reads a byte string.
    pub(crate) fn bytes(&mut self) -> Read<Vec<u8>> {
        match self.head()? {
            Header::Bytes(len) => self.chunks(len, bytes_len),
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
        if self.depth == NESTING {
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
        let head = self.head()?;
        self.decoder.push(head);
        match head {
            Header::Text(_) => self.text().map(Some),
            _ => self.skip().map(|()| None),
        }
    }

    /// Reads a value that nests as deep as if it stood alone.
    pub(crate) fn afresh<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let depth = std::mem::take(&mut self.depth);
        let value = read(self);
        self.depth = depth;
        value
    }

    /// Reads past the next item, whatever it is.
    pub(crate) fn skip(&mut self) -> Read<()> {
        let (mut items, width) = match self.head()? {
            Header::Text(len) => return self.chunks(len, text_len).map(drop),
            Header::Bytes(len) => return self.chunks(len, bytes_len).map(drop),
            Header::Array(len) => (self.enter(len, 1)?, 1),
            Header::Map(len) => (self.enter(len, 2)?, 2),
            Header::Break => return Err(malformed()),
            _ => return Ok(()),
        };
        while self.more(&mut items)? {
            (0..width).try_for_each(|_| self.skip())?;
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

    /// The bytes of a text or a byte string, in one piece or several.
    fn chunks(&mut self, len: Option<usize>, piece: fn(Header) -> Option<usize>) -> Read<Vec<u8>> {
        let mut bytes = Vec::new();
        if let Some(len) = len {
            self.piece(len, &mut bytes)?;
            return Ok(bytes);
        }
        loop {
            match self.any_head()? {
                Header::Break => return Ok(bytes),
                head => self.piece(piece(head).ok_or_else(malformed)?, &mut bytes)?,
            }
        }
    }

    fn piece(&mut self, len: usize, bytes: &mut Vec<u8>) -> Read<()> {
        if len > self.left() {
            return Err(malformed());
        }
        let start = bytes.len();
        bytes.resize(start + len, 0);
        self.decoder.read_exact(&mut bytes[start..]).map_err(|_| malformed())
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
pub(crate) fn unexpected(expected: &str, found: Header) -> Fault {
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
