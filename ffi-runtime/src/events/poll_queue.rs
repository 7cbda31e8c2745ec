//! What is kept for a host that polls, until it dispatches.

use super::poll_signal::PollSignal;
use crate::sync::Arc;
use std::collections::VecDeque;
use std::io;

/// What is kept for a host that polls.
#[derive(Debug)]
pub(super) struct PollQueue {
    pub(super) signal: PollSignal,
    pub(super) replies: VecDeque<KeptReply>,
    /// Whether replies are still kept. Not once nobody can dispatch them any more.
    pub(super) is_kept: bool,
    /// Whether an event ran last, so that it is a reply's turn.
    pub(super) ran_event: bool,
}

/// One reply, which is to be fired.
pub(super) struct KeptReply {
    /// What may hold it back, where anything may.
    pub(super) call: Option<Arc<dyn HeldBack>>,
    pub(super) fire: Fire,
}

/// A call whose reply may have to wait.
pub(crate) trait HeldBack: std::fmt::Debug + Send + Sync {
    /// Whether its reply is not to be fired yet. `Dispatcher::note_warned` follows when it may be.
    fn is_held_back(&self) -> bool;
}

/// What fires a reply.
pub(super) type Fire = Box<dyn FnOnce() + Send>;

impl std::fmt::Debug for KeptReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptReply").field("call", &self.call).finish_non_exhaustive()
    }
}

impl PollQueue {
    /// Nothing is kept yet.
    ///
    /// # Errors
    /// The system's, where it has no descriptor to give.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { signal: PollSignal::new()?, replies: VecDeque::new(), is_kept: true, ran_event: true })
    }

    /// Where the first reply stands that may be fired now.
    pub(super) fn first(&self) -> Option<usize> {
        self.replies.iter().position(|reply| !reply.call.as_ref().is_some_and(|call| call.is_held_back()))
    }
}
