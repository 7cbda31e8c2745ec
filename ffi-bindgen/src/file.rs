//! A file that a backend writes.

/// A written file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands in the bindings' folder, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub text: String,
}
