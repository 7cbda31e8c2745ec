//! What happens at a moment: timers, and the thread that fires them.

mod timers;
mod watchdog;

pub(crate) use timers::{Timer, Timers, millis};
pub(crate) use watchdog::{Watchdog, Watched};
