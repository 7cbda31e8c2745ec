//! Calls: answered once, in order, by their deadline, and warned of.

mod answering;
#[path = "../common/mod.rs"]
mod common;
mod deadlines;
mod exactly_once;
mod kinds;
mod panics;
mod scheduling;
mod stale;
mod typed;
