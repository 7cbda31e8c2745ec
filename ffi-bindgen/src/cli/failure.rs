//! Why a command could not do its work.

use ffi_bindgen::Error;
use std::path::{Path, PathBuf};

/// What is told before exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The library, or its schema, will not do.
    #[error(transparent)]
    Library(#[from] Error),
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    /// Several files need a folder.
    #[error("{what} is several files: say where they go with --output FOLDER")]
    NeedsFolder { what: String },
}

impl Failure {
    /// A file that cannot be read or written.
    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }
}
