//! Functions that run on the threads that call them: one file for each promise.

#[path = "../common/mod.rs"]
mod common;

mod after_fork;
mod described;
mod drops;
mod ending;
mod events;
mod exports;
mod faults;
mod host;
mod inline;
mod inside;
mod moved;
mod rough;
mod stateless;
mod worker;
