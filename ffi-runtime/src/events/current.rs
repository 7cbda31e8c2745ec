//! The current context: which one this thread is in, so that an event function fires there.

use super::dispatcher::Dispatcher;
use crate::declare::{Event, Library, bounds};
use crate::scopes::Scopes;
use crate::stack;
use crate::sync::{Arc, thread_local};
use std::any::TypeId;
use std::fmt;
use std::marker::PhantomData;

thread_local! {
    /// The contexts whose handlers this thread runs.
    static CURRENT: Scopes<CurrentContext> = const { Scopes::new() };
}

/// A context, as events know it.
#[derive(Clone, Debug)]
pub(crate) struct CurrentContext {
    state: TypeId,
    library: &'static str,
    dispatcher: Arc<Dispatcher>,
}

impl CurrentContext {
    pub(crate) fn of<S: Library>(dispatcher: &Arc<Dispatcher>) -> Self {
        Self { state: TypeId::of::<S>(), library: S::NAME, dispatcher: Arc::clone(dispatcher) }
    }

    /// Makes the context this thread's current one until the guard is dropped.
    pub(crate) fn enter(self) -> CurrentGuard {
        CURRENT.with(|contexts| contexts.push(self));
        CurrentGuard(())
    }

    /// The innermost that is right.
    fn find(is_right: impl Fn(&Self) -> bool) -> Option<Self> {
        CURRENT.with(|contexts| contexts.find(|it| is_right(it).then(|| it.clone())))
    }
}

/// While it lives, this thread has a current context.
#[derive(Debug)]
pub(crate) struct CurrentGuard(());

impl Drop for CurrentGuard {
    fn drop(&mut self) {
        // Dropped once the thread-local is free again.
        drop(CURRENT.with(|contexts| contexts.remove(|_| true)));
    }
}

/// Fires an event in this thread's current context, if it is one of the event's
/// library.
pub fn fire<E: Event>(payload: E::Payload) {
    if let Some(current) = CurrentContext::find(|current| E::INFO.library == current.library) {
        match stack::check(const { bounds::of_event::<E::Payload>() }) {
            Ok(()) => current.dispatcher.emit::<E>(payload),
            Err(_) => current.dispatcher.miss::<E>(),
        }
    }
}

/// A context whose events tasks and threads of the author's own may fire.
///
/// ```
/// use ffi_runtime::{Events, ffi};
///
/// ffi_runtime::library!("clock");
///
/// #[ffi(state)]
/// pub struct Clock;
///
/// #[ffi(ctor)]
/// pub fn create() -> Clock {
///     Clock
/// }
///
/// #[ffi(dtor)]
/// pub fn destroy(_clock: Clock) {}
///
/// #[ffi(event)]
/// pub fn on_tick(count: u64);
///
/// /// Ticks until the context is gone.
/// #[ffi]
/// pub fn start(_clock: &Clock) -> Result<(), String> {
///     let events = Events::<Clock>::current().map_err(|gone| gone.to_string())?;
///     std::thread::spawn(move || {
///         let mut count = 0;
///         while events.within(|| on_tick(count)).is_ok() {
///             count += 1;
///             std::thread::sleep(std::time::Duration::from_millis(10));
///         }
///     });
///     Ok(())
/// }
///
/// # fn main() {
/// // Outside a context an event function does nothing, and there is no context to take along.
/// on_tick(1);
/// assert!(Events::<Clock>::current().is_err());
/// # }
/// ```
pub struct Events<S> {
    current: CurrentContext,
    state: PhantomData<fn() -> S>,
}

impl<S: Library> Events<S> {
    /// Those of the context whose handler is running on this thread, or in whose
    /// [`Events::within`] it is.
    ///
    /// # Errors
    /// There is no such context of this library.
    pub fn current() -> Result<Self, NoContext> {
        let current = CurrentContext::find(|current| current.state == TypeId::of::<S>()).ok_or(NoContext)?;
        Ok(Self { current, state: PhantomData })
    }
}

impl<S> Events<S> {
    /// Runs `fire` as if in a handler of the context: the event functions that it calls reach
    /// the context's listeners. Where the library's policy is `block` they wait for room, unless
    /// this is one of the context's own threads.
    ///
    /// # Errors
    /// The context is gone; `fire` was not run.
    pub fn within<T>(&self, fire: impl FnOnce() -> T) -> Result<T, NoContext> {
        if self.current.dispatcher.is_closed() {
            return Err(NoContext);
        }
        let _guard = self.current.clone().enter();
        Ok(fire())
    }
}

impl<S> Clone for Events<S> {
    fn clone(&self) -> Self {
        Self { current: self.current.clone(), state: PhantomData }
    }
}

impl<S> fmt::Debug for Events<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("library", &self.current.library).finish_non_exhaustive()
    }
}

/// There is no context to fire an event in, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoContext;

impl fmt::Display for NoContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no context to fire an event in")
    }
}

impl std::error::Error for NoContext {}
