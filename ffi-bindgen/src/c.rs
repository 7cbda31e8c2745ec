//! The C backend: one header for both paths.
//!
//! Rust decides names and types; every line of C stands in `templates/`.

pub(crate) mod docs;
mod header;
mod members;
pub(crate) mod names;
pub(crate) mod reserved;
mod sources;
pub(crate) mod types;

pub(crate) use header::{Function as HeaderFunction, Header};
pub(crate) use members::{declaration, members, spelled};

use crate::Error;
use crate::model::Model;
use crate::templates::render;
use ffi_runtime::schema::Library;
use sources::TEMPLATES;

/// Writes the C header of a library; by custom its file is `L.h`.
///
/// It declares both paths, names the events, asserts the layouts, and brings helpers that build
/// requests, read responses and events, and compare a loaded library with the header. It needs
/// C99 or C++11.
///
/// # Errors
/// [`Error::Collision`] where two items would bear one name in C;
/// [`Error::NotAnIdentifier`], [`Error::UnknownType`] or [`Error::Endless`] where the
/// schema is not one of a library that compiled.
///
/// ```no_run
/// let library = ffi_bindgen::read_schema("target/release/libmy_timer.so".as_ref())?;
/// std::fs::write("my_timer.h", ffi_bindgen::generate_c(&library)?).unwrap();
/// # Ok::<(), ffi_bindgen::Error>(())
/// ```
pub fn generate_c(library: &Library) -> Result<String, Error> {
    let model = Model::new(library)?;
    let header = header::Header::new(&model)?;
    Ok(render(TEMPLATES, "header.h.j2", &header))
}

/// The C names of a library, each of which is taken once.
pub(crate) fn names(model: &Model<'_>) -> Result<names::Names, Error> {
    header::names(model)
}
