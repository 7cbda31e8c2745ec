//! The C++ programs that use the generated headers, with each compiler.

use crate::built::libraries;
use ffi_bindgen::Lang;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use toolchain::{Bounded as _, test};

/// The programs, which end by saying how many of their checks failed.
const HOSTS: [&str; 10] = [
    "answers",
    "calls",
    "collections",
    "crowd",
    "ends",
    "failures",
    "listeners",
    "overflow",
    "two_libraries",
    "variants",
];

/// The folder of the libraries' headers, which are written once: tests that run side by side read them.
static HEADERS: LazyLock<PathBuf> = LazyLock::new(|| {
    let libraries = libraries();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cpp-headers");
    std::fs::create_dir_all(&folder).expect("a folder");
    for name in ["every", "slow", "my_timer", "echo"] {
        let file = format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let library = ffi_bindgen::read_schema(&libraries.join(file)).expect("a schema");
        for lang in [Lang::C, Lang::Cpp] {
            for file in ffi_bindgen::generate(&library, lang).expect("bindings") {
                std::fs::write(folder.join(&file.path), &file.text).expect("written");
            }
        }
    }
    folder
});

#[test]
fn every_cpp_host_passes_with_gcc() {
    pass("g++", &flags(), &HOSTS);
}

#[test]
fn every_cpp_host_passes_with_clang() {
    pass("clang++", &flags(), &HOSTS);
}

/// What is undefined shows where the optimizer relies on it. To optimize the others takes minutes.
#[test]
fn an_optimized_cpp_host_passes() {
    pass("clang++", "-O2", &["two_libraries"]);
}

/// The compiler's flags, unless `CXXFLAGS` says them: the nightly script optimizes all.
fn flags() -> String {
    std::env::var("CXXFLAGS").unwrap_or_default()
}

fn pass(compiler: &str, flags: &str, hosts: &[&str]) {
    toolchain::need(compiler);
    let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts/cpp/check");
    let output = Command::new(check)
        .args([
            &libraries(),
            &HEADERS,
            &Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cpp-hosts/{compiler}{flags}")),
        ])
        .envs([("CXX", compiler), ("CXXFLAGS", flags), ("HOSTS", &hosts.join(" "))])
        .bounded()
        .expect("the script runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for host in hosts {
        let closing = said.lines().rfind(|line| line.starts_with(&format!("{host}: ")));
        assert!(closing.is_some_and(|line| line.ends_with(" 0 failed")), "{host} in:\n{said}");
    }
    assert!(said.ends_with("== all C++ hosts passed\n"), "{said}");
}
