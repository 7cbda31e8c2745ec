//! The Python backend: a project whose wheel carries the library.
//!
//! Rust decides names and types; every line of Python and C stands in `templates/python/`. The module
//! between Python and the library is C, built by cffi over the C header, so the names in C are the
//! header's.

mod docs;
mod function;
mod names;
mod package;
mod types;

use crate::c::Header;
use crate::model::Model;
use crate::{Error, File};
use ffi_runtime::schema::Library;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use package::Package;
use serde::Serialize;

/// The templates that others are made with.
const PARTS: [(&str, &str); 2] = [
    ("docs.j2", include_str!("../templates/python/docs.j2")),
    ("codec.j2", include_str!("../templates/python/codec.j2")),
];

/// The files of the project, `{}` being the package's folder.
const FILES: [(&str, &str); 20] = [
    ("pyproject.toml", include_str!("../templates/python/pyproject.toml.j2")),
    ("setup.py", include_str!("../templates/python/setup.py.j2")),
    ("README.md", include_str!("../templates/python/readme.md.j2")),
    ("native/flat.h", include_str!("../templates/python/native/flat.h.j2")),
    ("native/box.h", include_str!("../templates/python/native/box.h.j2")),
    ("native/bridge.c", include_str!("../templates/python/native/bridge.c.j2")),
    ("native/build_bridge.py", include_str!("../templates/python/native/build_bridge.py.j2")),
    ("{}/__init__.py", include_str!("../templates/python/init.py.j2")),
    ("{}/_api.py", include_str!("../templates/python/api.py.j2")),
    ("{}/_box.py", include_str!("../templates/python/box.py.j2")),
    ("{}/_bridge.pyi", include_str!("../templates/python/bridge.pyi.j2")),
    ("{}/_cbor.py", include_str!("../templates/python/cbor.py.j2")),
    ("{}/_context.py", include_str!("../templates/python/context.py.j2")),
    ("{}/_errors.py", include_str!("../templates/python/errors.py.j2")),
    ("{}/_events.py", include_str!("../templates/python/events.py.j2")),
    ("{}/_flat.py", include_str!("../templates/python/flat.py.j2")),
    ("{}/_library.py", include_str!("../templates/python/library.py.j2")),
    ("{}/_runtime.py", include_str!("../templates/python/runtime.py.j2")),
    ("{}/_scalars.py", include_str!("../templates/python/scalars.py.j2")),
    ("{}/_types.py", include_str!("../templates/python/types.py.j2")),
];

/// What the templates are given.
#[derive(Serialize)]
struct Given<'a> {
    /// The names of the C header.
    c: &'a Header<'a>,
    /// Those of Python.
    py: Package<'a>,
}

/// Writes the files of the project.
pub(crate) fn generate(library: &Library) -> Result<Vec<File>, Error> {
    let model = Model::new(library)?;
    let header = Header::new(&model)?;
    let given = Given { c: &header, py: Package::new(&model, &header)? };
    let environment = environment();
    let package = given.py.package();
    let mut files: Vec<File> = FILES
        .iter()
        .map(|&(path, _)| File { path: path.replace("{}", package), text: render(&environment, path, &given) })
        .collect();
    files.push(File { path: format!("{package}/py.typed"), text: String::new() });
    files.push(File { path: format!("native/{}.h", library.name), text: crate::generate_c(library)? });
    Ok(files)
}

fn render(environment: &Environment<'_>, path: &str, given: &impl Serialize) -> String {
    let template = environment.get_template(path);
    let text = template.and_then(|template| template.render(Serde(given)));
    text.expect("the templates use only what they are given")
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().expect("only the treatment of whitespace differs from the default"));
    for (name, text) in PARTS.into_iter().chain(FILES) {
        environment.add_template(name, text).expect("the templates are well-formed");
    }
    environment
}
