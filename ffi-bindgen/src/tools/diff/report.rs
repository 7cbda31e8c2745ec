//! The changes that were found, and where.

use serde::Serialize;

/// What changed, in the order of the library, then its functions, events and types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The library's name; the old one where it changed.
    pub library: String,
    /// The changes.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of item it is.
    pub item: Item,
    /// The item's name: a symbol, an event's name, a type's name without the library's.
    pub name: String,
    /// What of the item changed: a parameter, a field, the result; nothing where it is the whole item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What became of it.
    pub what: What,
    /// How it was; nothing where it was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// How it is; nothing where it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Whether a caller compiled with the old header is still safe.
    pub native: Verdict,
    /// Whether a caller that sends and reads the old CBOR is still safe.
    pub wire: Verdict,
    /// Why, where it is not plain.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub why: &'static str,
}

/// A kind of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The library itself.
    Library,
    /// A function.
    Function,
    /// An event.
    Event,
    /// A record or an enumeration.
    Type,
}

/// What became of an item, or of a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its parts stand in another order.
    Reordered,
    /// It is another.
    Changed,
}

/// Whether an old caller is still safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It works as before.
    Safe,
    /// It may fail, or read what is not there.
    Unsafe,
}

impl Verdict {
    fn safe_if(is_safe: bool) -> Self {
        if is_safe { Self::Safe } else { Self::Unsafe }
    }
}

impl Report {
    /// Whether a caller compiled with the old header is still safe.
    pub fn is_native_safe(&self) -> bool {
        self.changes.iter().all(|change| change.native == Verdict::Safe)
    }

    /// Whether a caller that sends and reads the old CBOR is still safe.
    pub fn is_wire_safe(&self) -> bool {
        self.changes.iter().all(|change| change.wire == Verdict::Safe)
    }
}

/// A place in the library where something may have changed.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) item: Item,
    pub(super) name: &'a str,
    pub(super) part: Option<&'a str>,
}

#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    /// Lists a change; the two flags say whether it is safe natively and on the wire.
    pub(super) fn list(
        &mut self,
        place: Place<'_>,
        what: What,
        (old, new): (Option<String>, Option<String>),
        is_safe: (bool, bool),
        why: &'static str,
    ) {
        let (item, name, part) = (place.item, place.name.to_owned(), place.part.map(str::to_owned));
        let (native, wire) = (Verdict::safe_if(is_safe.0), Verdict::safe_if(is_safe.1));
        self.0.push(Change { item, name, part, what, old, new, native, wire, why });
    }

    /// Lists a value that is another, if it is.
    pub(super) fn value(
        &mut self,
        place: Place<'_>,
        (old, new): (&str, &str),
        is_safe: (bool, bool),
        why: &'static str,
    ) {
        if old != new {
            self.list(place, What::Changed, (Some(old.to_owned()), Some(new.to_owned())), is_safe, why);
        }
    }
}
