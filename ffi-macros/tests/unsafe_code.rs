//! The inventory of `unsafe` in `docs/evidence.md` is what the sources hold.
//!
//! Tokens are counted, so what a `quote!` gives to generated code counts like code. What is
//! compiled for tests alone does not. `UPDATE_EXPECTED=1` rewrites the counts, and adds rows
//! that then ask what the code is for.

#![forbid(unsafe_code)]

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::{Attribute, File, Item};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/evidence.md");
const HEADING: &str = "## Unsafe code";

/// What a user's build compiles or runs.
const SHIPPED: [&str; 3] = ["ffi-bindgen", "ffi-macros", "ffi-runtime"];

/// Crates and modules that have none, which rustc holds.
const FORBIDDEN: [&str; 13] = [
    "examples/echo/src/lib.rs",
    "examples/timer/src/lib.rs",
    "ffi-bindgen/src/main.rs",
    "ffi-macros/src/lib.rs",
    "ffi-tests/libraries/benched/src/lib.rs",
    "ffi-tests/libraries/beside/src/lib.rs",
    "ffi-tests/libraries/near/src/lib.rs",
    "ffi-tests/libraries/plain/src/lib.rs",
    "ffi-tests/libraries/slow/src/lib.rs",
    "ffi-tests/libraries/twins/src/lib.rs",
    "ffi-tests/libraries/types/src/lib.rs",
    "ffi-tests/libraries/wide/src/lib.rs",
    "ffi-tests/src/lib.rs",
];

/// How often a file says `unsafe`, by what it says it of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    blocks: usize,
    functions: usize,
    impls: usize,
    traits: usize,
    attributes: usize,
}

impl Counts {
    fn add(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(ident) if ident == "unsafe" => self.add_one(&tokens[at + 1..]),
                TokenTree::Group(group) => self.add(group.stream()),
                _ => {}
            }
        }
    }

    /// Adds the `unsafe` that stands before these tokens. The type of a function's pointer is none.
    fn add_one(&mut self, after: &[TokenTree]) {
        let word = |at: usize| match after.get(at) {
            Some(TokenTree::Ident(ident)) => ident.to_string(),
            _ => String::new(),
        };
        let abi = matches!(after.get(1), Some(TokenTree::Literal(_)));
        match (after.first(), word(0).as_str()) {
            (Some(TokenTree::Group(group)), _) if group.delimiter() == Delimiter::Brace => self.blocks += 1,
            (Some(TokenTree::Group(group)), _) if group.delimiter() == Delimiter::Parenthesis => self.attributes += 1,
            (_, "impl") => self.impls += 1,
            (_, "trait") => self.traits += 1,
            (_, "fn") => self.functions += usize::from(!word(1).is_empty()),
            (_, "extern") if word(if abi { 2 } else { 1 }) == "fn" => {
                self.functions += usize::from(!word(if abi { 3 } else { 2 }).is_empty());
            }
            (_, "extern") => self.blocks += 1,
            _ => {}
        }
    }

    fn cells(self) -> [usize; 5] {
        [self.blocks, self.functions, self.impls, self.traits, self.attributes]
    }
}

/// One row of the table: a file's counts, and what its unsafe code is for.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    counts: [usize; 5],
    reason: String,
}

/// The rows by crate and file.
type Rows = BTreeMap<(String, String), Row>;

fn line((krate, file): &(String, String), Row { counts, reason }: &Row) -> String {
    let [blocks, functions, impls, traits, attributes] = counts;
    format!("| {krate} | `{file}` | {blocks} | {functions} | {impls} | {traits} | {attributes} | {reason} |")
}

