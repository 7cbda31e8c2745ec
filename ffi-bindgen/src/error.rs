//! The errors between a built library and its bindings.

use ffi_runtime::schema::SchemaError;
use std::path::PathBuf;

/// Why there is no schema or no header.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file is no dynamic library of a kind this tool knows.
    #[error("{} is not a dynamic library: {source}", path.display())]
    NotALibrary {
        /// The file.
        path: PathBuf,
        /// The reader's reason.
        source: object::Error,
    },
    /// The dynamic loader refuses the library, or one of its symbols.
    #[error("{} cannot be loaded: {source}", path.display())]
    NotLoadable {
        /// The file.
        path: PathBuf,
        /// The loader's reason.
        source: libloading::Error,
    },
    /// A dynamic library without a schema.
    #[error("{} exports no library's schema: was it built from a crate with `ffi_runtime::library!`?", path.display())]
    NoSchema {
        /// The file.
        path: PathBuf,
    },
    /// A dynamic library without a schema of the name asked for.
    #[error("{} exports no schema of `{name}`, only of {}", path.display(), listed(found))]
    NoSuchName {
        /// The file.
        path: PathBuf,
        /// The name asked for.
        name: String,
        /// The names it has.
        found: Vec<String>,
    },
    /// A dynamic library that holds several libraries.
    #[error("{} exports the schemas of {}: choose one with --name", path.display(), listed(found))]
    SeveralSchemas {
        /// The file.
        path: PathBuf,
        /// The names it has.
        found: Vec<String>,
    },
    /// A library for another machine, which this one cannot load.
    #[error(
        "{} is built for {machine}, which this machine cannot load, so its schema cannot be read here: \
         save it with `cargo ffi schema` where the library runs, and give that file in place of the library",
        path.display()
    )]
    OtherMachine {
        /// The file.
        path: PathBuf,
        /// What its code is for.
        machine: String,
    },
    /// A static library, which nothing can load.
    #[error(
        "{} is a static library, which cannot be loaded: `cargo ffi build` in its crate builds a dynamic one beside it",
        path.display()
    )]
    Static {
        /// The file.
        path: PathBuf,
    },
    /// The bytes of a library or a file are not a schema, or a newer one.
    #[error("{}: {source}", path.display())]
    Schema {
        /// The library or the file.
        path: PathBuf,
        /// What is wrong.
        source: SchemaError,
    },
    /// A name that no language could use.
    #[error("{what} has the name {name:?}, which is not an identifier")]
    NotAnIdentifier {
        /// The kind of item.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// A type is mentioned and not described.
    #[error("the schema mentions the type `{name}` and does not describe it")]
    UnknownType {
        /// The type's name.
        name: String,
    },
    /// A function whose error is no record of a text and an error.
    #[error("the function `{function}` fails with what is no record of a `message` and an `error`")]
    NoFailure {
        /// The function.
        function: String,
    },
    /// A variant whose fields are not what it says that it holds.
    #[error("the variant `{variant}` of the type `{name}` has not the fields that it says")]
    NoPayload {
        /// The type's name.
        name: String,
        /// The variant's.
        variant: String,
    },
    /// A type that holds itself without a pointer between.
    #[error("the type `{name}` contains itself by value, so it has no size: put a Box or a Vec between")]
    Endless {
        /// The type's name.
        name: String,
    },
    /// Two items that would bear one name.
    #[error("`{name}` would name both {first} and {second}: give one of them another name with #[ffi(rename = \"…\")]")]
    Collision {
        /// The name both would bear.
        name: String,
        /// Who had it first.
        first: String,
        /// Who wants it too.
        second: String,
    },
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
