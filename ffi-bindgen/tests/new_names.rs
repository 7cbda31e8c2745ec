//! A new crate of any name is refused in words, or its hosts are those of its bindings, in every language.

mod support;

use ffi_bindgen::{BadName, File, Lang, generate, new_crate};
use ffi_runtime::schema::{FunctionKind, Library, Type};
use object::{Object as _, ObjectSymbol as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::compiler::{C11, CXX20, compile, expect_success, folder};
use support::{event, function, library, method, named, record, with_events};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// Names that mean something somewhere: to a language, to its standard library, to a system, to the bindings.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "my-greeter", "greeter", "greeting", "err", "ctx", "host", "a", "x1", "a--b",
    // Words of C++, Python, Go and Rust.
    "class", "namespace", "new", "def", "None", "func", "await_", "union",
    // What standard libraries have.
    "time", "string", "signal", "errno", "index", "queue", "zip", "fmt", "fs", "mutex", "vector", "option", "future",
    "linux", "system",
    // What the bindings have, or stand beside.
    "error", "context", "library", "listener", "event-stream", "transport", "call", "ffi", "bridge", "subscription",
    "responding", "client", "cffi", "main", "build", "native",
];

/// The library of a new crate.
fn described(name: &str) -> Library {
    let symbol = |end: &str| format!("{name}_{end}");
    let create = function(FunctionKind::Constructor, &symbol("create"), &[("greeting", Type::String)], None);
    let greet = method(&symbol("greet"), &[("person", named("Person"))], Some(Type::String));
    let destroy = function(FunctionKind::Destructor, &symbol("destroy"), &[], None);
    let person = record("Person", &[("name", Type::String), ("delay_ms", Type::U64)]);
    let greeted = event("on_greeted", Some(Type::String));
    with_events(library(name, vec![person], vec![create, greet, destroy]), vec![greeted])
}

/// A new crate in a folder of its own, with its bindings where `cargo ffi build` writes them.
struct New {
    folder: PathBuf,
    files: Vec<File>,
}

impl New {
    /// None where the name is refused.
    fn made(name: &str, languages: &[Lang]) -> Option<Self> {
        let files = new_crate(name, "/checkout").ok()?;
        let manifest = &files.iter().find(|file| file.path == "Cargo.toml").expect("a manifest").text;
        let lib = manifest
            .split("[lib]\nname = \"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a library")
            .to_owned();
        let new = Self { folder: folder("new-names").join(name), files };
        for &lang in languages {
            let bindings = generate(&described(&lib), lang).unwrap_or_else(|error| panic!("{name}: {error}"));
            let bindings: Vec<_> = bindings
                .into_iter()
                .map(|file| File { path: format!("bindings/{}/{}", lang.name(), file.path), ..file })
                .collect();
            new.files.iter().chain(&bindings).for_each(|file| new.write(file));
        }
        Some(new)
    }

    fn write(&self, file: &File) {
        let path = self.folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &file.text).expect("written");
    }
}

/// One source that has the hosts of all names in this language, and the folders of their headers.
fn all_hosts(lang: Lang, file: &str) -> (PathBuf, Vec<String>) {
    let folder = folder("new-names");
    let (mut source, mut arguments) = (String::new(), vec!["-fsyntax-only".to_owned()]);
    for (place, name) in NAMES.iter().enumerate() {
        let Some(new) = New::made(name, &[Lang::C, lang]) else { continue };
        let host = new.folder.join("hosts").join(lang.name()).join(file);
        source += &format!(
            "#define main main_{place}\n#define on_created on_created_{place}\n#define on_text on_text_{place}\n"
        );
        source += &format!(
            "int main(void);\n#include \"{}\"\n#undef main\n#undef on_created\n#undef on_text\n",
            host.display()
        );
        let headers = [Lang::C, lang].map(|lang| new.folder.join("bindings").join(lang.name()));
        arguments.extend(headers.map(|folder| format!("-iquote{}", folder.display())));
    }
    arguments.push(format!("all_{file}"));
    std::fs::write(folder.join(arguments.last().expect("the file")), source).expect("written");
    (folder, arguments)
}

#[test]
fn hosts_in_c_and_cpp_compile() {
    support::compiler::need();
    for (standard, lang, file) in [(C11, Lang::C, "main.c"), (CXX20, Lang::Cpp, "main.cpp")] {
        let (folder, arguments) = all_hosts(lang, file);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        expect_success(file, &compile(standard, &folder, &arguments));
    }
}

