//! One context: its queue, its doorbell and its worker thread.

use crate::doorbell::Doorbell;
use crate::handler::Destroy;
use crate::library::Library;
use crate::process::with_signals_blocked;
use crate::queue::Queue;
use crate::request::Request;
use crate::slots::Handle;
use crate::worker::{self, Boot};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// Stack of a worker, in bytes.
const STACK: usize = 8 << 20;

/// What entry points and the worker share.
pub(crate) struct Context<S: Library> {
    handle: Handle,
    queue: Queue<Request<S>>,
    doorbell: Arc<Doorbell>,
    /// Set once by the one who closed the slot, after all callers have left it.
    is_closing: AtomicBool,
    /// Held while the thread starts, so that whoever destroys the context finds it here.
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl<S: Library> Context<S> {
    pub(crate) fn new(handle: Handle) -> Self {
        Self {
            handle,
            queue: Queue::new(usize::try_from(S::OPTIONS.queue_limit).unwrap_or(usize::MAX)),
            doorbell: Arc::default(),
            is_closing: AtomicBool::new(false),
            thread: Mutex::new(None),
        }
    }

    pub(crate) fn handle(&self) -> Handle {
        self.handle
    }

    pub(crate) fn queue(&self) -> &Queue<Request<S>> {
        &self.queue
    }

    pub(crate) fn doorbell(&self) -> &Arc<Doorbell> {
        &self.doorbell
    }

    /// Puts a request in line, or gives it back where the line is full. The caller must be
    /// inside the context's slot: then the worker is certain to see the request.
    pub(crate) fn submit(&self, request: Request<S>) -> Result<(), Request<S>> {
        self.queue.send(request)?;
        self.doorbell.ring();
        Ok(())
    }

    /// Whether the slot was closed. What was accepted before is in the queue.
    pub(crate) fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::Acquire)
    }

    /// Tells the worker that the slot was closed and all callers have left it.
    pub(crate) fn begin_closing(&self) {
        self.is_closing.store(true, Ordering::Release);
        self.doorbell.ring();
    }
}

/// The constructor's call on its way to the worker.
type FirstCall<S> = Box<dyn Boot<S>>;

fn take<T>(cell: &Mutex<Option<T>>) -> Option<T> {
    cell.lock().unwrap_or_else(PoisonError::into_inner).take()
}

impl<S: Destroy> Context<S> {
    /// Starts the worker thread, which takes `first` once it runs.
    ///
    /// # Errors
    /// `first` and the system's error, where the system gives no thread.
    pub(crate) fn start(self: &Arc<Self>, first: FirstCall<S>) -> Result<(), (FirstCall<S>, io::Error)> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        // Handed over beside the thread, because a thread that fails to start drops what it
        // was given.
        let handover = Arc::new(Mutex::new(Some(first)));
        let (context, taken) = (Arc::clone(self), Arc::clone(&handover));
        let builder = thread::Builder::new().name(format!("{}-worker", S::NAME)).stack_size(STACK);
        let work = move || {
            if let Some(first) = take(&taken) {
                worker::run(&context, first);
            }
        };
        match with_signals_blocked(|| builder.spawn(work)) {
            Ok(handle) => *thread = Some(handle),
            Err(error) => return take(&handover).map_or(Ok(()), |first| Err((first, error))),
        }
        Ok(())
    }

    /// Closes the context from its own worker, so that nothing more is accepted. Where a
    /// host is destroying it at the same moment, that does the same.
    pub(crate) fn close_from_worker(&self) {
        if S::cell().slots().close(self.handle).is_some() {
            self.begin_closing();
        }
    }

    /// The worker's last act: frees the slot.
    pub(crate) fn retire(&self) {
        S::cell().slots().vacate(self.handle);
        S::cell().footing().end_context();
    }

    /// Waits until the worker thread has ended.
    pub(crate) fn join(&self) {
        if let Some(thread) = take(&self.thread) {
            // The worker traps every panic of the author's; one of our own has been printed.
            let _ = thread.join();
        }
    }
}
