//! Whether the registries answer that a README's commands ask.

use crate::{Bounded as _, missing, need};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How long a registry may think. Where it answers later, the test is not run, and says so.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ends the test as not run, unless pip gets a package, in the way in which it is set up here. The folder is one for
/// what it downloads.
pub fn need_pypi(folder: &Path) {
    need("python3");
    let environment = folder.join("environment");
    // Where Python comes without pip, an environment has it.
    answers(Command::new("python3").args(["-m", "venv"]).arg(&environment), "python3 makes no environments");
    let mut pip = Command::new(environment.join("bin/python"));
    pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--retries", "0", "--timeout", "15"]);
    pip.args(["--no-deps", "--dest"]).arg(folder).arg("wheel==0.45.1");
    answers(&mut pip, "pip gets nothing from PyPI");
}

/// Ends the test as not run, unless npm reaches its registry.
pub fn need_npm() {
    need("npm");
    answers(
        Command::new("npm").args(["ping", "--fetch-retries=0", "--fetch-timeout=15000"]),
        "npm reaches no registry",
    );
}

fn answers(command: &mut Command, reason: &str) {
    if !command.bounded_by(PATIENCE).is_ok_and(|it| it.status.success()) {
        missing(reason);
    }
}
