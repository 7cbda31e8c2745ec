//! The Rust client.

use crate::support::compiler::{expect_success, folder};
use crate::support::{array, boxed, data_enum, everything, hostile, library, list, map, named, option, record};
use ffi_runtime::schema::{Library, Payload, Type};
use std::path::Path;
use std::process::Command;
use toolchain::test;

/// A record of 200 texts, which may hold one of its own kind, and an enum with data with a variant of the same.
fn with_wide_types() -> Library {
    let names: Vec<String> = (0..200).map(|at| format!("f{at}")).collect();
    let mut fields: Vec<_> = names.iter().map(|name| (name.as_str(), Type::String)).collect();
    fields.push(("next", option(boxed(named("Wide")))));
    let mut all = everything();
    let mut of_variant = fields.clone();
    of_variant.pop();
    of_variant.push(("next", boxed(named("Choice"))));
    let choice = data_enum(
        "Choice",
        &[
            ("Empty", Payload::Unit, &[]),
            ("One", Payload::Value, &[("_0", boxed(named("Choice")))]),
            ("Pair", Payload::Tuple, &[("_0", Type::U8), ("_1", list(named("Choice")))]),
            ("Broad", Payload::Fields, &of_variant),
            ("Record", Payload::Value, &[("_0", named("Wide"))]),
            ("Mapped", Payload::Value, &[("_0", map(Type::String, named("Choice")))]),
            ("Apart", Payload::Value, &[("_0", map(Type::U128, named("Choice")))]),
            ("Fixed", Payload::Value, &[("_0", boxed(array(named("Choice"), 2)))]),
            ("Both", Payload::Value, &[("_0", boxed(Type::Tuple(vec![named("Choice"), Type::U8])))]),
        ],
    );
    all.types.extend(library("all", vec![record("Wide", &fields), choice], Vec::new()).types);
    all.seal();
    all
}

#[test]
#[ignore = "it takes long; .ci/rust-client and .ci/run run it"]
fn the_rust_client_refuses_hostile_answers() {
    let folder = folder("hostile-rust");
    for file in ffi_bindgen::generate_rust(&with_wide_types()).unwrap() {
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
    assert!(String::from_utf8_lossy(&output.stdout).contains("8 passed"), "{output:?}");
}
