//! What handlers do with their context: they borrow its state, and wait for its signals.

use super::{ledger, tell, turn, wait_until};
use std::task::{Poll, Waker};

/// How many signals the context was given.
pub(crate) fn signals(context: usize) -> usize {
    ledger().contexts[context].signals
}

/// While it lives, a handler borrows its context's state.
pub(crate) struct Borrow {
    context: usize,
    is_exclusive: bool,
}

impl Borrow {
    pub(crate) fn begin(context: usize, is_exclusive: bool) -> Self {
        let mut ledger = ledger();
        let life = &mut ledger.contexts[context];
        *if is_exclusive { &mut life.holding } else { &mut life.sharing } += 1;
        let is_wrong = life.holding > 1 || (life.holding == 1 && life.sharing > 0);
        let is_gone = life.dropped > 0 || life.destroyed > 0;
        if is_wrong || is_gone {
            ledger.faults.push(format!("a handler of context {context} borrows what it must not"));
        }
        drop(ledger);
        tell();
        Self { context, is_exclusive }
    }
}

impl Drop for Borrow {
    fn drop(&mut self) {
        let mut ledger = ledger();
        let life = &mut ledger.contexts[self.context];
        *if self.is_exclusive { &mut life.holding } else { &mut life.sharing } -= 1;
        if life.destroyed > 0 || life.dropped > 0 {
            ledger.faults.push(format!("a handler outlives the state of context {}", self.context));
        }
    }
}

/// Gives the context's handlers one more signal.
pub(crate) fn signal(context: usize) {
    turn();
    let mut ledger = ledger();
    let life = &mut ledger.contexts[context];
    life.signals += 1;
    let waiting = std::mem::take(&mut life.waiting);
    drop(ledger);
    waiting.into_iter().for_each(Waker::wake);
    tell();
}

/// Waits, as a handler, for the `nth` signal of its context.
pub(crate) async fn signalled(context: usize, nth: usize) {
    std::future::poll_fn(|cx| {
        let mut ledger = ledger();
        let life = &mut ledger.contexts[context];
        if life.signals >= nth {
            return Poll::Ready(());
        }
        life.waiting.push(cx.waker().clone());
        drop(ledger);
        turn();
        Poll::Pending
    })
    .await;
}

/// Blocks the thread until the `nth` signal.
pub(crate) fn block_for(context: usize, nth: usize) {
    wait_until(|| ledger().contexts[context].signals >= nth);
}
