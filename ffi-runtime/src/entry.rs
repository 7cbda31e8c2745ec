//! What a generated C symbol calls: one function each, generic over the handler.
//!
//! - The callback comes first: without one nothing is done. Then the handle, then the
//!   request, then the line; each step refuses with its own text.
//! - A refusal fires the callback on the calling thread, after the caller has left the
//!   context's slot, and before the entry point returns.

mod create;
mod detached;
mod events;
mod export;
mod inline;

use crate::declare::{Arguments, Destroy, Handler, Library, bounds};
use create::begin;
pub use create::{create_cbor, create_pod};
pub(crate) use detached::detached_bytes;
pub use detached::{DetachedCell, Detaches, detached_cbor, detached_pod};
pub use events::{add_event_listener, add_event_listener_cbor, dispatch, poll_fd, remove_event_listener};
pub use export::{Export, ExportReturn, Scalar, export, scalar};
pub(crate) use inline::{inline_bytes, stateless_bytes};
pub use inline::{inline_cbor, inline_pod, stateless_cbor, stateless_pod};

use crate::abi::{FfiCallback, RET_ERR, RET_MISSING_CALLBACK, RET_OK};
use crate::callback::UserData;
use crate::context::{EXITING, Endless, grace, warns};
use crate::error::Fault;
use crate::failure::{At, Panicked};
use crate::gate::Gate;
use crate::item::Item;
use crate::outbox::Aside;
use crate::panic::{Panic, trap};
use crate::process::AfterFork;
use crate::registry::{self, ByName, Hosted};
use crate::reply::Reply;
use crate::request::{Cbor, Job, Native, Request, RequestBytes};
use crate::slots::Handle;
use crate::stack;
use crate::sync::time::Instant;
use crate::value::pod;
use crate::worker::{Context, Engine, QueuedCall};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::fmt;
use std::sync::Arc;

/// Why a call was not accepted.
enum Refusal {
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
struct Refused<'a>(&'a str, Refusal);

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

/// The native entry of a method.
///
/// # Safety
/// The callback must be sound to call once, from any thread, with `user_data`; `pod` must be
/// as [`Arguments::from_pod`] wants it.
pub unsafe fn submit_pod<H: Handler>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    pod: *const <H::Args as Arguments>::Pod,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(reply) = (unsafe { Reply::new(callback, user_data) }) else {
        return missing_callback::<H::State>(H::INFO.name);
    };
    let bound = const { bounds::of_arguments::<H::Args>() };
    if let Err(fault) = stack::check(bound) {
        return refuse_unread::<H::State>(H::INFO.name, ctx, reply, fault);
    }
    let read = || {
        // SAFETY: the caller's promise about `pod`.
        unsafe { H::Args::from_pod(pod, &mut source::<H::State>()) }.map(Native)
    };
    stack::apart(bound, || submit::<H, _>(ctx, reply, read))
}

/// The CBOR entry of a method.
///
/// # Safety
/// As for [`submit_pod`]; `request` must be NULL or have `len` readable bytes.
pub unsafe fn submit_cbor<H: Handler>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: *const u8,
    len: usize,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(reply) = (unsafe { Reply::new(callback, user_data) }) else {
        return missing_callback::<H::State>(H::INFO.name);
    };
    submit::<H, _>(ctx, reply, || {
        // SAFETY: the caller's promise about the bytes.
        let bytes = unsafe { RequestBytes::from_raw(request, len) }?;
        accept_bytes::<H::State>(bytes)
    })
}

/// The CBOR entry of a method for bytes in Rust's terms.
///
/// # Safety
/// As for [`submit_pod`].
pub unsafe fn submit_bytes<H: Handler>(
    ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: RequestBytes<'_>,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(reply) = (unsafe { Reply::new(callback, user_data) }) else {
        return missing_callback::<H::State>(H::INFO.name);
    };
    submit::<H, _>(ctx, reply, || accept_bytes::<H::State>(request))
}

fn accept_bytes<S: Library>(bytes: RequestBytes<'_>) -> Result<Cbor, Fault> {
    bytes.check_size(S::OPTIONS.request_limit)?;
    bytes.into_owned().map(Cbor)
}

