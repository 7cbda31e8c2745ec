//! The C backend: one header for both paths.
//!
//! Rust decides names and types; every line of C stands in `templates/c/`.

use super::backend::{Backend, COMMANDS};
use crate::Error;
use crate::abi::header::TEMPLATES;
use crate::abi::{Abi, header_file};
use crate::file::File;
use crate::model::Model;
use crate::templates::{Templates, render};
use ffi_runtime::schema::Library;

/// Writes `L.h`.
pub(super) struct C;

impl Backend for C {
    const NAME: &'static str = "c";
    const TITLE: &'static str = "C";
    const OUTPUT: &'static str = "one header, `L.h`, for C99 and later";
    const HOST: Templates = &[
        ("main.c", include_str!("../../templates/new/hosts/c/main.c.j2")),
        (COMMANDS, include_str!("../../templates/new/hosts/c/commands.md.j2")),
    ];

    fn files(model: &Model<'_>) -> Result<Vec<File>, Error> {
        Ok(vec![header(model.library, &Abi::new(model)?)])
    }
}

/// The header as a file, for a backend whose code includes it.
pub(super) fn header(library: &Library, abi: &Abi<'_>) -> File {
    File { path: header_file(&library.name), text: text(abi) }
}

fn text(abi: &Abi<'_>) -> String {
    render(TEMPLATES, "header.h.j2", abi)
}

/// Writes the C header of a library. By custom its file is `L.h`; where that is the name of a header of the system's or
/// the compiler's it is `L_.h`, so that `time.h` is found by nobody who wants the clock.
///
/// It declares both paths, names the events, asserts the layouts, and brings helpers that build
/// requests, read responses and events, and compare a loaded library with the header. It needs
/// C99 or C++11.
///
/// # Errors
/// [`Error::Collision`] where two functions have a symbol of one name, or two types one name;
/// [`Error::NotAnIdentifier`], [`Error::UnknownType`] or [`Error::Endless`] where the
/// schema is not one of a library that compiled.
///
/// ```no_run
/// let library = ffi_bindgen::read_schema("target/release/libmy_timer.so".as_ref())?;
/// std::fs::write("my_timer.h", ffi_bindgen::generate_c(&library)?).unwrap();
/// # Ok::<(), ffi_bindgen::Error>(())
/// ```
pub fn generate_c(library: &Library) -> Result<String, Error> {
    Ok(text(&Abi::new(&Model::new(library)?)?))
}
