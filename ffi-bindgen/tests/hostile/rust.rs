//! The Rust client.

use crate::support::compiler::{expect_success, folder};
use crate::support::{boxed, everything, hostile, library, named, option, record};
use ffi_runtime::schema::{Library, Type};
use std::path::Path;
use std::process::Command;
use toolchain::test;

/// A record of 200 texts, which may hold one of its own kind.
fn with_a_wide_record() -> Library {
    let names: Vec<String> = (0..200).map(|at| format!("f{at}")).collect();
    let mut fields: Vec<_> = names.iter().map(|name| (name.as_str(), Type::String)).collect();
    fields.push(("next", option(boxed(named("Wide")))));
    let mut all = everything();
    all.types.extend(library("all", vec![record("Wide", &fields)], Vec::new()).types);
    all.seal();
    all
}

#[test]
#[ignore = "it takes long; .ci/rust-client and .ci/run run it"]
fn the_rust_client_refuses_hostile_answers() {
    let folder = folder("hostile-rust");
    for file in ffi_bindgen::generate_rust(&with_a_wide_record()).unwrap() {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = match file.path.as_str() {
            "src/lib.rs" => file.text + "\n#[cfg(test)]\nmod hostile;\n",
            // Where the tests are, a workspace is around it.
            "Cargo.toml" => file.text + "\n[workspace]\n",
            _ => file.text,
        };
        std::fs::write(path, text).unwrap();
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(here.join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    std::fs::copy(here.join("tests/hosts/hostile.rs"), folder.join("src/hostile.rs")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "--offline", "--quiet"]).current_dir(&folder);
    cargo.env("HOSTILE_ROWS", hostile::write(&folder));
    cargo.env("CARGO_TARGET_DIR", folder.parent().unwrap().join("rust/target"));
    let output = cargo.output().expect("cargo runs");
    expect_success("the client", &output);
    assert!(String::from_utf8_lossy(&output.stdout).contains("3 passed"), "{output:?}");
}
