//! Every page and every command names the languages that there are.

use ffi_bindgen::{Lang, new_crate};
use std::path::Path;

/// What stands before the table of languages in the README.
const MARK: &str = "<!-- backends -->\n";

/// A language's row, up to the link to its manual.
fn row(lang: Lang) -> String {
    format!("| {} | `{}` | {} | [", lang.title(), lang.name(), lang.output())
}

#[test]
fn the_readme_has_a_row_for_each_language() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(page).expect("the README");
    let (_, table) = text.split_once(MARK).expect("a table behind its mark");
    let rows: Vec<&str> = table.lines().skip(2).take_while(|line| line.starts_with('|')).collect();
    let without_manuals: Vec<&str> = rows.iter().map(|row| row.split_inclusive(" | [").next().unwrap_or(row)).collect();
    assert_eq!(without_manuals, Lang::ALL.map(row));
}

#[test]
fn a_new_crate_has_a_host_for_each_language_that_is_called() {
    let files = new_crate("my-greeter", "/checkout").expect("a name for a crate");
    let text = |path: &str| &files.iter().find(|file| file.path == path).expect("a file").text;
    for lang in Lang::ALL {
        assert!(text("Cargo.toml").contains(&format!("\"{}\"", lang.name())), "{}", lang.name());
        let host = format!("hosts/{}", lang.name());
        let has_host = files.iter().any(|file| file.path.starts_with(&host));
        // CDDL describes, and calls nothing.
        assert_eq!(has_host, lang != Lang::Cddl, "{}", lang.name());
        assert_eq!(text("README.md").contains(&host), has_host, "{}", lang.name());
    }
}
