//! Absolute times of the cases and their floors, as criterion reports them: it keeps them from run
//! to run, and tells what changed.

use super::{Case, Work};
use criterion::{BenchmarkGroup, Criterion, measurement::WallTime};
use std::time::Duration;

/// Has criterion measure the cases, a group each.
pub(crate) fn times(cases: Vec<Case>) {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .without_plots();
    for mut case in cases {
        let mut group = criterion.benchmark_group(case.name);
        time(&mut group, "boundary", &mut case.work);
        time(&mut group, case.floor_name, &mut case.floor);
        group.finish();
    }
    criterion.final_summary();
}

fn time(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, work: &mut Work) {
    group.bench_function(name, |bencher| bencher.iter_custom(&mut *work));
}
