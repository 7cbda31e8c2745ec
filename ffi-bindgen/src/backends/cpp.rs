//! The C++ backend: one header that stands beside the one for C and wraps both paths.
//!
//! Rust decides names and types; every line of C++ stands in `templates/cpp/`.

mod collection;
mod data_enum;
mod field;
mod function;
mod header;
mod initial;
mod item;
mod names;
mod order;
mod types;

pub(super) use names::{class, namespace};

use super::backend::{Backend, COMMANDS};
use crate::Error;
use crate::abi::Abi;
use crate::file::File;
use crate::model::Model;
use crate::templates::{Templates, render};
use ffi_runtime::schema::Library;

/// The templates, the whole header first.
const TEMPLATES: Templates = &[
    ("header.hpp.j2", include_str!("../../templates/cpp/header.hpp.j2")),
    ("comment.j2", include_str!("../../templates/comment.j2")),
    ("box.hpp.j2", include_str!("../../templates/cpp/box.hpp.j2")),
    ("overloaded.hpp.j2", include_str!("../../templates/cpp/overloaded.hpp.j2")),
    ("result.hpp.j2", include_str!("../../templates/cpp/result.hpp.j2")),
    ("types.hpp.j2", include_str!("../../templates/cpp/types.hpp.j2")),
    ("numbers.hpp.j2", include_str!("../../templates/cpp/numbers.hpp.j2")),
    ("pairs.hpp.j2", include_str!("../../templates/cpp/pairs.hpp.j2")),
    ("ways.hpp.j2", include_str!("../../templates/cpp/ways.hpp.j2")),
    ("forms.hpp.j2", include_str!("../../templates/cpp/forms.hpp.j2")),
    ("forms_parts.hpp.j2", include_str!("../../templates/cpp/forms_parts.hpp.j2")),
    ("forms_keys.hpp.j2", include_str!("../../templates/cpp/forms_keys.hpp.j2")),
    ("forms_times.hpp.j2", include_str!("../../templates/cpp/forms_times.hpp.j2")),
    ("records.hpp.j2", include_str!("../../templates/cpp/records.hpp.j2")),
    ("shared.hpp.j2", include_str!("../../templates/cpp/shared.hpp.j2")),
    ("call.hpp.j2", include_str!("../../templates/cpp/call.hpp.j2")),
    ("transport.hpp.j2", include_str!("../../templates/cpp/transport.hpp.j2")),
    ("functions.hpp.j2", include_str!("../../templates/cpp/functions.hpp.j2")),
    ("events.hpp.j2", include_str!("../../templates/cpp/events.hpp.j2")),
    ("listeners.hpp.j2", include_str!("../../templates/cpp/listeners.hpp.j2")),
    ("context.hpp.j2", include_str!("../../templates/cpp/context.hpp.j2")),
    ("kinds/record.hpp.j2", include_str!("../../templates/cpp/kinds/record.hpp.j2")),
    ("kinds/enumeration.hpp.j2", include_str!("../../templates/cpp/kinds/enumeration.hpp.j2")),
    ("kinds/data_enum.hpp.j2", include_str!("../../templates/cpp/kinds/data_enum.hpp.j2")),
];

/// Writes `L.hpp`.
pub(super) struct Cpp;

impl Backend for Cpp {
    const NAME: &'static str = "cpp";
    const TITLE: &'static str = "C++20";
    const OUTPUT: &'static str = "one header, `L.hpp`, beside that of C";
    const HOST: Templates = &[
        ("main.cpp", include_str!("../../templates/new/hosts/cpp/main.cpp.j2")),
        (COMMANDS, include_str!("../../templates/new/hosts/cpp/commands.md.j2")),
    ];

    fn files(model: &Model<'_>) -> Result<Vec<File>, Error> {
        Ok(vec![File { path: format!("{}.hpp", model.library.name), text: text(model)? }])
    }
}

/// Writes the C++ header of a library; by custom its file is `L.hpp`, beside the `L.h` of
/// [`generate_c`](crate::generate_c), which it includes.
///
/// It has the library's types as values, its context as a class, and its calls as results, futures
/// and awaitables, on both paths. It needs C++20 and no exceptions.
///
/// # Errors
/// [`Error::Collision`] where two functions have a symbol of one name, or two types one name;
/// [`Error::NotAnIdentifier`], [`Error::UnknownType`] or [`Error::Endless`] where the
/// schema is not one of a library that compiled.
///
/// ```no_run
/// let library = ffi_bindgen::read_schema("target/release/libmy_timer.so".as_ref())?;
/// std::fs::write("my_timer.h", ffi_bindgen::generate_c(&library)?).unwrap();
/// std::fs::write("my_timer.hpp", ffi_bindgen::generate_cpp(&library)?).unwrap();
/// # Ok::<(), ffi_bindgen::Error>(())
/// ```
pub fn generate_cpp(library: &Library) -> Result<String, Error> {
    text(&Model::new(library)?)
}

fn text(model: &Model<'_>) -> Result<String, Error> {
    let (abi, namespace) = (Abi::new(model)?, names::namespace(&model.library.name));
    Ok(render(TEMPLATES, "header.hpp.j2", &header::Header::new(model, &abi, &namespace)))
}
