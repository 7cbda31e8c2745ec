//! Rules for the sources and the pages. What breaks one today stands in `known/`, in lists that may only shrink.

mod circles;
mod crates;
mod imports;
mod known;
mod markdown;
mod pages;
mod sources;

use circles::in_circles;
use crates::{CRATES, Crate};
use imports::Imports;
use known::assert_known;
use std::path::Path;

/// The most lines that a source file may have.
const LINES: usize = 400;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn no_source_file_is_long() {
    let files = sources::of(root());
    assert!(files.iter().any(|file| file == "ffi-runtime/src/lib.rs"), "no source is found");
    let long = files.into_iter().filter(|file| {
        let text = std::fs::read_to_string(root().join(file)).expect("a source is text");
        text.lines().count() > LINES
    });
    assert_known("long_files", long.collect());
}

/// `sync::lock` says what a poisoned lock means; a model's own locks are its.
#[test]
fn one_function_of_the_runtime_takes_locks() {
    let files = sources::of(root()).into_iter();
    let runtime =
        files.filter(|file| file.starts_with("ffi-runtime/src/") && !file.starts_with("ffi-runtime/src/sync"));
    let takes_a_lock = |file: &String| {
        let text = std::fs::read_to_string(root().join(file)).expect("a source is text");
        [".lock()", ".try_lock()", "PoisonError", "RwLock"].iter().any(|named| text.contains(named))
    };
    assert_eq!(runtime.filter(takes_a_lock).collect::<Vec<_>>(), [""; 0], "write `lock(&mutex)`");
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    let mut found = Vec::new();
    for Crate { root: file, .. } in &CRATES {
        let imports = Imports::read(&root().join(file));
        found.extend(in_circles(imports.edges()).into_iter().map(|module| format!("{file}: {module}")));
    }
    assert_known("import_circles", found);
}

#[test]
fn no_module_imports_from_a_layer_above_its_own() {
    let mut found = Vec::new();
    for layered @ Crate { root: file, .. } in &CRATES {
        let imports = Imports::read(&root().join(file));
        for module in imports.modules() {
            assert!(layered.layer_of(module).is_some(), "{file}: no layer is named for {module}");
        }
        for (from, to) in imports.edges() {
            if layered.layer_of(from) < layered.layer_of(to) {
                found.push(format!("{file}: {from} imports {to}"));
            }
        }
    }
    assert_known("upward_imports", found);
}
