//! The Rust client: what depends on the library, readable in review; names, documentation and layout for
//! libraries that nobody would write.
//!
//! `FFI_BINDGEN_REWRITE=1 cargo test -p ffiwright-bindgen --test rust` writes the expected files anew.

#[path = "rust/strange.rs"]
mod strange;
mod support;

use ffi_bindgen::{File, generate_rust};
use ffi_runtime::schema::{FunctionKind, Library, Payload, Type};
use std::path::{Path, PathBuf};
use std::process::Command;
use strange::strange;
use support::{
    array, boxed, data_enum, enumeration, event, everything, function, library, list, map, method, my_timer, named,
    option, record, set, with_events,
};
use toolchain::Bounded as _;

#[test]
fn what_depends_on_the_timer_is_the_reviewed_text() {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/rust");
    let is_fixed = |file: &File| file.path.starts_with("src/runtime/") && !file.path.ends_with("create.rs");
    for file in generate_rust(&my_timer()).unwrap().into_iter().filter(|file| !is_fixed(file)) {
        // A manifest there would be a package to cargo.
        let path = expected.join(file.path.replace('/', "-"));
        if std::env::var_os("FFI_BINDGEN_REWRITE").is_some() {
            std::fs::create_dir_all(&expected).unwrap();
            std::fs::write(&path, &file.text).unwrap();
        }
        let reviewed = std::fs::read_to_string(&path).unwrap();
        assert!(file.text == reviewed, "{} differs: FFI_BINDGEN_REWRITE=1 shows how in git", file.path);
    }
}

#[track_caller]
fn text(library: &Library, path: &str) -> String {
    let files = generate_rust(library).unwrap();
    files.into_iter().find(|file| file.path == path).unwrap().text
}

#[test]
fn each_item_has_a_name_of_its_own() {
    let types = vec![
        record("A", &[("delayMs", Type::I8), ("delay_ms", Type::I8)]),
        record("Ab", &[]),
        record("ab", &[]),
        enumeration("E", &[("top", 0), ("Top", 1)]),
    ];
    let functions = vec![
        function(FunctionKind::Constructor, "l_create", &[], None),
        function(FunctionKind::Stateless, "l_x", &[], None),
        function(FunctionKind::Export, "l_X", &[], None),
        function(FunctionKind::Stateless, "l_open", &[], None),
        function(FunctionKind::Stateless, "l_open_", &[], None),
        method("l_on_beat", &[], None),
        method("l_beat_stream", &[], None),
    ];
    let library = with_events(library("l", types, functions), vec![event("beat", None)]);
    let has = |path: &str, parts: &[&str]| {
        let text = text(&library, path);
        parts.iter().for_each(|part| assert!(text.contains(part), "{part} is not in\n{text}"));
    };
    has(
        "src/types.rs",
        &["pub delay_ms_: i8", "pub delay_ms: i8", "struct Ab {", "struct Ab_ {", "Top_ = 0", "Top = 1"],
    );
    has("src/library.rs", &["fn x(", "fn x_(", "fn open__(", "fn open_("]);
    has("src/context.rs", &["fn on_beat(&self)", "fn on_beat_(", "fn beat_stream(&self) -> Call", "fn beat_stream_("]);
}

#[test]
fn keywords_and_the_clients_own_names_get_an_underscore() {
    let types = vec![record("Option", &[("type", Type::I8), ("self", named("Option2"))]), record("Option2", &[])];
    let functions = vec![
        function(FunctionKind::Constructor, "call_create", &[("self", Type::I8)], None),
        method("call_close_it", &[], None),
        method("call_match", &[("value", named("Option"))], None),
    ];
    let library = library("call", types, functions);
    let types = text(&library, "src/types.rs");
    assert!(types.contains("pub struct Option_ {") && types.contains("pub type_: i8,"), "{types}");
    assert!(types.contains("pub self_: Option2,"), "{types}");
    let context = text(&library, "src/context.rs");
    assert!(context.contains("pub struct Call_ {"), "{context}");
    assert!(context.contains("pub fn match_(&self, value: &types::Option_)"), "{context}");
}

#[test]
fn a_variant_and_its_fields_have_names_of_their_own() {
    let fields: &[(&str, Type)] = &[("type", Type::U8), ("aB", Type::U8), ("a_b", Type::U8)];
    let kind = data_enum(
        "Kind",
        &[
            ("top", Payload::Unit, &[]),
            ("Top", Payload::Value, &[("_0", named("KindTop"))]),
            ("Self", Payload::Fields, fields),
        ],
    );
    let library = library("l", vec![kind, record("KindTop", &[])], vec![]);
    let types = text(&library, "src/types.rs");
    for part in ["    Top_,\n", "    Top(KindTop),\n", "    Self_ {\n", " type_: u8,", " a_b_: u8,", " a_b: u8,"] {
        assert!(types.contains(part), "{part} is not in\n{types}");
    }
}

