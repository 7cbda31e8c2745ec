//! Rules for the pages: links lead somewhere, the index is complete, and what a page says of the sources is there.

use crate::crates::{CRATES, Crate};
use crate::markdown::Page;
use crate::{root, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};

/// Each page's path from the root.
fn pages() -> BTreeMap<String, Page> {
    let paths = sources::files(root()).into_iter().filter(|path| path.ends_with(".md"));
    let pages: BTreeMap<_, _> = paths.map(|path| (path.clone(), Page::parse(&read(&path)))).collect();
    assert!(pages.contains_key("README.md") && pages.contains_key("docs/contract.md"), "no page is found");
    pages
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The path from the root that a link of this page means.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::Normal(name) => parts.push(name.to_str().expect("a page is UTF-8")),
            _ => (),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for link in page.links().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
            let file = if file.is_empty() { path.clone() } else { target(path, file) };
            let has_anchor =
                |anchor: &str| pages.get(&file).is_some_and(|page| page.anchors().iter().any(|it| it == anchor));
            if !root().join(&file).exists() || !anchor.is_none_or(has_anchor) {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere: {broken:#?}");
}

#[test]
fn the_index_names_every_page_for_readers() {
    let pages = pages();
    let listed: BTreeSet<_> = pages["docs/README.md"].links().map(|link| target("docs/README.md", link)).collect();
    // Templates make pages of their own, and the tests have an index of theirs.
    let is_for_readers = |path: &&String| !path.starts_with("ffi-tests/") && **path != "docs/README.md";
    let missing: Vec<_> = pages.keys().filter(is_for_readers).filter(|path| !listed.contains(*path)).collect();
    assert!(missing.is_empty(), "not in docs/README.md: {missing:#?}");
}

/// The README's example leaves lines out of what `cargo ffi new` writes, and has none of its own.
#[test]
fn the_example_is_what_a_new_crate_holds() {
    let readme = Page::parse(&read("README.md"));
    for (language, template) in [("rust", "src/lib.rs.j2"), ("python", "hosts/python/main.py.j2")] {
        let template = read(&format!("ffi-bindgen/templates/new/{template}"));
        let names =
            ["lib", "bindings.python"].map(|name| (name, "my_greeter")).into_iter().chain([("class", "MyGreeter")]);
        let written = names.fold(template, |text, (name, value)| text.replace(&format!("{{{{ {name} }}}}"), value));
        let mut written = written.lines();
        for line in readme.code(language).lines() {
            assert!(written.any(|it| it == line), "{language}: a new crate has no such line, or has it before: {line}");
        }
    }
}

/// docs/architecture.md names files of the runtime from its sources' folder, and all others from the root.
#[test]
fn what_the_architecture_names_exists() {
    let page = Page::parse(&read("docs/architecture.md"));
    let is_path = |text: &&str| {
        let is_file = [".rs", ".md", ".toml"].iter().any(|ending| text.ends_with(ending));
        (text.contains('/') || is_file) && !text.contains([' ', '(', '<', '*', '…', ':'])
    };
    let named: BTreeSet<_> = page.quoted().filter(is_path).collect();
    assert!(named.len() > 60, "only {} paths are found", named.len());
    let is_there = |path: &&str| ["", "ffi-runtime/src"].iter().any(|folder| root().join(folder).join(path).exists());
    let missing: Vec<_> = named.into_iter().filter(|path| !is_there(path)).collect();
    assert!(missing.is_empty(), "docs/architecture.md names what is not there: {missing:#?}");
}

/// docs/architecture.md has a table for each crate, whose rows are its layers from the top down.
#[test]
fn the_architecture_has_the_layers_that_the_sources_keep() {
    let page = Page::parse(&read("docs/architecture.md"));
    for Crate { root, layers } in &CRATES {
        let rows = page.rows(&format!("### `{root}`"));
        let told: Vec<BTreeSet<_>> = rows.iter().map(|row| row[0].split(", ").map(str::to_owned).collect()).collect();
        let in_backticks = |layer: &&[&str]| layer.iter().map(|module| format!("`{module}`")).collect();
        let kept: Vec<BTreeSet<_>> = layers.iter().rev().map(in_backticks).collect();
        assert_eq!(told, kept, "docs/architecture.md has other layers for {root} than crates.rs");
    }
}
