//! Shells complete `cargo ffi` as they complete `cargo-ffi`, and the rest of cargo as they did.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// Writes the script of a shell into a folder of its own.
fn script(shell: &str, file: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("completions").join(shell);
    std::fs::create_dir_all(&folder).unwrap();
    let printed = Command::new(env!("CARGO_BIN_EXE_cargo-ffi")).args(["ffi", "completions", shell]).bounded().unwrap();
    assert!(printed.status.success());
    let path = folder.join(file);
    std::fs::write(&path, printed.stdout).unwrap();
    path
}

fn host(file: &str) -> String {
    format!("{}/tests/hosts/{file}", env!("CARGO_MANIFEST_DIR"))
}

/// The script for bash, which is written once for all tests.
static BASH: LazyLock<PathBuf> = LazyLock::new(|| script("bash", "cargo-ffi.bash"));

/// What bash offers for each line, after it sourced `before`.
fn bash(before: &str, lines: &[&str]) -> Vec<String> {
    toolchain::need("bash");
    let script = &*BASH;
    let first = script.with_file_name(format!("before-{}.bash", before.len()));
    std::fs::write(&first, before).unwrap();
    // The tests run side by side.
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let asked = script.with_file_name(format!("lines-{}", ASKED.fetch_add(1, Ordering::Relaxed)));
    std::fs::write(&asked, lines.join("\n") + "\n").unwrap();
    let mut shell = Command::new("bash");
    shell.args(["-c", r#"bash --norc "$0" "$1" "$2" <"$3""#, &host("complete.bash")]);
    let output = shell.arg(script).arg(&first).arg(&asked).bounded().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_both_spellings() {
    let rests = [
        "ins",
        "build --feat",
        "check --no-d",
        "generate --lang ",
        "schema x --format ",
        "call x --time",
        "completions z",
        "help b",
    ];
    let offered = [
        "inspect",
        "--features",
        "--no-default-features",
        "c cpp python rust go cddl",
        "json cbor cddl",
        "--timeout",
        "zsh",
        "build",
    ];
    for program in ["cargo-ffi", "cargo ffi", "cargo +nightly ffi", "cargo --offline ffi"] {
        let lines = rests.map(|rest| format!("{program} {rest}"));
        assert_eq!(bash("", &lines.each_ref().map(String::as_str)), offered, "{program}");
    }
}

#[test]
fn bash_completes_the_rest_of_cargo_as_before() {
    let lines = ["cargo b", "cargo ffi ins", "cargo build --rel", "cargo b"];
    let offered = ["cargo:b", "inspect", "cargo:--rel", "cargo:b"];
    let own = "_cargo() { COMPREPLY=(\"cargo:$2\"); }\n";
    // There already, twice sourced, or loaded when it is first asked for.
    let there = format!("{own}complete -o nospace -F _cargo cargo\n");
    assert_eq!(bash(&there, &lines), offered);
    let script = &*BASH;
    assert_eq!(bash(&format!("{there}source {}\n", script.display()), &lines), offered);
    for loader in ["_completion_loader", "_comp_load"] {
        let lazy = format!("{loader}() {{\n{own}complete -F _cargo cargo\n}}\n");
        assert_eq!(bash(&lazy, &lines), offered, "{loader}");
    }
    assert_eq!(bash("", &["cargo f", "cargo b"]), ["ffi", ""]);
}

#[test]
fn fish_completes_both_spellings() {
    toolchain::need("fish");
    let script = script("fish", "cargo-ffi.fish");
    for program in ["cargo-ffi", "cargo ffi", "cargo +nightly ffi"] {
        for (rest, offered) in [("ins", "inspect"), ("build --all-f", "--all-features"), ("call x --time", "--timeout")]
        {
            let line = format!("source {}; complete -C '{program} {rest}'", script.display());
            let output = Command::new("fish").args(["--no-config", "-c", &line]).bounded().unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(text.lines().any(|it| it.split('\t').next() == Some(offered)), "{program} {rest}: {text}");
        }
    }
}

#[test]
fn zsh_completes_both_spellings() {
    toolchain::need("zsh");
    let script = script("zsh", "_cargo-ffi");
    let folder = script.parent().unwrap().to_str().unwrap();
    // One that calls the functions of others, as cargo's own does, and none.
    let own = "_cargo() { shift words; (( CURRENT-- )); _call_function ret _cargo-$words[1] }; compdef _cargo cargo";
    let none = format!("unset '_comps[cargo]'; source {}", script.display());
    for (program, folders, first) in
        [("cargo-ffi", folder, "true"), ("cargo ffi", folder, own), ("cargo ffi", "", &none)]
    {
        for (rest, offered) in
            [("ins", "inspect"), ("build --all-f", "build --all-features"), ("call x --time", "call x --timeout")]
        {
            let mut shell = Command::new("zsh");
            shell.args(["-f", &host("complete.zsh"), folders, &format!("{program} {rest}"), first]);
            let output = shell.bounded_by(Duration::from_secs(60)).unwrap();
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(text.contains(&format!(": {program} {offered}")), "{program} {rest}: {text:?}");
        }
    }
}
