//! What the hosts without generated code need: the built libraries, some files that are none, and a
//! folder for the packages of their language.

#[path = "../../../tests/common/built.rs"]
mod built;

use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::Bounded as _;

/// The repository's folder.
pub(crate) fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// A folder with the libraries and with files that are none, which are named after what they lack.
pub(crate) fn libraries() -> PathBuf {
    let folder = built::libraries();
    stand_in(&folder, "without_schema", &[]);
    stand_in(&folder, "newer", &["-DNAME=newer", "-DSCHEMA=0xa1,0x66,0x66,0x6f,0x72,0x6d,0x61,0x74,0x03"]);
    stand_in(&folder, "malformed", &["-DNAME=malformed", "-DSCHEMA=0xa1,0x66"]);
    stranger(&folder, "strange_type", "list", "mist");
    stranger(&folder, "strange_scalar", "string", "strong");
    stranger(&folder, "strange_shape", "record", "secret");
    folder
}

/// A stand-in with the timer's schema, in which one kind is called what nobody knows.
fn stranger(folder: &Path, name: &str, kind: &str, other: &str) {
    let schema = ffi_bindgen::schema_bytes(&library(folder, "my_timer"), None).expect("the timer has a schema");
    // A text of CBOR: its length, and the text.
    let text = |kind: &str| [&[0x60 + kind.len() as u8], kind.as_bytes()].concat();
    let (kind, other) = (hex::encode(text(kind)), hex::encode(text(other)));
    let digits = hex::encode(schema);
    assert!(digits.contains(&kind) && kind.len() == other.len(), "the timer has such a kind");
    let bytes = hex::decode(digits.replace(&kind, &other)).expect("as many digits");
    let bytes: Vec<_> = bytes.iter().map(u8::to_string).collect();
    stand_in(folder, name, &[&format!("-DNAME={name}"), &format!("-DSCHEMA={}", bytes.join(","))]);
}

fn stand_in(folder: &Path, name: &str, defines: &[&str]) {
    let file = folder.join(format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX));
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).arg(file).args(defines);
    said(compiler.arg(repository().join("ffi-tests/hosts/standins/standins.c")));
}

/// The built library of this name.
pub(crate) fn library(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX))
}

/// What a command says; it must succeed.
pub(crate) fn said(command: &mut Command) -> String {
    let output = command.bounded().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{text}", output.status);
    text
}

/// Copies a folder without what tools leave in it, so that installing it leaves nothing there either. Above all not
/// what was built before: pip would install that instead of the sources.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (name, path) = (entry.file_name(), entry.path());
        if path.is_file() {
            std::fs::copy(&path, to.join(name)).expect("a copy");
        } else if !["node_modules", "__pycache__", "build"].contains(&name.to_string_lossy().as_ref()) {
            copy(&path, &to.join(name));
        }
    }
}