fn is_for_tests(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("cfg") && attr.to_token_stream().to_string().ends_with("(test)]"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn parsed(path: &Path) -> File {
    let text = std::fs::read_to_string(path).expect("readable");
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of one crate with their items, but those for tests.
fn shipped(krate: &str) -> BTreeMap<PathBuf, File> {
    let mut files: BTreeMap<_, _> = sources(&Path::new(ROOT).join(krate).join("src"))
        .into_iter()
        .map(|path| (path.clone(), parsed(&path)))
        .collect();
    let mut of_tests = BTreeSet::new();
    for (path, file) in &mut files {
        file.items.retain(|item| match item {
            Item::Mod(module) if is_for_tests(&module.attrs) => {
                let folder = path.parent().expect("a folder");
                let own = ["mod", "lib", "main"].iter().any(|stem| path.file_stem().is_some_and(|it| it == *stem));
                let folder = if own { folder.to_owned() } else { path.with_extension("") };
                of_tests.insert(folder.join(format!("{}.rs", module.ident)));
                false
            }
            _ => true,
        });
    }
    files.retain(|path, _| !of_tests.contains(path));
    files
}

/// What the sources hold; no reasons are given there.
fn found() -> Rows {
    let mut rows = Rows::new();
    for krate in SHIPPED {
        for (path, file) in shipped(krate) {
            let mut counts = Counts::default();
            counts.add(file.to_token_stream());
            let folder = Path::new(ROOT).join(krate);
            let name = path.strip_prefix(folder).expect("in the crate").display().to_string();
            if counts != Counts::default() {
                rows.insert((krate.to_owned(), name), Row { counts: counts.cells(), reason: "?".to_owned() });
            }
        }
    }
    rows
}

/// The document, in three: what stands before the rows, the rows, and what stands after.
fn split(document: &str) -> (String, Vec<String>, String) {
    let lines: Vec<_> = document.lines().collect();
    let heading = lines.iter().position(|line| *line == HEADING).expect("the heading `## Unsafe code`");
    let is_rule = |line: &&str| line.starts_with("| ---");
    let begin = heading + 1 + lines[heading..].iter().position(is_rule).expect("a table under the heading");
    let count = lines[begin..].iter().take_while(|line| line.starts_with('|')).count();
    let owned = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let rows = lines[begin..begin + count].iter().map(|line| (*line).to_owned()).collect();
    (owned(&lines[..begin]), rows, owned(&lines[begin + count..]))
}

fn listed(rows: &[String]) -> Rows {
    rows.iter().map(|row| parse(row).unwrap_or_else(|| panic!("not a row of the table: {row}"))).collect()
}

fn parse(row: &str) -> Option<((String, String), Row)> {
    let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
    let [krate, file, counts @ .., reason] = cells.as_slice() else { return None };
    let counts: Vec<usize> = counts.iter().map(|count| count.parse().ok()).collect::<Option<_>>()?;
    let row = Row { counts: counts.try_into().ok()?, reason: (*reason).to_owned() };
    Some((((*krate).to_owned(), file.trim_matches('`').to_owned()), row))
}

/// What to write, or to remove, so that the document says what the sources hold.
fn complaints(found: &Rows, listed: &Rows) -> Vec<String> {
    let mut all = Vec::new();
    for (key, row) in found {
        match listed.get(key) {
            None => all.push(format!("write, and say what for: {}", line(key, row))),
            Some(there) if there.counts != row.counts => {
                let row = Row { reason: there.reason.clone(), ..row.clone() };
                all.push(format!("write, if it still holds: {}", line(key, &row)));
            }
            Some(there) if there.reason.is_empty() || there.reason == "?" => {
                all.push(format!("say what for: {}", line(key, there)));
            }
            Some(_) => {}
        }
    }
    let gone = listed.iter().filter(|(key, _)| !found.contains_key(*key));
    all.extend(gone.map(|(key, row)| format!("remove: {}", line(key, row))));
    all
}

#[test]
fn the_inventory_lists_all_unsafe_code() {
    let document = std::fs::read_to_string(DOCUMENT).expect("docs/evidence.md");
    let (before, rows, after) = split(&document);
    let (mut found, mut listed) = (found(), listed(&rows));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        for (key, row) in &mut found {
            listed.remove(key).into_iter().for_each(|there| row.reason = there.reason);
        }
        let rows: String = found.iter().map(|(key, row)| line(key, row) + "\n").collect();
        std::fs::write(DOCUMENT, format!("{before}{rows}{after}")).expect("the document is writable");
        listed.clone_from(&found);
    }
    let complaints = complaints(&found, &listed);
    assert!(complaints.is_empty(), "docs/evidence.md, {HEADING}:\n{}", complaints.join("\n"));
}

#[test]
fn crates_without_unsafe_code_forbid_it() {
    for file in FORBIDDEN {
        let attrs = parsed(&Path::new(ROOT).join(file)).attrs;
        let forbids = attrs.iter().any(|attr| attr.to_token_stream().to_string() == "# ! [forbid (unsafe_code)]");
        assert!(forbids, "{file}: write `#![forbid(unsafe_code)]`");
    }
}

#[test]
fn each_kind_is_counted_wherever_it_stands() {
    let source = r#"
        unsafe extern "C" { fn c(); }
        unsafe trait T { unsafe fn f(&self); }
        unsafe impl T for () { unsafe fn f(&self) { unsafe { c() } } }
        #[unsafe(no_mangle)]
        extern "C" fn g(pointer: unsafe extern "C" fn(), other: unsafe fn()) {}
        fn h() -> TokenStream { quote!(#[unsafe(export_name = #name)] unsafe extern "C" fn i() { unsafe { j() } }) }
        /// Nothing unsafe { }
        macro_rules! m { () => { unsafe impl T for u8 {} } }
    "#;
    let mut counts = Counts::default();
    counts.add(source.parse().expect("tokens"));
    assert_eq!(counts.cells(), [3, 3, 2, 1, 2]);
}
