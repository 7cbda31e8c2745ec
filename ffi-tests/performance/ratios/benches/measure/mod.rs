//! Cases, and the two ways of looking at them.

mod case;
mod options;
mod rounds;
mod table;
mod times;

pub(crate) use case::{Case, Goal, Work, repeat};
pub(crate) use options::{Options, View};
pub(crate) use rounds::Plan;
pub(crate) use times::times;

/// Measures the ratios, and shows them in a table.
pub(crate) fn ratios(cases: &mut [Case], plan: &Plan) {
    let rows = rounds::measure(cases, plan);
    table::show(&rows, plan);
}
