//! One context: what entry points and its worker share, and how it begins and ends.

mod cancels;
mod contexts;
mod doorbell;
mod gate;
mod heartbeat;
mod item;
mod lifecycle;
mod moved;
mod queue;
mod shared;
mod slots;
mod state;

pub(crate) use cancels::{Droppables, Waiting};
pub(crate) use contexts::Contexts;
pub(crate) use doorbell::{Doorbell, Spun};
pub(crate) use gate::{Entered, Gate};
pub(crate) use heartbeat::Heartbeat;
pub(crate) use item::Item;
pub(crate) use lifecycle::Endless;
pub(crate) use moved::Moved;
pub(crate) use shared::{Context, EXITING, grace, warns};
pub(crate) use slots::{Handle, SlotGuard};
pub(crate) use state::Owned;