/// A walk through a native request, within the library's limits.
fn source<S: Library>() -> pod::Reader {
    let [request, memory] =
        [S::OPTIONS.request_limit, S::OPTIONS.memory_limit].map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
    pod::Reader::within(request, memory)
}

/// Reads the request and puts it in line, or refuses.
fn submit<H: Handler, T: crate::request::Transport<H::Args>>(
    ctx: *mut c_void,
    reply: Reply,
    read: impl FnOnce() -> Result<T, Fault>,
) -> c_int {
    let handle = Handle::from_raw(ctx.addr());
    let gate = match find::<H::State>(handle) {
        Ok(gate) => gate,
        Err(refusal) => return refuse(H::INFO.name, reply, refusal),
    };
    // Read outside the slot, so that whoever closes it need not wait for a long copy. Where there
    // is nothing to read, nothing can panic.
    let input = match if const { size_of::<T>() == 0 } { Ok(read()) } else { trap(read) } {
        Ok(Ok(input)) => input,
        Ok(Err(fault)) => return refuse_inside::<H::State>(H::INFO.name, handle, reply, fault.into()),
        Err(panic) => return refuse_inside::<H::State>(H::INFO.name, handle, reply, Refusal::Panicked(panic)),
    };
    let call = QueuedCall::<H, T>::new(input);
    if const { QueuedCall::<H, T>::FITS } {
        put_in_line::<H, _>(gate, handle, call, reply)
    } else {
        put_in_line::<H, _>(gate, handle, Box::new(call), reply)
    }
}

/// Puts a call in line, or refuses.
#[inline]
fn put_in_line<H: Handler, J: Job<Engine<H::State>>>(
    gate: &Gate<Context<H::State>>,
    handle: Handle,
    job: J,
    mut reply: Reply,
) -> c_int {
    let (refusal, _guest) = match gate.enter(handle.generation()) {
        None => (Refusal::StaleHandle, None),
        Some(inside) => {
            let context: &Context<_> = &inside;
            if let Some(place) = context.admit::<H>(&mut reply) {
                place.fill(|| Item::Call(Request::new(job, reply)));
                context.doorbell().ring();
                return RET_OK;
            }
            (no_place::<H::State>(context), Some(context.attendance().enter()))
        }
    };
    refuse_job(H::INFO.name, reply, refusal, job)
}

/// Why the queue has no place.
#[cold]
fn no_place<S: Library>(context: &Context<S>) -> Refusal {
    if context.has_exited() { Refusal::Exiting } else { Refusal::QueueFull(S::OPTIONS.queue_limit) }
}

/// Refuses a call that was read.
fn refuse_job<S: Library>(function: &str, reply: Reply, refusal: Refusal, job: impl Job<Engine<S>>) -> c_int {
    let _aside = Aside::step();
    Request::new(job, reply).discard(&Refused(function, refusal));
    RET_ERR
}

/// Refuses a call of a context that is alive, whose end waits for the answer. The caller has
/// left the slot before it answers.
fn refuse_inside<S: Library>(function: &str, handle: Handle, reply: Reply, refusal: Refusal) -> c_int {
    let guest = S::cell().contexts().slots().enter(handle).map(|context| context.attendance().enter());
    let refusal = if guest.is_some() { refusal } else { Refusal::StaleHandle };
    refuse(function, reply, refusal)
}

/// Refuses a call that was not read, since this thread has no stack for it.
#[cold]
fn refuse_unread<S: Library>(function: &str, ctx: *mut c_void, reply: Reply, fault: Fault) -> c_int {
    let handle = Handle::from_raw(ctx.addr());
    match find::<S>(handle) {
        Ok(_) => refuse_inside::<S>(function, handle, reply, fault.into()),
        Err(refusal) => refuse(function, reply, refusal),
    }
}

