//! The header that is generated from each built library, and the C programs that use it.

use crate::built::libraries;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use toolchain::{Bounded as _, test};

/// The folder of the libraries' headers, which are written once: tests that run side by side read them.
static HEADERS: LazyLock<PathBuf> = LazyLock::new(|| {
    let libraries = libraries();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("headers");
    std::fs::create_dir_all(&folder).expect("a folder");
    for name in ["every", "slow", "near", "beside", "plain", "my_timer", "echo"] {
        let file = format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let library = ffi_bindgen::read_schema(&libraries.join(file)).expect("a schema");
        let header = ffi_bindgen::generate_c(&library).expect("a header");
        std::fs::write(folder.join(format!("{name}.h")), header).expect("written");
    }
    folder
});

/// The C programs that end by saying how many of their checks failed.
const HOSTS: [&str; 28] = [
    "round_trip",
    "failures",
    "bad_input",
    "variants",
    "borrowed",
    "threads",
    "c_text",
    "two_libraries",
    "side_by_side",
    "storm",
    "destroyers",
    "cycles",
    "fork",
    "exit",
    "signals",
    "last_calls",
    "last_statics",
    "no_thread",
    "slow",
    "near",
    "beside_races",
    "broken_loop",
    "payloads",
    "policies",
    "events",
    "opening",
    "poll",
    "unload",
];

/// What the rounds of the long hosts are divided by, unless `SCALE` says it: the nightly script runs all of them.
fn scale() -> String {
    std::env::var("SCALE").unwrap_or_else(|_| "4".to_owned())
}

#[test]
fn every_c_host_passes() {
    toolchain::need("cc");
    let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts/c/check");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c-hosts");
    let output = Command::new(check)
        .args([&libraries(), &*HEADERS, &out])
        .env("SCALE", scale())
        .bounded()
        .expect("the script runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{complaints}");
    for host in HOSTS {
        let closing = said.lines().rfind(|line| line.starts_with(&format!("{host}: ")));
        assert!(closing.is_some_and(|line| line.ends_with(" 0 failed")), "{host} in:\n{said}");
    }
    assert!(said.ends_with("== all C hosts passed\n"), "{said}");
    has_its_rows(&said);
    let printed: Vec<_> =
        complaints.lines().filter(|line| line.contains("panicked at") && !becomes_no_answer(line)).collect();
    assert!(printed.is_empty(), "a panic that became an answer was printed:\n{complaints}");
    timer_says_what_the_contract_says(&said);
    // The script runs one host in C++ as well, and leaves it out where there is no compiler of that.
    toolchain::also(&std::env::var("CXX").unwrap_or("c++".to_owned()));
}

/// What `broken_loop` has the author's code panic with where nobody can be answered: in a drop, in a waker,
/// and in tokio, which is left in another order than it was entered.
fn becomes_no_answer(line: &str) -> bool {
    ["beside/src/rough.rs:", "tokio"].iter().any(|place| line.contains(place))
}

/// What bad input gets has a row for every fault.
fn has_its_rows(said: &str) {
    let rows = said.lines().find_map(|line| line.strip_prefix("bad_input: ")?.strip_suffix(" rows"));
    assert!(rows.is_some_and(|rows| rows.parse::<u32>().is_ok_and(|rows| rows >= 530)), "too few rows in:\n{said}");
}

/// Optimized code has stacks of its own, so what nests without end is tried there too.
#[test]
fn bad_input_is_refused_by_a_release_build_too() {
    toolchain::need("cc");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = folder.parent().expect("a folder in the target folder");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked", "--release", "-p", "ffi-tests", "--target-dir"]).arg(target);
    // As one unit it is optimized at least as well, and in two thirds of the time.
    cargo.args(["--config", "profile.release.package.ffi-tests.codegen-units=1"]);
    assert!(cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().expect("cargo runs").success());
    let (host, built) = (folder.join("bad_input_released"), target.join("release"));
    let mut compiler = Command::new("cc");
    compiler.args(["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-O2", "-I"]).arg(&*HEADERS);
    compiler.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts/c/bad_input.c")).arg("-o").arg(&host);
    compiler.arg("-L").arg(&built).args(["-levery", &format!("-Wl,-rpath,{}", built.display()), "-pthread"]);
    assert!(compiler.bounded().expect("the compiler runs").status.success());
    let output = Command::new(host).bounded().expect("the host runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    has_its_rows(&said);
}

/// The timer's answers, word for word.
fn timer_says_what_the_contract_says(said: &str) {
    for line in [
        "my_timer_version       my_timer v",
        "my_timer_echo          \"hello\" from clock",
        "on_echo_fired          \"hello\", time 1",
        "my_timer_complex       received 2 messages, note=a note, retries=3 (2 items, note: yes)",
        "my_timer_schedule      clock:backup runs 4 times from 1050 ms, backing off 250 ms",
        "my_timer_complex_cbor  received 2 messages, note=a note, retries=3 (2 items, note: yes)",
        "my_timer_call_cbor     clock:backup runs 4 times from 1050 ms, backing off 250 ms",
    ] {
        assert!(said.contains(line), "{line:?} is not in:\n{said}");
    }
}

#[test]
fn every_header_compiles_without_a_warning() {
    toolchain::need("cc");
    for (compiler, language, standard) in [("cc", "c", "c99"), ("cc", "c", "c11"), ("c++", "c++", "c++17")] {
        if !toolchain::also(compiler) {
            continue;
        }
        for name in ["every", "slow", "near", "beside", "plain", "my_timer", "echo"] {
            let output = Command::new(compiler)
                .args(["-x", language, &format!("-std={standard}"), "-fsyntax-only"])
                .args(["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"])
                .arg(HEADERS.join(format!("{name}.h")))
                .bounded()
                .expect("the compiler runs");
            assert!(output.status.success(), "{name} as {standard}:\n{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}
