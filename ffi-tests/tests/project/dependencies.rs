//! What the dependencies are, as far as cargo knows without asking anybody: the quick part of
//! `.ci/deny`, which reads the licences' texts and asks for yanked versions and advisories as well.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use toolchain::Bounded as _;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What packages say of their licence. Each lets the package be shipped with MIT OR Apache-2.0.
const LICENCES: [&str; 15] = [
    "(MIT OR Apache-2.0) AND Unicode-3.0",
    "Apache-2.0",
    "Apache-2.0 / MIT",
    "Apache-2.0 OR MIT",
    "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
    "Apache-2.0/MIT",
    "BSD-2-Clause OR Apache-2.0 OR MIT",
    "ISC",
    "MIT",
    "MIT / Apache-2.0",
    "MIT OR Apache-2.0",
    "MIT/Apache-2.0",
    "Unlicense OR MIT",
    "Unlicense/MIT",
    "Zlib",
];

/// The only place that packages come from.
const REGISTRY: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// One package that is compiled here, for a library, a tool or a test.
struct Package {
    name: String,
    version: String,
    licence: String,
}

/// The tool that validates CDDL, in tests alone: what it needs it may have in versions of its own.
const VALIDATOR: &str = "cddl-cat";

/// The workspace's packages, but for those that `pruned` alone needs.
fn packages(pruned: Option<&str>) -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--workspace", "--all-features", "--edges", "normal,build,dev"])
        .args(["--prefix", "none", "--format", "{p}|{l}"])
        .args(pruned.into_iter().flat_map(|package| ["--prune", package]))
        .current_dir(ROOT)
        .bounded()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let lines: BTreeSet<_> =
        text.lines().filter(|line| !line.is_empty()).map(|line| line.trim_end_matches(" (*)")).collect();
    lines.into_iter().map(|line| package(line).unwrap_or_else(|| panic!("not a package: {line}"))).collect()
}

fn package(line: &str) -> Option<Package> {
    let (package, licence) = line.split_once('|')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?.to_owned(), words.next()?.to_owned());
    Some(Package { name, version, licence: licence.to_owned() })
}

#[test]
fn every_licence_is_one_that_was_looked_at() {
    let packages = packages(None);
    for Package { name, licence, .. } in &packages {
        assert!(
            LICENCES.contains(&licence.as_str()),
            "{name}: {licence:?}; if that is fine, allow it here and in deny.toml"
        );
    }
    for licence in LICENCES {
        assert!(packages.iter().any(|package| package.licence == licence), "{licence}: no package has it any more");
    }
}

#[test]
fn no_package_is_there_twice() {
    let mut versions = BTreeMap::<_, BTreeSet<_>>::new();
    for Package { name, version, .. } in packages(Some(VALIDATOR)) {
        versions.entry(name).or_default().insert(version);
    }
    assert!(versions.contains_key("syn") && versions.len() > 50, "the workspace's tree was read");
    for (name, versions) in versions {
        assert!(versions.len() == 1, "{name} is compiled in {} versions: {versions:?}", versions.len());
    }
}

#[test]
fn every_package_comes_from_the_registry_and_is_sealed() {
    for lock in ["Cargo.lock", "ffi-tests/performance/competitors/Cargo.lock"] {
        let text = std::fs::read_to_string(Path::new(ROOT).join(lock)).expect("a lock file");
        let (sources, others): (Vec<_>, Vec<_>) =
            text.lines().filter(|line| line.starts_with("source = ")).partition(|line| *line == REGISTRY);
        assert_eq!(others, Vec::<&str>::new(), "{lock}");
        let sealed = text.lines().filter(|line| line.starts_with("checksum = ")).count();
        assert!(sealed > 50 && sealed == sources.len(), "{lock}: {sealed} checksums, {} sources", sources.len());
    }
}
