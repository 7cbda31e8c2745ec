//! Environments of Python, made under the folder that cargo builds into.

use crate::{Bounded as _, missing, need};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// What builds wheels and checks types.
const TOOLS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../hosts/python/requirements.txt");

/// One environment is made at a time.
static MAKING: Mutex<()> = Mutex::new(());

/// The interpreter that has what `hosts/python/requirements.txt` lists: the one that `PYTHON` names, or one in
/// `target/python-tools` that is made where it is not there, or, without a network, `python3` where that has it
/// all. Ends the test as not run where there is none.
pub fn python_tools() -> PathBuf {
    if let Some(python) = std::env::var_os("PYTHON") {
        let python = PathBuf::from(python);
        if !has_tools(&python) {
            missing("PYTHON lacks what ffi-tests/hosts/python/requirements.txt lists");
        }
        return python;
    }
    need("python3");
    match make(&target().join("python-tools"), Path::new(TOOLS)) {
        Ok(python) => python,
        Err(_) if has_tools("python3".as_ref()) => "python3".into(),
        Err(why) => missing(why),
    }
}

/// The interpreter of an environment in this folder that has what the file lists. It is made where it is not there,
/// and made anew where the file changed. Ends the test as not run where that cannot be had.
pub fn environment(folder: &Path, requirements: &Path) -> PathBuf {
    need("python3");
    make(folder, requirements).unwrap_or_else(|why| missing(why))
}

/// The folder that cargo builds into, in which this program is.
fn target() -> PathBuf {
    let program = std::env::current_exe().expect("this program");
    program.ancestors().nth(3).expect("a folder for cargo's builds").to_owned()
}

fn has_tools(python: &Path) -> bool {
    // Looked for and not imported: setuptools refuses to come after a pip that has imported distutils.
    let has_all = "import importlib.util as it, sys; names = sys.argv[1:]; sys.exit(not all(map(it.find_spec, names)))";
    let mut asked = Command::new(python);
    asked.args(["-c", has_all, "cffi", "mypy", "pip", "setuptools", "wheel", "venv"]);
    asked.bounded().is_ok_and(|it| it.status.success())
}

fn make(folder: &Path, requirements: &Path) -> Result<PathBuf, String> {
    let _one = MAKING.lock().map_err(|_| "an environment could not be made before".to_owned())?;
    std::fs::create_dir_all(folder).expect("a folder");
    let required = std::fs::read_to_string(requirements).expect("the requirements");
    let (python, installed) = (folder.join("bin/python"), folder.join("installed.txt"));
    if std::fs::read_to_string(&installed).is_ok_and(|it| it == required) && runs(&python) {
        return Ok(python);
    }
    step(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "15"]);
    step(pip.arg("-r").arg(requirements))?;
    std::fs::write(installed, required).expect("a note");
    Ok(python)
}

fn runs(python: &Path) -> bool {
    Command::new(python).arg("--version").bounded().is_ok_and(|it| it.status.success())
}

/// Runs a step of it; what went wrong ends with the last line that it said.
fn step(command: &mut Command) -> Result<(), String> {
    let output = command.bounded().map_err(|error| format!("{command:?}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if output.status.success() { Ok(()) } else { Err(format!("{command:?} failed: {last}")) }
}