#[test]
fn what_holds_an_enum_with_data_derives_what_that_can() {
    let types = vec![
        data_enum(
            "Real",
            &[
                ("Number", Payload::Value, &[("_0", Type::F64)]),
                ("Own", Payload::Value, &[("_0", boxed(named("Real")))]),
            ],
        ),
        data_enum("Exact", &[("Own", Payload::Tuple, &[("_0", list(named("Held"))), ("_1", Type::Char)])]),
        record("Held", &[("exact", option(boxed(named("Exact"))))]),
        record("Holder", &[("exact", named("Exact"))]),
        record("RealHolder", &[("real", list(named("Real")))]),
    ];
    let types = text(&library("l", types, vec![]), "src/types.rs");
    for (derives, item) in [
        ("Clone, Debug, PartialEq", "enum Real"),
        ("Clone, Debug, PartialEq, Eq, Hash", "enum Exact"),
        ("Clone, Debug, Default, PartialEq, Eq, Hash", "struct Held"),
        ("Clone, Debug, PartialEq, Eq, Hash", "struct Holder"),
        ("Clone, Debug, Default, PartialEq", "struct RealHolder"),
    ] {
        let part = format!("#[derive({derives})]\npub {item} {{");
        assert!(types.contains(&part), "{part} is not in\n{types}");
    }
}

#[test]
fn a_map_is_rusts_own_where_its_keys_have_an_order() {
    let held = record(
        "Held",
        &[
            ("scores", map(Type::String, set(Type::U8))),
            ("places", map(Type::Tuple(vec![Type::I16, Type::I16]), set(Type::Path))),
            ("modes", map(named("Mode"), Type::Duration)),
            ("labels", map(option(Type::I16), set(option(Type::Path)))),
        ],
    );
    let library = library("l", vec![held, enumeration("Mode", &[("On", 0)])], vec![]);
    let types = text(&library, "src/types.rs");
    for part in [
        "pub scores: std::collections::BTreeMap<String, std::collections::BTreeSet<u8>>,",
        "pub places: std::collections::BTreeMap<(i16, i16), std::collections::BTreeSet<std::path::PathBuf>>,",
        "pub labels: Vec<(Option<i16>, Vec<Option<std::path::PathBuf>>)>,",
        "pub modes: std::collections::BTreeMap<Mode, std::time::Duration>,",
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]",
    ] {
        assert!(types.contains(part), "{part} is not in\n{types}");
    }
    let mirrors = text(&library, "src/mirrors.rs");
    let labels = "Entries<Vec<(Option<i16>, crate::runtime::shape::Distinct<Vec<Option<std::path::PathBuf>>>)>>";
    assert!(mirrors.contains(&format!("labels: crate::runtime::shape::{labels} = \"labels\"")), "{mirrors}");
}

#[test]
fn what_has_no_default_or_holds_a_float_derives_less() {
    let held = |name: &str, ty: Type| record(name, &[("held", ty)]);
    let types = vec![
        held("Now", Type::Time),
        held("Perhaps", option(Type::Time)),
        held("Machine", Type::Tuple(vec![Type::U8, Type::SocketAddr])),
        held("Short", array(Type::U8, 32)),
        held("Long", array(Type::U8, 33)),
        held("Nested", array(array(Type::U8, 33), 2)),
        held("Place", Type::Tuple(vec![Type::Path, Type::Duration, Type::I128])),
        held("Weights", map(Type::U8, Type::Tuple(vec![Type::F32]))),
        held("Named", map(Type::String, named("Now"))),
    ];
    let types = text(&library("l", types, vec![]), "src/types.rs");
    for (derives, name) in [
        ("PartialEq, Eq, Hash", "Now"),
        ("Default, PartialEq, Eq, Hash", "Perhaps"),
        ("PartialEq, Eq, Hash", "Machine"),
        ("Default, PartialEq, Eq, Hash", "Short"),
        ("PartialEq, Eq, Hash", "Long"),
        ("PartialEq, Eq, Hash", "Nested"),
        ("Default, PartialEq, Eq, Hash", "Place"),
        ("Default, PartialEq", "Weights"),
        ("Default, PartialEq, Eq, Hash", "Named"),
    ] {
        let part = format!("#[derive(Clone, Debug, {derives})]\npub struct {name} {{");
        assert!(types.contains(&part), "{part} is not in\n{types}");
    }
}

