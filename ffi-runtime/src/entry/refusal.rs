//! Why a call is refused, and how the host is told.
//!
//! - A refusal fires the callback on the calling thread, before the entry point returns. The caller of a queued
//!   method has left the context's slot by then; that of an inline method is still in it.
//! - Where there is no callback, the text is kept for `L_ffi_last_error`.

use crate::abi::{ErrorKind, RET_ERR, RET_MISSING_CALLBACK};
use crate::call::outbox::ImmediateReplies;
use crate::call::{Job, Reply, Request};
use crate::context::EXITING;
use crate::declare::Library;
use crate::error::Fault;
use crate::failure::Failure;
use crate::panic::Panic;
use crate::process::AfterFork;
use crate::registry;
use crate::worker::Engine;
use std::ffi::c_int;

/// Why a call was not accepted.
pub(super) enum Refusal {
    AfterFork,
    StaleHandle,
    Constructing,
    QueueFull(u64),
    MovedFull(u64),
    Request(Fault),
    NotImplemented(String),
    Panicked(Panic),
    Blocked,
    Exiting,
    NoSlot,
    NoThread(&'static str, std::io::Error),
    NoCallback,
    NoEvent(String),
    NotUtf8,
    NoListener(u64),
    NoDescriptor(std::io::Error),
}

impl From<AfterFork> for Refusal {
    fn from(_: AfterFork) -> Self {
        Self::AfterFork
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Request(fault)
    }
}

impl Refusal {
    /// What the host is told of a call of the function named.
    #[cold]
    pub(super) fn of(self, function: &str) -> Failure {
        let (kind, why) = match self {
            Self::AfterFork => (ErrorKind::AfterFork, "not usable after fork".to_owned()),
            Self::StaleHandle => (ErrorKind::BadHandle, "not a live context: NULL, destroyed or never made".to_owned()),
            Self::Constructing => (ErrorKind::Constructing, "the context is still being constructed".to_owned()),
            Self::QueueFull(limit) => (ErrorKind::QueueFull, format!("the queue is full with {limit} requests")),
            Self::MovedFull(limit) => (
                ErrorKind::QueueFull,
                format!("{limit} inline calls that wait are left to the worker, which has not taken them up"),
            ),
            Self::Request(fault) => return Failure::request(function, &fault),
            Self::NotImplemented(name) => {
                let text = format!("This request type is not implemented: {name}");
                return Failure::new(ErrorKind::NotImplemented, text);
            }
            Self::Panicked(panic) => return Failure::panicked(function, &panic),
            Self::Blocked => (ErrorKind::Closed, "something blocks the context; it ends when that does".to_owned()),
            Self::Exiting => (ErrorKind::Closed, EXITING.to_owned()),
            Self::NoSlot => (ErrorKind::NoResources, "no handle is left".to_owned()),
            Self::NoCallback => (ErrorKind::BadRequest, "the callback is NULL, so nothing was done".to_owned()),
            Self::NoEvent(name) => (ErrorKind::BadRequest, format!("the library has no event {name:?}")),
            Self::NotUtf8 => (ErrorKind::BadRequest, "the event's name is not UTF-8".to_owned()),
            Self::NoListener(id) => (ErrorKind::BadRequest, format!("there is no listener {id}")),
            Self::NoDescriptor(error) => (ErrorKind::NoResources, format!("there is no descriptor to poll: {error}")),
            Self::NoThread(name, error) => {
                (ErrorKind::NoResources, format!("no {name} thread could be started: {error}"))
            }
        };
        Failure::new(kind, format!("{function}: {why}"))
    }
}

/// Refuses a call whose request was not read.
pub(super) fn refuse(function: &str, reply: Reply, refusal: Refusal) -> c_int {
    let _immediate = ImmediateReplies::begin();
    reply.fail(refusal.of(function));
    RET_ERR
}

/// Refuses a call whose request was read.
pub(super) fn refuse_job<S: Library>(
    function: &str,
    reply: Reply,
    refusal: Refusal,
    job: impl Job<Engine<S>>,
) -> c_int {
    let _immediate = ImmediateReplies::begin();
    Request::new(job, reply).discard(&refusal.of(function));
    RET_ERR
}

/// Refuses a call that has no callback to answer.
pub(super) fn missing_callback<S: Library>(function: &str) -> c_int {
    note::<S>(function, Refusal::NoCallback);
    RET_MISSING_CALLBACK
}

/// How one of the library's own functions is called in an error, also where it has a short name.
pub(super) fn own_name<S: Library>(name: &str) -> String {
    format!("{}_ffi_{name}", S::NAME)
}

/// Keeps a refusal for `L_ffi_last_error`.
#[cold]
pub(super) fn note<S: Library>(function: &str, refusal: Refusal) {
    registry::set_last_error::<S>(refusal.of(function));
}
