//! Contexts: how they begin and end, and what one has to do with another.

#[path = "../common/mod.rs"]
mod common;
mod contexts;
mod end_of_state;
mod ending;
mod isolation;
