//! The packages without generated code, whose readers need nothing that is not Python's or Node's own.

use crate::support::compiler::{expect_success, folder};
use crate::support::{everything, hostile};
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::{Bounded as _, test};

fn passes(program: &str, host: &str, package: &str) {
    toolchain::need(program);
    let folder = folder(&format!("hostile-dynamic-{package}"));
    let described = folder.join("library.schema");
    std::fs::write(&described, everything().to_cbor()).unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: [PathBuf; 4] =
        [here.join("tests/hosts").join(host), here.join("dynamic").join(package), described, hostile::write(&folder)];
    expect_success(host, &Command::new(program).args(arguments).bounded().unwrap());
}

#[test]
fn the_python_package_without_generated_code_refuses_hostile_answers() {
    passes("python3", "hostile_dynamic.py", "python");
}

#[test]
fn the_node_package_without_generated_code_refuses_hostile_answers() {
    passes("node", "hostile_dynamic.js", "node");
}
