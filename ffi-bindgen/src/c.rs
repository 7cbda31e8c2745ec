//! The C backend: one header for both paths.
//!
//! Rust decides names and types; every line of C stands in `templates/`.

pub(crate) mod docs;
mod header;
pub(crate) mod names;
pub(crate) mod reserved;
pub(crate) mod types;

use crate::Error;
use crate::model::Model;
use ffi_runtime::schema::Library;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};

/// The templates, the whole header first.
const TEMPLATES: [(&str, &str); 16] = [
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
    let environment = environment(&TEMPLATES);
    let template = environment.get_template("header.h.j2");
    let text = template.and_then(|template| template.render(Serde(&header)));
    Ok(text.expect("the templates use only what `Header` has"))
}

/// The C names of a library, each of which is taken once.
pub(crate) fn names(model: &Model<'_>) -> Result<names::Names, Error> {
    header::names(model)
}

/// Renders templates as every backend writes them.
pub(crate) fn environment(templates: &[(&'static str, &'static str)]) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().expect("only the treatment of whitespace differs from the default"));
    for &(name, text) in templates {
        environment.add_template(name, text).expect("the templates are well-formed");
    }
    environment
}
