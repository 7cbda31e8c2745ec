//! Functions that cross no thread.

#[path = "../common/mod.rs"]
mod common;
mod exports;
mod inline;
mod stateless;
