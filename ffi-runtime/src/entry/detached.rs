//! The worker that no context has: async functions without a state run on it.
//!
//! - It is a context like any other, whose handle only the library has. It begins with the first
//!   call, and ends itself when nothing was to do for a while.
//! - A call that finds its slot closed begins the next. So none is lost, and nobody waits for it.

use super::inline::{read_cbor, read_pod};
use super::{Refusal, begin, missing_callback, refuse, refuse_job};
use crate::abi::{FfiCallback, RET_OK};
use crate::declare::{
    Arguments, CellPointer, Destroy, Found, FunctionInfo, Handler, Library, Shared, Stateless, bounds,
};
use crate::error::Fault;
use crate::item::Item;
use crate::panic::trap;
use crate::registry::{Hosted, LibraryCell};
use crate::reply::Reply;
use crate::request::{Decoded, Job, Native, Request, RequestBytes, Transport};
use crate::runtime_handle::RuntimeHandle;
use crate::schema::Options;
use crate::slots::Handle;
use crate::stack;
use crate::state::Owned;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{Mutex, PoisonError};
use crate::worker::{Boot, BootFuture, Context, Engine, QueuedCall};
use std::ffi::{c_int, c_void};
use std::fmt::Display;
use std::future::ready;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// For how long the worker waits for the next call.
const LINGER: Duration = Duration::from_millis(100);

/// A library that may have async functions without a state.
///
/// # Safety
/// [`Detaches::detached`] must give the same cell for as long as the process lives.
pub unsafe trait Detaches: Library {
    /// The one static that holds the worker that no context has.
    fn detached() -> &'static DetachedCell<Self>;
}

/// The state of that worker in the library of `S`: none.
#[derive(Debug)]
pub(crate) struct Detached<S>(PhantomData<fn() -> S>);

/// What a library keeps of that worker.
pub struct DetachedCell<S: Detaches> {
    cell: LibraryCell<Detached<S>>,
    /// The handle of the worker that was begun last.
    current: AtomicUsize,
    /// Held while one is begun.
    beginning: Mutex<()>,
}

impl<S: Detaches> DetachedCell<S> {
    /// One that has not begun yet.
    #[expect(clippy::new_without_default, reason = "made once, in a static")]
    pub const fn new() -> Self {
        Self {
            cell: LibraryCell::beside(|| S::cell().contexts().watch()),
            current: AtomicUsize::new(0),
            beginning: Mutex::new(()),
        }
    }

    /// Puts a call in line, on a worker that is begun where there is none; or refuses.
    fn submit<F: Stateless>(&self, job: impl Job<Engine<Detached<S>>>, mut reply: Reply) -> c_int {
        let refusal = loop {
            let handle = Handle::from_raw(self.current.load(Ordering::Acquire));
            if let Some(context) = self.cell.contexts().slots().enter(handle) {
                if let Some(place) = context.admit::<OnDetached<F, S>>(&mut reply) {
                    place.fill(|| Item::Call(Request::new(job, reply)));
                    context.doorbell().ring();
                    return RET_OK;
                }
                // One whose thread exits serves no more, but the next does.
                if !context.has_exited() {
                    break Refusal::QueueFull(S::OPTIONS.queue_limit);
                }
            }
            if let Err(refusal) = self.begin(handle) {
                break refusal;
            }
        };
        refuse_job(F::INFO.name, reply, refusal, job)
    }

    /// Begins a worker, unless another thread did since `ended` was the current one.
    fn begin(&self, ended: Handle) -> Result<(), Refusal> {
        // In a child that is forked meanwhile nobody would ever unlock: it is refused.
        self.cell.contexts().footing().begin_context();
        let beginning = self.beginning.lock().unwrap_or_else(PoisonError::into_inner);
        let mut begun = Ok(());
        if self.current.load(Ordering::Acquire) == ended.into_raw() {
            let mut refusal = None;
            if let Some(handle) = begin(Box::new(First::<S>(PhantomData)), |_, why| refusal = Some(why)) {
                self.current.store(handle.into_raw(), Ordering::Release);
            }
            begun = refusal.map_or(Ok(()), Err);
        }
        drop(beginning);
        self.cell.contexts().footing().end_context();
        begun
    }
}

// SAFETY: the cell is in the one that `S` always gives, nothing is shared, and the library that C
// knows by the name is that of `S`.
unsafe impl<S: Detaches> Library for Detached<S> {
    const NAME: &'static str = S::NAME;
    const VERSION: &'static str = S::VERSION;
    const MODULE: &'static str = S::MODULE;
    const DOCS: &'static [&'static str] = S::DOCS;
    // It closes for having nothing to do: what comes meanwhile was cancelled by nobody, and runs on
    // for as long as it takes.
    const OPTIONS: Options = Options { grace_ms: u64::MAX, ..S::OPTIONS };
    const SHARED: bool = false;

    fn cell_pointer() -> CellPointer<Self> {
        S::detached().cell.pointer()
    }
}

