//! The engine of a worker: owns the state, and runs the handlers that borrow it.

use super::running::{RunningCall, call_now, panicked};
use super::tasks::{Droppable, Finished, Tasks};
use crate::call::{Reply, Request, Transport};
use crate::context::{Doorbell, Droppables, Item, Owned};
use crate::declare::{Access, Handler, Inline, Library};
use crate::failure::Failure;
use crate::panic::trap;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

/// The state of one context, borrowed by the handlers that run on it.
///
/// References to the state exist only in handlers: many shared ones or a single exclusive one at a time, as
/// [`Engine::admits`] says; all of them are gone when [`Engine::is_idle`] says so.
pub(crate) struct Engine<S> {
    state: Owned<S>,
    tasks: Tasks,
    /// Whether the one task that is waiting holds the state exclusively.
    is_held: bool,
    /// Why the state may be broken.
    poison: Option<Failure>,
}

impl<S: Library> Engine<S> {
    /// An engine that owns `state`, whose tasks ring `doorbell` when they are woken. Those that may be
    /// dropped are noted among `droppables`.
    pub(crate) fn new(state: Owned<S>, doorbell: Arc<Doorbell>, droppables: &Arc<Droppables>) -> Self {
        Self { state, tasks: Tasks::new(doorbell, Arc::clone(droppables)), is_held: false, poison: None }
    }

    /// The state, and whether a panic may have broken it. No handler may be running.
    pub(crate) fn into_state(self) -> (Box<S>, bool) {
        assert!(self.is_idle(), "handlers still borrow the state");
        (self.state.into_box(), self.poison.is_some())
    }

    /// Whether a handler may start now.
    #[inline]
    pub(crate) fn admits(&self, item: &Item<Self>) -> bool {
        match item {
            Item::Call(request) => !self.is_held && (!request.is_exclusive() || self.is_idle()),
            Item::Cancel(_) => false,
        }
    }

    /// Whether no handler is waiting.
    pub(crate) fn is_idle(&self) -> bool {
        self.tasks.count() == 0
    }

    /// Whether a waiting handler was woken.
    pub(crate) fn any_ready(&self) -> bool {
        self.tasks.any_ready()
    }

    /// Polls the handlers that were woken; returns how many.
    pub(crate) fn run_ready(&mut self) -> usize {
        let Self { tasks, is_held, poison, .. } = self;
        tasks.run_ready(|end| {
            if std::mem::take(is_held) {
                note_poison(poison, end);
            }
        })
    }

    /// Drops the handlers that are waiting, which answers them.
    pub(crate) fn drop_running(&mut self) {
        self.tasks.drop_those(|_| true);
        self.is_held = false;
    }

    /// Drops those waiting handlers that may be dropped and are asked for, which answers them.
    pub(crate) fn drop_running_if(&mut self, is_asked: impl Fn(&Droppable) -> bool) {
        self.tasks.drop_those(|task| task.droppable.as_ref().is_some_and(&is_asked));
        self.is_held &= !self.is_idle();
    }

    /// Starts an admitted request, or answers why the state no longer serves. The request is spent
    /// after this.
    #[inline]
    pub(crate) fn start(&mut self, request: &mut Request<Self>) {
        match &self.poison {
            _ if request.is_over() => request.discard(&Failure::cancelled()),
            Some(reason) => request.discard(reason),
            None => request.start(self),
        }
    }

    /// Runs on a method that began on its caller's thread.
    pub(crate) fn resume<H: Inline<State = S>, T: Transport<H::Args>>(
        &mut self,
        future: Pin<Box<impl Future<Output = H::Return> + 'static>>,
        reply: Reply,
    ) {
        // Such a handler shares the state, so a panic in it breaks nothing.
        let _ = self.tasks.start(RunningCall::<_, T, _>::new(H::INFO.name, future, reply), None);
    }

