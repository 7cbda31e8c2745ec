//! The Python package that knows a library by its schema alone: the vectors, and how it behaves.

mod dynamic;

use conformance::Vectors;
use dynamic::{copy, libraries, library, repository, said};
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// An interpreter that has the package, as somebody who installs it gets it.
struct Python {
    interpreter: PathBuf,
    packages: PathBuf,
}

impl Python {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python_dynamic");
        let interpreter = toolchain::environment(&folder.join("environment"), &hosts().join("requirements.txt"));
        let (source, packages) = (folder.join("source"), folder.join("packages"));
        let _ = std::fs::remove_dir_all(&source);
        let _ = std::fs::remove_dir_all(&packages);
        copy(&repository().join("ffi-bindgen/dynamic/python"), &source);
        let mut pip = Command::new(&interpreter);
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target"]);
        said(pip.arg(&packages).arg(&source));
        Self { interpreter, packages }
    }

    fn run(&self) -> Command {
        let mut command = Command::new(&self.interpreter);
        command.env("PYTHONPATH", &self.packages).env("PYTHONDONTWRITEBYTECODE", "1").current_dir(hosts());
        command
    }
}

fn hosts() -> PathBuf {
    repository().join("ffi-tests/hosts/python/dynamic")
}

#[test]
fn the_package_passes() {
    toolchain::need("cc");
    let (python, folder) = (Python::new(), libraries());
    every_vector(&python, &folder);
    its_behaviour(&python, &folder);
    its_types(&python);
}

fn every_vector(python: &Python, folder: &Path) {
    let mut host = python.run();
    host.arg("conformance.py").arg(library(folder, "every")).arg(Vectors::path());
    let expected = format!("{} vectors, each awaited and blocking\n", Vectors::read().vectors.len());
    assert_eq!(said(&mut host), expected);
}

fn its_behaviour(python: &Python, folder: &Path) {
    let said = said(python.run().args(["-m", "unittest"]).env("FFI_LIBRARIES", folder));
    assert!(said.contains("\nOK\n"), "{said}");
}

fn its_types(python: &Python) {
    let checked = repository().join("ffi-bindgen/dynamic/python");
    let cache = python.packages.join("mypy");
    let mut mypy = python.run();
    mypy.args(["-m", "mypy", "--cache-dir"]).arg(cache).env_remove("PYTHONPATH").current_dir(checked);
    let said = said(&mut mypy);
    assert!(said.starts_with("Success: no issues found"), "{said}");
}
