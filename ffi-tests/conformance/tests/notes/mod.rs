//! The example with notes, whose hosts say the same in every language.

use std::path::{Path, PathBuf};

/// What a host says.
pub(crate) const EXPECTED: &str = include_str!("../../../../examples/notes/expected.txt");

/// The example's folder.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/notes")
}
