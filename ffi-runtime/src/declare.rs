//! What annotations declare: a library, its functions and the rules for them, as traits that generated code
//! implements.

mod access;
mod arguments;
pub(crate) mod bounds;
mod builtin;
mod errors;
mod event;
mod function;
mod library;
mod returns;
mod rules;

pub use access::{Access, Exclusive, Shared, SharedState, Unshared};
pub use arguments::{Arguments, NoArgs};
pub(crate) use builtin::{EventsDropped, NotResponding, Responding};
pub use errors::TypedError;
pub(crate) use errors::{AuthorError, Crossing, Typed, author_error, describe as describe_error};
pub use event::{Event, EventInfo, Payload};
pub(crate) use function::StateOf;
pub use function::{Constructor, Destroy, FunctionInfo, Handler, Inline, Stateless, moves};
pub use library::{CellPointer, Found, Library, LibraryNamed, Named, WithoutState, library_named, name_hash};
pub(crate) use returns::Sent;
pub use returns::{Answer, ConstructorReturn, ErrorText, Return};
pub use rules::{OneConstructor, Probe, Unless};
