//! What a built library exports is what its schema says, under its own name, and no more.

use crate::common::built::libraries;
use ffi_runtime::schema::{FunctionKind, Library};
use object::Object as _;
use std::collections::BTreeSet;
use std::path::Path;

/// What every library exports beside its functions.
const ALWAYS: [&str; 4] = ["abi_hash", "call_cbor", "last_error", "schema"];

/// What a library with contexts exports besides.
const WITH_CONTEXTS: [&str; 7] = [
    "add_event_listener",
    "add_event_listener_cbor",
    "cancel",
    "close",
    "dispatch",
    "poll_fd",
    "remove_event_listener",
];

fn exported(path: &Path) -> BTreeSet<String> {
    let bytes = std::fs::read(path).expect("a built library");
    let file = object::File::parse(&*bytes).expect("a library");
    let exports = file.exports().expect("a table of exports");
    let names = exports.map(|export| export.expect("an export").name().name().expect("a name").to_vec());
    names.map(|name| String::from_utf8(name).expect("an ASCII name")).collect()
}

fn described(library: &Library) -> BTreeSet<String> {
    let has_contexts = library.functions.iter().any(|it| it.kind == FunctionKind::Constructor);
    let own = ALWAYS.iter().chain(WITH_CONTEXTS.iter().filter(|_| has_contexts));
    let short = own.clone().filter(|_| library.options.short_names);
    let own = own.map(|name| format!("{}_ffi_{name}", library.name));
    let mut symbols: BTreeSet<String> = own.chain(short.map(|name| format!("{}_{name}", library.name))).collect();
    for function in &library.functions {
        symbols.insert(function.name.clone());
        if !matches!(function.kind, FunctionKind::Destructor | FunctionKind::Export) {
            symbols.insert(format!("{}_cbor", function.name));
        }
    }
    symbols
}

/// What hosts of the original system are linked against: the author's functions under the names in Rust, and the
/// library's own under short names.
#[test]
fn the_timer_and_the_echo_example_keep_their_symbols() {
    let own = ALWAYS.iter().chain(&WITH_CONTEXTS);
    for (name, functions) in [
        ("my_timer", &["create", "destroy", "echo", "version", "complex", "schedule"][..]),
        ("echo", &["create", "destroy", "shout", "prefix", "upper", "is_loud", "version"]),
    ] {
        let file = format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let exported = exported(&libraries().join(file));
        let has_no_twin = |function: &str| matches!(function, "destroy" | "is_loud");
        let twins = functions.iter().filter(|it| !has_no_twin(it)).map(|it| format!("{it}_cbor"));
        let kept = functions.iter().chain(own.clone()).map(ToString::to_string).chain(twins);
        for symbol in kept.map(|end| format!("{name}_{end}")) {
            assert!(exported.contains(&symbol), "{symbol}");
        }
    }
}

#[test]
fn a_library_exports_what_its_schema_says_and_no_more() {
    let libraries = libraries();
    for name in ["every", "slow", "near", "beside", "plain", "my_timer", "echo"] {
        let file = format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let path = libraries.join(file);
        let library = ffi_bindgen::read_schema(&path).expect("a schema");
        let exported = exported(&path);
        assert_eq!(exported, described(&library), "{name}");
        let foreign: Vec<&String> = exported.iter().filter(|it| !it.starts_with(&format!("{name}_"))).collect();
        assert!(foreign.is_empty(), "{name} exports {foreign:?}");
    }
}
