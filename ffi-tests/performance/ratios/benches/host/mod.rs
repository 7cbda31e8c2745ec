//! A host as one in C would be: it knows the library by its C symbols, and waits on a futex.

mod answers;
mod context;
pub(crate) mod functions;
mod futex;
pub(crate) mod library;
mod record;

pub(crate) use answers::{Answers, inline, pipelined, round_trip, round_trip_looking};
pub(crate) use context::{Context, Give};
pub(crate) use futex::{Word, ping_pong};
pub(crate) use record::RecordPod;
