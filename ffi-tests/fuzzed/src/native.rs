//! Graphs of C structs, sound ones and ones with a fault: what is sound comes back as it was sent,
//! and a fault is answered in the words that name it and the path to it.

mod blocks;
mod builtin;
mod calls;
mod collections;
mod maker;
mod mirror;
mod records;

pub use calls::native;
