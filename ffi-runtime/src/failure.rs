//! The texts of what went wrong in a function, which name the function.

use crate::error::Fault;
use crate::panic::Panic;
use std::fmt;

/// A fault in a request or a result of the function named.
pub(crate) struct At<'a>(pub(crate) &'a str, pub(crate) &'a Fault);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.1)
    }
}

/// A panic in the function named.
pub(crate) struct Panicked<'a>(pub(crate) &'a str, pub(crate) &'a Panic);

impl fmt::Display for Panicked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} panicked: {}", self.0, self.1)
    }
}
