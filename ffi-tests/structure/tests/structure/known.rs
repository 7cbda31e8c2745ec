//! Lists of today's offenders, which may only shrink.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Compares what breaks a rule with the list of that name, a line each.
///
/// # Panics
/// Where something is new, or is mended and still listed.
#[track_caller]
pub(crate) fn assert_known(name: &str, found: Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("known").join(name).with_extension("txt");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let listed: BTreeSet<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let new: Vec<_> = found.difference(&listed).collect();
    let mended: Vec<_> = listed.difference(&found).collect();
    assert!(new.is_empty(), "new, and not to be listed in known/{name}.txt but mended: {new:#?}");
    assert!(mended.is_empty(), "mended, and to be taken out of known/{name}.txt: {mended:#?}");
}
