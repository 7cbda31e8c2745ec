//! What goes wrong, as the hosts see it.

use ffi_runtime::ffi;
use std::error::Error;
use std::fmt;
use std::path::PathBuf;

/// The file was not opened.
#[ffi(error)]
#[derive(Debug)]
pub struct NotOpened {
    /// The file.
    pub path: PathBuf,
    /// What SQLite says of it.
    #[ffi(text)]
    pub cause: rusqlite::Error,
}

/// Why a note was not added.
#[ffi(error)]
#[derive(Debug)]
pub enum NotAdded {
    /// It has no title.
    NoTitle,
    /// Another note has the title.
    TitleTaken {
        /// The title.
        title: String,
        /// The note that has it.
        by: i64,
    },
    /// SQLite says no, and the host gets what it says.
    Storage(#[ffi(text)] rusqlite::Error),
}

/// There is no such note, or it was not read.
#[ffi(error)]
#[derive(Debug)]
pub struct NotFound {
    /// The number that was asked for.
    pub id: i64,
    /// How many notes there are, none of which has it; nothing where SQLite did not read them.
    pub among: Option<u64>,
    /// What SQLite says.
    #[ffi(text)]
    pub cause: rusqlite::Error,
}

/// The notes were not searched.
#[ffi(error)]
#[derive(Debug)]
pub struct NotSearched {
    /// The words.
    pub words: String,
    /// What SQLite says of them.
    #[ffi(text)]
    pub cause: rusqlite::Error,
}

/// Nothing was stored or counted. The host gets the variant and the text; what the variants hold stays here.
#[ffi(error, flat)]
#[derive(Debug)]
pub enum NotStored {
    /// There is no note of this number.
    NoSuchNote(i64),
    /// The file is in use.
    Busy(rusqlite::Error),
    /// SQLite says no.
    Storage(rusqlite::Error),
}

impl fmt::Display for NotOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} was not opened: {}", self.path, self.cause)
    }
}

impl fmt::Display for NotAdded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTitle => f.write_str("a note has a title"),
            Self::TitleTaken { title, by } => write!(f, "note {by} is called {title:?} already"),
            Self::Storage(cause) => write!(f, "the note was not stored: {cause}"),
        }
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.among {
            Some(notes) => write!(f, "there is no note {} among the {notes}", self.id),
            None => write!(f, "note {} was not read: {}", self.id, self.cause),
        }
    }
}

impl fmt::Display for NotSearched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not what one can look for: {}", self.words, self.cause)
    }
}

impl fmt::Display for NotStored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchNote(id) => write!(f, "there is no note {id}"),
            Self::Busy(cause) => write!(f, "the file is in use: {cause}"),
            Self::Storage(cause) => write!(f, "nothing was stored: {cause}"),
        }
    }
}

impl Error for NotOpened {}
impl Error for NotAdded {}
impl Error for NotFound {}
impl Error for NotSearched {}
impl Error for NotStored {}

impl From<rusqlite::Error> for NotAdded {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Storage(cause)
    }
}

impl From<rusqlite::Error> for NotStored {
    fn from(cause: rusqlite::Error) -> Self {
        match cause.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self::Busy(cause),
            _ => Self::Storage(cause),
        }
    }
}
