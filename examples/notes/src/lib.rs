//! Notes in a file, found by their words: a library on SQLite, whose errors its hosts tell apart.

#![forbid(unsafe_code)]

mod errors;
mod store;

pub use errors::{NotAdded, NotFound, NotOpened, NotSearched, NotStored};

use ffi_runtime::ffi;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

ffi_runtime::library!("notes");

/// Notes in one file.
#[ffi(state)]
pub struct Notes {
    db: Connection,
    opened: Instant,
}

/// A note that is to be added.
#[ffi]
pub struct NewNote {
    /// What it is called. No two notes have one title.
    pub title: String,
    /// What it says.
    pub text: String,
    /// What it is about.
    pub tags: BTreeSet<String>,
}

/// A note.
#[ffi]
pub struct Note {
    /// The number by which it is got and deleted.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub text: String,
    /// What it is about.
    pub tags: BTreeSet<String>,
    /// When it was added.
    pub added: SystemTime,
}

/// What to look for.
#[ffi]
pub struct Query {
    /// Words, in the language of SQLite's full-text search: `rust AND "foreign function"`, `ffi*`.
    pub words: String,
    /// The notes of this tag alone.
    pub tag: Option<String>,
    /// How many at most.
    pub limit: u32,
    /// How many of the best to leave out, which came on earlier pages.
    pub offset: u32,
}

/// A note that was found.
#[ffi]
pub struct Found {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// The place where it says so, the words in brackets.
    pub snippet: String,
}

/// What there is.
#[ffi]
pub struct Statistics {
    /// How many notes there are.
    pub notes: u64,
    /// How many bytes their texts have.
    pub bytes: u64,
    /// At how many notes each tag stands.
    pub tags: BTreeMap<String, u64>,
    /// When the newest note was added, if there is one.
    pub newest: Option<SystemTime>,
    /// For how long the file has been open.
    pub open_for: Duration,
}

/// What happened to the notes.
#[ffi]
pub enum Change {
    /// One was added.
    Added {
        /// Its number.
        id: i64,
        /// What it is called.
        title: String,
    },
    /// The note of this number was deleted.
    Deleted(i64),
}

/// The notes changed.
#[ffi(event)]
pub fn on_changed(change: Change);

/// Opens the notes in a file, which is made where it is not there. `:memory:` keeps them until the end.
#[ffi(ctor)]
pub fn open(path: PathBuf) -> Result<Notes, NotOpened> {
    match store::open(&path) {
        Ok(db) => Ok(Notes { db, opened: Instant::now() }),
        Err(cause) => Err(NotOpened { path, cause }),
    }
}

/// Adds a note, and returns its number.
#[ffi]
pub fn add(notes: &mut Notes, note: NewNote) -> Result<i64, NotAdded> {
    let id = store::add(&mut notes.db, &note)?;
    on_changed(Change::Added { id, title: note.title });
    Ok(id)
}

/// Returns a note.
#[ffi]
pub fn get(notes: &Notes, id: i64) -> Result<Note, NotFound> {
    store::get(&notes.db, id)
}

/// Returns the notes that fit, the best first.
#[ffi]
pub fn search(notes: &Notes, query: Query) -> Result<Vec<Found>, NotSearched> {
    store::search(&notes.db, &query).map_err(|cause| NotSearched { words: query.words, cause })
}

/// Deletes a note.
#[ffi]
pub fn delete(notes: &mut Notes, id: i64) -> Result<(), NotStored> {
    store::delete(&mut notes.db, id)?;
    on_changed(Change::Deleted(id));
    Ok(())
}

/// Returns what there is.
#[ffi]
pub fn statistics(notes: &Notes) -> Result<Statistics, NotStored> {
    Ok(store::statistics(&notes.db, notes.opened.elapsed())?)
}

/// Closes the file.
#[ffi(dtor)]
pub fn close(_notes: Notes) {}
