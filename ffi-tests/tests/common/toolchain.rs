//! The programs that hosts need.

use std::process::{Command, Stdio};

/// Whether there is this program. Where not, what needs it is skipped aloud, and fails in CI.
pub(crate) fn has(program: &str) -> bool {
    let has = Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok_and(|it| it.success());
    assert!(has || std::env::var("CI").as_deref() != Ok("true"), "CI must have {program}");
    if !has {
        eprintln!("SKIPPED: there is no {program}");
    }
    has
}
