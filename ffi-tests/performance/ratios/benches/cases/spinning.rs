//! One call on its way between two cores, both of whose threads look for a while before they sleep.
//!
//! The floor sleeps at once. A core that sleeps takes long to wake, in a virtual machine above all,
//! and that is what looking saves.

use crate::host::{Context, library, ping_pong, round_trip_looking};
use crate::machine;
use crate::measure::Case;
use std::mem::size_of;
use std::time::Duration;

/// As long as the library's worker looks.
const LOOK: Duration = Duration::from_micros(20);

/// The case, where there are two cores.
pub(crate) fn cases(cores: &[usize]) -> Vec<Case> {
    let Some(&other) = cores.get(1) else { return Vec::new() };
    let context = machine::on(&[other], || Context::create_by(library::spinning_create));
    let work = round_trip_looking(size_of::<i32>(), LOOK, context.give(library::spinning_give));
    let floor = ("futex ping-pong, two cores", ping_pong(other));
    vec![Case::new("one call in flight, two cores, spinning", work, floor, 0.05)]
}
