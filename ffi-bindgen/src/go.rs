//! The Go backend: a module of one package, with the C header that its cgo part includes.
//!
//! Rust decides names and types; every line of Go stands in `templates/go/`.

mod docs;
mod functions;
mod items;
mod names;
mod package;
mod types;

use crate::Error;
use crate::file::File;
use crate::model::Model;
use crate::templates::{Templates, render};
use ffi_runtime::schema::Library;
use package::Package;

/// The written files and their templates, in the order in which a reader wants them; what they share
/// comes last.
const TEMPLATES: Templates = &[
    ("go.mod", include_str!("../templates/go/go.mod.j2")),
    ("doc.go", include_str!("../templates/go/doc.go.j2")),
    ("types.go", include_str!("../templates/go/types.go.j2")),
    ("client.go", include_str!("../templates/go/client.go.j2")),
    ("functions.go", include_str!("../templates/go/functions.go.j2")),
    ("events.go", include_str!("../templates/go/events.go.j2")),
    ("errors.go", include_str!("../templates/go/errors.go.j2")),
    ("subscription.go", include_str!("../templates/go/subscription.go.j2")),
    ("calls.go", include_str!("../templates/go/calls.go.j2")),
    ("memory.go", include_str!("../templates/go/memory.go.j2")),
    ("native.go", include_str!("../templates/go/native.go.j2")),
    ("encoder.go", include_str!("../templates/go/encoder.go.j2")),
    ("decoder.go", include_str!("../templates/go/decoder.go.j2")),
    ("wire.go", include_str!("../templates/go/wire.go.j2")),
    ("bridge.h", include_str!("../templates/go/bridge.h.j2")),
    (MACROS, include_str!("../templates/go/macros.j2")),
];

const MACROS: &str = "macros.j2";

/// Writes the Go package of a library, for Go 1.19 and later with cgo.
pub(crate) fn generate(library: &Library) -> Result<Vec<File>, Error> {
    let header = File { path: format!("{}.h", library.name), text: crate::generate_c(library)? };
    let model = Model::new(library)?;
    let package = Package::new(&model)?;
    let files = TEMPLATES.iter().filter(|&&(path, _)| path != MACROS && package.needs(path));
    let written = files.map(|&(path, _)| File { path: path.to_owned(), text: render(TEMPLATES, path, &package) });
    Ok(written.chain([header]).collect())
}
