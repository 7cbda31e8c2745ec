//! `cargo ffi`, from a new crate to an answered call, and what it says where something is wrong.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// A new crate, made and built once for all tests. What was built before is kept, so that what is new is
/// built alone.
static CRATE: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new");
    let (path, kept) = (folder.join("my-greeter"), folder.join("kept"));
    if path.exists() {
        let _ = std::fs::rename(path.join("target"), &kept);
        std::fs::remove_dir_all(&path).expect("the folder of the last run");
    }
    std::fs::create_dir_all(&folder).expect("a folder");
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the checkout");
    let made = ffi(&folder, &["new", "my-greeter", "--path", checkout.to_str().expect("a path")]);
    assert!(made.status.success(), "{}", said(&made.stderr));
    let _ = std::fs::rename(&kept, path.join("target"));
    // The dependencies as they are here, so that the registry need not be asked.
    for of in [".", "hosts/rust"] {
        std::fs::copy(checkout.join("Cargo.lock"), path.join(of).join("Cargo.lock")).expect("a lock file");
    }
    let built = ffi(&path, &["build"]);
    assert!(built.status.success(), "{}", said(&built.stderr));
    assert!(said(&built.stderr).contains("   Generated c in "), "{}", said(&built.stderr));
    copy(&path.join("target"), &folder.join("built"));
    path
});

/// Copies a folder, in the place of what is there.
fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    let copied = Command::new("cp").arg("-a").args([from, to]).bounded().expect("cp runs");
    assert!(copied.status.success(), "{}", said(&copied.stderr));
}

/// A target folder for a copy of the crate, with what the crate was built on, which is not built anew. It is what was
/// there before any test ran: they build into the crate's own.
fn with_dependencies(crate_folder: &Path) -> PathBuf {
    let target = crate_folder.join("target");
    copy(&CRATE.parent().expect("a folder").join("built"), &target);
    target
}

fn ffi(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-ffi"));
    command.arg("ffi").args(arguments).current_dir(folder);
    command.env_remove("CARGO_TARGET_DIR").bounded().expect("the command runs")
}

