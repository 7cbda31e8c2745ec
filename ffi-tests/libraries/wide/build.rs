//! Writes the records with so many fields.

use std::fmt::Write as _;
use std::path::PathBuf;

/// The types of the mixed record's fields, one after the other.
const MIXED: [&str; 12] = [
    "i64",
    "f32",
    "bool",
    "char",
    "Shade",
    "Option<u16>",
    "Vec<u8>",
    "Vec<String>",
    "Option<String>",
    "Box<u8>",
    "Point",
    "Option<Point>",
];

fn record(name: &str, next: &str, types: impl Iterator<Item = &'static str>) -> String {
    let mut text =
        format!("/// A record with many fields.\n#[ffi]\n#[derive(Clone, Debug, Default)]\npub struct {name} {{\n");
    for (at, ty) in types.enumerate() {
        let _ = writeln!(text, "    /// One of many.\n    pub f{at}: {ty},");
    }
    let _ = writeln!(text, "    /// The next level.\n    pub next: {next},\n}}");
    text
}

/// An enum of many variants, each of which may hold another one. All but the last have many fields, which together are
/// far more than the frames of one variant.
fn branch() -> String {
    let mut text = "/// An enum of many variants.\n#[ffi]\n#[derive(Clone, Debug)]\npub enum Branch {\n    /// The end.\n    None,\n".to_owned();
    for at in 0..100 {
        let numbers = if at == 99 { 0 } else { 50 };
        let numbers: String = (0..numbers).map(|at| format!("        /// A number.\n        n{at}: u32,\n")).collect();
        let _ = writeln!(
            text,
            "    /// One of many.\n    V{at} {{\n{numbers}        /// A text.\n        text: String,\n        /// The next level.\n        next: Option<Box<Branch>>,\n    }},"
        );
    }
    text.push_str("}\n");
    text
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let texts = record("Texts", "Option<Box<Texts>>", std::iter::repeat_n("String", 1_000));
    let mixed = record("Mixed", "Vec<Mixed>", MIXED.into_iter().cycle().take(240));
    let few = record("Few", "Option<Box<Few>>", std::iter::repeat_n("String", 47));
    let few_mixed = record("FewMixed", "Vec<FewMixed>", MIXED.into_iter().cycle().take(47));
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    std::fs::write(folder.join("records.rs"), [texts, mixed, few, few_mixed, branch()].concat())
        .expect("the file is written");
}
