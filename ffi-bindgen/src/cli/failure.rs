//! The errors that end a command.

use ffi_bindgen::{CallError, Error, JsonError};
use std::path::{Path, PathBuf};

/// The reason that is printed before exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The library, or its schema, will not do.
    #[error(transparent)]
    Library(#[from] Error),
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    /// A function cannot be called.
    #[error(transparent)]
    Call(#[from] CallError),
    /// An argument is not of its type, or an answer not of its own.
    #[error("{0}; `cargo ffi inspect` shows what each function takes")]
    Value(#[from] JsonError),
    /// Arguments that are no JSON.
    #[error("{text:?} is not JSON: {source}")]
    NotJson { text: String, source: serde_json::Error },
    /// A function that the library lacks.
    #[error("{library} has no function {name:?}; there are: {names}")]
    NoFunction { name: String, library: String, names: String },
    /// A time that cannot be waited for.
    #[error("{0} is no number of seconds that can be waited for: write 5, 0.5, 500ms, 5s or 1m")]
    NotATime(String),
    /// There was no answer in time.
    #[error("{function} did not answer within {}, and was given up", limit.trim())]
    TimedOut { function: String, limit: String },
    /// A method needs a context, and the constructor more than nothing.
    #[error(
        "{function} needs a context: give the arguments of {constructor} with --create '{{{parameters}}}'; {error}"
    )]
    NeedsCreate { function: String, constructor: String, parameters: String, error: JsonError },
    /// A method of a library that makes no contexts.
    #[error("{function} needs a context, and {library} has no constructor that makes one")]
    NoConstructor { function: String, library: String },
    /// A description where the library itself is needed.
    #[error("{} is a library's schema, not a library: give it with --schema", path.display())]
    IsASchema { path: PathBuf },
    /// Cargo does not know the crate.
    #[error("cargo cannot tell of the crate: {0}")]
    Metadata(#[from] cargo_metadata::Error),
    /// No crate becomes a cdylib.
    #[error(
        "no crate here becomes a cdylib or a staticlib: write `crate-type = [\"cdylib\"]` under `[lib]`, or say where with --manifest-path"
    )]
    NoCdylib,
    /// The crate is for Rust alone.
    #[error(
        "{package} becomes a library for Rust alone, which no other language can load: write `crate-type = [\"cdylib\"]` under `[lib]` in {}",
        manifest.display()
    )]
    NoLibrary { package: String, manifest: PathBuf },
    /// The workspace lacks it.
    #[error("no crate of the workspace is {spec:?}; there are: {names}")]
    NoSuchPackage { spec: String, names: String },
    /// Cargo builds none for this target.
    #[error(
        "cargo built no dynamic library of {package}, which its schema could be read from: can the target have a cdylib?"
    )]
    NothingToLoad { package: String },
    /// An option that cargo's metadata cannot be asked with.
    #[error("{} is not UTF-8", option.display())]
    NotText { option: PathBuf },
    /// Several crates become one.
    #[error("several crates here become a cdylib: choose one with --package: {names}")]
    SeveralCdylibs { names: String },
    /// Cargo has said why.
    #[error("{package} does not build")]
    NotBuilt { package: String },
    /// No language is asked for.
    #[error("say which languages: --lang, or `languages = [\"c\"]` under `[package.metadata.ffi]`; there are: {known}")]
    NoLanguages { known: String },
    /// A language that has no backend.
    #[error("`[package.metadata.ffi]` asks for {name}, which is no language of these: {known}")]
    NoSuchLanguage { name: String, known: String },
    /// A new crate would be where something is.
    #[error("{} is there already: choose another name, or remove it", path.display())]
    Exists { path: PathBuf },
    /// The runtime is not where it has to be.
    #[error("{}: {why}: say where a checkout of the project is, with --path CHECKOUT", runtime.display())]
    NoCheckout { runtime: PathBuf, why: NoRuntime },
    /// A name that no new crate can have.
    #[error("{name:?} names no crate: {why}")]
    BadName { name: String, why: ffi_bindgen::BadName },
    /// Several files need a folder.
    #[error("{what} is several files: say where they go with --output FOLDER")]
    NeedsFolder { what: String },
}

/// Why a folder is not the runtime that a new crate may depend on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoRuntime {
    /// The folder is not there, or cannot be entered.
    #[error(transparent)]
    Folder(#[from] std::io::Error),
    /// Its manifest cannot be read.
    #[error("cargo cannot tell of the crate: {0}")]
    Metadata(#[from] cargo_metadata::Error),
    /// It is somebody else's.
    #[error("this is not the package {}", ffi_bindgen::RUNTIME)]
    Foreign,
    /// A manifest is text.
    #[error("a path that is not UTF-8 cannot stand in a Cargo.toml")]
    NotText,
}

impl Failure {
    /// A file that cannot be read or written.
    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }
}
