//! The entry points: what the generated C symbols call.
//!
//! - The callback comes first: without one nothing is done. Then the handle, then the request, then the
//!   queue; each refuses with its own text.
//! - Functions that answer through a callback have three entry points ([`entries`]), whatever their kind
//!   ([`dispatch`]): queued ([`submit`]), on the caller's thread ([`inline`], [`stateless`]), or on a worker of
//!   their own ([`detached`]). Constructors, destructors and exports have their own, and so has the library.

mod answer;
mod by_name;
mod create;
mod description;
mod detached;
mod dispatch;
mod end;
mod entries;
mod events;
mod export;
mod form;
mod inline;
mod lookup;
mod refusal;
mod register;
mod stateless;
mod submit;

pub use by_name::{call_bytes, call_cbor};
pub use create::{create_cbor, create_pod};
pub use description::{abi_hash, last_error, schema};
pub use detached::{DetachedCell, Detaches, detached};
pub use end::{cancel, close, destroy};
pub use entries::Callee;
pub use events::{add_event_listener, add_event_listener_cbor, dispatch, poll_fd, remove_event_listener};
pub use export::{Export, ExportParam, ExportReturn, Scalar, export};
pub use inline::inline;
pub use stateless::stateless;
pub use submit::queued;
