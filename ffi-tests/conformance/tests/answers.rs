//! Bindings that call a library which answers with whatever bytes the test hands over: the right value, or the
//! binding's own error with function and place; never a crash, a leak, a hang or another value.

#[path = "answers/fake.rs"]
mod fake;
#[path = "answers/schemas.rs"]
mod schemas;
#[path = "../../../ffi-bindgen/tests/support/mod.rs"]
mod support;

use fake::Fake;
use ffi_bindgen::Lang;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::compiler::expect_success;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn host(name: &str) -> PathBuf {
    repository().join("ffi-tests/hosts/answers").join(name)
}

/// Every case is read, twice and once more, and the process has not grown since the first time.
fn passes(what: &str, command: &mut Command, fake: &Fake) {
    let output = command.bounded().expect("a program");
    expect_success(what, &output);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains(&format!("{} answers, 0 wrong", fake.count)), "{said}");
}

fn write(fake: &Fake, lang: Lang, folder: &Path) {
    let _ = std::fs::remove_dir_all(folder);
    for file in ffi_bindgen::generate(&fake.library, lang).expect("bindings") {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, file.text).expect("a file");
    }
}

#[test]
fn the_generated_python_package_reads_them() {
    let (python, fake) = (toolchain::python_tools(), Fake::get());
    let (project, packages) = (fake.folder.join("python"), fake.folder.join("packages"));
    write(fake, Lang::Python, &project);
    let _ = std::fs::remove_dir_all(&packages);
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]);
    pip.arg("--target").arg(&packages).arg(&project).env("FAKE_LIBRARY", &fake.path);
    expect_success("pip", &pip.bounded().expect("pip"));
    let mut run = Command::new(&python);
    run.env("PYTHONPATH", &packages).env("FAKE_LIBRARY", &fake.path).args(["-X", "dev", "-W", "error"]);
    passes("the generated package", run.arg(host("generated.py")).arg(&fake.rows), fake);
}

#[test]
fn the_python_package_without_generated_code_reads_them() {
    let fake = Fake::get();
    let requirements = repository().join("ffi-tests/hosts/python/dynamic/requirements.txt");
    let python = toolchain::environment(&fake.folder.join("environment"), &requirements);
    let mut run = Command::new(python);
    run.env("PYTHONPATH", repository().join("ffi-bindgen/dynamic/python/src")).env("PYTHONDONTWRITEBYTECODE", "1");
    run.args(["-X", "dev", "-W", "error"]).arg(host("dynamic.py")).args([&fake.path, &fake.rows, &fake.schemas]);
    passes("the package", &mut run, fake);
}

#[test]
fn the_node_package_reads_them() {
    ["node", "npm"].into_iter().for_each(toolchain::need);
    let fake = Fake::get();
    let package = fake::node_package(&fake.folder.join("node"), &repository().join("ffi-bindgen/dynamic/node"));
    let hosts = package.join("hosts");
    std::fs::create_dir_all(&hosts).expect("a folder");
    std::fs::copy(host("dynamic.js"), hosts.join("dynamic.js")).expect("a copy");
    let mut node = Command::new("node");
    node.arg("--expose-gc").arg(hosts.join("dynamic.js")).args([&fake.path, &fake.rows, &fake.schemas]);
    passes("the package", &mut node, fake);
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn the_go_package_reads_them() {
    toolchain::need("go");
    let fake = Fake::get();
    let folder = fake.folder.join("go");
    write(fake, Lang::Go, &folder);
    std::fs::copy(host("answers_test.go"), folder.join("answers_test.go")).expect("a copy");
    let here = fake.path.parent().and_then(Path::to_str).expect("a path");
    let mut go = Command::new("go");
    go.env("CGO_LDFLAGS", format!("-L{here} -Wl,-rpath,{here}")).env("FAKE_ROWS", &fake.rows);
    passes("the package", go.args(["test", "-count=1", "-v", "./..."]).current_dir(&folder), fake);
}

#[test]
fn cargo_ffi_reads_every_schema() {
    let folder = &Fake::get().folder;
    let mut wrong = Vec::new();
    for schema in schemas::all() {
        let path = folder.join("described.schema");
        std::fs::write(&path, &schema.bytes).expect("a file");
        let output = Command::new(fake::cargo_ffi()).arg("inspect").arg(&path).bounded().expect("cargo ffi");
        let status = output.status.code();
        let is_refused = status == Some(2);
        if !is_refused && (status != Some(0) || schema.verdict == schemas::Verdict::Refused) {
            wrong.push(format!("{}: {status:?}: {}", schema.what, String::from_utf8_lossy(&output.stderr)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// One process a call, so those that tell the codes apart, and one answer of each kind.
#[test]
fn cargo_ffi_call_reads_them() {
    let fake = Fake::get();
    let mut wrong = Vec::new();
    for row in fake.for_the_command() {
        let mut call = Command::new(fake::cargo_ffi());
        call.args(["call", fake.path.to_str().expect("a path"), &row.read]);
        call.env("FAKE_CODE", row.code.to_string()).env("FAKE_ANSWER", support::hex(&row.answer));
        let output = call.bounded().expect("cargo ffi");
        let status = output.status.code();
        // 1 is the answer no, and 2 what is no answer.
        let expected = if row.is_taken() {
            0
        } else if row.is_unreadable() {
            2
        } else {
            1
        };
        let told = String::from_utf8_lossy(&output.stderr);
        if status != Some(expected) || (expected == 2 && !told.contains(&format!("fake_{}", row.read))) {
            wrong.push(format!("{}: {status:?}, not {expected}: {told}", row.what));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
