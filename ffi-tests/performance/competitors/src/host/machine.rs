//! The machine.

use std::fs;
use std::mem::size_of;

/// Keeps this thread, and those that it starts, on one core: between two the times of a crossing are
/// the hardware's noise.
pub(crate) fn pin() {
    // SAFETY: the system always says on which core this is.
    let core = unsafe { libc::sched_getcpu() };
    // SAFETY: a set of cores is plain bits.
    let mut set: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    // SAFETY: the number is one that the set has room for.
    unsafe { libc::CPU_SET(core as usize, &mut set) };
    // SAFETY: the set is readable and of the size that is said; 0 is this thread.
    let status = unsafe { libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &raw const set) };
    assert_eq!(status, 0, "a thread can be kept on the core where it is");
}

/// What the figures were measured on, and how busy it was, in a line.
pub(crate) fn describe() -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!(
        "{}, {} cores, load {} at the end",
        model.unwrap_or("an unknown processor"),
        cpus.lines().filter(|line| line.starts_with("processor")).count(),
        load.split(' ').next().unwrap_or("unknown"),
    )
}
