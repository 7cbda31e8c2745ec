//! The tasks of a worker: handlers that wait for something, polled where they are stored once they are woken.
//!
//! - A future is polled at once, in the slot where it stays. Most are ready then and never
//!   become a task.
//! - Tasks live and die on the worker; only their wakers travel. A waker that outlives its
//!   task at worst wakes the task's successor once for nothing.
//! - What is dropped while it waits may panic; that ends it alone.

use super::task_storage::{StoredFuture, TaskStorage};
use crate::call::{Pending, Reply};
use crate::callback::UserData;
use crate::context::{Doorbell, Droppables, Waiting};
use crate::failure::Failure;
use crate::panic::contain;
use crate::sync::atomic::{AtomicBool, Ordering};
use crate::sync::{Arc, Mutex, lock};
use std::task::{Context, Poll, Wake, Waker};

/// How a handler ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finished {
    /// It returned.
    Returned,
    /// It panicked; this is why its state may be broken, if it held that.
    Panicked(Failure),
}

/// A handler on its way.
pub(crate) struct Task {
    /// Ends once the handler has answered.
    future: StoredFuture<Finished>,
    /// What its call is known by, where its author allows that it be dropped.
    pub(crate) droppable: Option<Droppable>,
    /// The same for those who cancel it.
    _waiting: Option<Waiting>,
}

/// The call of a handler that may be dropped while it runs.
pub(crate) struct Droppable {
    user_data: UserData,
    pending: Option<Arc<Pending>>,
}

impl Droppable {
    pub(crate) fn new(reply: &Reply) -> Self {
        Self { user_data: reply.user_data(), pending: reply.pending().cloned() }
    }

    /// What a host cancels it by.
    pub(crate) fn user_data(&self) -> UserData {
        self.user_data
    }

    /// Whether it was answered without its handler, or its deadline passed.
    pub(crate) fn is_over(&self) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.is_over())
    }
}

/// The tasks of one worker.
#[derive(Debug)]
pub(crate) struct Tasks {
    slots: Vec<TaskSlot>,
    /// Indices of slots without a task.
    free: Vec<usize>,
    storage: TaskStorage,
    ready: Arc<Ready>,
    droppables: Arc<Droppables>,
}

/// Where one task lives, with the waker it keeps handing out.
struct TaskSlot {
    task: Option<Task>,
    wake: Arc<TaskWaker>,
    waker: Waker,
}

/// The tasks that were woken, and the bell that tells the worker.
#[derive(Debug)]
struct Ready {
    indices: Mutex<Vec<usize>>,
    doorbell: Arc<Doorbell>,
}

/// What a waker of one slot rings.
struct TaskWaker {
    index: usize,
    is_woken: AtomicBool,
    ready: Arc<Ready>,
}

impl std::fmt::Debug for TaskSlot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TaskSlot").field("is_taken", &self.task.is_some()).finish_non_exhaustive()
    }
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_woken.swap(true, Ordering::AcqRel) {
            lock(&self.ready.indices).push(self.index);
            self.ready.doorbell.ring();
        }
    }
}

impl Tasks {
    /// No tasks; their wakers will ring `doorbell`. Those that may be dropped are noted among
    /// `droppables`.
    pub(crate) fn new(doorbell: Arc<Doorbell>, droppables: Arc<Droppables>) -> Self {
        let ready = Arc::new(Ready { indices: Mutex::default(), doorbell });
        Self { slots: Vec::new(), free: Vec::new(), storage: TaskStorage::default(), ready, droppables }
    }

    /// How many are waiting for something.
    pub(crate) fn count(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Whether one was woken.
    pub(crate) fn any_ready(&self) -> bool {
        !lock(&self.ready.indices).is_empty()
    }

    /// Polls a new future, and keeps it as a task if it is not ready. It must answer its own
    /// panics: neither its polls may panic, nor, once it is ready, its drop.
    #[inline]
    pub(crate) fn start(
        &mut self,
        future: impl Future<Output = Finished> + 'static,
        droppable: Option<Droppable>,
    ) -> Poll<Finished> {
        if self.free.is_empty() {
            self.add_slot();
        }
        let index = self.free[self.free.len() - 1];
        let slot = &mut self.slots[index];
        match self.storage.begin(future, &mut Context::from_waker(&slot.waker)) {
            Ok(end) => Poll::Ready(end),
            Err(future) => {
                let waiting = droppable.as_ref().map(|call| self.droppables.note_waiting(call.user_data()));
                slot.task = Some(Task { future, droppable, _waiting: waiting });
                self.free.pop();
                Poll::Pending
            }
        }
    }

    /// Polls each task that was woken before this call once, and tells `finished` of those
    /// that ended. Returns how many were polled.
    pub(crate) fn run_ready(&mut self, mut finished: impl FnMut(Finished)) -> usize {
        let woken = std::mem::take(&mut *lock(&self.ready.indices));
        for &index in &woken {
            // Cleared before the poll, so that a wake during the poll counts.
            self.slots[index].wake.is_woken.swap(false, Ordering::AcqRel);
            let TaskSlot { task, waker, .. } = &mut self.slots[index];
            let Some(Task { future, .. }) = task else { continue };
            if let Poll::Ready(end) = future.poll(&mut Context::from_waker(waker)) {
                let ended = task.take();
                ended.into_iter().for_each(|task| self.end(index, task));
                finished(end);
            }
        }
        woken.len()
    }

    /// Drops every task that `is_unwanted`.
    pub(crate) fn drop_those(&mut self, is_unwanted: impl Fn(&Task) -> bool) {
        for (index, slot) in self.slots.iter_mut().enumerate() {
            if let Some(task) = slot.task.take_if(|task| is_unwanted(task)) {
                self.free.push(index);
                let _ = contain(|| drop(task));
            }
        }
    }

    /// A task is ready: its slot and its memory are free.
    #[inline]
    fn end(&mut self, index: usize, task: Task) {
        self.free.push(index);
        self.storage.recycle(task.future);
    }

    #[cold]
    fn add_slot(&mut self) {
        let index = self.slots.len();
        let wake = Arc::new(TaskWaker { index, is_woken: AtomicBool::new(false), ready: Arc::clone(&self.ready) });
        let waker = Waker::from(Arc::clone(&wake));
        self.slots.push(TaskSlot { task: None, wake, waker });
        self.free.push(index);
    }
}
