//! Compiles and runs C and C++.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use toolchain::Bounded as _;

/// Warnings that fail a build. A header must not raise one in a careful host's build.
const WARNINGS: [&str; 5] = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"];

/// Every way in which a host may include the header.
pub(crate) const STANDARDS: [Standard; 6] =
    [C99, C11, Standard("cc", "c", "gnu2x"), Standard("c++", "c++", "c++11"), CXX17, CXX20];

pub(crate) const C99: Standard = Standard("cc", "c", "c99");
pub(crate) const C11: Standard = Standard("cc", "c", "c11");
pub(crate) const CXX17: Standard = Standard("c++", "c++", "c++17");
pub(crate) const CXX20: Standard = Standard("c++", "c++", "c++20");

/// Memory errors and undefined behaviour end the program.
pub(crate) const SANITIZED: [&str; 3] = ["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

/// A compiler, the language it is to read, and the language's version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standard(&'static str, &'static str, &'static str);

/// A folder of its own for one test.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Ends a test as not run, unless there are compilers of C and C++.
pub(crate) fn need() {
    toolchain::need("cc");
    toolchain::need("c++");
}

/// Runs the compiler in `folder` and returns what it said.
pub(crate) fn compile(standard: Standard, folder: &Path, arguments: &[&str]) -> Output {
    let Standard(compiler, language, version) = standard;
    let mut command = Command::new(compiler);
    command.current_dir(folder).args(["-x", language]).arg(format!("-std={version}")).args(WARNINGS).args(arguments);
    command.bounded().unwrap()
}

/// Compiles to the program `name`, which must succeed, and returns its path.
pub(crate) fn build(standard: Standard, folder: &Path, name: &str, arguments: &[&str]) -> PathBuf {
    let mut all = vec!["-o", name];
    all.extend(arguments);
    expect_success(&format!("{standard:?}"), &compile(standard, folder, &all));
    folder.join(name)
}

/// Runs a program that must succeed and returns what it printed.
pub(crate) fn run(program: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).bounded().unwrap();
    expect_success(&program.display().to_string(), &output);
    output.stdout
}

#[track_caller]
pub(crate) fn expect_success(what: &str, output: &Output) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{what}: {}\n{out}\n{err}", output.status);
}
