//! The Rust client: a crate for a host that loads the library at run time.
//!
//! Rust decides names and types; every line of the crate stands in `templates/rust/`. What is the same for
//! all libraries is there as it is written, in `runtime/`.

mod derives;
mod docs;
mod krate;
mod names;
mod types;

use crate::Error;
use crate::bindings::File;
use crate::model::Model;
use ffi_runtime::schema::Library;
use krate::Crate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};

/// A template, with the file that it makes.
macro_rules! templates {
    ($($path:literal from $name:literal),* $(,)?) => {
        [$(($path, $name, include_str!(concat!("../templates/rust/", $name)))),*]
    };
}

/// The files that depend on the library.
const TEMPLATES: [(&str, &str, &str); 9] = templates![
    "Cargo.toml" from "Cargo.toml.j2",
    "rustfmt.toml" from "rustfmt.toml.j2",
    "src/lib.rs" from "lib.rs.j2",
    "src/library.rs" from "library.rs.j2",
    "src/mirrors.rs" from "mirrors.rs.j2",
    "src/runtime.rs" from "runtime.rs.j2",
    "src/symbols.rs" from "symbols.rs.j2",
    "src/types.rs" from "types.rs.j2",
    // What the others share.
    "" from "macros.j2",
];

/// The files that depend on a library with contexts.
const CONTEXT_TEMPLATES: [(&str, &str, &str); 2] = templates![
    "src/context.rs" from "context.rs.j2",
    "src/runtime/create.rs" from "create.rs.j2",
];

/// A file of the runtime, which is the same for all libraries.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        [$((concat!("src/runtime/", $name), include_str!(concat!("../templates/rust/runtime/", $name)))),*]
    };
}

/// The runtime of every library.
const RUNTIME: [(&str, &str); 18] = runtime![
    "abi.rs",
    "answers.rs",
    "api.rs",
    "arena.rs",
    "call.rs",
    "calls.rs",
    "cbor.rs",
    "check.rs",
    "compare.rs",
    "entry.rs",
    "error.rs",
    "frames.rs",
    "native.rs",
    "notice.rs",
    "records.rs",
    "symbols.rs",
    "wait.rs",
    "wire.rs",
];

/// The runtime of libraries with contexts.
const CONTEXT_RUNTIME: [(&str, &str); 4] = runtime!["events.rs", "listeners.rs", "session.rs", "stream.rs"];

/// Writes the Rust client of a library: the crate `L-client`, used as `L`.
///
/// The crate needs Rust 1.88, libloading, and for its CBOR transport ciborium's coder. It is formatted, and without
/// warnings of rustc and clippy.
///
/// # Errors
/// [`Error::Collision`] where two items would bear one name in Rust;
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
    let model = Model::new(library)?;
    let krate = Crate::new(&model)?;
    let contexts = krate.has_contexts();
    let written = TEMPLATES.iter().chain(CONTEXT_TEMPLATES.iter().filter(|_| contexts));
    let environment = environment();
    let render = |(path, name, _): &(&str, &str, &str)| {
        let text = environment.get_template(name).and_then(|template| template.render(Serde(&krate)));
        file(path, text.expect("the templates use only what `Crate` has"))
    };
    let written = written.filter(|(path, ..)| !path.is_empty()).map(render);
    let fixed = RUNTIME.iter().chain(CONTEXT_RUNTIME.iter().filter(|_| contexts));
    let fixed = fixed.map(|(path, text)| file(path, (*text).to_owned()));
    let mut files: Vec<File> = written.chain(fixed).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn file(path: &str, text: String) -> File {
    File { path: path.to_owned(), text }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().expect("only the treatment of whitespace differs from the default"));
    for (_, name, text) in TEMPLATES.iter().chain(&CONTEXT_TEMPLATES) {
        environment.add_template(name, text).expect("the templates are well-formed");
    }
    environment
}
