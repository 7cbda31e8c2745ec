//! What functions fail with that says more than a text.

/// An error of a function's own, as its author has it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Failure {}
