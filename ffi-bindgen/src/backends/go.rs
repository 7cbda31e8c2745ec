//! The Go backend: a module of one package, with the C header that its cgo part includes.
//!
//! Rust decides names and types; every line of Go stands in `templates/go/`.

mod docs;
mod fields;
mod functions;
mod imports;
mod items;
mod kinds;
mod names;
mod package;
mod types;
mod variants;

pub(super) use names::package;

use super::backend::{Backend, COMMANDS};
use crate::Error;
use crate::abi::Abi;
use crate::file::File;
use crate::model::Model;
use crate::templates::{Templates, kind_templates, render_with};
use package::Package;

/// The written files and their templates, in the order in which a reader wants them; what they share
/// comes last.
const TEMPLATES: Templates = &[
    ("go.mod", include_str!("../../templates/go/go.mod.j2")),
    ("doc.go", include_str!("../../templates/go/doc.go.j2")),
    ("types.go", include_str!("../../templates/go/types.go.j2")),
    ("client.go", include_str!("../../templates/go/client.go.j2")),
    ("functions.go", include_str!("../../templates/go/functions.go.j2")),
    ("events.go", include_str!("../../templates/go/events.go.j2")),
    ("errors.go", include_str!("../../templates/go/errors.go.j2")),
    ("subscription.go", include_str!("../../templates/go/subscription.go.j2")),
    ("calls.go", include_str!("../../templates/go/calls.go.j2")),
    ("memory.go", include_str!("../../templates/go/memory.go.j2")),
    ("native.go", include_str!("../../templates/go/native.go.j2")),
    ("encoder.go", include_str!("../../templates/go/encoder.go.j2")),
    ("decoder.go", include_str!("../../templates/go/decoder.go.j2")),
    ("numbers.go", include_str!("../../templates/go/numbers.go.j2")),
    ("collections.go", include_str!("../../templates/go/collections.go.j2")),
    ("times.go", include_str!("../../templates/go/times.go.j2")),
    ("refusals.go", include_str!("../../templates/go/refusals.go.j2")),
    ("variants.go", include_str!("../../templates/go/variants.go.j2")),
    ("wire.go", include_str!("../../templates/go/wire.go.j2")),
    ("bridge.h", include_str!("../../templates/go/bridge.h.j2")),
    ("macros.j2", include_str!("../../templates/go/macros.j2")),
    ("kinds/address.j2", include_str!("../../templates/go/kinds/address.j2")),
    ("kinds/scalar.j2", include_str!("../../templates/go/kinds/scalar.j2")),
];

/// The templates of the kinds of type.
const KINDS: Templates = kind_templates!("go");

/// Writes a package for Go 1.19 and later with cgo.
pub(super) struct Go;

impl Backend for Go {
    const NAME: &'static str = "go";
    const TITLE: &'static str = "Go";
    const OUTPUT: &'static str = "a module of one package, for Go 1.19 and later with cgo";
    const HOST: Templates = &[
        ("go.mod", include_str!("../../templates/new/hosts/go/go.mod.j2")),
        ("main.go", include_str!("../../templates/new/hosts/go/main.go.j2")),
        (COMMANDS, include_str!("../../templates/new/hosts/go/commands.md.j2")),
    ];

    fn files(model: &Model<'_>) -> Result<Vec<File>, Error> {
        let abi = Abi::new(model)?;
        let header = super::c::header(model.library, &abi);
        let package = Package::new(model, &abi)?;
        let files = TEMPLATES.iter().filter(|&&(path, _)| !path.ends_with(".j2") && package.needs(path));
        let written =
            files.map(|&(path, _)| File { path: path.to_owned(), text: render_with(TEMPLATES, KINDS, path, &package) });
        Ok(written.chain([header]).collect())
    }
}
