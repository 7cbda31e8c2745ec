//! `cargo ffi` builds a crate as cargo does, wherever the crate is, and tells in few lines what one edit made stale.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

const ROOT: &str = r#"[workspace]
resolver = "2"
members = ["featured", "placed", "loud", "fixed", "rusty", "called", "choosy", "picky", "edited"]

[profile.quick]
inherits = "dev"
"#;

const LIBRARY: &str = r#"//! A library of a test.

use ffi_runtime::ffi;

ffi_runtime::library!("NAME");

/// The state.
#[ffi(state)]
pub struct State;

/// Somebody.
#[ffi]
pub struct Person {
    /// The age.
    pub age: u32,
}

/// Makes a state.
#[ffi(ctor)]
pub fn create(word: String) -> State {
    drop(word);
    State
}

/// Ends it.
#[ffi(dtor)]
pub fn destroy(_state: State) {}

/// Echoes somebody.
#[ffi]
pub fn echo(_state: &State, person: Person) -> Person {
    person
}

/// Blocks the worker.
#[ffi]
pub fn block(_state: &State, wait_ms: u64) {
    std::thread::sleep(std::time::Duration::from_millis(wait_ms));
}

/// Blocks the thread that calls it.
#[ffi]
pub fn hold(wait_ms: u64) {
    std::thread::sleep(std::time::Duration::from_millis(wait_ms));
}

/// Answers with an error.
#[ffi(library = "NAME")]
pub fn refuse() -> Result<(), String> {
    Err("never".into())
}

/// There with the feature `extra`.
#[cfg(feature = "extra")]
#[ffi]
pub fn extra(_state: &State) {}

/// There with the default features.
#[cfg(feature = "usual")]
#[ffi]
pub fn usual(_state: &State) {}
"#;

/// A constructor that may be called without arguments, and then answers with an error.
fn choosy() -> String {
    let (plain, choosy) = (
        "(word: String) -> State {\n    drop(word);\n    State\n",
        "(word: Option<String>) -> Result<State, String> {\n    word.map(|_| State).ok_or_else(|| \"there is no word\".into())\n",
    );
    let source = LIBRARY.replace(plain, choosy);
    assert_ne!(source, LIBRARY);
    source
}

/// The same, whose error holds something.
fn picky() -> String {
    let (text, typed) = ("Result<State, String>", "Result<State, NoWord>");
    let (made, held) = ("\"there is no word\".into()", "NoWord { wanted: 1 }");
    let error = "
#[ffi(error)]
pub struct NoWord {
    pub wanted: u8,
}

impl std::fmt::Display for NoWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(\"there is no word\")
    }
}
";
    choosy().replacen(text, typed, 1).replacen(made, held, 1) + error
}

fn manifest(name: &str, kind: &str) -> String {
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/../ffi-runtime");
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [lib]\ncrate-type = [\"{kind}\"]\n\n\
         [features]\ndefault = [\"usual\"]\nusual = []\nextra = []\n\n\
         [dependencies]\nffi-runtime = {{ package = \"ffiwright-runtime\", path = \"{runtime}\" }}\n\n\
         [package.metadata.ffi]\nlanguages = [\"c\", \"cpp\"]\n"
    )
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A workspace with a crate for each test, whose library nobody else builds meanwhile. What was built is kept.
static WORKSPACE: LazyLock<PathBuf> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
    write(&root.join("Cargo.toml"), ROOT);
    for (name, kind) in [
        ("featured", "cdylib"),
        ("loud", "cdylib"),
        ("fixed", "staticlib"),
        ("rusty", "lib"),
        ("called", "cdylib"),
        ("choosy", "cdylib"),
        ("picky", "cdylib"),
        ("edited", "cdylib"),
    ] {
        write(&root.join(name).join("Cargo.toml"), &manifest(name, kind));
        let source = match name {
            "choosy" => choosy(),
            "picky" => picky(),
            _ => LIBRARY.to_owned(),
        };
        write(&root.join(name).join("src/lib.rs"), &source.replace("NAME", name));
        let _ = std::fs::remove_dir_all(root.join(name).join("bindings"));
    }
    // Without dependencies, so that it is built in no time, wherever that is.
    let manifest = manifest("placed", "cdylib");
    write(&root.join("placed/Cargo.toml"), manifest.split("[dependencies]").next().unwrap());
    write(&root.join("placed/src/lib.rs"), "");
    // The dependencies as they are here, so that the registry need not be asked.
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"), root.join("Cargo.lock")).unwrap();
    root
});

/// The folder of all that is built.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates/target")
}

