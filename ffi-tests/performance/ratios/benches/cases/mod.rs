//! What is measured, a file for each group.

mod cbor;
mod crossing;
mod handles;
mod inline;
mod lifecycle;
mod spinning;
mod throughput;

use crate::machine;
use crate::measure::Case;

/// All cases, in the order of the table. From here on this thread, and whom it starts, stays on one
/// core, unless a case says otherwise.
pub(crate) fn all() -> Vec<Case> {
    let cores = machine::cores();
    machine::pin(&cores[..1]);
    [
        crossing::cases(&cores),
        spinning::cases(&cores),
        throughput::cases(&cores),
        handles::cases(),
        inline::cases(),
        cbor::cases(),
        lifecycle::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
