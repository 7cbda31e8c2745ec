//! The contract and its evidence are one: every promise has a row, every row a promise, and
//! whatever a row names is there.

use crate::{read, root};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The promises by number, each of which is one item of a list.
fn promises() -> BTreeMap<String, String> {
    let page = read(&root().join("docs/contract.md"));
    let items = page.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("** "));
    let mut promises = BTreeMap::new();
    for (number, promise) in items {
        let before = promises.insert(number.to_owned(), promise.to_owned());
        assert_eq!(before, None, "{number} stands twice in the contract");
    }
    promises
}

/// What is named for each promise.
fn rows() -> BTreeMap<String, String> {
    let page = read(&root().join("docs/evidence.md"));
    let page = page.split("\n## ").filter(|section| section.starts_with(|first: char| first.is_ascii_digit()));
    let lines = page.flat_map(|section| section.lines().skip(1));
    let cells = lines.filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let mut rows = BTreeMap::new();
    for (number, shown) in cells.filter(|(number, _)| number.starts_with(|first: char| first.is_ascii_digit())) {
        let before = rows.insert(number.to_owned(), shown.to_owned());
        assert_eq!(before, None, "{number} stands twice in the evidence");
    }
    rows
}

/// The file that a row means by this path.
fn file(path: &str) -> PathBuf {
    const FOLDERS: [(&str, &str); 13] = [
        ("c/", "ffi-tests/hosts/c/"),
        ("models/", "ffi-tests/models/tests/"),
        ("ui/", "ffi-tests/ui/tests/ui/"),
        ("runtime/", "ffi-runtime/src/"),
        ("bindgen/", "ffi-bindgen/tests/"),
        ("generator/", "ffi-bindgen/src/"),
        ("conformance/", "ffi-tests/conformance/tests/"),
        ("costs/", "ffi-tests/costs/tests/"),
        ("wide/", "ffi-tests/libraries/wide/tests/"),
        ("plain/", "ffi-tests/libraries/plain/tests/"),
        ("ui.rs", "ffi-tests/ui/tests/ui.rs"),
        (".ci/", ".ci/"),
        ("", "ffi-tests/tests/"),
    ];
    let (short, long) = FOLDERS.into_iter().find(|(short, _)| path.starts_with(short)).expect("the last is short");
    root().join(format!("{long}{}", &path[short.len()..]))
}

/// Whether the file defines the function: a test, where it is Rust.
fn defines(path: &Path, function: &str) -> bool {
    let text = read(path);
    match path.extension().and_then(|it| it.to_str()) {
        Some("rs") => text.match_indices(&format!("fn {function}(")).any(|(at, _)| {
            let above = text[..at].rsplit('\n').skip(1).map(str::trim);
            above.take_while(|line| line.starts_with("#[") || line.starts_with("///")).any(|line| line == "#[test]")
        }),
        _ => text.lines().any(|line| {
            let called = line.find(&format!("{function}("));
            called.is_some_and(|at| !line.starts_with(char::is_whitespace) && !line[..at].contains('('))
        }),
    }
}

#[test]
fn every_promise_has_its_evidence() {
    let (promises, rows) = (promises(), rows());
    assert!(promises.len() > 100, "only {} promises were found", promises.len());
    let numbers = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<Vec<_>>();
    assert_eq!(numbers(&promises), numbers(&rows));
}

#[test]
fn every_sentence_of_the_contract_is_a_promise() {
    let page = read(&root().join("docs/contract.md"));
    let (_, sections) = page.split_once("\n## ").expect("a section");
    let others = sections.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with("- **"));
    let others: Vec<&str> = others.filter(|line| !line.starts_with("## ")).collect();
    assert_eq!(
        others,
        ["These are the host's part; to break one is undefined behaviour, in every language that C is called from."]
    );
}

#[test]
fn what_is_named_exists() {
    let mut missing = Vec::new();
    for (number, shown) in rows() {
        if shown == "the host's part" {
            assert!(number.starts_with("13."), "{number} is a promise of the library");
            continue;
        }
        for name in shown.split(", ") {
            let name = name.strip_prefix('`').and_then(|name| name.strip_suffix('`')).expect("a name in backticks");
            let (path, function) = name.split_once("::").map_or((name, None), |(path, name)| (path, Some(name)));
            let path = file(path);
            if !path.is_file() || !function.is_none_or(|function| defines(&path, function)) {
                missing.push(format!("{number}: {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

/// The first line of each patch in a folder of `ffi-tests`, in words.
fn first_lines(folder: &str) -> Vec<Vec<String>> {
    let entries = std::fs::read_dir(root().join("ffi-tests").join(folder)).expect("a folder of patches");
    let patches: Vec<_> = entries.map(|entry| read(&entry.expect("a patch").path())).collect();
    assert!(!patches.is_empty(), "{folder} has no patch");
    patches.iter().map(|text| text.lines().next().expect("a line").split(' ').map(str::to_owned).collect()).collect()
}

/// Everything in the Rust files below a folder.
fn text_below(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .filter(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| if path.is_dir() { text_below(&path) } else { read(&path) })
        .collect()
}

#[test]
fn every_mistake_made_on_purpose_names_what_is_there() {
    for line in first_lines("models/mutants") {
        let [file, model] = &line[..] else { panic!("a file and a model, not {line:?}") };
        let text = read(&root().join(format!("ffi-tests/models/tests/{file}.rs")));
        assert!(text.contains(&format!("fn {model}(")), "{file}.rs has no model {model}");
    }
    let runtime = text_below(&root().join("ffi-runtime/src"));
    for line in first_lines("hosts/seeded/patches") {
        let [_tool, _host, _code, place, ..] = &line[..] else { panic!("no place in {line:?}") };
        assert!(place == "-" || runtime.contains(&format!("fn {place}")), "the runtime has no function {place}");
    }
}
