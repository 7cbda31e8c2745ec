//! What a library exports and says of itself: symbols, schema, fingerprints.

#[path = "../common/mod.rs"]
mod common;
mod compatibility;
mod schema;
mod symbols;
