//! What no library of this project sends: answers and events of `everything()` that every reader must refuse, and
//! some that are odd and still right.

mod answers;
mod counted;
mod events;
mod keyed;
mod lenient;
mod variants;

use super::{hex, unhex};
use std::fmt;
use std::path::{Path, PathBuf};

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is a value, which this is the library's own CBOR of.
    Taken(Vec<u8>),
    /// It is an error, which names this place where that is the same for every reader.
    Refused(Option<&'static str>),
}

/// A message, and what it is read as: `give_T` is an answer, `on_T` that event, `any` whatever event it is.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) verdict: Verdict,
    pub(crate) read: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) what: String,
}

impl Case {
    /// Whether the message is a value.
    pub(crate) fn is_taken(&self) -> bool {
        matches!(self.verdict, Verdict::Taken(_))
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verdict, comes) = match &self.verdict {
            Verdict::Taken(value) => ("taken", hex(value)),
            Verdict::Refused(path) => ("refused", path.unwrap_or("-").to_owned()),
        };
        let bytes = if self.bytes.is_empty() { "-".to_owned() } else { hex(&self.bytes) };
        write!(f, "{verdict} {} {bytes} {comes} {}", self.read, self.what)
    }
}

/// Every case. An answer's are an event's payload as well.
pub(crate) fn cases() -> Vec<Case> {
    let answers = [answers::all(), lenient::all(), variants::all(), keyed::all(), counted::all()].concat();
    let payloads: Vec<Case> = answers.iter().filter_map(events::as_payload).collect();
    let events = [payloads, events::all()].concat();
    let of_any: Vec<Case> = events.iter().filter_map(events::as_any).collect();
    [answers, events, of_any, events::unknown()].concat()
}

/// Writes the cases as lines `verdict read hex comes what`, for a host to read: `comes` is the library's own CBOR of
/// the value that is taken, or the place that the error names.
pub(crate) fn write(folder: &Path) -> PathBuf {
    let path = folder.join("hostile.rows");
    let rows: String = cases().iter().map(|case| format!("{case}\n")).collect();
    std::fs::write(&path, rows).unwrap();
    path
}

fn case(verdict: Verdict, read: &str, bytes: impl AsRef<str>, what: &str) -> Case {
    Case { verdict, read: read.to_owned(), bytes: unhex(bytes.as_ref()), what: what.to_owned() }
}

/// What is taken for the value with this CBOR.
fn taken_for(read: &str, bytes: impl AsRef<str>, value: impl AsRef<str>, what: &str) -> Case {
    case(Verdict::Taken(unhex(value.as_ref())), read, bytes, what)
}

/// What is taken, and is the library's own CBOR.
fn taken(read: &str, bytes: impl AsRef<str>, what: &str) -> Case {
    taken_for(read, &bytes, &bytes, what)
}

fn refused(read: &str, bytes: impl AsRef<str>, what: &str) -> Case {
    case(Verdict::Refused(None), read, bytes, what)
}

/// What is refused at this place.
fn refused_at(path: &'static str, read: &str, bytes: impl AsRef<str>, what: &str) -> Case {
    case(Verdict::Refused(Some(path)), read, bytes, what)
}

fn text(text: &str) -> String {
    format!("{:02x}{}", 0x60 + text.len(), hex(text.as_bytes()))
}

fn chains(levels: usize) -> String {
    let head = format!("a2{}01{}", text("value"), text("next"));
    format!("{}f6", head.repeat(levels))
}

fn trees(levels: usize) -> String {
    let head = format!("a2{}60{}", text("name"), text("children"));
    format!("{}{head}80", format!("{head}81").repeat(levels - 1))
}

/// The library's CBOR of a `Maybe` without anything.
fn maybe() -> String {
    let keys = ["text", "blob", "number", "mode", "list", "scalars", "boxed"];
    let entries: String = keys.iter().map(|key| format!("{}f6", text(key))).collect();
    format!("a7{entries}")
}
