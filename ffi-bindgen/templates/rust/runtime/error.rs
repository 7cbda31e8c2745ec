//! What can go wrong.

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
    /// The library answered with this text: what the function's author says of the failure, a panic,
    /// or why the call was refused.
    Failed(String),
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

/// What is wrong with a value, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `messages[3].delayMs`, empty for the whole value.
    path: String,
    what: String,
}

impl Error {
    /// The error that a library tells with this text.
    pub(crate) fn told(text: String) -> Self {
        match text.as_str() {
            "cancelled" => Self::Cancelled,
            "deadline exceeded" => Self::DeadlineExceeded,
            _ => Self::Failed(text),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load(error) => loading(error, f),
            Self::Mismatch { item } => write!(f, "the library differs from its bindings: {item}"),
            Self::Failed(text) => f.write_str(text),
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
