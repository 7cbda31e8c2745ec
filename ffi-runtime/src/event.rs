//! Events: what a library tells its hosts without being asked.
//!
//! - An event function fires in the context in whose handler it is called, and does nothing
//!   outside of any.
//! - [`Events`] takes a context to tasks and threads of the author's own.

mod delivery;
mod serving;

pub(crate) use delivery::{AnyEvent, Fired, Recipients, deliver_gap, discard};
pub(crate) use serving::Serving;
pub use serving::{Events, NoContext, fire};
