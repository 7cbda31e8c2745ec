//! What all types that cross have.

use crate::names::Name;
use crate::paths::Runtime;
use syn::{Expr, Generics, Ident};

/// What a struct and an enum that cross have in common.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) ident: Ident,
    /// The last part of its path in Rust, for the schema.
    pub(crate) place: String,
    pub(crate) name: Name,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    pub(crate) runtime: Runtime,
    /// None, unless there was an error.
    pub(crate) generics: Generics,
}
