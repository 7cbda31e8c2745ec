//! The files of a new crate that ships a library.
//!
//! They stand in `templates/new/` as they will, but for the crate's name in its spellings.

use crate::File;
use crate::templates::{Templates, render};
use heck::ToSnakeCase as _;
use serde::Serialize;

const TEMPLATES: Templates = &[
    ("Cargo.toml", include_str!("../templates/new/Cargo.toml.j2")),
    ("README.md", include_str!("../templates/new/README.md.j2")),
    (".gitignore", include_str!("../templates/new/gitignore.j2")),
    ("src/lib.rs", include_str!("../templates/new/src/lib.rs.j2")),
    ("tests/greets.rs", include_str!("../templates/new/tests/greets.rs.j2")),
    ("hosts/c/main.c", include_str!("../templates/new/hosts/c/main.c.j2")),
];

#[derive(Serialize)]
struct Names<'a> {
    /// The crate's name.
    name: &'a str,
    /// The library's: what its symbols begin with.
    lib: String,
    /// What stands behind `ffi-runtime =`, but for its braces.
    dependency: &'a str,
}

/// The files of a new crate, or nothing where no crate can have this name.
///
/// `dependency` is where `ffi-runtime` comes from: `version = "0.1.0"`.
pub fn new_crate(name: &str, dependency: &str) -> Option<Vec<File>> {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let goes_on = name.chars().all(|c| c == '-' || c == '_' || c.is_ascii_alphanumeric());
    if !begins || !goes_on {
        return None;
    }
    let lib = name.to_snake_case();
    let names = Names { name, lib, dependency };
    let file = |&(path, _): &(&str, &str)| File { path: path.to_owned(), text: render(TEMPLATES, path, &names) };
    Some(TEMPLATES.iter().map(file).collect())
}
