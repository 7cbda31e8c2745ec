//! A timer.
//!
//! Bindings of the library `my_timer`, which is loaded at run time.
//!
//! - [`Library::open`] loads it, and says where it differs from these bindings.
//! - [`Library::create`] makes a [`MyTimer`], whose methods are the library's.
//! - A function gives a [`Call`]: await it on any executor, or [`Call::wait`] for it.
//!
//! Written by cargo ffi from the library's own description.

#![warn(missing_docs)]
#![allow(
    rustdoc::all,
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    clippy::empty_docs,
    clippy::needless_doctest_main,
    clippy::tabs_in_doc_comments,
    clippy::test_attr_in_doctest,
    reason = "the documentation is the library's author's"
)]
#![allow(clippy::type_complexity, reason = "the types are the library's author's")]

#[macro_use]
mod runtime;

mod context;
mod failures;
mod library;
mod mirrors;
mod symbols;
pub mod types;

pub use context::MyTimer;
pub use failures::Failure;
pub use library::Library;
pub use runtime::api::Transport;
pub use runtime::call::Call;
pub use runtime::create::Creating;
pub use runtime::error::{Error, ErrorKind, Fault};
pub use runtime::events::Subscription;
pub use runtime::notice::Notice;
pub use runtime::stream::{EventStream, Next};
pub use types::*;
