//! What the command does besides writing bindings: it compares, shows and calls libraries, and makes crates.

pub(crate) mod diff;
pub(crate) mod host;
pub(crate) mod inspect;
pub(crate) mod json;
pub(crate) mod load;
pub(crate) mod new_crate;