fn ffi(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-ffi"));
    command.arg("ffi").args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target());
    command.bounded().expect("the command runs")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn ends(output: &Output, code: i32, message: &str) -> String {
    let text = said(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert!(text.contains(message), "{text}");
    text
}

/// Which of the functions that a feature brings are in the header that is built with these options.
fn featured(options: &[&str]) -> (bool, bool) {
    let folder = WORKSPACE.join("featured");
    let built = ffi(&folder, &[&["build", "--lang", "c", "-q"], options].concat());
    assert_eq!((built.status.code(), said(&built.stderr)), (Some(0), String::new()));
    let header = std::fs::read_to_string(folder.join("bindings/c/featured.h")).unwrap();
    (header.contains("featured_usual("), header.contains("featured_extra("))
}

#[test]
fn features_are_cargos() {
    assert_eq!(featured(&[]), (true, false));
    assert_eq!(featured(&["--features", "extra"]), (true, true));
    assert_eq!(featured(&["-F", "extra", "--no-default-features"]), (false, true));
    assert_eq!(featured(&["--no-default-features"]), (false, false));
    assert_eq!(featured(&["--all-features", "--offline", "--locked", "-j", "2"]), (true, true));
    let unknown = ffi(&WORKSPACE.join("featured"), &["build", "--features", "none", "--color", "never"]);
    assert!(!ends(&unknown, 2, "does not contain this feature: none").contains('\u{1b}'));
}

#[test]
fn what_is_built_is_where_cargo_says() {
    let folder = WORKSPACE.join("placed");
    let file = format!("{}placed{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let version = said(&Command::new(env!("CARGO")).arg("-vV").bounded().unwrap().stdout);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("the host").to_owned();
    let elsewhere = target().join("elsewhere");
    let told = |options: &[&str], path: PathBuf| {
        let built = ffi(&folder, &[&["build", "--lang", "c"], options].concat());
        // It has no schema, which is read from there.
        let said = ends(&built, 2, &format!("       Built {}\n", path.display()));
        assert!(said.contains(&format!("{} exports no library's schema", path.display())), "{said}");
        said
    };
    told(&["--release"], target().join("release").join(&file));
    told(&["--profile", "quick"], target().join("quick").join(&file));
    told(&["--profile=quick", "--target", &host], target().join(&host).join("quick").join(&file));
    let there = elsewhere.to_str().unwrap();
    told(&["--profile", "quick", "--target-dir", there], elsewhere.join("quick").join(&file));
    let settings = ["--config", "profile.quick.opt-level=1", "--", "--keep-going"];
    let set = told(&[&["--profile", "quick", "-v"], &settings[..]].concat(), target().join("quick").join(&file));
    assert!(set.contains("opt-level=1"), "{set}");
    ends(&ffi(&folder, &["build", "-q", "-v"]), 2, "cannot be used with");
    ends(&ffi(&folder, &["build", "--lang", "c", "--target", "none-such"]), 2, "placed does not build");
}

#[test]
fn a_members_folder_is_its_crate() {
    let root = &*WORKSPACE;
    let built = |folder: &Path, options: &[&str], name: &str| {
        let output = ffi(folder, &[&["build", "--lang", "c"], options].concat());
        ends(&output, 0, &format!("{name}/bindings/c"));
    };
    built(&root.join("loud"), &[], "loud");
    built(&root.join("loud/src"), &[], "loud");
    built(root, &["--manifest-path", "loud"], "loud");
    built(root, &["--manifest-path", "fixed/Cargo.toml"], "fixed");
    built(root, &["-p", "loud"], "loud");
    built(&root.join("loud"), &["--package", "fixed@0.1.0"], "fixed");
    ends(&ffi(root, &["build"]), 2, "choose one with --package: ");
    ends(&ffi(root, &["build", "-p", "none"]), 2, "no crate of the workspace is \"none\"; there are: ");
}

#[test]
fn a_static_library_alone_is_read_and_checked() {
    let folder = WORKSPACE.join("fixed");
    let built = ffi(&folder, &["build"]);
    let told = ends(&built, 0, &format!("Built {}", target().join("debug/libfixed.a").display()));
    assert!(told.contains("which its schema is read from"), "{told}");
    assert!(folder.join("bindings/c/fixed.h").exists());
    ends(&ffi(&folder, &["check"]), 0, "fixed 0.1.0: nothing to mend");
}

#[test]
fn a_library_for_rust_alone_is_said() {
    let said = ends(&ffi(&WORKSPACE.join("rusty"), &["check"]), 2, "rusty becomes a library for Rust alone");
    assert!(
        said.contains("`crate-type = [\"cdylib\"]` under `[lib]` in ") && said.contains("rusty/Cargo.toml"),
        "{said}"
    );
}

/// Builds a library, and returns its file.
fn built(name: &str) -> String {
    ends(&ffi(&WORKSPACE.join(name), &["build", "--lang", "c"]), 0, "Built");
    let file = format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    target().join("debug").join(file).to_str().unwrap().to_owned()
}

/// A call of the library, and how long it took.
fn call(arguments: &[&str]) -> (Output, Duration) {
    static BUILT: LazyLock<String> = LazyLock::new(|| built("called"));
    let library = &*BUILT;
    let begun = Instant::now();
    (ffi(&WORKSPACE, &[&["call", library], arguments].concat()), begun.elapsed())
}

#[test]
fn a_call_without_an_answer_is_given_up() {
    let long = r#"{"wait_ms": 30000}"#;
    let create = ["--create", r#"{"word": "x"}"#];
    for function in ["block", "hold"] {
        for limit in ["0.2", "200ms"] {
            let (output, took) = call(&[&[function, long, "--timeout", limit], &create[..]].concat());
            ends(
                &output,
                2,
                &format!("called_{function} did not answer within {}, and was given up", limit.replace(".2", ".2s")),
            );
            assert!(output.stdout.is_empty() && took < Duration::from_secs(15), "{took:?}");
        }
        let (output, _) = call(&[&[function, r#"{"wait_ms": 1}"#, "--timeout", "1m"], &create[..]].concat());
        assert_eq!((output.status.code(), said(&output.stdout)), (Some(0), "null\n".to_owned()));
    }
    ends(&call(&["hold", long, "--timeout", "soon"]).0, 2, "soon is no number of seconds");
}

#[test]
fn a_method_without_a_context_is_told_of_create() {
    let hint = "called_echo needs a context: give the arguments of called_create with --create '{\"word\": …}'; \
                called_create: word: is missing";
    ends(&call(&["echo", r#"{"person": {"age": 1}}"#]).0, 2, hint);
    ends(
        &call(&["echo", r#"{"person": {"age": 1}}"#, "--create", "{}"]).0,
        2,
        "error: called_create: word: is missing",
    );
}

#[test]
fn a_constructor_that_fails_without_arguments_is_told_of_create() {
    let library = built("choosy");
    let call =
        |create: &[&str]| ffi(&WORKSPACE, &[&["call", &library, "echo", r#"{"person": {"age": 1}}"#], create].concat());
    let hint = "answered: there is no word\nhint: choosy_create was called without arguments, and answered this: give them \
                with --create '{\"word\": …}'\n";
    ends(&call(&[]), 1, hint);
    // Who gives arguments knows of them, and the errors of other functions are not the constructor's.
    let given = ends(&call(&["--create", "{}"]), 1, "answered: there is no word\n");
    assert!(!given.contains("hint"), "{given}");
    ends(&call(&["--create", r#"{"word": "x"}"#]), 0, "");
    // So is one whose error holds something, which is the output.
    let picky = ffi(&WORKSPACE, &["call", &built("picky"), "echo", r#"{"person": {"age": 1}}"#]);
    ends(&picky, 1, &hint.replace("choosy", "picky"));
    assert_eq!(said(&picky.stdout).split_whitespace().collect::<String>(), r#"{"wanted":1}"#);
    let refused = ffi(&WORKSPACE, &["call", &library, "refuse"]);
    let told = ends(&refused, 1, "answered: never\n");
    assert!(!told.contains("hint"), "{told}");
}

#[test]
fn one_edit_is_told_in_one_line() {
    let folder = WORKSPACE.join("edited");
    let source = folder.join("src/lib.rs");
    let check = |options: &[&str], code: i32, message: &str| {
        ends(&ffi(&folder, &[&["check", "-q"], options].concat()), code, message)
    };
    let build = || ends(&ffi(&folder, &["build"]), 0, "Generated cpp");
    let missing = check(&[], 1, "2 files of c, cpp in ");
    assert!(
        missing.contains(" are not current, all of them missing: run `cargo ffi build` (-v lists them)\n"),
        "{missing}"
    );
    build();
    assert_eq!(check(&[], 0, ""), "");
    let edit = |from: &str, to: &str| {
        let text = std::fs::read_to_string(&source).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(&source, text.replace(from, to)).unwrap();
    };
    edit("age: u32", "age: u64");
    let told = check(&[], 1, " are not current, because type Person changed: run `cargo ffi build` (-v lists them)\n");
    assert_eq!(told.lines().count(), 1, "{told}");
    let details = ends(
        &ffi(&folder, &["check", "-v"]),
        1,
        "because type Person changed: run `cargo ffi build`\n    type Person changed\n",
    );
    assert!(
        details.contains("bindings/c/edited.h is not current\n") && details.contains("edited.hpp is not current\n")
    );
    edit("pub fn echo", "pub fn repeat");
    check(&[], 1, "because type Person changed and 2 other items differ: run");
    build();
    edit("/// Blocks the worker.", "/// Keeps the worker busy.");
    check(&[], 1, "because function edited_block changed: run");
    build();
    let header = folder.join("bindings/c/edited.h");
    std::fs::write(&header, "changed by hand").unwrap();
    check(&[], 1, "edited.h is not current: run `cargo ffi build`");
    build();
    let foreign = (0..5).map(|at| format!("/// Anybody's.\n#[no_mangle]\npub extern \"C\" fn other_{at}() {{}}\n"));
    let text = std::fs::read_to_string(&source).unwrap() + &foreign.collect::<String>();
    std::fs::write(&source, text).unwrap();
    check(&[], 1, "`other_0`, `other_1`, `other_2` and 2 more symbols do not begin with `edited_` (-v lists them)");
}
