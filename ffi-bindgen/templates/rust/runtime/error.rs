//! What can go wrong.

use super::abi::RET_ERR;
use super::call::text;
use crate::failures::Failure;
use std::ffi::c_int;
use std::fmt;

/// Why a call has no result.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The library cannot be loaded, or lacks one of its symbols.
    Load(libloading::Error),
    /// The library that was loaded is not the one that these bindings are for.
    Mismatch {
        /// The first item in which it differs, `type T`, `function F` or `event E`.
        item: String,
    },
    /// The library answered with an error: its author's, or its own.
    Library {
        /// Whose error it is. An author may write any text, so programs look at this.
        kind: ErrorKind,
        /// What it says.
        text: String,
    },
    /// The function failed with an error that says more than a text.
    Failure {
        /// What it says.
        text: String,
        /// The error itself.
        error: Box<Failure>,
    },
    /// The call was cancelled, by itself or by the end of its context.
    Cancelled,
    /// The call's deadline, which its author gave it, has passed.
    DeadlineExceeded,
    /// The answer did not come in the time that was to be waited. The call has been cancelled.
    TimedOut,
    /// A value of the request has no form on this transport.
    Request {
        /// The function.
        function: &'static str,
        /// Where in the request, and what.
        fault: Fault,
    },
    /// The library gave a value that these bindings cannot read.
    Answer {
        /// The function or the event.
        function: &'static str,
        /// Where in the value, and what.
        fault: Fault,
    },
}

/// Whose error it is that a library answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The error that the library's function returned.
    Author,
    /// The library cannot read the request, or has not what it names.
    BadRequest,
    /// The library's code panicked, which is a bug of it.
    Panicked,
    /// An earlier panic may have left the context's state broken.
    Poisoned,
    /// The context has ended.
    BadHandle,
    /// The context is ending, or something blocks its end.
    Closed,
    /// As many calls wait as may.
    QueueFull,
    /// The library has no function of this name.
    NotImplemented,
    /// The process was forked, and the library is not usable in it.
    AfterFork,
    /// There is no thread, descriptor, memory or handle left, or too little of the thread's stack.
    NoResources,
    /// The context is still being constructed.
    Constructing,
    /// The call waited for a constructor that failed; the text is the constructor's.
    ConstructorFailed,
    /// The function's result, or an event's payload, cannot cross.
    BadResult,
    /// Events were dropped.
    Lost,
    /// One that these bindings do not know, of a newer library.
    Unknown(u8),
}

/// What is wrong with a value, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `messages[3].delayMs`, empty for the whole value.
    path: String,
    what: String,
}

impl Error {
    /// The error that a library tells with this text and the kind of this number.
    pub(crate) fn told(kind: u8, text: String) -> Self {
        let kind = match kind {
            1 => ErrorKind::Author,
            2 => ErrorKind::BadRequest,
            3 => return Self::Cancelled,
            4 => return Self::DeadlineExceeded,
            5 => ErrorKind::Panicked,
            6 => ErrorKind::Poisoned,
            7 => ErrorKind::BadHandle,
            8 => ErrorKind::Closed,
            9 => ErrorKind::QueueFull,
            10 => ErrorKind::NotImplemented,
            11 => ErrorKind::AfterFork,
            12 => ErrorKind::NoResources,
            13 => ErrorKind::Constructing,
            14 => ErrorKind::ConstructorFailed,
            15 => ErrorKind::BadResult,
            17 => ErrorKind::Lost,
            unknown => ErrorKind::Unknown(unknown),
        };
        Self::Library { kind, text }
    }

    /// Whose error it is, where the library answered with it: [`ErrorKind::Author`] of an [`Error::Failure`] too. `None`
    /// where a variant says it, and where these bindings tell it themselves.
    pub fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Library { kind, .. } => Some(*kind),
            Self::Failure { .. } => Some(ErrorKind::Author),
            _ => None,
        }
    }

    /// What these bindings do not know.
    pub(crate) fn newer() -> Self {
        Self::told(0, "an error of a newer library".to_owned())
    }

    /// Reads the error that a callback was given with this code.
    ///
    /// # Safety
    /// There are `len` bytes at `msg`, and where the code is `RET_ERR` a NUL and a kind behind them.
    pub(crate) unsafe fn read(ret: c_int, msg: *const u8, len: usize) -> Self {
        // SAFETY: the caller's promise.
        let text = unsafe { text(msg, len) };
        // SAFETY: the caller's promise.
        let kind = if ret == RET_ERR { unsafe { msg.wrapping_add(len + 1).read() } } else { 0 };
        Self::told(kind, text)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(error) => loading(error, f),
            Self::Mismatch { item } => write!(f, "the library differs from its bindings: {item}"),
            Self::Library { text, .. } | Self::Failure { text, .. } => f.write_str(text),
            Self::Cancelled => f.write_str("cancelled"),
            Self::DeadlineExceeded => f.write_str("deadline exceeded"),
            Self::TimedOut => f.write_str("timed out"),
            Self::Request { function, fault } | Self::Answer { function, fault } => write!(f, "{function}: {fault}"),
        }
    }
}

impl std::error::Error for Error {}

/// Says what the loader says, which its error keeps behind its own text.
fn loading(error: &libloading::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match std::error::Error::source(error) {
        Some(source) => write!(f, "{error}: {source}"),
        None => write!(f, "{error}"),
    }
}

impl Fault {
    /// A fault of the value itself.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { path: String::new(), what: what.into() }
    }

    /// The fault, seen from the record or the call in which the value has this name.
    pub(crate) fn at_key(self, key: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{key}{dot}{}", self.path), ..self }
    }

    /// The fault, seen from the list in which the value has this place.
    pub(crate) fn at_index(self, index: usize) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("[{index}]{dot}{}", self.path), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.what) } else { write!(f, "{}: {}", self.path, self.what) }
    }
}
