//! The files of a new crate that ships a library.
//!
//! They stand in `templates/new/` as they will, but for the crate's name in its spellings.

use crate::File;
use crate::templates::{Templates, render};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use serde::Serialize;

const TEMPLATES: Templates = &[
    ("Cargo.toml", include_str!("../templates/new/Cargo.toml.j2")),
    ("README.md", include_str!("../templates/new/README.md.j2")),
    (".gitignore", include_str!("../templates/new/gitignore.j2")),
    ("src/lib.rs", include_str!("../templates/new/src/lib.rs.j2")),
    ("tests/greets.rs", include_str!("../templates/new/tests/greets.rs.j2")),
    ("hosts/c/main.c", include_str!("../templates/new/hosts/c/main.c.j2")),
    ("hosts/cpp/main.cpp", include_str!("../templates/new/hosts/cpp/main.cpp.j2")),
    ("hosts/go/go.mod", include_str!("../templates/new/hosts/go/go.mod.j2")),
    ("hosts/go/main.go", include_str!("../templates/new/hosts/go/main.go.j2")),
    ("hosts/node/main.js", include_str!("../templates/new/hosts/node/main.js.j2")),
    ("hosts/node/package.json", include_str!("../templates/new/hosts/node/package.json.j2")),
    ("hosts/python/main.py", include_str!("../templates/new/hosts/python/main.py.j2")),
    ("hosts/python-dynamic/main.py", include_str!("../templates/new/hosts/python-dynamic/main.py.j2")),
    ("hosts/rust/Cargo.toml", include_str!("../templates/new/hosts/rust/Cargo.toml.j2")),
    ("hosts/rust/src/main.rs", include_str!("../templates/new/hosts/rust/src/main.rs.j2")),
];

#[derive(Serialize)]
struct Names<'a> {
    /// The crate's name.
    name: &'a str,
    /// The library's: what its symbols begin with.
    lib: String,
    /// That in capitals, as the variable that says where the library is.
    variable: String,
    /// The library's class in languages that have classes.
    class: String,
    /// The library's package in Go.
    package: String,
    /// A checkout of the project, as the new crate sees it; a word to be replaced where there is none.
    checkout: &'a str,
    /// What stands behind `ffi-runtime =`, but for its braces.
    dependency: String,
}

/// The files of a new crate, or nothing where no crate can have this name.
///
/// `checkout` is the path of a checkout of the project, which `ffi-runtime` comes from; without it, that comes
/// from the registry.
pub fn new_crate(name: &str, checkout: Option<&str>) -> Option<Vec<File>> {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let goes_on = name.chars().all(|c| c == '-' || c == '_' || c.is_ascii_alphanumeric());
    if !begins || !goes_on {
        return None;
    }
    let lib = name.to_snake_case();
    let (variable, class, package) = (lib.to_uppercase(), lib.to_upper_camel_case(), lib.replace('_', ""));
    let dependency = match checkout {
        Some(path) => format!("path = {:?}", format!("{path}/ffi-runtime")),
        None => format!("version = \"{}\"", env!("CARGO_PKG_VERSION")),
    };
    let checkout = checkout.unwrap_or("CHECKOUT");
    let names = Names { name, lib, variable, class, package, checkout, dependency };
    let file = |&(path, _): &(&str, &str)| File { path: path.to_owned(), text: render(TEMPLATES, path, &names) };
    Some(TEMPLATES.iter().map(file).collect())
}