fn library() -> String {
    let file = format!("{}my_greeter{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    CRATE.join("target/debug").join(file).to_str().expect("a path").to_owned()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn call(arguments: &[&str]) -> Output {
    LazyLock::force(&CRATE);
    ffi(&CRATE, &[&["call", &library()], arguments].concat())
}

#[track_caller]
fn ends(output: &Output, code: i32, message: &str) {
    let text = said(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert!(text.contains(message), "{text}");
}

const CREATE: [&str; 2] = ["--create", r#"{"greeting": "Hello"}"#];

#[test]
fn its_own_test_passes() {
    let tested = Command::new(env!("CARGO"))
        .arg("test")
        .current_dir(&*CRATE)
        .env_remove("CARGO_TARGET_DIR")
        .bounded()
        .expect("cargo runs");
    assert!(tested.status.success(), "{}", said(&tested.stderr));
    assert!(said(&tested.stdout).contains("2 passed"), "{}", said(&tested.stdout));
}

/// The commands that the crate's README has for a language.
fn commands(heading: &str) -> Vec<String> {
    let page = std::fs::read_to_string(CRATE.join("README.md")).expect("the README");
    let section = page.split("\n## ").find(|it| it.lines().next() == Some(heading)).expect("the section");
    let blocks = section.split("```sh\n").skip(1).map(|it| it.split("```").next().expect("an end").to_owned());
    blocks.collect()
}

/// Runs what the crate's README says for a language: its hosts greet, hear of it and are told of an error.
#[track_caller]
fn greets(heading: &str, needs: &[&str], lines: &[&str]) {
    ["bash"].iter().chain(needs).for_each(|program| toolchain::need(program));
    if needs.contains(&"python3") {
        toolchain::need_pypi(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("pypi"));
    }
    if needs.contains(&"npm") {
        toolchain::need_npm();
    }
    for block in commands(heading) {
        let mut shell = Command::new("bash");
        let ran = shell.args(["-e", "-c", &block]).current_dir(&*CRATE).env_remove("CARGO_TARGET_DIR").bounded();
        let ran = ran.expect("bash runs");
        let (out, err) = (said(&ran.stdout), said(&ran.stderr));
        assert!(ran.status.success(), "{block}\n{out}\n{err}");
        for line in lines {
            assert!(out.lines().any(|it| it == *line), "no \"{line}\"\n{block}\n{out}\n{err}");
        }
    }
}

const GREETED: [&str; 3] = ["answer: Hello, Ada!", "event: Ada", "error: nobody to greet"];

#[test]
fn its_host_in_c_greets() {
    greets("C", &["cc"], &GREETED[..1]);
}

#[test]
fn its_host_in_c_is_told_of_another_library() {
    toolchain::need("cc");
    LazyLock::force(&CRATE);
    let copy = CRATE.parent().expect("a folder").join("swapped");
    std::fs::create_dir_all(copy.join("src")).expect("a folder");
    for file in ["Cargo.toml", "Cargo.lock"] {
        std::fs::copy(CRATE.join(file), copy.join(file)).expect("copied");
    }
    let source = std::fs::read_to_string(CRATE.join("src/lib.rs")).expect("the source");
    let fields =
        source.split_once("pub struct Person {\n").expect("the record").1.split_once("\n}").expect("its end").0;
    let (name, delay) = fields.split_once("String,\n").expect("two fields");
    let swapped = format!("{delay}\n{name}String,");
    std::fs::write(copy.join("src/lib.rs"), source.replace(fields, &swapped)).expect("written");
    // A folder of its own: the library has the same name.
    let target = with_dependencies(&copy);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-ffi"));
    command.args(["build", "--lang", "c"]).current_dir(&copy).env("CARGO_TARGET_DIR", &target);
    let built = command.bounded().expect("the command runs");
    assert!(built.status.success(), "{}", said(&built.stderr));
    let host = target.join("host-c");
    let mut compiler = Command::new("cc");
    compiler.arg(CRATE.join("hosts/c/main.c")).arg("-I").arg(CRATE.join("bindings/c")).arg("-o").arg(&host);
    compiler.arg(target.join("debug").join(Path::new(&library()).file_name().expect("a file")));
    assert!(compiler.bounded().expect("the compiler runs").status.success());
    let ran = Command::new(&host).bounded().expect("the host runs");
    let differs = "error: my_greeter: the loaded library differs from its header: type Person\n";
    assert_eq!((ran.status.code(), said(&ran.stderr), said(&ran.stdout)), (Some(1), differs.into(), differs.into()));
}

#[test]
fn its_host_in_cpp_greets() {
    greets("C++20", &["c++"], &GREETED);
}

#[test]
fn its_host_in_python_greets() {
    greets("Python", &["python3", "cc"], &GREETED);
}

#[test]
fn its_host_in_rust_greets() {
    greets("Rust, where the library is loaded at run time", &["cargo"], &GREETED);
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn its_host_in_go_greets() {
    greets("Go", &["go", "cc"], &GREETED);
}

#[test]
fn its_hosts_without_generated_code_greet() {
    let heading = "Python and Node without generated code";
    greets(heading, &["python3", "node", "npm"], &GREETED);
    assert_eq!(commands(heading).len(), 2, "one for Python, one for Node");
}

#[test]
fn a_call_prints_its_answer_and_events_as_they_come() {
    let ada = r#"{"person": {"name": "Ada", "delay_ms": 1}}"#;
    let greeted = call(&["greet", ada, CREATE[0], CREATE[1]]);
    assert_eq!((greeted.status.code(), said(&greeted.stdout)), (Some(0), "\"Hello, Ada!\"\n".to_owned()));
    let heard = call(&["my_greeter_greet", ada, CREATE[0], CREATE[1], "--listen=0.1"]);
    assert_eq!(said(&heard.stdout), "{\"event\":\"on_greeted\",\"payload\":\"Ada\"}\n\"Hello, Ada!\"\n");
}

#[test]
fn an_error_of_the_library_is_an_answer() {
    let nobody = r#"{"person": {"name": "", "delay_ms": 1}}"#;
    let greeted = call(&["greet", nobody, CREATE[0], CREATE[1]]);
    ends(&greeted, 1, "answered: nobody to greet");
    assert!(greeted.stdout.is_empty());
}

#[test]
fn what_cannot_be_called_is_said() {
    ends(&call(&["greet", "{}", CREATE[0], CREATE[1]]), 2, "my_greeter_greet: person: is missing");
    ends(&call(&["greet", "{}"]), 2, "my_greeter_greet: person: is missing");
    ends(&call(&["greet", "{", CREATE[0], CREATE[1]]), 2, "\"{\" is not JSON: ");
    ends(&call(&["great", "{}"]), 2, "my_greeter has no function \"great\"; there are: greet");
    ends(&call(&["create", "{}"]), 2, "my_greeter_create cannot be called by its name: it makes a context");
    ends(&call(&["greet", "{}", "--listen=-1"]), 2, "-1 is no number of seconds");
    ends(&ffi(Path::new("."), &["call", "no/such.so", "greet"]), 2, "error: no/such.so: ");
    let text = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    ends(&ffi(Path::new("."), &["call", text, "greet"]), 2, "is not a dynamic library");
}

#[test]
fn what_a_library_offers_is_shown() {
    LazyLock::force(&CRATE);
    let shown = said(&ffi(&CRATE, &["inspect", &library()]).stdout);
    for line in [
        "my_greeter 0.1.0",
        " create(greeting: String)     Makes somebody who greets with this word.",
        " greet(person: Person) -> String  async  Greets, after a while.",
        " on_greeted(String)                       Somebody was greeted; the answer follows.",
        "name: String, delay_ms: u64",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    ends(&ffi(&CRATE, &["inspect", "no/such.so"]), 2, "error: no/such.so: ");
}

#[test]
fn a_schema_has_three_forms() {
    LazyLock::force(&CRATE);
    let json = ffi(&CRATE, &["schema", &library()]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!((&json["name"], &json["types"][2]["name"]), (&"my_greeter".into(), &"Person".into()));
    let cbor = ffi(&CRATE, &["schema", &library(), "--format", "cbor"]).stdout;
    assert_eq!(cbor, ffi_bindgen::schema_bytes(library().as_ref(), None).expect("a schema"));
    let cddl = said(&ffi(&CRATE, &["schema", &library(), "--format", "cddl"]).stdout);
    assert!(cddl.contains("my_greeter_greet.request = {\n    \"person\": my_greeter.Person,\n}"), "{cddl}");
}

#[test]
fn a_check_sees_bindings_that_are_not_current() {
    let copy = CRATE.parent().expect("a folder").join("checked");
    let output = copy.to_str().expect("a path");
    let check = || ffi(&CRATE, &["check", "--output", output]);
    ends(&check(), 1, " are not current, all of them missing: run `cargo ffi build`");
    assert!(ffi(&CRATE, &["build", "--output", output]).status.success());
    ends(&check(), 0, "nothing to mend");
    let header = copy.join("c/my_greeter.h");
    let text = std::fs::read_to_string(&header).expect("a header");
    std::fs::write(&header, text.replace("delay_ms", "wait_ms")).expect("written");
    ends(&check(), 1, "my_greeter.h is not current: run `cargo ffi build`");
    std::fs::remove_dir_all(copy).expect("removed");
}

#[test]
fn a_check_sees_a_symbol_of_nobodys_and_what_another_language_refuses() {
    let copy = CRATE.parent().expect("a folder").join("alien");
    std::fs::create_dir_all(copy.join("src")).expect("a folder");
    for file in ["Cargo.toml", "Cargo.lock"] {
        std::fs::copy(CRATE.join(file), copy.join(file)).expect("copied");
    }
    let source = std::fs::read_to_string(CRATE.join("src/lib.rs")).expect("the source");
    let alien = "/// Anybody's.\n#[unsafe(no_mangle)]\npub extern \"C\" fn greet_all() {}\n";
    let twins = ["lane", "road"].map(|place| {
        format!("pub mod {place} {{\n    #[super::ffi]\n    pub struct Sign {{\n        pub height: u8,\n    }}\n}}\n")
    });
    let twins = twins.concat() + "#[ffi]\npub fn signs(_lane: lane::Sign, _road: road::Sign) {}\n";
    std::fs::write(copy.join("src/lib.rs"), source + alien + &twins).expect("written");
    // A folder of its own: the library has the same name.
    let target = &with_dependencies(&copy);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-ffi"));
    command.args(["build", "--lang", "c"]).current_dir(&copy).env("CARGO_TARGET_DIR", target);
    ends(&command.bounded().expect("the command runs"), 2, "`Sign` would name both ");
    assert!(!copy.join("bindings").exists(), "nothing is written where a language is refused");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-ffi"));
    command.arg("check").current_dir(&copy).env("CARGO_TARGET_DIR", target);
    let checked = command.bounded().expect("the command runs");
    ends(&checked, 1, "the symbol `greet_all` does not begin with `my_greeter_`");
    ends(&checked, 1, "no bindings for c, cpp, python, rust, go, cddl: `Sign` would name both ");
}

#[test]
fn a_crate_that_cannot_be_made_or_found_is_said() {
    let folder = CRATE.parent().expect("a folder");
    ends(&ffi(folder, &["new", "my-greeter"]), 2, "my-greeter is there already");
    ends(&ffi(folder, &["new", "2-greeters"]), 2, "\"2-greeters\" names no crate: begin with a letter");
    ends(&ffi(folder, &["new", "std"]), 2, "\"std\" names no crate: a crate of Rust's, or one that");
    ends(&ffi(folder, &["new", "other", "--path", "no/such"]), 2, "no/such/ffi-runtime: ");
    assert!(!folder.join("other").exists());
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let alone = "ffiwright-bindgen becomes a library for Rust alone";
    ends(&ffi(folder, &["build", "--manifest-path", here, "--package", "ffiwright-bindgen"]), 2, alone);
    ends(&ffi(folder, &["build", "--manifest-path", here]), 2, alone);
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    ends(&ffi(folder, &["build", "--manifest-path", root]), 2, "choose one with --package: ");
    ends(&ffi(folder, &["build", "--manifest-path", "no/such"]), 2, "cargo cannot tell of the crate");
}

#[test]
fn shells_complete_the_commands() {
    for (shell, mark) in [("bash", "complete -F"), ("zsh", "#compdef cargo-ffi"), ("fish", "complete -c cargo-ffi")] {
        let script = said(&ffi(Path::new("."), &["completions", shell]).stdout);
        assert!(script.contains(mark) && script.contains("inspect"), "{shell}: {script}");
    }
}
