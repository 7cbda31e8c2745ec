//! Where a new crate takes the runtime from, and that nothing takes a package of this project from a registry, where
//! its name may be somebody else's.

mod support;

use cargo_metadata::MetadataCommand;
use ffi_bindgen::{File, Lang, RUNTIME, generate, new_crate};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use toolchain::Bounded as _;

/// What others publish, and what a new crate, a client or a page may ask a registry for.
const FOREIGN: [&str; 8] =
    ["cbor2", "cffi", "ciborium-io", "ciborium-ll", "libloading", "setuptools", "setuptools>=77", "tokio"];

fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// An empty folder.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checkout").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn new(program: &Path, folder: &Path, more: &[&str]) -> Output {
    let arguments = [&["ffi", "new", "my-greeter"], more].concat();
    Command::new(program).args(arguments).current_dir(folder).bounded().unwrap()
}

fn tool() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_cargo-ffi"))
}

#[track_caller]
fn refused(output: &Output, folder: &Path, messages: &[&str]) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    messages.iter().for_each(|message| assert!(text.contains(message), "no {message:?}: {text}"));
    assert!(!folder.join("my-greeter").exists(), "nothing is made");
}

/// The path of the new crate's runtime, as cargo reads it.
fn runtime_of(folder: &Path) -> String {
    let manifest = folder.join("my-greeter/Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap();
    let dependencies = &metadata.packages[0].dependencies;
    let runtime = dependencies.iter().find(|it| it.name == RUNTIME).expect("the runtime");
    assert!(dependencies.iter().all(|it| it.path.is_some() || FOREIGN.contains(&&*it.name)), "{dependencies:?}");
    runtime.path.as_ref().expect("a path").to_string()
}

#[test]
fn a_new_crate_takes_the_runtime_from_where_the_tool_was_built() {
    let folder = fresh("default");
    let made = new(tool(), &folder, &[]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert_eq!(Path::new(&runtime_of(&folder)), checkout().join("ffi-runtime"));
    // Every package that would be compiled, by the lock file of this workspace.
    std::fs::copy(checkout().join("Cargo.lock"), folder.join("my-greeter/Cargo.lock")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--prefix", "none"]).current_dir(folder.join("my-greeter"));
    let tree = String::from_utf8(cargo.bounded().unwrap().stdout).unwrap();
    let ours: Vec<&str> = tree.lines().filter(|line| line.contains("ffi-") || line.starts_with("ffiwright-")).collect();
    assert!(ours.len() >= 2, "{tree}");
    for line in ours {
        assert!(line.starts_with("ffiwright-") && line.contains(checkout().to_str().unwrap()), "{line}");
    }
}

/// The tool as it is where the folder that it was built in is there no more: the path in it is another one.
#[test]
#[cfg(target_os = "linux")]
fn where_that_is_gone_it_says_what_to_do() {
    use std::os::unix::fs::PermissionsExt as _;
    let (was, mut bytes) = (env!("CARGO_MANIFEST_DIR").as_bytes(), std::fs::read(tool()).unwrap());
    let places: Vec<usize> = (0..bytes.len() - was.len()).filter(|&at| bytes[at..].starts_with(was)).collect();
    assert!(!places.is_empty(), "the tool knows where it was built");
    let gone = [b"/", "x".repeat(was.len() - "//ffi-bindgen".len()).as_bytes(), b"/ffi-bindgen"].concat();
    places.into_iter().for_each(|at| bytes[at..at + was.len()].copy_from_slice(&gone));
    let folder = fresh("gone");
    let moved = folder.join("cargo-ffi");
    std::fs::write(&moved, bytes).unwrap();
    std::fs::set_permissions(&moved, std::fs::Permissions::from_mode(0o755)).unwrap();
    refused(&new(&moved, &folder, &[]), &folder, &["/xxx", "/ffi-runtime: No such file", "--path CHECKOUT"]);
    let made = new(&moved, &folder, &["--path", checkout().to_str().unwrap()]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert_eq!(Path::new(&runtime_of(&folder)), checkout().join("ffi-runtime"));
}

/// Writes what may stand for a checkout: a folder with a package of this name where the runtime is to be.
fn stand_in(checkout: &Path, name: &str) {
    let runtime = checkout.join("ffi-runtime");
    std::fs::create_dir_all(runtime.join("src")).unwrap();
    std::fs::write(runtime.join("Cargo.toml"), format!("[package]\nname = \"{name}\"\n\n[workspace]\n")).unwrap();
    std::fs::write(runtime.join("src/lib.rs"), "").unwrap();
}

#[test]
fn somebody_elses_runtime_is_refused() {
    let folder = fresh("foreign");
    stand_in(&folder.join("theirs"), "ffi-runtime");
    let made = new(tool(), &folder, &["--path", "theirs"]);
    refused(&made, &folder, &["theirs/ffi-runtime: this is not the package ffiwright-runtime", "--path CHECKOUT"]);
    std::fs::create_dir_all(folder.join("empty/ffi-runtime")).unwrap();
    refused(&new(tool(), &folder, &["--path", "empty"]), &folder, &["empty/ffi-runtime: cargo cannot tell"]);
    refused(&new(tool(), &folder, &["--path", "nowhere"]), &folder, &["nowhere/ffi-runtime: No such file"]);
}

#[test]
fn a_path_means_itself_whatever_is_in_it() {
    let folder = fresh("odd");
    let odd = folder.join("it's a \"check out\"\\ $HOME `x` é#");
    stand_in(&odd, RUNTIME);
    let made = new(tool(), &folder, &["--path", odd.to_str().unwrap()]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert_eq!(Path::new(&runtime_of(&folder)), odd.join("ffi-runtime"));
    let page = std::fs::read_to_string(folder.join("my-greeter/README.md")).unwrap();
    let word = page.lines().find_map(|line| line.split_once("/pip install '")).expect("a command").1;
    let read = Command::new("sh").args(["-c", &format!("printf %s '{word}")]).bounded().unwrap().stdout;
    assert_eq!(Path::new(std::str::from_utf8(&read).unwrap()), odd.join("ffi-bindgen/dynamic/python"));
}

/// What a command asks a registry for: its arguments that are neither options nor paths.
fn asked_for<'t>(text: &'t str, command: &str) -> Vec<&'t str> {
    let rests = text.lines().filter_map(|line| line.split_once(command)).map(|(_, rest)| rest);
    let arguments = rests.map(|rest| rest.split(['#', '&', ';', ')', '`', '|']).next().unwrap());
    arguments
        .flat_map(str::split_whitespace)
        .filter(|word| !word.starts_with('-') && !word.contains('/') && !word.contains('.'))
        .collect()
}

/// Every command of the page installs from a path.
fn installs_from_paths(page: &str, text: &str) {
    for command in ["pip install ", "npm install ", "npx ", "cargo add ", "cargo install ", "go get "] {
        let asked: Vec<&str> = asked_for(text, command).into_iter().filter(|it| *it != "ffi-bindgen").collect();
        assert_eq!(asked, Vec::<&str>::new(), "{page}: {command}");
    }
}

#[test]
fn nothing_that_is_written_asks_a_registry_for_this_project() {
    let library = support::my_timer();
    let written = Lang::ALL.into_iter().flat_map(|lang| generate(&library, lang).unwrap());
    for File { path, text } in new_crate("my-greeter", "/the/checkout").unwrap().into_iter().chain(written) {
        match path.rsplit('/').next().unwrap() {
            "Cargo.toml" => {
                let tables = text.split("\n[").filter(|it| it.split(']').next().unwrap().ends_with("dependencies"));
                for line in tables.flat_map(|it| it.lines().skip(1)).filter(|it| it.contains(" = ")) {
                    let name = line.split(" = ").next().unwrap();
                    assert!(FOREIGN.contains(&name) || line.contains("{ path = "), "{path}: {line}");
                }
            }
            "pyproject.toml" => {
                for line in text.lines().filter(|it| it.starts_with("requires =") || it.starts_with("dependencies =")) {
                    for name in line.split('"').skip(1).step_by(2) {
                        assert!(FOREIGN.iter().any(|it| name.starts_with(it)), "{path}: {name}");
                    }
                }
            }
            "package.json" => assert!(text.contains("\"private\": true") && !text.contains("ependencies"), "{text}"),
            // Without a dot in its first part, a module's path is none that Go downloads.
            "go.mod" => text.lines().filter_map(|it| it.strip_prefix("require ")).for_each(|it| {
                assert!(!it.split('/').next().unwrap().contains('.'), "{path}: {it}");
            }),
            name if name.to_ascii_lowercase().ends_with(".md") => installs_from_paths(&path, &text),
            _ => (),
        }
    }
}

#[test]
fn no_page_asks_a_registry_for_this_project() {
    let docs = std::fs::read_dir(checkout().join("docs")).unwrap().map(|it| it.unwrap().path());
    let dynamic = ["python", "node"].map(|it| checkout().join("ffi-bindgen/dynamic").join(it).join("README.md"));
    let pages = docs.chain(dynamic).chain(["README.md", "CONTRIBUTING.md"].map(|it| checkout().join(it)));
    for page in pages {
        installs_from_paths(page.to_str().unwrap(), &std::fs::read_to_string(&page).unwrap());
    }
}

#[test]
fn what_may_be_published_bears_our_names() {
    let manifest = checkout().join("Cargo.toml");
    let metadata = MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap();
    let (kept, published): (Vec<_>, Vec<_>) =
        metadata.packages.iter().partition(|it| it.publish.as_ref().is_some_and(Vec::is_empty));
    assert!(kept.len() > 10 && published.iter().all(|it| it.name.starts_with("ffiwright-")), "{published:?}");
    for folder in ["ffi-runtime", "ffi-macros", "ffi-bindgen"] {
        let package = metadata.packages.iter().find(|it| it.manifest_path.ends_with(format!("{folder}/Cargo.toml")));
        let package = package.expect("a package");
        let krate = package.targets.iter().find(|it| it.is_lib() || it.is_proc_macro()).expect("a crate");
        assert_eq!(*package.name, folder.replace("ffi-", "ffiwright-"));
        assert_eq!(krate.name, folder.replace('-', "_"));
    }
    let python = std::fs::read_to_string(checkout().join("ffi-bindgen/dynamic/python/pyproject.toml")).unwrap();
    assert!(python.contains("name = \"ffiwright-host\"") && python.contains("Private :: Do Not Upload"));
    let node = std::fs::read_to_string(checkout().join("ffi-bindgen/dynamic/node/package.json")).unwrap();
    assert!(node.contains("\"private\": true"));
}
