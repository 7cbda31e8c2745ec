//! What the runtime knows of threads: which contexts they are inside of, and what the end of a context waits for.

mod reentrancy;
mod teardown;

pub(crate) use reentrancy::{AtExit, ContextScope, Part, Wait, is_inside, this_thread};
pub(crate) use teardown::{InFlight, TeardownLatch};
