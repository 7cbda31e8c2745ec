//! Compares two versions of a library, and decides whether an old caller is still safe.
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
mod report;
mod text;
mod types;
mod uses;
mod wire;

pub use report::{Change, Item, Report, Verdict, What};

use ffi_runtime::schema::{Library, Text, Type};
use report::{Changes, Place};
use uses::Uses;
use wire::Wire;

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
    let names = |library: &Library| if library.options.short_names { "short and long" } else { "long" };
    let has_all = new.options.short_names || !old.options.short_names;
    let why = "the library's own functions have no short names any more";
    changes.value(whole(Some("names")), (names(old), names(new)), (has_all, has_all), why);
    let form = |library: &Library| match library.options.text {
        Text::ByLength => "by its length",
        Text::C => "NUL-terminated",
    };
    let has_none = !uses::mentions(old, &|ty| *ty == Type::String);
    changes.value(whole(Some("text")), (form(old), form(new)), (has_none, true), "the C form of text is another");
    for (option, was, is, why) in text::options(&old.options, &new.options) {
        changes.value(whole(Some(option)), (&was, &is), (true, true), why);
    }
}
