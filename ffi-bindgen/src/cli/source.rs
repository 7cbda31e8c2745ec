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
    /// A file with the schema, as `cargo ffi schema` prints it in JSON or CBOR, instead of the library
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
        match (&self.library, &self.schema) {
            (Some(path), _) => loaded(path, self.name.as_deref()),
            (None, Some(path)) => described(path, None),
            (None, None) => unreachable!("clap asks for one of the two"),
        }
    }
}

/// What a built library says about itself. The file links what is generated from it, so it has to be the library.
fn loaded(path: &Path, name: Option<&str>) -> Result<Library, Failure> {
    match ffi_bindgen::schema_bytes(path, name) {
        Err(Error::NotALibrary { .. }) if described(path, None).is_ok() => {
            Err(Failure::IsASchema { path: path.to_owned() })
        }
        bytes => Ok(ffi_bindgen::schema(path, &bytes?)?),
    }
}

/// What a built library says about itself, or a file with its schema does.
pub(crate) fn described(path: &Path, name: Option<&str>) -> Result<Library, Failure> {
    Ok(ffi_bindgen::schema(path, &ffi_bindgen::described(path, name)?)?)
}