impl<S: Detaches> Destroy for Detached<S> {
    const INFO: FunctionInfo = FunctionInfo { name: "", rust_name: "", docs: &[], place: ("", 0, 0), is_async: false };
    const LINGER: Option<Duration> = Some(LINGER);

    fn destroy(self) -> impl Future<Output = ()> {
        ready(())
    }
}

/// The worker's first call, which makes its state and answers nobody.
struct First<S>(PhantomData<fn() -> S>);

impl<S: Detaches> Boot<Detached<S>> for First<S> {
    fn track(&mut self, _context: &Context<Detached<S>>) {}

    fn boot(self: Box<Self>, _context: Arc<Context<Detached<S>>>, _runtime: RuntimeHandle) -> BootFuture<Detached<S>> {
        Box::pin(ready(Ok(Owned::new(Detached(PhantomData)))))
    }

    fn refuse(self: Box<Self>, _reason: &dyn Display) {}
}

/// A function without a state as a method of that worker's.
struct OnDetached<F, S>(PhantomData<fn() -> (F, S)>);

impl<F: Stateless, S: Detaches> Handler for OnDetached<F, S> {
    type State = Detached<S>;
    type Access = Shared;
    type Args = F::Args;
    type Return = F::Return;
    const INFO: FunctionInfo = F::INFO;

    fn call<'a>(_state: &'a Detached<S>, args: F::Args) -> impl Future<Output = F::Return>
    where
        'a: 'a,
    {
        F::call(args)
    }
}

/// The native entry of an async function without a state.
///
/// # Safety
/// As for [`submit_pod`](super::submit_pod).
pub unsafe fn detached_pod<F: Stateless, S: Detaches>(
    _: Found<S>,
    callback: FfiCallback,
    user_data: *mut c_void,
    pod: *const <F::Args as Arguments>::Pod,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(reply) = (unsafe { Reply::new(callback, user_data) }) else {
        return missing_callback::<S>(F::INFO.name);
    };
    // SAFETY: the caller's promise about `pod`.
    submit::<F, S, _>(reply, || unsafe { read_pod::<S, _>(pod) }.map(Native))
}

/// The CBOR entry of an async function without a state.
///
/// # Safety
/// As for [`submit_cbor`](super::submit_cbor).
pub unsafe fn detached_cbor<F: Stateless, S: Detaches>(
    _: Found<S>,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: *const u8,
    len: usize,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(reply) = (unsafe { Reply::new(callback, user_data) }) else {
        return missing_callback::<S>(F::INFO.name);
    };
    submit::<F, S, _>(reply, || {
        // SAFETY: the caller's promise about the bytes.
        read_cbor::<S, _>(unsafe { RequestBytes::from_raw(request, len) }?).map(Decoded)
    })
}

/// The CBOR entry of an async function without a state for bytes in Rust's terms; the handle is
/// ignored.
///
/// # Safety
/// As for [`submit_pod`](super::submit_pod).
pub(crate) unsafe fn detached_bytes<F: Stateless, S: Detaches>(
    _ctx: *mut c_void,
    callback: FfiCallback,
    user_data: *mut c_void,
    request: RequestBytes<'_>,
) -> c_int {
    // SAFETY: the caller's promise about the callback.
    let Some(reply) = (unsafe { Reply::new(callback, user_data) }) else {
        return missing_callback::<S>(F::INFO.name);
    };
    submit::<F, S, _>(reply, || read_cbor::<S, _>(request).map(Decoded))
}

/// Reads the request here and puts it in line, or refuses.
fn submit<F: Stateless, S: Detaches, T: Transport<F::Args>>(
    reply: Reply,
    read: impl FnOnce() -> Result<T, Fault>,
) -> c_int {
    let usable =
        S::cell().contexts().footing().check().and_then(|()| Detached::<S>::cell().contexts().footing().check());
    if let Err(after_fork) = usable {
        return refuse(F::INFO.name, reply, after_fork.into());
    }
    let bound = const { bounds::of_arguments::<F::Args>() };
    match stack::check(bound) {
        Ok(()) => stack::apart(bound, || submit_here::<F, S, T>(reply, read)),
        Err(fault) => refuse(F::INFO.name, reply, fault.into()),
    }
}

fn submit_here<F: Stateless, S: Detaches, T: Transport<F::Args>>(
    reply: Reply,
    read: impl FnOnce() -> Result<T, Fault>,
) -> c_int {
    let input = match trap(read) {
        Ok(Ok(input)) => input,
        Ok(Err(fault)) => return refuse(F::INFO.name, reply, fault.into()),
        Err(panic) => return refuse(F::INFO.name, reply, Refusal::Panicked(panic)),
    };
    let call = QueuedCall::<OnDetached<F, S>, T>::new(input);
    if const { QueuedCall::<OnDetached<F, S>, T>::FITS } {
        S::detached().submit::<F>(call, reply)
    } else {
        S::detached().submit::<F>(Box::new(call), reply)
    }
}
