//! Compiles bindings.

use crate::support::compiler::{expect_success, folder};
use ffi_bindgen::{File, Lang, generate};
use ffi_runtime::schema::Library;
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::Bounded as _;

/// The headers that a host is likely to include.
pub(crate) const HEADERS: &str = "#include <assert.h>\n#include <complex.h>\n#include <ctype.h>\n#include <endian.h>\n\
    #include <errno.h>\n#include <inttypes.h>\n#include <libgen.h>\n#include <limits.h>\n#include <math.h>\n\
    #include <netdb.h>\n#include <netinet/in.h>\n#include <pthread.h>\n#include <setjmp.h>\n#include <signal.h>\n\
    #include <stdarg.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/socket.h>\n\
    #include <sys/stat.h>\n#include <sys/types.h>\n#include <termios.h>\n#include <time.h>\n#include <unistd.h>\n";

/// Compiles the bindings of all libraries in one place.
pub(crate) fn together(lang: Lang, libraries: &[Library]) {
    let folder = fresh(&format!("every-name-{}", lang.name()));
    compile(lang, libraries, &folder);
}

/// The same for small ones, a library each of whose names is another.
pub(crate) fn each(lang: Lang, libraries: &[Library]) {
    let folder = fresh(&format!("every-library-{}", lang.name()));
    compile(lang, libraries, &folder);
}

fn compile(lang: Lang, libraries: &[Library], folder: &Path) {
    match lang {
        Lang::C => c(libraries, folder),
        Lang::Cpp => cpp(libraries, folder),
        Lang::Python => python(libraries, folder),
        Lang::Go => go(libraries, folder),
        Lang::Rust => rust(libraries, folder),
        other => panic!("{other:?} is not compiled"),
    }
}

fn fresh(name: &str) -> PathBuf {
    let folder = folder(name);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    folder
}

fn files(library: &Library, lang: Lang) -> Vec<File> {
    generate(library, lang).unwrap_or_else(|error| panic!("{} of {}: {error}", lang.name(), library.name))
}

fn write(folder: &Path, files: Vec<File>) {
    for file in files {
        let path = folder.join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
}

#[track_caller]
fn run(what: &str, command: &mut Command) {
    expect_success(what, &command.bounded().unwrap());
}

fn c(libraries: &[Library], folder: &Path) {
    toolchain::need("gcc");
    let mut includes = String::new();
    for library in libraries {
        let files = files(library, Lang::C);
        includes += &format!("#include \"{}\"\n", files[0].path);
        write(folder, files);
    }
    std::fs::write(folder.join("before.c"), includes.clone() + HEADERS).unwrap();
    std::fs::write(folder.join("after.c"), HEADERS.to_owned() + &includes).unwrap();
    for source in ["before.c", "after.c"] {
        let flags = ["-std=gnu99", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE", "-fsyntax-only", "-I."];
        run("C", Command::new("gcc").current_dir(folder).args(flags).arg(source));
    }
}

/// Compiles each header by itself: in one run the compiler would hold what it made of all of them.
fn cpp(libraries: &[Library], folder: &Path) {
    toolchain::need("g++");
    for library in libraries {
        write(folder, files(library, Lang::C));
        let files = files(library, Lang::Cpp);
        std::fs::write(folder.join("after.cpp"), format!("{HEADERS}#include \"{}\"\n", files[0].path)).unwrap();
        write(folder, files);
        let flags = ["-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I."];
        run(&library.name, Command::new("g++").current_dir(folder).args(flags).arg("after.cpp"));
    }
}

fn python(libraries: &[Library], folder: &Path) {
    toolchain::need("python3");
    toolchain::need("gcc");
    let host = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hosts/every_name.py");
    for library in libraries {
        let project = folder.join(&library.name);
        write(&project, files(library, Lang::Python));
        let flags = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-Wno-unused-function"];
        let mut bridge = Command::new("gcc");
        run(&library.name, bridge.current_dir(&project).args(flags).arg("native/bridge.c"));
    }
    run("Python", Command::new("python3").arg(host).arg(folder));
}

fn go(libraries: &[Library], folder: &Path) {
    toolchain::need("go");
    for library in libraries {
        let package = folder.join(format!("p_{}", library.name));
        write(&package, files(library, Lang::Go));
        std::fs::remove_file(package.join("go.mod")).unwrap();
    }
    std::fs::write(folder.join("go.mod"), "module names\n\ngo 1.19\n").unwrap();
    run("gofmt", Command::new("gofmt").args(["-e", "-l", "."]).current_dir(folder));
    run("Go", Command::new("go").args(["build", "./..."]).current_dir(folder));
}

fn rust(libraries: &[Library], folder: &Path) {
    let members: Vec<_> = libraries.iter().map(|library| format!("\"{}\"", library.name)).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    for library in libraries {
        write(&folder.join(&library.name), files(library, Lang::Rust));
    }
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--quiet", "--workspace"]).current_dir(folder).env("RUSTFLAGS", "-Dwarnings");
    // Beside the folder, which is made anew.
    run("Rust", cargo.env("CARGO_TARGET_DIR", folder.with_file_name("every-name-target")));
}
