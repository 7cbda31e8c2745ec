//! A host as one in C would be: it knows the library by its C symbols, and waits on a futex.

mod answers;
mod context;
mod futex;
pub(crate) mod library;
mod record;

pub(crate) use answers::{Answers, pipelined, round_trip};
pub(crate) use context::{Context, Give};
pub(crate) use futex::{Word, ping_pong};
pub(crate) use record::RecordPod;
