//! Compares, shows and calls libraries, and makes new crates.

pub(crate) mod description;
pub(crate) mod diff;
pub(crate) mod host;
pub(crate) mod inspect;
pub(crate) mod json;
pub(crate) mod load;
mod machine;
pub(crate) mod new_crate;
