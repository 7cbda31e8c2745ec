//! The Rust client: what depends on the library, readable in review; names, documentation and layout for
//! libraries that nobody would write.
//!
//! `FFI_BINDGEN_REWRITE=1 cargo test -p ffiwright-bindgen --test rust` writes the expected files anew.

mod support;

use ffi_bindgen::{File, generate_rust};
use ffi_runtime::schema::{FunctionKind, Library, Type};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{
    boxed, enumeration, event, everything, function, library, list, method, my_timer, named, option, record,
    with_events,
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
fn the_package_is_one_for_cargo() {
    let mut library = library("struct", vec![], vec![]);
    library.version = "1.0\"\n[evil]".to_owned();
    let manifest = text(&library, "Cargo.toml");
    assert!(manifest.contains("name = \"struct-client\"\nversion = \"0.0.0\""), "{manifest}");
    assert!(manifest.contains("[lib]\nname = \"struct_\""), "{manifest}");
}

/// A library with everything that is hard to write: documentation that means something to Rust, names of every
/// length and kind, types that hold each other.
fn strange() -> Library {
    let long = "a_name_that_is_so_long_that_no_line_can_take_it_together_with_a_type_of_the_same_length_beside_it";
    let mut documented =
        record("Documented", &[("class", Type::Bool), (long, list(named("TheOtherTypeOfTheLibrary")))]);
    documented.docs =
        "/ not a slash\r\n!\n*/ /* \u{202e}\n```\nlet x = does_not_compile;\n```\n[`nowhere`] <b>".to_owned();
    let types = vec![
        documented,
        record("TheOtherTypeOfTheLibrary", &[("größe", Type::F32), ("next", option(boxed(named("Documented"))))]),
        record("Fault", &[("Mirror", named("Mirror")), ("arena", named("String"))]),
        record("Mirror", &[("writer", boxed(boxed(Type::String)))]),
        record("String", &[]),
        record("Boxed", &[]),
        enumeration("i32", &[("Self", i32::MIN), ("None", i32::MAX)]),
    ];
    let many: Vec<(std::string::String, Type)> =
        (0..9).map(|it| (format!("parameter_{it}"), option(boxed(Type::U8)))).collect();
    let many: Vec<(&str, Type)> = many.iter().map(|(name, ty)| (name.as_str(), ty.clone())).collect();
    let functions = vec![
        function(FunctionKind::Constructor, "strange_create", &[("api", named("Fault")), ("arena", Type::Bytes)], None),
        method("strange_many", &many, Some(option(boxed(named("Boxed"))))),
        method("strange_session", &[("session", Type::String), ("handle", Type::Char), (long, named("i32"))], None),
        method("strange_type", &[("writer", list(option(named("i32"))))], Some(list(Type::Bytes))),
        function(FunctionKind::Stateless, "strange_open", &[("self", boxed(list(Type::F64)))], Some(Type::Isize)),
        function(FunctionKind::Export, "strange_next", &[("before", named("i32"))], Some(named("i32"))),
        function(FunctionKind::Export, "strange_ignore", &[("mirror", Type::F64)], None),
        function(FunctionKind::Destructor, "strange_destroy", &[], None),
    ];
    let fired =
        vec![event("on_", None), event(long, Some(list(named("Documented")))), event("changed", Some(Type::Bool))];
    with_events(library("strange", types, functions), fired)
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
