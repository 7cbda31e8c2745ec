//! Writes the files of a new crate that ships a library.
//!
//! They stand in `templates/new/` as they will, but for the crate's name in its spellings.

mod name;

pub use name::BadName;

use crate::backends::{COMMANDS, HostNames, Lang};
use crate::file::File;
use crate::templates::{Templates, render_of};
use heck::ToUpperCamelCase as _;
use serde::Serialize;

/// The files that are no backend's: the crate itself, and hosts that need no generated code.
const CRATE: Templates = &[
    ("Cargo.toml", include_str!("../../templates/new/Cargo.toml.j2")),
    ("README.md", include_str!("../../templates/new/README.md.j2")),
    (".gitignore", include_str!("../../templates/new/gitignore.j2")),
    ("src/lib.rs", include_str!("../../templates/new/src/lib.rs.j2")),
    ("tests/greets.rs", include_str!("../../templates/new/tests/greets.rs.j2")),
    ("hosts/node/main.js", include_str!("../../templates/new/hosts/node/main.js.j2")),
    ("hosts/node/package.json", include_str!("../../templates/new/hosts/node/package.json.j2")),
    ("hosts/python-dynamic/main.py", include_str!("../../templates/new/hosts/python-dynamic/main.py.j2")),
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
    /// What hosts call the bindings by.
    bindings: HostNames,
    /// The package that has the runtime.
    runtime: &'a str,
    /// Its folder, as a string of TOML.
    runtime_path: String,
    /// The checkout that it is in, as a word of a shell.
    checkout: String,
    /// The languages, as the elements of an array of TOML.
    languages: String,
    /// The templates of the README's sections.
    sections: Vec<String>,
}

/// The package that every library depends on. Its folder in a checkout is `ffi-runtime`, and its crate
/// `ffi_runtime`: the public registry has a package of that name, which is somebody else's.
pub const RUNTIME: &str = "ffiwright-runtime";

/// The files of a new crate.
///
/// `checkout` is the whole path of a checkout of the project, from which the new crate takes the runtime.
///
/// # Errors
/// A [`BadName`], where no crate can have this name, or could not be built, tested and called under it.
pub fn new_crate(name: &str, checkout: &str) -> Result<Vec<File>, BadName> {
    let lib = name::library(name)?;
    let bindings = HostNames::new(&lib).map_err(|_| BadName::Form)?;
    let (variable, class) = (lib.to_uppercase(), lib.to_upper_camel_case());
    let runtime_path = toml_string(&format!("{checkout}/ffi-runtime"));
    let checkout = shell_word(checkout);
    let templates = templates();
    let (sections, files): (Vec<_>, Vec<_>) = templates.iter().partition(|(path, _)| path.ends_with(COMMANDS));
    let sections = sections.into_iter().map(|(path, _)| path.clone()).collect();
    let languages = Lang::ALL.map(|lang| toml_string(lang.name())).join(", ");
    let runtime = RUNTIME;
    let names = Names { name, lib, variable, class, bindings, runtime, runtime_path, checkout, languages, sections };
    let file = |(path, _): &(String, _)| File { path: path.clone(), text: render_of(&templates, path, &names) };
    Ok(files.into_iter().map(file).collect())
}

/// Every template of a new crate by its path there: the crate's own, then each backend's host.
fn templates() -> Vec<(String, &'static str)> {
    let own = CRATE.iter().map(|&(path, text)| (path.to_owned(), text));
    let host =
        |lang: Lang| lang.host().iter().map(move |&(path, text)| (format!("hosts/{}/{path}", lang.name()), text));
    own.chain(Lang::ALL.into_iter().flat_map(host)).collect()
}

/// A basic string of TOML, whose escapes those of JSON are among. Cargo knows no path with a DEL, which JSON leaves.
fn toml_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// One word of a POSIX shell: within single quotes only the quote itself means anything.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@".contains(c);
    match text.chars().all(plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}
