//! The Python backend: a project whose wheel carries the library.
//!
//! Rust decides names and types; every line of Python and C stands in `templates/python/`. The module
//! between Python and the library is C, built by cffi over the C header, so the names in C are the
//! header's.

mod docs;
mod function;
mod modules;
mod names;
mod package;
mod spell;
mod types;
mod uses;
mod version;

pub(super) use names::package;

use super::backend::{Backend, COMMANDS};
use crate::Error;
use crate::abi::Abi;
use crate::file::File;
use crate::model::Model;
use crate::templates::{Templates, kind_templates, render_with};
use package::Package;
use serde::Serialize;

/// The templates: the files of the project, `{}` being the package's folder, and what they are made with.
const TEMPLATES: Templates = &[
    ("docs.j2", include_str!("../../templates/python/docs.j2")),
    ("codec.j2", include_str!("../../templates/python/codec.j2")),
    ("kinds/each.j2", include_str!("../../templates/python/kinds/each.j2")),
    ("kinds/call.j2", include_str!("../../templates/python/kinds/call.j2")),
    ("kinds/functions.j2", include_str!("../../templates/python/kinds/functions.j2")),
    ("kinds/nameless.j2", include_str!("../../templates/python/kinds/nameless.j2")),
    ("pyproject.toml", include_str!("../../templates/python/pyproject.toml.j2")),
    ("setup.py", include_str!("../../templates/python/setup.py.j2")),
    ("README.md", include_str!("../../templates/python/readme.md.j2")),
    ("native/flattened.h", include_str!("../../templates/python/native/flattened.h.j2")),
    ("native/write.j2", include_str!("../../templates/python/native/write.j2")),
    ("native/gate.h", include_str!("../../templates/python/native/gate.h.j2")),
    ("native/answers.h", include_str!("../../templates/python/native/answers.h.j2")),
    ("native/listeners.h", include_str!("../../templates/python/native/listeners.h.j2")),
    ("native/mailbox.h", include_str!("../../templates/python/native/mailbox.h.j2")),
    ("native/values.h", include_str!("../../templates/python/native/values.h.j2")),
    ("native/bridge.c", include_str!("../../templates/python/native/bridge.c.j2")),
    ("native/build_bridge.py", include_str!("../../templates/python/native/build_bridge.py.j2")),
    ("{}/__init__.py", include_str!("../../templates/python/init.py.j2")),
    ("{}/_api.py", include_str!("../../templates/python/api.py.j2")),
    ("{}/_mailbox.py", include_str!("../../templates/python/mailbox.py.j2")),
    ("{}/_bridge.pyi", include_str!("../../templates/python/bridge.pyi.j2")),
    ("{}/_arguments.py", include_str!("../../templates/python/arguments.py.j2")),
    ("{}/_callbacks.py", include_str!("../../templates/python/callbacks.py.j2")),
    ("{}/_cbor.py", include_str!("../../templates/python/cbor.py.j2")),
    ("{}/_context.py", include_str!("../../templates/python/context.py.j2")),
    ("{}/_errors.py", include_str!("../../templates/python/errors.py.j2")),
    ("{}/_events.py", include_str!("../../templates/python/events.py.j2")),
    ("{}/_flattened.py", include_str!("../../templates/python/flattened.py.j2")),
    ("{}/_library.py", include_str!("../../templates/python/library.py.j2")),
    ("{}/_runtime.py", include_str!("../../templates/python/runtime.py.j2")),
    (STANDARD, include_str!("../../templates/python/standard.py.j2")),
    ("{}/_scalars.py", include_str!("../../templates/python/scalars.py.j2")),
    ("{}/_types.py", include_str!("../../templates/python/types.py.j2")),
];

/// What every package has as it stands: the reader of CBOR, which the package without generated code has too.
const SHARED: [(&str, &str); 2] = [
    ("_reader.py", include_str!("../../dynamic/python/src/ffi_host/_reader.py")),
    ("_values.py", include_str!("../../dynamic/python/src/ffi_host/_values.py")),
];

/// What reads enums with data, where there are any.
const VARIANTS: (&str, &str) = ("_variants.py", include_str!("../../dynamic/python/src/ffi_host/_variants.py"));

/// What reads tuples, arrays, maps and sets.
const SEVERAL: (&str, &str) = ("_several.py", include_str!("../../dynamic/python/src/ffi_host/_several.py"));

/// What reads durations and times.
const TIMES: (&str, &str) = ("_times.py", include_str!("../../dynamic/python/src/ffi_host/_times.py"));

/// The template of what deals with values of the standard library's classes, where there are any.
const STANDARD: &str = "{}/_standard.py";

/// The templates of the kinds of type.
const KINDS: Templates = kind_templates!("python");

/// What the templates are given.
#[derive(Serialize)]
struct Given<'a> {
    /// The names of the C header.
    c: &'a Abi<'a>,
    /// Those of Python.
    py: Package<'a>,
}

/// Writes a project of Python's packaging tools.
pub(super) struct Python;

impl Backend for Python {
    const NAME: &'static str = "python";
    const TITLE: &'static str = "Python";
    const OUTPUT: &'static str = "a project for Python 3.9 and later, whose wheel carries the library";
    const HOST: Templates = &[
        ("main.py", include_str!("../../templates/new/hosts/python/main.py.j2")),
        (COMMANDS, include_str!("../../templates/new/hosts/python/commands.md.j2")),
    ];

    fn files(model: &Model<'_>) -> Result<Vec<File>, Error> {
        let abi = Abi::new(model)?;
        let given = Given { c: &abi, py: Package::new(model, &abi) };
        let package = given.py.package();
        let uses = given.py.uses();
        let is_file = |name: &str| !name.ends_with(".j2") && (name != STANDARD || !uses.modules.is_empty());
        let of_project = TEMPLATES.iter().filter(|(name, _)| is_file(name));
        let written = of_project.map(|(path, _)| File {
            path: path.replace("{}", package),
            text: render_with(TEMPLATES, KINDS, path, &given),
        });
        let used = [(uses.variants, VARIANTS), (uses.several, SEVERAL), (uses.times, TIMES)];
        let used = used.into_iter().filter_map(|(is_used, file)| is_used.then_some(file));
        let shared = SHARED.into_iter().chain(used);
        let shared = shared.map(|(name, text)| File { path: format!("{package}/{name}"), text: text.to_owned() });
        let typed = File { path: format!("{package}/py.typed"), text: String::new() };
        let header = super::c::header(model.library, &abi);
        let header = File { path: format!("native/{}", header.path), ..header };
        Ok(written.chain(shared).chain([typed, header]).collect())
    }
}
