//! The notes in SQLite.

use crate::errors::{NotAdded, NotFound, NotStored};
use crate::{Found, NewNote, Note, Query, Statistics};
use rusqlite::{Connection, Error, OptionalExtension as _, Result, params};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const TABLES: &str = "
    CREATE VIRTUAL TABLE IF NOT EXISTS notes USING fts5(title, text);
    CREATE TABLE IF NOT EXISTS titles (title TEXT PRIMARY KEY, note INTEGER NOT NULL, added INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS tags (note INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (note, tag)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS by_tag ON tags (tag);
";

pub(crate) fn open(path: &Path) -> Result<Connection> {
    let db = Connection::open(path)?;
    db.execute_batch(TABLES)?;
    Ok(db)
}

pub(crate) fn add(db: &mut Connection, note: &NewNote) -> Result<i64, NotAdded> {
    if note.title.trim().is_empty() {
        return Err(NotAdded::NoTitle);
    }
    let taken = db.query_row("SELECT note FROM titles WHERE title = ?1", [&note.title], |row| row.get(0)).optional();
    match taken? {
        Some(by) => Err(NotAdded::TitleTaken { title: note.title.clone(), by }),
        None => Ok(insert(db, note)?),
    }
}

fn insert(db: &mut Connection, note: &NewNote) -> Result<i64> {
    let transaction = db.transaction()?;
    transaction.execute("INSERT INTO notes (title, text) VALUES (?1, ?2)", [&note.title, &note.text])?;
    let id = transaction.last_insert_rowid();
    let added = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis() as i64;
    transaction
        .execute("INSERT INTO titles (title, note, added) VALUES (?1, ?2, ?3)", params![note.title, id, added])?;
    for tag in &note.tags {
        transaction.execute("INSERT OR IGNORE INTO tags (note, tag) VALUES (?1, ?2)", params![id, tag])?;
    }
    transaction.commit()?;
    Ok(id)
}

pub(crate) fn get(db: &Connection, id: i64) -> Result<Note, NotFound> {
    read(db, id).map_err(|cause| {
        let is_missing = cause == Error::QueryReturnedNoRows;
        NotFound { id, among: is_missing.then(|| count(db).ok()).flatten(), cause }
    })
}

fn read(db: &Connection, id: i64) -> Result<Note> {
    let note = |row: &rusqlite::Row<'_>| {
        let (title, text, tags) = (row.get(0)?, row.get(1)?, BTreeSet::new());
        Ok(Note { id, title, text, tags, added: since_1970(row.get(2)?) })
    };
    let select = "SELECT notes.title, text, added FROM notes JOIN titles ON note = notes.rowid WHERE notes.rowid = ?1";
    let note = db.query_row(select, [id], note)?;
    let mut tags = db.prepare_cached("SELECT tag FROM tags WHERE note = ?1")?;
    let tags = tags.query_map([id], |row| row.get(0))?.collect::<Result<_>>()?;
    Ok(Note { tags, ..note })
}

pub(crate) fn search(db: &Connection, query: &Query) -> Result<Vec<Found>> {
    let mut found = db.prepare_cached(
        "SELECT rowid, title, snippet(notes, 1, '[', ']', '…', 12) FROM notes
         WHERE notes MATCH ?1 AND (?2 IS NULL OR rowid IN (SELECT note FROM tags WHERE tag = ?2))
         ORDER BY rank LIMIT ?3 OFFSET ?4",
    )?;
    let found = found.query_map(params![query.words, query.tag, query.limit, query.offset], |row| {
        Ok(Found { id: row.get(0)?, title: row.get(1)?, snippet: row.get(2)? })
    });
    found?.collect()
}

pub(crate) fn delete(db: &mut Connection, id: i64) -> Result<(), NotStored> {
    let transaction = db.transaction()?;
    if transaction.execute("DELETE FROM notes WHERE rowid = ?1", [id])? == 0 {
        return Err(NotStored::NoSuchNote(id));
    }
    transaction.execute("DELETE FROM titles WHERE note = ?1", [id])?;
    transaction.execute("DELETE FROM tags WHERE note = ?1", [id])?;
    Ok(transaction.commit()?)
}

pub(crate) fn statistics(db: &Connection, open_for: Duration) -> Result<Statistics> {
    let bytes = db.query_row("SELECT coalesce(sum(octet_length(text)), 0) FROM notes", [], |row| row.get(0))?;
    let newest: Option<u64> = db.query_row("SELECT max(added) FROM titles", [], |row| row.get(0))?;
    let mut tags = db.prepare_cached("SELECT tag, count(*) FROM tags GROUP BY tag")?;
    let tags = tags.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_>>()?;
    Ok(Statistics { notes: count(db)?, bytes, tags, newest: newest.map(since_1970), open_for })
}

/// The time that is so many milliseconds after the beginning of 1970.
fn since_1970(millis: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis)
}

fn count(db: &Connection) -> Result<u64> {
    db.query_row("SELECT count(*) FROM titles", [], |row| row.get(0))
}