/// Everything that the hosts import is there, and no module of Python's own has the package's name.
const IMPORTS: &str = "import ast, importlib.util, pathlib, sys\n\
    for folder in map(pathlib.Path, sys.argv[1:]):\n    \
        host = ast.parse((folder / 'hosts/python/main.py').read_text())\n    \
        [wanted] = [it for it in host.body if isinstance(it, ast.ImportFrom)]\n    \
        package = folder / 'bindings/python' / wanted.module\n    \
        made = [it for file in package.glob('*.py') for it in ast.parse(file.read_text()).body]\n    \
        classes = {it.name for it in made if isinstance(it, ast.ClassDef)}\n    \
        lacking = {it.name for it in wanted.names} - classes\n    \
        assert not lacking, (folder, lacking)\n    \
        assert importlib.util.find_spec(wanted.module) is None, folder\n";

#[test]
fn hosts_in_python_find_their_package() {
    toolchain::need("python3");
    let made = NAMES.iter().filter_map(|name| New::made(name, &[Lang::Python]));
    let folders: Vec<_> = made.map(|new| new.folder).collect();
    let mut python = Command::new("python3");
    expect_success("python3", &python.args(["-I", "-c", IMPORTS]).args(&folders).bounded().expect("python3"));
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn hosts_in_go_find_their_package() {
    toolchain::need("go");
    toolchain::need("cc");
    // cgo takes seconds for each: those that mean something in Go or to cgo, and one that means nothing.
    for name in ["greeter", "func", "union", "time", "string", "errno", "fmt", "error", "context", "main", "native"] {
        let Some(new) = New::made(name, &[Lang::Go]) else { continue };
        let vet = Command::new("go").args(["vet", "./..."]).current_dir(new.folder.join("hosts/go")).bounded();
        expect_success(name, &vet.expect("go"));
    }
}

/// The crates as cargo builds and tests them, from one folder of dependencies.
#[test]
fn crates_of_odd_names_pass_their_test() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the checkout");
    for name in ["queue", "time", "union", "serde", "host"] {
        let mut new = New { folder: folder("new-crates").join(name), files: Vec::new() };
        new.files = new_crate(name, checkout.to_str().expect("a path")).expect("a good name");
        new.files.iter().for_each(|file| new.write(file));
        std::fs::copy(checkout.join("Cargo.lock"), new.folder.join("Cargo.lock")).expect("a lock file");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["test", "--offline", "--tests"]).current_dir(&new.folder);
        cargo.env("CARGO_TARGET_DIR", folder("new-crates").join("target"));
        expect_success(name, &cargo.bounded().expect("cargo"));
    }
}

/// No function of the C library has the name of a new crate's, or of what every library has.
#[test]
fn no_function_of_the_c_library_is_replaced() {
    // Linux alone says so where the C library is.
    let Ok(maps) = std::fs::read_to_string("/proc/self/maps") else { return };
    let libc = maps.lines().find_map(|line| line.split_whitespace().last().filter(|path| path.contains("libc.so")));
    let libc = libc.expect("every program has a C library");
    let bytes = std::fs::read(libc).expect("the C library");
    let file = object::File::parse(&*bytes).expect("an object");
    let ends = ["create", "greet", "destroy", "close", "cancel", "schema", "dispatch", "poll_fd", "last_error"];
    let names = file.dynamic_symbols().filter_map(|symbol| symbol.name().ok());
    for (prefix, end) in names.filter_map(|name| name.rsplit_once('_')) {
        let is_name = prefix.starts_with(|c: char| c.is_ascii_lowercase()) && ends.contains(&end);
        assert!(!is_name || new_crate(prefix, "").is_err(), "{prefix}_{end}");
    }
}

#[test]
fn a_refused_name_is_told_which_go() {
    for (name, told) in [
        ("2-greeters", "begin with a letter from a to z, and go on with letters, digits, `-` and `_`"),
        ("self", "it is a keyword of Rust; any other word goes"),
        ("std", "a crate of Rust's, or one that the library is built with, has it; any other name goes"),
        ("c", "it is a library that every program is linked with; any other name goes"),
    ] {
        assert_eq!(new_crate(name, "").map(|_| ()).map_err(|why| why.to_string()), Err(told.to_owned()));
    }
    assert_eq!(new_crate("größe", "").map(|_| ()), Err(BadName::Form));
}
