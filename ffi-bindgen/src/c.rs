//! The C backend: one header for both paths.
//!
//! Rust decides names and types; every line of C stands in `templates/`.

pub(crate) mod docs;
mod header;
mod members;
pub(crate) mod names;
pub(crate) mod reserved;
pub(crate) mod types;

pub(crate) use header::{Function as HeaderFunction, Header};
pub(crate) use members::{declaration, members, spelled};

use crate::Error;
use crate::model::Model;
use crate::templates::{Templates, render};
use ffi_runtime::schema::Library;

/// The templates, the whole header first.
const TEMPLATES: Templates = &[
    ("header.h.j2", include_str!("../templates/header.h.j2")),
    ("comment.j2", include_str!("../templates/comment.j2")),
    ("common.h.j2", include_str!("../templates/common.h.j2")),
    ("types.h.j2", include_str!("../templates/types.h.j2")),
    ("functions.h.j2", include_str!("../templates/functions.h.j2")),
    ("events.h.j2", include_str!("../templates/events.h.j2")),
    ("cbor_faults.h.j2", include_str!("../templates/cbor_faults.h.j2")),
    ("cbor_writer.h.j2", include_str!("../templates/cbor_writer.h.j2")),
    ("cbor_encoders.h.j2", include_str!("../templates/cbor_encoders.h.j2")),
    ("cbor_arena.h.j2", include_str!("../templates/cbor_arena.h.j2")),
    ("cbor_reader.h.j2", include_str!("../templates/cbor_reader.h.j2")),
    ("cbor_decoders.h.j2", include_str!("../templates/cbor_decoders.h.j2")),
    ("cbor_types.h.j2", include_str!("../templates/cbor_types.h.j2")),
    ("cbor_calls.h.j2", include_str!("../templates/cbor_calls.h.j2")),
    ("cbor_events.h.j2", include_str!("../templates/cbor_events.h.j2")),
    ("check.h.j2", include_str!("../templates/check.h.j2")),
];

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
