//! Reads a schema from a built library or from a file.

use super::Failure;
use clap::Args;
use ffi_bindgen::Error;
use ffi_runtime::schema::Library;
use std::path::{Path, PathBuf};

/// A built library, or a file with a schema.
#[derive(Args)]
#[group(skip)]
pub(crate) struct Source {
    /// The built library
    #[arg(long, value_name = "PATH", required_unless_present = "schema", conflicts_with = "schema")]
    library: Option<PathBuf>,
    /// The library's name, where the file holds several
    #[arg(long, value_name = "L", conflicts_with = "schema")]
    name: Option<String>,
    /// A file with the schema, instead of the library
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
}

impl Source {
    /// The built library's file, where that was given.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.library.as_deref()
    }

    /// Reads the library's description.
    pub(crate) fn read(&self) -> Result<Library, Failure> {
        let bytes = match (&self.library, &self.schema) {
            (Some(path), _) => ffi_bindgen::schema_bytes(path, self.name.as_deref())?,
            (None, Some(path)) => std::fs::read(path).map_err(|source| Failure::file(path, source))?,
            (None, None) => unreachable!("clap asks for one of the two"),
        };
        parsed(&bytes)
    }
}

/// The schema of a built library, or of a file that is one, as CBOR.
pub(crate) fn described(path: &Path, name: Option<&str>) -> Result<Vec<u8>, Failure> {
    match ffi_bindgen::schema_bytes(path, name) {
        Err(Error::NotALibrary { .. }) => std::fs::read(path).map_err(|source| Failure::file(path, source)),
        described => Ok(described?),
    }
}

/// What the bytes of a schema say.
pub(crate) fn parsed(bytes: &[u8]) -> Result<Library, Failure> {
    Ok(Library::from_cbor(bytes).map_err(Error::from)?)
}