/// The gate of a live context, in a process where the library can be used.
#[inline]
fn find<S: Library>(handle: Handle) -> Result<&'static Gate<Context<S>>, Refusal> {
    S::cell().contexts().footing().check()?;
    match S::cell().contexts().slots().open_gate(handle) {
        Some(gate) => Ok(gate),
        None => Err(Refusal::StaleHandle),
    }
}

fn refuse(function: &str, reply: Reply, refusal: Refusal) -> c_int {
    let _aside = Aside::step();
    reply.fail(&Refused(function, refusal));
    RET_ERR
}

fn missing_callback<S: Library>(function: &str) -> c_int {
    registry::set_last_error::<S>(Refused(function, Refusal::NoCallback).to_string());
    RET_MISSING_CALLBACK
}

/// `L_call_cbor`: a method by its name.
///
/// # Safety
/// As for [`submit_cbor`]; `function` must be NULL or NUL-terminated.
pub unsafe fn call_cbor<S: Library>(
    ctx: *mut c_void,
    function: *const c_char,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: *const u8,
    len: usize,
) -> c_int {
    let name = if function.is_null() {
        c""
    } else {
        // SAFETY: not NULL, so NUL-terminated as the caller promises.
        unsafe { CStr::from_ptr(function) }
    };
    let name = name.to_string_lossy();
    // SAFETY: the caller's promise about the bytes.
    let bytes = unsafe { RequestBytes::from_raw(request, len) };
    // SAFETY: the caller's promise about the callback.
    unsafe { call_by_name::<S>(ctx, &name, callback, user_data, bytes) }
}

/// Calls a method by its name with a CBOR request, as `L_call_cbor` does, for hosts in Rust
/// that link the library (a server that answers other processes, say). Bytes that are handed
/// over as [`RequestBytes::Owned`] are not copied.
///
/// Returns what `L_call_cbor` returns: 0 where the call was accepted and the callback fires on
/// a thread of the library, else not 0, and the callback has fired on this one (except 2,
/// where it was NULL).
///
/// # Safety
/// The callback must be sound to call once, from any thread, with `user_data`.
pub unsafe fn call_bytes<S: Library>(
    ctx: *mut c_void,
    function: &str,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: RequestBytes<'_>,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    unsafe { call_by_name::<S>(ctx, function, callback, user_data, Ok(request)) }
}

/// # Safety
/// As for [`call_bytes`].
unsafe fn call_by_name<S: Library>(
    ctx: *mut c_void,
    function: &str,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: Result<RequestBytes<'_>, Fault>,
) -> c_int {
    let found = match S::cell().contexts().footing().check() {
        Err(after_fork) => Err(after_fork.into()),
        Ok(()) => match S::cell().by_name(function) {
            Some(ByName::Without(submit)) => Ok(submit),
            other => find::<S>(Handle::from_raw(ctx.addr())).and_then(|_| match other {
                Some(ByName::In(submit) | ByName::Without(submit)) => Ok(submit),
                None => Err(Refusal::NotImplemented(function.to_owned())),
            }),
        },
    };
    let refusal = match (found, request) {
        // SAFETY: the caller's promise about the callback.
        (Ok(submit), Ok(bytes)) => return unsafe { submit(ctx, callback, user_data, bytes) },
        (Ok(_), Err(fault)) => Refusal::Request(fault),
        (Err(refusal), _) => refusal,
    };
    // SAFETY: the caller's promise about the callback, which nobody else was given.
    match unsafe { Reply::new(callback, user_data) } {
        Some(reply) => refuse(function, reply, refusal),
        None => missing_callback::<S>(function),
    }
}

/// The destructor's symbol: closes a context, and waits until nothing is left of it unless
/// called from inside it. What blocks is waited for up to the library's grace and a second.
pub fn destroy<S: Destroy>(ctx: *mut c_void) -> c_int {
    let name = <S as Destroy>::INFO.name;
    let ended = match close_slot::<S>(ctx) {
        Ok(context) => {
            let grace_end = context.begin_closing(None);
            context.await_teardown(grace_end).map_err(|endless| match endless {
                Endless::Blocked => Refusal::Blocked,
                Endless::Exiting => Refusal::Exiting,
            })
        }
        Err(refusal) => {
            await_fall::<S>(Handle::from_raw(ctx.addr()));
            Err(refusal)
        }
    };
    let Err(refusal) = ended else { return RET_OK };
    registry::set_last_error::<S>(Refused(name, refusal).to_string());
    RET_ERR
}

