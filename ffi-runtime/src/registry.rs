//! The run-time side of one library: its contexts, its functions by name, its schema, and the last error of each
//! thread.
//!
//! - A library has one static, the [`LibraryCell`], so that two libraries in a binary share nothing.
//! - Generated code lists every function when the binary is loaded; the schema and the names are made
//!   from that list once, when they are first asked for.

pub(crate) mod event;
mod function;
mod last_error;
mod library;
mod said;
mod schema;

pub use event::EventEntry;
pub use function::FunctionEntry;
pub(crate) use function::{CallOwned, NamedCall};
pub(crate) use last_error::{last_error, set_last_error};
pub(crate) use library::Hosted;
pub use library::LibraryCell;
