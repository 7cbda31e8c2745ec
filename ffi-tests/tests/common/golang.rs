//! Go packages of the built libraries, and the tool that builds and runs them.

use super::built::libraries;
use ffi_bindgen::Lang;
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::Bounded as _;

/// The file of a built library.
pub(crate) fn library(name: &str) -> PathBuf {
    libraries().join(format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX))
}

/// Writes the package of a library into a fresh folder, which is named after `purpose`.
pub(crate) fn package(name: &str, purpose: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go").join(purpose).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let schema = ffi_bindgen::read_schema(&library(name)).expect("a schema");
    for file in ffi_bindgen::generate(&schema, Lang::Go).expect("a package") {
        write(&folder, &file.path, &file.text);
    }
    folder
}

/// Writes a file of a package.
pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("a file");
}

/// Runs `go` on a package that is linked with the built library, and gives what it said.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> String {
    let libraries = libraries().display().to_string();
    let mut go = Command::new("go");
    go.args(arguments).current_dir(folder);
    go.env("CGO_LDFLAGS", format!("-L{libraries} -Wl,-rpath,{libraries}"));
    let output = go.bounded().expect("go runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "go {arguments:?}\n{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}
