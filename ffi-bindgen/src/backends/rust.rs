//! The Rust client: a crate for a host that loads the library at run time.
//!
//! Rust decides names and types; every line of the crate stands in `templates/rust/`. What is the same for
//! all libraries is there as it is written, in `runtime/`.

mod derives;
mod docs;
mod krate;
mod names;
mod types;

pub(super) use krate::crate_name;
pub(super) use names::is_keyword;

use super::backend::{Backend, COMMANDS};
use crate::Error;
use crate::file::File;
use crate::model::Model;
use crate::templates::{Templates, render};
use ffi_runtime::schema::Library;
use krate::Crate;

/// The templates: the files of the crate, and what they are made with.
const TEMPLATES: Templates = &[
    ("Cargo.toml", include_str!("../../templates/rust/Cargo.toml.j2")),
    ("rustfmt.toml", include_str!("../../templates/rust/rustfmt.toml.j2")),
    ("src/context.rs", include_str!("../../templates/rust/context.rs.j2")),
    ("src/failures.rs", include_str!("../../templates/rust/failures.rs.j2")),
    ("src/lib.rs", include_str!("../../templates/rust/lib.rs.j2")),
    ("src/library.rs", include_str!("../../templates/rust/library.rs.j2")),
    ("src/mirrors.rs", include_str!("../../templates/rust/mirrors.rs.j2")),
    ("src/runtime.rs", include_str!("../../templates/rust/runtime.rs.j2")),
    ("src/runtime/create.rs", include_str!("../../templates/rust/create.rs.j2")),
    ("src/runtime/text.rs", include_str!("../../templates/rust/text.rs.j2")),
    ("src/symbols.rs", include_str!("../../templates/rust/symbols.rs.j2")),
    ("src/types.rs", include_str!("../../templates/rust/types.rs.j2")),
    ("macros.j2", include_str!("../../templates/rust/macros.j2")),
    ("kinds/record.j2", include_str!("../../templates/rust/kinds/record.j2")),
    ("kinds/enumeration.j2", include_str!("../../templates/rust/kinds/enumeration.j2")),
    ("kinds/data_enum.j2", include_str!("../../templates/rust/kinds/data_enum.j2")),
];

/// The files that a library without contexts does without.
const OF_CONTEXTS: [&str; 6] = [
    "src/context.rs",
    "src/runtime/create.rs",
    "src/runtime/events.rs",
    "src/runtime/listeners.rs",
    "src/runtime/session.rs",
    "src/runtime/stream.rs",
];

/// The files that a library without enums with data does without.
const OF_DATA_ENUMS: [&str; 2] = ["src/runtime/data_enums.rs", "src/runtime/variant.rs"];

/// A file of the runtime, which is the same for all libraries.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        [$((concat!("src/runtime/", $name), include_str!(concat!("../../templates/rust/runtime/", $name)))),*]
    };
}

/// The runtime, as it stands in every client.
const RUNTIME: [(&str, &str); 33] = runtime![
    "abi.rs",
    "answers.rs",
    "api.rs",
    "arena.rs",
    "call.rs",
    "calls.rs",
    "cbor.rs",
    "check.rs",
    "collections.rs",
    "compare.rs",
    "data_enums.rs",
    "entry.rs",
    "error.rs",
    "events.rs",
    "fixed.rs",
    "formatted.rs",
    "listeners.rs",
    "moments.rs",
    "native.rs",
    "notice.rs",
    "numbers.rs",
    "records.rs",
    "reentrancy.rs",
    "session.rs",
    "shape.rs",
    "stream.rs",
    "symbols.rs",
    "times.rs",
    "tuple.rs",
    "variant.rs",
    "wait.rs",
    "wide.rs",
    "wire.rs",
];

/// Writes a crate.
pub(super) struct Rust;

impl Backend for Rust {
    const NAME: &'static str = "rust";
    const TITLE: &'static str = "Rust";
    const OUTPUT: &'static str = "a crate for Rust 1.88 and later, which loads the library at run time";
    const HOST: Templates = &[
        ("Cargo.toml", include_str!("../../templates/new/hosts/rust/Cargo.toml.j2")),
        ("src/main.rs", include_str!("../../templates/new/hosts/rust/src/main.rs.j2")),
        (COMMANDS, include_str!("../../templates/new/hosts/rust/commands.md.j2")),
    ];

    fn files(model: &Model<'_>) -> Result<Vec<File>, Error> {
        Ok(files(model))
    }
}

/// Writes the Rust client of a library: the crate `L-client`, used as `L`.
///
/// The crate needs Rust 1.88, libloading, and for its CBOR transport ciborium's coder. It is formatted, and without
/// warnings of rustc and clippy.
///
/// # Errors
/// [`Error::Collision`] where two functions have a symbol of one name, or two types one name;
/// [`Error::NotAnIdentifier`], [`Error::UnknownType`] or [`Error::Endless`] where the
/// schema is not one of a library that compiled.
///
/// ```no_run
/// let library = ffi_bindgen::read_schema("target/release/libmy_timer.so".as_ref())?;
/// let files = ffi_bindgen::generate_rust(&library)?;
/// assert!(files.iter().any(|file| file.path == "src/lib.rs"));
/// # Ok::<(), ffi_bindgen::Error>(())
/// ```
pub fn generate_rust(library: &Library) -> Result<Vec<File>, Error> {
    Ok(files(&Model::new(library)?))
}

fn files(model: &Model<'_>) -> Vec<File> {
    let krate = Crate::new(model);
    let is_there = |path: &str| {
        !path.ends_with(".j2")
            && (krate.has_contexts() || !OF_CONTEXTS.contains(&path))
            && (krate.has_data_enums() || !OF_DATA_ENUMS.contains(&path))
    };
    let written = TEMPLATES.iter().filter(|(path, _)| is_there(path));
    let written = written.map(|&(path, _)| file(path, render(TEMPLATES, path, &krate)));
    let fixed = RUNTIME.iter().filter(|(path, _)| is_there(path));
    let fixed = fixed.map(|&(path, text)| file(path, text.to_owned()));
    let mut files: Vec<File> = written.chain(fixed).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn file(path: &str, text: String) -> File {
    File { path: path.to_owned(), text }
}
