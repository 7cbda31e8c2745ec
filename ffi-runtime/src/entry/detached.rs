//! Async functions without a state: they run on a worker that no context of the host's has.
//!
//! - That worker serves a context like any other, whose handle only the library has. The first call
//!   starts it, and it ends itself when it had nothing to do for a while.
//! - A call that finds its slot closed starts the next. So no call is lost, and nobody waits for the end.

use super::create::start_context;
use super::dispatch::{Dispatch, describe_signature};
use super::entries::Callee;
use super::form::Form;
use super::refusal::{Refusal, refuse, refuse_job};
use crate::abi::RET_OK;
use crate::call::{Job, Reply, Request};
use crate::callback::HostCallback;
use crate::context::{Handle, Item, Owned};
use crate::declare::{CellPointer, Destroy, Found, FunctionInfo, Handler, Library, Shared, Stateless, bounds};
use crate::failure::Failure;
use crate::panic::trap;
use crate::registry::{Hosted, LibraryCell};
use crate::runtime_handle::RuntimeHandle;
use crate::schema::{Function, FunctionKind, Options, SchemaBuilder};
use crate::stack;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::{Mutex, lock};
use crate::value::pod::TextForm;
use crate::worker::{Boot, BootFuture, Context, Engine, QueuedCall};
use std::ffi::{c_int, c_void};
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
    /// The one static that holds the worker of such functions.
    fn detached() -> &'static DetachedCell<Self>;
}

/// The state of that worker in the library of `S`: none.
#[derive(Debug)]
pub(crate) struct Detached<S>(PhantomData<fn() -> S>);

/// What a library keeps of that worker.
pub struct DetachedCell<S: Detaches> {
    cell: LibraryCell<Detached<S>>,
    /// The handle of the worker that was started last.
    current: AtomicUsize,
    /// Held while one is started.
    starting: Mutex<()>,
}

impl<S: Detaches> DetachedCell<S> {
    /// A library without that worker, until a call starts it.
    #[expect(clippy::new_without_default, reason = "made once, in a static")]
    pub const fn new() -> Self {
        Self {
            cell: LibraryCell::beside(|| S::cell().contexts().watchdog()),
            current: AtomicUsize::new(0),
            starting: Mutex::new(()),
        }
    }

    /// Queues a call, on a worker that is started where there is none; or refuses.
    fn enqueue<H: Stateless>(&self, job: impl Job<Engine<Detached<S>>>, mut reply: Reply) -> c_int {
        let refusal = loop {
            let handle = Handle::from_raw(self.current.load(Ordering::Acquire));
            if let Some(context) = self.cell.contexts().slots().enter(handle) {
                if let Some(place) = context.admit::<OnDetached<H, S>>(&mut reply) {
                    place.fill(|| Item::Call(Request::new(job, reply)));
                    context.doorbell().ring();
                    return RET_OK;
                }
                // A worker whose thread exits serves no more calls, but the next one does.
                if !context.has_exited() {
                    break Refusal::QueueFull(S::OPTIONS.queue_limit);
                }
            }
            if let Err(refusal) = self.start_worker(handle) {
                break refusal;
            }
        };
        refuse_job(H::INFO.name, reply, refusal, job)
    }

    /// Starts a worker, unless another thread did since `ended` was the current one.
    fn start_worker(&self, ended: Handle) -> Result<(), Refusal> {
        // A child that is forked meanwhile would never see the lock released: it is refused.
        self.cell.contexts().process_guard().begin_context();
        let starting = lock(&self.starting);
        let mut started = Ok(());
        if self.current.load(Ordering::Acquire) == ended.into_raw() {
            let mut refusal = None;
            if let Some(handle) = start_context(Box::new(MakeState::<S>(PhantomData)), |_, why| refusal = Some(why)) {
                self.current.store(handle.into_raw(), Ordering::Release);
            }
            started = refusal.map_or(Ok(()), Err);
        }
        drop(starting);
        self.cell.contexts().process_guard().end_context();
        started
    }
}

