//! One call, from its request to its answer.

pub(crate) mod outbox;

mod deadlines;
mod pending;
mod reply;
mod request;
mod transport;

pub(crate) use deadlines::Deadlines;
pub(crate) use pending::{HEAD_START, Pending, Tracker};
pub(crate) use reply::Reply;
pub(crate) use request::{Job, Request, fits};
pub use transport::RequestBytes;
pub(crate) use transport::{Cbor, Decoded, Native, Transport, Unread, decode_args};