/// Waits for a context that takes itself down, because its constructor failed, so that a host
/// that destroys it finds nothing left of it.
fn await_fall<S: Destroy>(handle: Handle) {
    if S::cell().contexts().footing().check().is_err() {
        return;
    }
    let falling = S::cell().contexts().falling().iter().find(|context| context.handle() == handle).cloned();
    if let Some(context) = falling {
        // Blocked or not, the handle was stale.
        let _ = context.await_teardown(Instant::now() + grace::<S>());
    }
}

/// `L_close`: the same teardown, without waiting. The callback is the context's last, and is
/// given nothing.
///
/// # Safety
/// The callback must be sound to call once, from any thread, with `user_data`.
pub unsafe fn close<S: Library>(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void) -> c_int {
    let name = format!("{}_close", S::NAME);
    // SAFETY: the caller's promise about the callback.
    let Some(mut reply) = (unsafe { Reply::new(callback, user_data) }) else {
        return missing_callback::<S>(&name);
    };
    match open_slot::<S>(ctx).and_then(|()| close_slot::<S>(ctx)) {
        Ok(context) => {
            if warns::<S>() {
                reply.track(|target| context.track(target, None));
            }
            context.begin_closing(Some(reply));
            RET_OK
        }
        Err(refusal) => refuse(&name, reply, refusal),
    }
}

/// `L_cancel`: asks that what is pending with this `user_data` be cancelled.
pub fn cancel<S: Library>(ctx: *mut c_void, user_data: *mut c_void) -> c_int {
    let handle = Handle::from_raw(ctx.addr());
    let found = find::<S>(handle).and_then(|gate| gate.enter(handle.generation()).ok_or(Refusal::StaleHandle));
    match found.and_then(|context| if context.has_exited() { Err(Refusal::Exiting) } else { Ok(context) }) {
        Ok(context) => {
            context.ask_cancel(UserData(user_data));
            RET_OK
        }
        Err(refusal) => {
            let name = format!("{}_cancel", S::NAME);
            registry::set_last_error::<S>(Refused(&name, refusal).to_string());
            RET_ERR
        }
    }
}

/// Whether the context can be closed: one of which a thread is inside `exit` never ends.
fn open_slot<S: Library>(ctx: *mut c_void) -> Result<(), Refusal> {
    let handle = Handle::from_raw(ctx.addr());
    let context = find::<S>(handle)?.enter(handle.generation()).ok_or(Refusal::StaleHandle)?;
    if context.attendance().never_ends() { Err(Refusal::Exiting) } else { Ok(()) }
}

/// Makes the handle stale; what was accepted before is in the context's queue.
fn close_slot<S: Library>(ctx: *mut c_void) -> Result<Arc<Context<S>>, Refusal> {
    let handle = Handle::from_raw(ctx.addr());
    find::<S>(handle)?;
    S::cell().contexts().slots().close(handle).ok_or(Refusal::StaleHandle)
}

/// Lets the library settle in its process; for entry points that work after a fork too.
fn settle<S: Library>() {
    let _ = S::cell().contexts().footing().check();
}

/// `L_schema`.
///
/// # Safety
/// `len` must be NULL or writable.
pub unsafe fn schema<S: Library>(len: *mut usize) -> *const u8 {
    settle::<S>();
    let (bytes, _) = S::cell().schema();
    if !len.is_null() {
        // SAFETY: not NULL, so writable as the caller promises.
        unsafe { len.write(bytes.len()) };
    }
    bytes.as_ptr()
}

/// `L_abi_hash`.
pub fn abi_hash<S: Library>() -> u64 {
    settle::<S>();
    S::cell().schema().1
}

/// `L_last_error`.
pub fn last_error<S: Library>() -> *const c_char {
    settle::<S>();
    registry::last_error::<S>()
}
