//! The machine: which cores there are, who runs where, and how to name it all.

use std::fs;
use std::mem::size_of;
use std::process::Command;

/// The cores that this process was given, in order.
pub(crate) fn cores() -> Vec<usize> {
    // SAFETY: a set of cores is plain bits.
    let mut set: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    // SAFETY: the set is writable and of the size that is said; 0 is this thread.
    let status = unsafe { libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &raw mut set) };
    assert_eq!(status, 0, "the system says which cores there are");
    let is_in = |&core: &usize| {
        // SAFETY: the number is one that the set has room for.
        unsafe { libc::CPU_ISSET(core, &set) }
    };
    (0..libc::CPU_SETSIZE as usize).filter(is_in).collect()
}

/// Keeps this thread, and those that it starts, on these cores.
pub(crate) fn pin(cores: &[usize]) {
    // SAFETY: a set of cores is plain bits.
    let mut set: libc::cpu_set_t = unsafe { std::mem::zeroed() };
    for &core in cores {
        // SAFETY: the number came out of such a set, so there is room for it.
        unsafe { libc::CPU_SET(core, &mut set) };
    }
    // SAFETY: the set is readable and of the size that is said; 0 is this thread.
    let status = unsafe { libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &raw const set) };
    assert_eq!(status, 0, "a thread can be kept on cores that the process was given");
}

/// Has something done on these cores, then goes back to where it was.
pub(crate) fn on<R>(cores: &[usize], work: impl FnOnce() -> R) -> R {
    let before = self::cores();
    pin(cores);
    let result = work();
    pin(&before);
    result
}

/// What the figures were measured on, in a line.
pub(crate) fn describe() -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let rustc = Command::new("rustc").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let kind = if cpus.contains(" hypervisor ") { "virtual cores" } else { "cores" };
    format!(
        "{}, {} {kind}, Linux {}, {}",
        model.unwrap_or("an unknown processor"),
        cpus.lines().filter(|line| line.starts_with("processor")).count(),
        kernel.trim(),
        String::from_utf8_lossy(&rustc).trim(),
    )
}