#[test]
fn a_form_with_a_union_is_passed_by_its_address() {
    let sign = data_enum("Sign", &[("Plus", Payload::Value, &[("_0", Type::U8)])]);
    let params = [
        ("one", named("Sign")),
        ("maybe", option(named("Sign"))),
        ("many", list(named("Sign"))),
        ("own", boxed(named("Sign"))),
        ("held", named("Holder")),
        ("pair", Type::Tuple(vec![Type::U8, named("Sign")])),
        ("fixed", array(named("Sign"), 2)),
        ("by_wide", map(option(Type::U128), named("Sign"))),
    ];
    let functions = vec![function(FunctionKind::Stateless, "l_take", &params, None)];
    let library = library("l", vec![sign, record("Holder", &[("sign", named("Sign"))])], functions);
    let symbols = text(&library, "src/symbols.rs");
    let types = "Boxed<types::Sign>, Boxed<Option<types::Sign>>, Vec<types::Sign>, Box<types::Sign>, \
        Boxed<types::Holder>, Boxed<(u8, types::Sign)>, Boxed<[types::Sign; 2]>, Entries<Vec<(Option<u128>, types::Sign)>>";
    let symbols = symbols.replace("crate::runtime::shape::", "");
    assert!(symbols.contains(&format!("take = \"l_take\"({types});")), "{symbols}");
    let calls = text(&library, "src/library.rs");
    for (declared, passed) in [
        ("one: &types::Sign,", "one: Boxed<&types::Sign> =>"),
        ("maybe: Option<&types::Sign>,", "maybe: Boxed<Option<&types::Sign>> =>"),
        ("many: &[types::Sign],", "many: &[types::Sign] =>"),
        ("own: &types::Sign,", "own: Boxed<&types::Sign> =>"),
        ("held: &types::Holder,", "held: Boxed<&types::Holder> =>"),
        ("pair: &(u8, types::Sign),", "pair: Boxed<&(u8, types::Sign)> =>"),
        ("fixed: &[types::Sign; 2],", "fixed: Boxed<&[types::Sign; 2]> =>"),
        ("by_wide: &[(Option<u128>, types::Sign)],", "by_wide: Entries<&[(Option<u128>, types::Sign)]> =>"),
    ] {
        let passed = passed.replace("Boxed<", "crate::runtime::shape::Boxed<");
        let passed = &passed.replace("Entries<", "crate::runtime::shape::Entries<");
        assert!(calls.contains(declared) && calls.contains(passed), "{declared}, {passed}\n{calls}");
    }
}

#[test]
fn the_package_is_one_for_cargo() {
    let mut library = library("struct", vec![], vec![]);
    library.version = "1.0\"\n[evil]".to_owned();
    let manifest = text(&library, "Cargo.toml");
    assert!(manifest.contains("name = \"struct-client\"\nversion = \"0.0.0\""), "{manifest}");
    assert!(manifest.contains("[lib]\nname = \"struct_\""), "{manifest}");
}

/// A library of exports alone, which uses as little as can be.
fn small() -> Library {
    library("small", vec![], vec![function(FunctionKind::Export, "small_add", &[("a", Type::I32)], Some(Type::I32))])
}

/// Writes the client with the lock file of this workspace, so that nothing is asked of a registry.
fn write(library: &Library) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust").join(&library.name);
    let _ = std::fs::remove_dir_all(&folder);
    for file in generate_rust(library).unwrap() {
        let path = folder.join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    let manifest = folder.join("Cargo.toml");
    // Where the tests are, a workspace is around it.
    let text = std::fs::read_to_string(&manifest).unwrap() + "\n[workspace]\n";
    std::fs::write(manifest, text).unwrap();
    folder
}

#[track_caller]
fn cargo(folder: &Path, arguments: &[&str]) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).current_dir(folder).env("RUSTDOCFLAGS", "-D warnings");
    cargo.env("CARGO_TARGET_DIR", folder.parent().unwrap().join("target"));
    let output = cargo.bounded().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "cargo {arguments:?} in {}\n{said}", folder.display());
}

#[test]
#[ignore = "it takes long; .ci/rust-client and .ci/run run it"]
fn the_crate_is_formatted_and_without_warnings() {
    for library in [my_timer(), everything(), strange(), small()] {
        let folder = write(&library);
        cargo(&folder, &["fmt", "--check"]);
        cargo(&folder, &["clippy", "--offline", "--quiet", "--", "-D", "warnings"]);
        cargo(&folder, &["clippy", "--offline", "--quiet", "--no-default-features", "--", "-D", "warnings"]);
        cargo(&folder, &["doc", "--offline", "--quiet", "--no-deps"]);
    }
}
