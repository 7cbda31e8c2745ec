//! The Python project: documentation cannot break out of it, names that mean something get an underscore,
//! and each item has a name of its own. That it works is shown by `ffi-tests-conformance`.

mod support;

use ffi_bindgen::{Lang, generate};
use ffi_runtime::schema::{FunctionKind, Library, Payload, Shape, Type};
use std::path::Path;
use std::process::Command;
use support::compiler::{expect_success, folder};
use support::{data_enum, enumeration, event, failing, failure, function, library, method, named, record, with_events};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// What the project of a library is made of, one line for each part.
fn described(test: &str, library: &Library) -> String {
    toolchain::need("python3");
    toolchain::need("cc");
    let folder = folder(test);
    for file in generate(library, Lang::Python).unwrap() {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hosts/python_project.py");
    let output = Command::new("python3").arg(script).arg(&folder).arg(&library.name).bounded().unwrap();
    expect_success("the project", &output);
    let bridge = Command::new("cc")
        .args(["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-Wno-unused-function", "native/bridge.c"])
        .current_dir(&folder)
        .bounded()
        .unwrap();
    expect_success("the bridge", &bridge);
    String::from_utf8(output.stdout).unwrap()
}

fn constructor(name: &str) -> ffi_runtime::schema::Function {
    function(FunctionKind::Constructor, name, &[], None)
}

#[test]
fn documentation_stays_documentation() {
    let hostile = "It's \"\"\"\nsmuggled = 1\n\"\"\" \\\" \\N{BULLET} \\\n\u{202e}x\u{2028}y\0z\r \"";
    let mut point = record("Point", &[("x", Type::I8)]);
    let mut level = enumeration("Level", &[("Low", 0)]);
    if let (Shape::Record { fields }, Shape::Enumeration { variants }) = (&mut point.shape, &mut level.shape) {
        fields[0].docs = hostile.to_owned();
        variants[0].docs = hostile.to_owned();
    }
    let mut held = data_enum("Held", &[("It", Payload::Value, &[("_0", Type::I8)])]);
    if let Shape::DataEnum { variants } = &mut held.shape {
        variants[0].docs = hostile.to_owned();
        variants[0].fields[0].docs = hostile.to_owned();
    }
    held.docs = hostile.to_owned();
    point.docs = hostile.to_owned();
    level.docs = hostile.to_owned();
    let mut move_it = method("l_move", &[("to", named("Point"))], Some(named("Level")));
    move_it.docs = hostile.to_owned();
    let mut happened = event("happened", Some(named("Point")));
    happened.docs = hostile.to_owned();
    let mut library =
        with_events(library("l", vec![point, level, held], vec![constructor("l_create"), move_it]), vec![happened]);
    library.docs = hostile.to_owned();
    library.version = "1.0\"\nsmuggled = 1".to_owned();
    let said = described("python_docs", &library);
    let kept = r#"'It\'s """\nsmuggled = 1\n""" \\" \\N{BULLET} \\\nx y z  "\n"#;
    let told: Vec<&str> = said.lines().filter(|line| line.contains("smuggled")).collect();
    assert_eq!(told.len(), 7, "{said}");
    for line in &told {
        let text = line.split_once("| ").unwrap().1.replace("\\n        ", "\\n").replace("\\n    ", "\\n");
        assert!(text.starts_with(kept.trim_end_matches("\\n")), "{text}\n{kept}");
    }
}

#[test]
fn names_that_mean_something_get_an_underscore() {
    let types = vec![
        record("Plain", &[("class", Type::I8), ("bool", Type::Bool), ("typing", Type::Char), ("aName", Type::Bytes)]),
        record("None", &[("self", named("EventStream"))]),
        record("EventStream", &[]),
        enumeration("Level", &[("None", 0), ("inBetween", 1)]),
    ];
    let params = [("self", Type::I8), ("timeout", Type::I8), ("i", Type::String), ("lambda", named("None"))];
    let functions = vec![
        constructor("l_create"),
        method("l_closed", &params, Some(Type::Bool)),
        method("l_list", &[("_flat", Type::I8)], Some(support::list(Type::I8))),
        method("l_property", &[], None),
        function(FunctionKind::Export, "l_import", &[("int", Type::Bool)], Some(Type::Char)),
    ];
    let library = with_events(library("l", types, functions), vec![event("level", None)]);
    let said = described("python_names", &library);
    for line in [
        "Plain class_ bool typing_ a_name |",
        "None_ self |",
        "EventStream_ |",
        "Level NONE IN_BETWEEN |",
        "LevelEvent |",
        "closed_(self, self_, timeout_, i, lambda_) |",
        "list(self, flat) |",
        "property_(self) |",
        "import_(int) |",
        "on_level(self, callback) |",
    ] {
        assert!(said.lines().any(|said| said.starts_with(line)), "{line} is not in\n{said}");
    }
}

#[test]
fn a_library_without_objects_or_of_a_keywords_name_is_one_too() {
    let only = vec![function(FunctionKind::Stateless, "l_add", &[("a", Type::I8)], Some(Type::I8))];
    let said = described("python_stateless", &library("l", vec![], only));
    assert!(said.starts_with("add(a) |"), "{said}");
    let files = generate(&library("class", vec![], vec![]), Lang::Python).unwrap();
    assert!(files.iter().any(|file| file.path == "class_/__init__.py"));
}

#[test]
fn each_item_has_a_name_of_its_own() {
    let types = vec![
        record("Point", &[("aB", Type::I8), ("a_b", Type::I8), ("__init__", Type::I8), ("_", Type::I8)]),
        enumeration("Level", &[("aB", 0), ("A_B", 1), ("_1_", 2)]),
        record("L", &[]),
        record("LClosedError", &[]),
        record("RespondingEvent", &[]),
    ];
    let params = [("x", Type::I8), ("X", Type::I8)];
    let functions = vec![constructor("l_create"), method("l_on_responding", &params, None), method("l_do", &[], None)];
    let said = described("python_own_names", &with_events(library("l", types, functions), vec![]));
    for line in [
        "Point a_b_ a_b init _ |",
        "Level A_B_ A_B _1 |",
        "L_ |",
        "LClosedError_ |",
        "RespondingEvent |",
        "RespondingEvent_ payload |",
        "on_responding(self, x, x_) |",
        "on_responding_(self, callback) |",
    ] {
        assert!(said.lines().any(|said| said.starts_with(line)), "{line} is not in\n{said}");
    }
}

#[test]
fn each_variant_has_a_class_of_its_own() {
    let fields: &[_] = &[("class", Type::I8), ("aB", Type::I8), ("a_b", Type::I8), ("bool", Type::Bool)];
    let types = vec![
        data_enum(
            "Block",
            &[
                ("Rule", Payload::Unit, &[]),
                ("heading", Payload::Fields, fields),
                ("Heading", Payload::Value, &[("_0", support::boxed(named("Block")))]),
                ("Quote", Payload::Tuple, &[("_0", Type::I8), ("_1", support::list(named("Block")))]),
            ],
        ),
        record("BlockRule", &[]),
        data_enum("BlockQ", &[("uote", Payload::Value, &[("_0", Type::String)]), ("Failure", Payload::Unit, &[])]),
        data_enum("None", &[("class", Payload::Value, &[("_0", Type::I8)]), ("In_BETWEEN", Payload::Unit, &[])]),
        failure("BlockQ"),
    ];
    let give = method("l_give", &[("block", named("Block"))], Some(named("None")));
    let functions = vec![constructor("l_create"), failing("BlockQ", give)];
    let said = described("python_variants", &with_events(library("l", types, functions), vec![]));
    for line in [
        "BlockRule |",
        "BlockRule_ |",
        "BlockHeading class_ a_b_ a_b bool |",
        "BlockHeading_ value |",
        "BlockQuote field0 field1 |",
        "BlockQUote value |",
        "BlockQFailure_ |",
        "None_Class value |",
        "None_InBetween |",
        "give(self, block) | 'Calls `l_give`.\\n\\nRaises BlockQFailure with its own error.'",
    ] {
        assert!(said.lines().any(|said| said.starts_with(line)), "{line} is not in\n{said}");
    }
}