// SAFETY: the cell is in the one that `S` always gives, nothing is shared, and the library that C
// knows by the name is that of `S`.
unsafe impl<S: Detaches> Library for Detached<S> {
    const NAME: &'static str = S::NAME;
    const VERSION: &'static str = S::VERSION;
    const DOCS: &'static [&'static str] = S::DOCS;
    // The worker closes its context when it has nothing to do: nobody cancelled the calls that come meanwhile, so
    // they run for as long as they take.
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
struct MakeState<S>(PhantomData<fn() -> S>);

impl<S: Detaches> Boot<Detached<S>> for MakeState<S> {
    fn track(&mut self, _context: &Context<Detached<S>>) {}

    fn boot(self: Box<Self>, _context: Arc<Context<Detached<S>>>, _runtime: RuntimeHandle) -> BootFuture<Detached<S>> {
        Box::pin(ready(Ok(Owned::new(Detached(PhantomData)))))
    }

    fn refuse(self: Box<Self>, _reason: &Failure) {}
}

/// A function without a state as a method of that worker's.
struct OnDetached<H, S>(PhantomData<fn() -> (H, S)>);

impl<H: Stateless, S: Detaches> Handler for OnDetached<H, S> {
    type State = Detached<S>;
    type Access = Shared;
    type Args = H::Args;
    type Return = H::Return;
    const INFO: FunctionInfo = H::INFO;

    fn call<'a>(_state: &'a Detached<S>, args: H::Args) -> impl Future<Output = H::Return>
    where
        'a: 'a,
    {
        H::call(args)
    }
}

/// An async function without a state, of the library of `S`.
struct DetachedFunction<H, S>(PhantomData<(H, S)>);

/// The async function of a handler in a library that was found.
pub const fn detached<H: Stateless, F: TextForm, S: Detaches>(_: Found<S>) -> Callee<H::Args, F> {
    Callee::of::<DetachedFunction<H, S>>()
}

impl<H: Stateless, S: Detaches> Dispatch for DetachedFunction<H, S> {
    type State = S;
    type Args = H::Args;
    const INFO: FunctionInfo = H::INFO;
    const KIND: FunctionKind = FunctionKind::Stateless;
    const NEEDS_CONTEXT: bool = false;

    fn describe(schema: &mut SchemaBuilder, function: &mut Function) {
        describe_signature::<H::Args, H::Return>(schema, function);
    }

    fn call<F: Form<H::Args>>(_ctx: *mut c_void, target: HostCallback, request: F) -> c_int {
        let reply = Reply::to(target);
        let usable = S::cell()
            .contexts()
            .process_guard()
            .check()
            .and_then(|()| Detached::<S>::cell().contexts().process_guard().check());
        if let Err(after_fork) = usable {
            return refuse(H::INFO.name, reply, after_fork.into());
        }
        let bound = const { bounds::of_arguments::<H::Args>() };
        match stack::check(bound) {
            Ok(()) => stack::apart(bound, || submit::<H, S, F>(reply, request)),
            Err(fault) => refuse(H::INFO.name, reply, fault.into()),
        }
    }
}

/// Reads the request and queues the call, or refuses.
fn submit<H: Stateless, S: Detaches, F: Form<H::Args>>(reply: Reply, request: F) -> c_int {
    let args = match trap(|| request.read::<S>()) {
        Ok(Ok(args)) => F::mark(args),
        Ok(Err(fault)) => return refuse(H::INFO.name, reply, fault.into()),
        Err(panic) => return refuse(H::INFO.name, reply, Refusal::Panicked(panic)),
    };
    let call = QueuedCall::<OnDetached<H, S>, F::Read>::new(args);
    if const { QueuedCall::<OnDetached<H, S>, F::Read>::FITS } {
        S::detached().enqueue::<H>(call, reply)
    } else {
        S::detached().enqueue::<H>(Box::new(call), reply)
    }
}
