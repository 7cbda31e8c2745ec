//! What changed between two versions of a library, and whether an old caller is still safe.
//!
//! - *Native* is a program compiled with the old header. It is safe where the header's `L_abi_check`
//!   finds nothing that differs, for the same kind of machine: a name, an order or a layout that changed
//!   is told.
//! - *On the wire* is a program that sends the old requests and reads the old answers. It is safe where
//!   the new library reads every old request, and every new answer reads as an old one: keys that are
//!   not known are ignored by both, a missing key reads as none.
//! - A change of a type counts where an old caller meets it: what it sends, what it is told, or both.
//! - What an old caller cannot meet is listed and safe, and so is what changes behaviour alone.

mod functions;
mod text;
mod types;
mod uses;
mod wire;

use ffi_runtime::schema::{Library, Type};
use serde::Serialize;
use uses::Uses;
use wire::Wire;

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

/// Compares two versions of one library.
///
/// ```
/// # use ffi_runtime::schema::{FORMAT, Library, Options, Target};
/// # let old = Library {
/// #     format: FORMAT,
/// #     name: "my_timer".to_owned(),
/// #     version: "0.1.0".to_owned(),
/// #     docs: String::new(),
/// #     target: Target { pointer_bits: 64, little_endian: true },
/// #     options: Options::DEFAULT,
/// #     functions: Vec::new(),
/// #     events: Vec::new(),
/// #     types: Vec::new(),
/// #     abi_hash: 0,
/// # };
/// let mut new = old.clone();
/// assert_eq!(ffi_bindgen::diff(&old, &new).changes, []);
/// new.target.pointer_bits = 32;
/// let report = ffi_bindgen::diff(&old, &new);
/// assert!(!report.is_native_safe() && report.is_wire_safe());
/// ```
pub fn diff(old: &Library, new: &Library) -> Report {
    let mut changes = Changes::default();
    library(old, new, &mut changes);
    if old.name == new.name {
        let wire = Wire::new(old, new);
        functions::compare(old, new, &wire, &mut changes);
        functions::compare_events(old, new, &wire, &mut changes);
        types::compare(old, new, &wire, &Uses::of(old), &mut changes);
    }
    Report { library: old.name.clone(), changes: changes.0 }
}

fn library(old: &Library, new: &Library, changes: &mut Changes) {
    let whole = |part| Place { item: Item::Library, name: &old.name, part };
    changes.value(whole(Some("name")), (&old.name, &new.name), (false, false), "every symbol begins with it");
    changes.value(whole(Some("version")), (&old.version, &new.version), (true, true), "");
    let width = |library: &Library| format!("{} bits", library.target.pointer_bits);
    let has_sizes = uses::mentions(old, &|ty| matches!(ty, Type::Usize | Type::Isize));
    let why = if has_sizes { "layouts differ, and a size may not fit" } else { "layouts differ" };
    changes.value(whole(Some("pointers")), (&width(old), &width(new)), (false, !has_sizes), why);
    let order = |library: &Library| if library.target.little_endian { "little-endian" } else { "big-endian" };
    changes.value(whole(Some("numbers")), (order(old), order(new)), (false, true), "memory differs");
    for (option, was, is, why) in text::options(&old.options, &new.options) {
        changes.value(whole(Some(option)), (&was, &is), (true, true), why);
    }
}

/// A place in the library where something may have changed.
#[derive(Clone, Copy)]
struct Place<'a> {
    item: Item,
    name: &'a str,
    part: Option<&'a str>,
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    /// Lists a change; the two flags say whether it is safe natively and on the wire.
    fn list(
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
    fn value(&mut self, place: Place<'_>, (old, new): (&str, &str), is_safe: (bool, bool), why: &'static str) {
        if old != new {
            self.list(place, What::Changed, (Some(old.to_owned()), Some(new.to_owned())), is_safe, why);
        }
    }
}
