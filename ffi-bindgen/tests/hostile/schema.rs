//! The schema, which may be a file that anyone wrote, as every command reads and prints it.

use crate::support::compiler::{self, folder};
use crate::support::stand_in;
use crate::support::{boxed, enumeration, event, function, library, list, method, named, option, record, with_events};
use ffi_bindgen::Lang;
use ffi_runtime::schema::{FunctionKind, Library, Type, TypeDef};
use std::path::Path;
use std::process::{Command, Output};
use toolchain::{Bounded as _, test};

fn command(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-ffi"));
    // Colours are asked for, so that nothing takes away what would be printed on a terminal.
    command.args(arguments).env_remove("NO_COLOR").env("CLICOLOR_FORCE", "1").bounded().unwrap()
}

fn file(folder: &Path, name: &str, library: &Library) -> String {
    let path = folder.join(name);
    std::fs::write(&path, library.to_cbor()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// How many records hold each other, by value and otherwise.
const MANY: [usize; 2] = [60_000, 20_000];

/// How a record holds the next one.
type Held = fn(Type) -> Type;

/// So many records, each of which holds the next one.
fn chain(count: usize, held: Held, last: Type) -> Library {
    let link = |at: usize| match at + 1 {
        next if next == count => record(&format!("T{at}"), &[("x", last.clone())]),
        next => record(&format!("T{at}"), &[("x", held(named(&format!("T{next}"))))]),
    };
    let mut chain = library(
        "evil",
        Vec::new(),
        vec![function(FunctionKind::Stateless, "evil_echo", &[("it", named("T0"))], Some(named("T0")))],
    );
    chain.types = (0..count).map(link).collect::<Vec<TypeDef>>();
    chain
}

#[track_caller]
fn works(arguments: &[&str]) {
    let output = command(arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}: {told:.400}", output.status);
}

#[test]
fn records_that_hold_each_other_without_an_end_exhaust_no_stack() {
    let folder = folder("hostile-schema");
    let [by_value, otherwise] = MANY;
    let hold: [(&str, usize, Held); 4] = [
        ("by-value", by_value, |ty| ty),
        ("option", otherwise, option),
        ("box", otherwise, boxed),
        ("list", otherwise, list),
    ];
    for (name, count, held) in hold {
        let old = file(&folder, &format!("{name}.schema"), &chain(count, held, Type::I64));
        let new = file(&folder, &format!("{name}-new.schema"), &chain(count, held, Type::String));
        works(&["inspect", &old]);
        works(&["diff", &old, &new]);
    }
    let by_value = folder.join("by-value.schema");
    works(&["schema", "--format", "cddl", by_value.to_str().unwrap()]);
    works(&["generate", "--lang", "c", "--schema", by_value.to_str().unwrap()]);
    let endless = chain(otherwise, |ty| ty, named("T0"));
    let refused = command(&["inspect", &file(&folder, "endless.schema", &endless)]);
    assert_eq!(refused.status.code(), Some(2), "{}", refused.status);
}

/// What a terminal would act on: a colour, a title, a screen that is cleared, in one byte and in two.
const ACTS: [&str; 5] = ["\u{1b}[31mRED", "\u{1b}]0;title\u{7}", "\u{9b}2J", "\rover", "\u{202e}turned"];

/// What was printed, without the command's own colours.
fn printed(output: &Output) -> String {
    let text = String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).unwrap();
    ["error", "answered"]
        .iter()
        .fold(text, |text, word| text.replace(&format!("\u{1b}[1m\u{1b}[31m{word}\u{1b}[0m"), word))
}

#[track_caller]
fn shows_only(arguments: &[&str]) {
    let text = printed(&command(arguments));
    assert!(!text.is_empty());
    let acts = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
    let acting: Vec<char> = text.chars().filter(acts).collect();
    assert!(acting.is_empty(), "{arguments:?} prints {acting:?} in {text:?}");
}

#[test]
fn what_a_terminal_would_act_on_is_printed_escaped() {
    let folder = folder("hostile-schema");
    for (index, acts) in ACTS.iter().enumerate() {
        let hostile = |text: &str| format!("{text}{acts}");
        // What may be any text: the version, documentation, the paths of types.
        let mut level = enumeration("Level", &[("Low", 0)]);
        let mut point = record("Point", &[("x", named("Level"))]);
        (level.docs, level.path) = (hostile("Levels."), hostile("evil::Level"));
        (point.docs, point.path) = (hostile("Points."), hostile("evil::Point"));
        let mut create = function(FunctionKind::Constructor, "evil_create", &[("at", named("Point"))], None);
        create.docs = hostile("Creates.");
        create.params[0].docs = hostile("where");
        let mut told = event("told", Some(named("Point")));
        told.docs = hostile("Tells.");
        let mut texts = with_events(library("evil", vec![level, point], vec![create]), vec![told]);
        (texts.version, texts.docs) = (hostile("1.0.0"), hostile("Evil."));
        let whole = file(&folder, &format!("texts{index}.schema"), &texts);
        shows_only(&["inspect", &whole]);
        shows_only(&["schema", &whole]);
        shows_only(&["schema", "--format", "cddl", &whole]);
        for lang in Lang::ALL.map(Lang::name) {
            // To standard output where it is one file, or the refusal.
            shows_only(&["generate", "--lang", lang, "--schema", &whole]);
        }
        // Names are identifiers; what is said of those that are none, and of a difference, is printed all the same.
        let mut names = texts.clone();
        names.name = hostile("evil");
        names.functions[0].name = hostile("evil_create");
        names.functions[0].params[0].name = hostile("at");
        names.events[0].name = hostile("told");
        for def in &mut names.types {
            def.name = hostile(&def.name);
        }
        let named = file(&folder, &format!("names{index}.schema"), &names);
        shows_only(&["inspect", &named]);
        shows_only(&["schema", &named]);
        shows_only(&["schema", "--format", "cddl", &named]);
        shows_only(&["diff", &whole, &named]);
        names.name = "evil".to_owned();
        let named = file(&folder, &format!("named{index}.schema"), &names);
        for format in ["text", "json"] {
            shows_only(&["diff", &whole, &named, "--format", format]);
        }
        // Two types of one name are told by their paths.
        let mut twice = texts.clone();
        twice.types.push(twice.types[0].clone());
        shows_only(&["inspect", &file(&folder, &format!("twice{index}.schema"), &twice)]);
    }
}

#[test]
fn what_a_library_answers_is_printed_escaped() {
    compiler::need();
    let stateless = |name, returns| function(FunctionKind::Stateless, name, &[], returns);
    let functions = vec![
        function(FunctionKind::Constructor, "evil_create", &[], None),
        method("evil_tells", &[], None),
        stateless("evil_fails", None),
        stateless("evil_texts", Some(Type::String)),
        stateless("evil_picks", Some(named("Level"))),
        stateless("evil_counts", Some(Type::I8)),
    ];
    let evil = library("evil", vec![enumeration("Level", &[("Low", 0)])], functions);
    let evil = with_events(evil, vec![event("told", Some(Type::String))]);
    let host = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts/hostile_library.c")).unwrap();
    let sources = [stand_in::source("evil", Some(&evil.to_cbor()), 1), host];
    let path = stand_in::build(&folder("hostile-schema"), "libevil.so", &sources);
    let path = path.to_str().unwrap();
    for name in ["fails", "texts", "picks", "counts"] {
        shows_only(&["call", path, name]);
    }
    shows_only(&["call", path, "tells", "--listen"]);
    let told = printed(&command(&["call", path, "tells", "--listen"]));
    assert_eq!(told.lines().filter(|line| line.starts_with('{')).count(), 4, "{told}");
    assert!(told.contains(r#"{"event":"told","payload":"\u001b[31m\u001b]0;t\u0007\u009b2J"#), "{told}");
}

#[test]
fn what_is_no_schema_is_an_error() {
    let folder = folder("hostile-schema");
    let whole = crate::support::my_timer().to_cbor();
    let bad = [
        b"\x81".repeat(100_000),
        b"\xa1\x00".repeat(100_000),
        [&b"\xa2\x61x"[..], &b"\x81".repeat(100_000), b"\x00"].concat(),
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        [&whole[..], b"\x00"].concat(),
        whole[..whole.len() - 1].to_vec(),
        // The whole schema once more as a map with a key that stands twice.
        [&[whole[0] + 1][..], &whole[1..], b"\x64name\x61x"].concat(),
        Vec::new(),
    ];
    for (index, bytes) in bad.iter().enumerate() {
        let path = folder.join(format!("bad{index}.schema"));
        std::fs::write(&path, bytes).unwrap();
        let output = command(&["schema", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{index}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
