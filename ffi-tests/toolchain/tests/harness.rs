//! What a test that lacks a tool says, whether with a `PATH` that has nothing or in CI; that programs end; and that
//! they have signals as they are by default, whoever started the tests.
//!
//! The samples are a program of their own, so that no other run has them.

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

const SAMPLES: &str = env!("CARGO_BIN_EXE_samples");

/// Runs samples, on a machine that has no tool.
fn samples(name: &str, ci: Option<&str>) -> Output {
    let mut command = Command::new(SAMPLES);
    command.arg(name).env("PATH", "").env_remove("CI").env_remove("PYTHON");
    ci.into_iter().for_each(|ci| _ = command.env("CI", ci));
    command.bounded().expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn what_lacks_its_tool_is_ignored_and_counted() {
    let output = samples("sample_needs", None);
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{said}\n{told}");
    assert!(said.contains("0 passed; 0 failed; 3 ignored"), "{said}");
    assert!(!said.contains("... ok"), "{said}");
    assert!(told.contains("3 tests did not run, because the machine lacks something:"), "{told}");
    for reason in ["sample_needs_a_compiler: there is no cc", "sample_needs_node_late: there is no node"] {
        assert!(told.contains(reason), "{told}");
    }
    assert!(told.contains("sample_needs_the_tools_of_python: there is no python3"), "{told}");
}

#[test]
fn what_lacks_its_tool_fails_in_ci() {
    let output = samples("sample_needs", Some("true"));
    let said = text(&output.stdout);
    assert!(!output.status.success() && said.contains("0 passed; 3 failed; 0 ignored"), "{said}");
    assert!(said.contains("with CI=true nothing may be missing: there is no cc"), "{said}");
}

#[test]
fn a_python_that_lacks_the_tools_is_said_to() {
    let mut command = Command::new(SAMPLES);
    command.arg("sample_needs_the_tools_of_python").env("PYTHON", "/no/such/python").env_remove("CI");
    let told = text(&command.bounded().expect("it runs").stderr);
    assert!(told.contains("PYTHON lacks what ffi-tests/hosts/python/requirements.txt lists"), "{told}");
}

#[test]
fn what_lacks_a_second_tool_is_counted_too() {
    let output = samples("sample_is_run_in_part", None);
    let told = text(&output.stderr);
    assert!(output.status.success() && told.contains("1 tests ran in part alone"), "{told}");
    assert!(told.contains("sample_is_run_in_part: there is no clang"), "{told}");
    assert!(!samples("sample_is_run_in_part", Some("true")).status.success());
}

#[test]
fn what_passes_and_what_fails_are_told_apart() {
    assert!(text(&samples("sample_passes", None).stdout).contains("1 passed; 0 failed; 0 ignored"));
    let failed = samples("sample_fails", None);
    assert!(!failed.status.success() && text(&failed.stdout).contains("0 passed; 1 failed"));
}

#[test]
fn a_program_that_hangs_is_killed_with_what_it_started() {
    let mut shell = Command::new("/bin/sh");
    // The pipe is read to its end, which comes when the last that could write to it is gone.
    let ended = shell.args(["-c", "sleep 1000 & sleep 1000"]).bounded_by(Duration::from_millis(200));
    assert_eq!(ended.expect("a shell").status.signal(), Some(libc::SIGKILL));
}

#[test]
fn signals_that_the_tests_ignore_are_not_ignored_by_what_they_run() {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "trap '' INT TERM HUP PIPE; exec \"$0\" sample_asks_for_default_signals"]);
    let output = shell.arg(SAMPLES).bounded().expect("a shell");
    assert!(text(&output.stdout).contains("1 passed"), "{}", text(&output.stdout));
}

/// The sources of all tests of the repository.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules"].contains(&&*name) {
            sources(&path, found);
        } else if name.ends_with(".rs") && path.components().any(|it| it.as_os_str() == "tests") {
            found.push((path.display().to_string(), std::fs::read_to_string(path).expect("a source")));
        }
    }
}

/// A file of this harness whose `#[test]` is the compiler's would run nothing, and say so to nobody.
#[test]
fn every_file_of_this_harness_uses_its_attribute() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = 0;
    for folder in ["ffi-bindgen", "ffi-tests", "ffi-tests/conformance", "ffi-tests/costs", "ffi-tests/ui"] {
        let manifest = std::fs::read_to_string(root.join(folder).join("Cargo.toml")).expect("a manifest");
        for section in manifest.split("[[test]]").skip(1).filter(|it| it.contains("harness = false")) {
            let name = section.split('"').nth(1).expect("a name");
            let [file, other] = ["", "/main"].map(|end| root.join(folder).join(format!("tests/{name}{end}.rs")));
            let text = std::fs::read_to_string(file).or_else(|_| std::fs::read_to_string(other)).expect("a test");
            let mut modules = Vec::new();
            let of_folder = root.join(folder).join("tests").join(name);
            if of_folder.is_dir() {
                sources(&of_folder, &mut modules);
            }
            // The hosts in Rust are written into a package of their own.
            modules.retain(|(path, _)| !path.contains("tests/rust/hosts"));
            let texts = modules.iter().map(|(_, text)| text).chain([&text]);
            let with_tests: Vec<_> = texts.filter(|it| it.contains("\n#[test]\n")).collect();
            let is_word = |it: &str| it.split(|c: char| !c.is_alphanumeric()).any(|word| word == "test");
            let uses_it = |text: &str| text.lines().any(|it| it.starts_with("use toolchain::") && is_word(it));
            assert!(!with_tests.is_empty(), "{folder}: {name} has no test");
            assert!(
                with_tests.iter().all(|text| uses_it(text)),
                "{folder}: {name} does not use toolchain::test everywhere"
            );
            assert!(text.contains("\n    toolchain::main()\n"), "{folder}: {name} does not call toolchain::main");
            files += 1;
        }
    }
    assert!(files >= 29, "only {files} files were found");
}

/// No test skips by itself, or waits for a program without a bound. Cargo alone may take as long as it likes.
#[test]
fn every_program_has_a_bound() {
    let (mut found, mut bounded) = (Vec::new(), 0);
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), &mut found);
    for (path, text) in found.iter().filter(|(path, _)| !path.ends_with("toolchain/tests/harness.rs")) {
        assert!(!text.contains("SKIPPED"), "{path} skips by itself");
        for line in
            text.lines().filter(|line| [".output()", ".status()", ".spawn()"].iter().any(|it| line.contains(it)))
        {
            assert!(line.contains("cargo runs"), "{path} waits without a bound: {line}");
        }
        bounded += text.matches(".bounded()").count();
    }
    assert!(bounded > 30, "only {bounded} programs were found");
}
