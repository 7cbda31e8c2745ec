//! Why a call is refused, and how the host is told.
//!
//! - A refusal fires the callback on the calling thread, before the entry point returns. The caller of a queued
//!   method has left the context's slot by then; that of an inline method is still in it.
//! - Where there is no callback, the text is kept for `L_ffi_last_error`.

use crate::abi::{RET_ERR, RET_MISSING_CALLBACK};
use crate::call::outbox::ImmediateReplies;
use crate::call::{Job, Reply, Request};
use crate::context::EXITING;
use crate::declare::Library;
use crate::error::Fault;
use crate::failure::{At, Panicked};
use crate::panic::Panic;
use crate::process::AfterFork;
use crate::registry;
use crate::worker::Engine;
use std::ffi::c_int;
use std::fmt;

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

/// A refusal with the name of the function.
pub(super) struct Refused<'a>(pub(super) &'a str, pub(super) Refusal);

impl fmt::Display for Refused<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(function, refusal) = self;
        match refusal {
            Refusal::AfterFork => write!(f, "{function}: not usable after fork"),
            Refusal::StaleHandle => write!(f, "{function}: not a live context: NULL, destroyed or never made"),
            Refusal::Constructing => write!(f, "{function}: the context is still being constructed"),
            Refusal::QueueFull(limit) => write!(f, "{function}: the queue is full with {limit} requests"),
            Refusal::MovedFull(limit) => {
                write!(
                    f,
                    "{function}: {limit} inline calls that wait are left to the worker, which has not taken them up"
                )
            }
            Refusal::Request(fault) => At(function, fault).fmt(f),
            Refusal::NotImplemented(name) => write!(f, "This request type is not implemented: {name}"),
            Refusal::Panicked(panic) => Panicked(function, panic).fmt(f),
            Refusal::Blocked => {
                write!(f, "{function}: something blocks the context; it ends when that does")
            }
            Refusal::Exiting => write!(f, "{function}: {EXITING}"),
            Refusal::NoSlot => write!(f, "{function}: no handle is left"),
            Refusal::NoCallback => write!(f, "{function}: the callback is NULL, so nothing was done"),
            Refusal::NoEvent(name) => write!(f, "{function}: the library has no event {name:?}"),
            Refusal::NotUtf8 => write!(f, "{function}: the event's name is not UTF-8"),
            Refusal::NoListener(id) => write!(f, "{function}: there is no listener {id}"),
            Refusal::NoDescriptor(error) => write!(f, "{function}: there is no descriptor to poll: {error}"),
            Refusal::NoThread(kind, error) => write!(f, "{function}: no {kind} thread could be started: {error}"),
        }
    }
}

/// Refuses a call whose request was not read.
pub(super) fn refuse(function: &str, reply: Reply, refusal: Refusal) -> c_int {
    let _immediate = ImmediateReplies::begin();
    reply.fail(&Refused(function, refusal));
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
    Request::new(job, reply).discard(&Refused(function, refusal));
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
    registry::set_last_error::<S>(Refused(function, refusal).to_string());
}
