//! Faults: why a request or a result is refused, and the path to the value.

use std::fmt;

/// A fault in a value on its way over the boundary, with the path to it.
#[derive(Debug)]
pub struct Fault(Box<Located>);

#[derive(Debug)]
struct Located {
    kind: FaultKind,
    /// Innermost step first: the path grows while the error travels outwards.
    path: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Key(&'static str),
    Index(usize),
}

/// The kind of a [`Fault`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FaultKind {
    /// A NULL pointer where a value is required.
    Null,
    /// A NULL array with a length above zero.
    NullArray {
        /// The number of elements it claims.
        len: usize,
    },
    /// An array whose size in bytes overflows the address space.
    LengthOverflow {
        /// The number of elements it claims.
        len: usize,
    },
    /// A pointer that is not aligned for what it points to.
    Misaligned {
        /// The alignment it lacks, in bytes.
        align: usize,
    },
    /// Text that is not UTF-8.
    InvalidUtf8 {
        /// The first bad byte, counted from the start of the text.
        at: usize,
    },
    /// A number that is no Unicode scalar value.
    NotACharacter {
        /// The number.
        value: u32,
    },
    /// A text that is not exactly one character.
    NotOneCharacter,
    /// A number that is no value of the enumeration.
    UnknownValue {
        /// The number.
        value: i32,
    },
    /// A text that names no variant of the enumeration.
    UnknownVariant {
        /// Its first 64 characters.
        text: String,
    },
    /// A string with a NUL inside, which C would read as a shorter one.
    InnerNul {
        /// Where the NUL stands, in bytes.
        at: usize,
    },
    /// Structs and lists nested deeper than the limit.
    TooDeep {
        /// The limit, in levels.
        limit: u32,
    },
    /// A request that is larger than the library takes.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A request whose decoded form is larger than the library allows.
    OverBudget {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A thread with less stack left than the value may take.
    StackTooSmall {
        /// What is left, in bytes.
        left: usize,
        /// What the value may take, in bytes.
        needed: usize,
    },
    /// The allocator gave no memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
    /// A required key is missing.
    MissingKey,
    /// A key appears twice.
    DuplicateKey,
    /// A value appears twice in a set.
    DuplicateValue,
    /// Zero where the type has none.
    Zero,
    /// A text that is not of the form that the type has.
    NotOfForm {
        /// What the type is.
        expected: &'static str,
        /// The first 64 characters of the text.
        text: String,
    },
    /// A path that is not UTF-8, and so is no text.
    PathNotUtf8,
    /// A CBOR item of another type than expected.
    WrongType {
        /// What the type wants.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A number outside the type's range, or an integer that a float cannot hold exactly.
    OutOfRange {
        /// The number.
        value: String,
        /// The type.
        ty: &'static str,
    },
    /// The bytes end inside a value.
    Truncated {
        /// Where they end.
        at: usize,
    },
    /// More elements are announced than bytes are left.
    CountBeyondInput {
        /// The elements announced.
        count: usize,
        /// The bytes left.
        left: usize,
    },
    /// Bytes follow the request.
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// A map for one variant of an enumeration that has not one entry.
    NotOneVariant,
    /// An array of another length than the type's.
    WrongLength {
        /// The length that the type has.
        expected: usize,
    },
    /// Bytes that are no CBOR item.
    Malformed {
        /// Where the item begins.
        at: usize,
    },
}

impl Fault {
    /// Returns a fault at the current value.
    #[cold]
    #[inline(never)]
    pub fn new(kind: FaultKind) -> Self {
        Self(Box::new(Located { kind, path: Vec::new() }))
    }

    /// Returns the same fault seen from the record whose field `key` holds the value; a value that has no name of its own
    /// is no step of the path.
    #[cold]
    #[inline(never)]
    pub fn at_key(mut self, key: &'static str) -> Self {
        if !key.is_empty() {
            self.0.path.push(Step::Key(key));
        }
        self
    }

    /// Returns the same fault seen from the list whose element `index` is the value.
    #[cold]
    #[inline(never)]
    pub fn at_index(mut self, index: usize) -> Self {
        self.0.path.push(Step::Index(index));
        self
    }

    /// Returns the kind, without the path.
    pub fn kind(&self) -> &FaultKind {
        &self.0.kind
    }
}

impl From<FaultKind> for Fault {
    fn from(kind: FaultKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Located { kind, path } = &*self.0;
        for (position, step) in path.iter().rev().enumerate() {
            match step {
                Step::Key(key) if position > 0 => write!(f, ".{key}")?,
                Step::Key(key) => f.write_str(key)?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        if !path.is_empty() {
            f.write_str(": ")?;
        }
        kind.fmt(f)
    }
}

impl std::error::Error for Fault {}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => write!(f, "NULL where a value is required"),
            Self::NullArray { len } => write!(f, "NULL with a length of {len}"),
            Self::LengthOverflow { len } => write!(f, "a length of {len} overflows the address space"),
            Self::Misaligned { align } => write!(f, "the pointer is not aligned to {align} bytes"),
            Self::InvalidUtf8 { at } => write!(f, "invalid UTF-8 at byte {at}"),
            Self::NotACharacter { value } => write!(f, "{value:#x} is not a Unicode scalar value"),
            Self::NotOneCharacter => write!(f, "the text is not exactly one character"),
            Self::UnknownValue { value } => write!(f, "{value} is not a value of the enumeration"),
            Self::UnknownVariant { text } => write!(f, "{text:?} is not a variant of the enumeration"),
            Self::InnerNul { at } => write!(f, "the string has a NUL at byte {at}, where C would end it"),
            Self::TooDeep { limit } => write!(f, "nested deeper than {limit} levels"),
            Self::TooLarge { limit } => write!(f, "the request is larger than the limit of {limit} bytes"),
            Self::OverBudget { limit } => write!(f, "the request decodes to more than the limit of {limit} bytes"),
            Self::StackTooSmall { left, needed } => {
                write!(f, "this may take {needed} bytes of the thread's stack, which has {left} left")
            }
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes"),
            Self::MissingKey => write!(f, "the key is missing"),
            Self::DuplicateKey => write!(f, "the key appears twice"),
            Self::DuplicateValue => write!(f, "the value appears twice"),
            Self::Zero => write!(f, "0 where the type has no 0"),
            Self::NotOfForm { expected, text } => write!(f, "{text:?} is not {expected}"),
            Self::PathNotUtf8 => write!(f, "the path is not UTF-8"),
            Self::WrongType { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::OutOfRange { value, ty } => write!(f, "{value} does not fit {ty}"),
            Self::Truncated { at } => write!(f, "the request ends inside a value at byte {at}"),
            Self::CountBeyondInput { count, left } => write!(f, "{count} elements announced, {left} bytes left"),
            Self::TrailingBytes { count } => write!(f, "{count} bytes follow the request"),
            Self::NotOneVariant => write!(f, "the map of a variant has not exactly one entry"),
            Self::WrongLength { expected } => write!(f, "expected an array of {expected} elements"),
            Self::Malformed { at } => write!(f, "no CBOR item at byte {at}"),
        }
    }
}

/// The fault of a required key that is missing.
#[cold]
#[inline(never)]
pub(crate) fn missing_key() -> Fault {
    FaultKind::MissingKey.into()
}

/// Adds the name of a field or parameter to the fault of reading or writing it.
///
/// # Errors
/// The value's fault, with `name` added to its path.
#[inline]
pub fn within<T>(name: &'static str, result: Result<T, Fault>) -> Result<T, Fault> {
    result.map_err(|fault| fault.at_key(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_the_path_from_the_outside_in() {
        let fault = Fault::new(FaultKind::MissingKey).at_key("delayMs").at_index(3).at_key("messages").at_key("req");
        assert_eq!(fault.to_string(), "req.messages[3].delayMs: the key is missing");
        assert_eq!(Fault::new(FaultKind::Null).to_string(), "NULL where a value is required");
    }
}
