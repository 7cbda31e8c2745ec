//! The Node package that knows a library by its schema alone: the vectors, and how it behaves.

mod dynamic;

use conformance::Vectors;
use dynamic::{copy, libraries, library, repository, said};
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// Copies the package and its hosts, and installs what the lock file names.
fn package() -> PathBuf {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("node");
    let source = repository().join("ffi-bindgen/dynamic/node");
    for old in ["lib", "hosts"] {
        let _ = std::fs::remove_dir_all(package.join(old));
    }
    copy(&source, &package);
    copy(&repository().join("ffi-tests/hosts/node"), &package.join("hosts"));
    let lock = std::fs::read_to_string(source.join("package-lock.json")).expect("a lock file");
    let installed = package.join("installed.json");
    if std::fs::read_to_string(&installed).ok().as_ref() != Some(&lock) {
        toolchain::need_npm();
        said(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&package));
        std::fs::write(installed, lock).expect("a note");
    }
    package
}

fn node(package: &Path) -> Command {
    let mut node = Command::new("node");
    node.current_dir(package.join("hosts"));
    node
}

#[test]
fn the_package_passes() {
    ["node", "npm", "cc"].into_iter().for_each(toolchain::need);
    let (package, folder) = (package(), libraries());
    every_vector(&package, &folder);
    its_behaviour(&package, &folder);
    its_types(&package);
}

fn every_vector(package: &Path, folder: &Path) {
    let mut host = node(package);
    host.arg("conformance.js").arg(library(folder, "every")).arg(Vectors::path());
    assert_eq!(said(&mut host), format!("{} vectors\n", Vectors::read().vectors.len()));
}

fn its_behaviour(package: &Path, folder: &Path) {
    let mut tests: Vec<_> = std::fs::read_dir(package.join("hosts/tests")).expect("the tests").collect();
    tests.sort_by_key(|test| test.as_ref().expect("a test").path());
    let tests = tests.into_iter().map(|test| test.expect("a test").path());
    for test in tests.filter(|path| path.to_string_lossy().ends_with(".test.js")) {
        let mut host = node(package);
        host.args(["--expose-gc", "--test-reporter=tap"]).arg(&test).env("FFI_LIBRARIES", folder);
        let said = said(&mut host);
        assert!(said.contains("\n# fail 0\n") && !said.contains("\n# pass 0\n"), "{}: {said}", test.display());
    }
}

fn its_types(package: &Path) {
    let mut compiler = node(package);
    compiler.args(["../node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--target", "es2022"]);
    said(compiler.args(["--lib", "es2022,dom", "--module", "nodenext", "types.ts"]));
}
