//! Events: what a library tells its hosts without being asked.
//!
//! - An event function fires in the context in whose handler it is called, and does nothing
//!   outside of any.
//! - [`Events`] takes a context to tasks and threads of the author's own.

mod current;
mod delivery;
mod dispatcher;
mod listener;
mod opening;
mod payload;
mod poll_queue;
mod poll_signal;
mod polling;
mod queue;
#[cfg(test)]
mod tests;

pub(crate) use current::CurrentContext;
pub use current::{Events, NoContext, fire};
pub(crate) use dispatcher::Dispatcher;
pub(crate) use listener::{Listener, Path};
pub(crate) use poll_queue::HeldBack;