    /// Runs a handler: to its end if it is ready, else as a task.
    #[inline]
    pub(crate) fn run<H: Handler<State = S>, T: Transport<H::Args>>(&mut self, args: H::Args, reply: Reply) {
        // SAFETY: the state outlives every handler, as this engine owns it until it is idle;
        // the request was admitted, so the borrow is alone if it is exclusive and else only
        // beside shared ones.
        let state = unsafe { H::Access::borrow::<'static, S>(self.state.place()) };
        let end = if H::INFO.is_async {
            let droppable = H::DROPPABLE.then(|| Droppable::new(&reply));
            // What an attribute made of an `async fn` may do more here than make a future.
            match trap(|| H::call(state, args)) {
                Ok(future) => self.tasks.start(RunningCall::<_, T, _>::new(H::INFO.name, future, reply), droppable),
                Err(panic) => Poll::Ready(panicked(H::INFO.name, Some(reply), &panic)),
            }
        } else {
            Poll::Ready(call_now::<H, T>(state, args, reply))
        };
        match end {
            Poll::Ready(end) => self.ended::<H>(end),
            Poll::Pending => self.is_held = H::Access::EXCLUSIVE,
        }
    }

    fn ended<H: Handler<State = S>>(&mut self, end: Finished) {
        if H::Access::EXCLUSIVE {
            note_poison(&mut self.poison, end);
        }
    }
}

/// Remembers that an exclusive handler may have left the state broken.
fn note_poison(poison: &mut Option<Failure>, end: Finished) {
    if let Finished::Panicked(reason) = end {
        *poison = Some(reason);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Decoded;
    use crate::declare::{Arguments, FunctionInfo, Shared};
    use crate::error::Fault;
    use crate::ffi;
    use crate::schema::FieldsBuilder;
    use crate::value::pod::TextForm;
    use crate::value::{cbor, pod};
    use std::ffi::{c_char, c_int, c_void};
    use std::future::Ready;

    #[ffi(library = "engines")]
    struct State;

    struct NoArgs;

    // SAFETY: nothing crosses.
    unsafe impl Arguments for NoArgs {
        type Pod<F: TextForm> = ();
        const STACK: usize = 0;

        unsafe fn from_pod<F: TextForm>(_: *const (), _: &mut pod::Reader<F>) -> Result<Self, Fault> {
            Ok(Self)
        }

        fn decode(_: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
            Ok(Self)
        }

        fn describe(_: &mut FieldsBuilder<'_>) {}
    }

    /// What an attribute may make of an `async fn`: it panics before there is a future.
    struct Eager;

    impl Handler for Eager {
        type State = State;
        type Access = Shared;
        type Args = NoArgs;
        type Return = ();
        const INFO: FunctionInfo =
            FunctionInfo { name: "engines_eager", rust_name: "eager", docs: &[], place: ("", 0, 0), is_async: true };

        fn call<'a>(_: &'a State, NoArgs: NoArgs) -> impl Future<Output = ()>
        where
            'a: 'a,
        {
            eager()
        }
    }

    fn eager() -> Ready<()> {
        std::panic::resume_unwind(Box::new("too early"))
    }

    unsafe extern "C-unwind" fn record(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
        // SAFETY: the test passes a vector as `user_data`.
        let heard = unsafe { &mut *user_data.cast::<Vec<(c_int, Vec<u8>)>>() };
        // SAFETY: a reply's message is readable.
        heard.push((ret, unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) }.to_vec()));
    }

    #[test]
    fn a_panic_before_there_is_a_future_is_the_answer() {
        let mut heard: Vec<(c_int, Vec<u8>)> = Vec::new();
        let mut engine = Engine::new(Owned::new(State), Arc::default(), &Arc::default());
        // SAFETY: `record` may be called with the vector it expects.
        let reply = unsafe { Reply::new(Some(record), (&raw mut heard).cast()) };
        engine.run::<Eager, Decoded<NoArgs>>(NoArgs, reply.expect("a callback was given"));
        assert!(engine.is_idle());
        drop(engine.into_state());
        let [(ret, text)] = &heard[..] else { panic!("not one answer: {heard:?}") };
        assert_eq!(*ret, crate::abi::RET_ERR);
        assert!(String::from_utf8_lossy(text).starts_with("engines_eager panicked: too early"), "{text:?}");
    }
}
