//! Which module of a crate uses which, read from its sources.
//!
//! - A module uses another where a path in it names one of the other's items: in a `use`, an expression, a type
//!   or a bound. What stands in a macro's arguments is not read, nor what is compiled for tests alone.
//! - A path through a re-export is one to the module that defines the item. So a module that only gathers is in
//!   no circle with what it gathers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Meta, UseTree};

/// A module's path from the crate's root, whose own is empty.
type ModulePath = Vec<String>;

#[derive(Default)]
struct Module {
    /// The paths of the code, as they stand there.
    paths: BTreeSet<Vec<String>>,
    /// What a `use` binds, and to which path.
    bound: BTreeMap<String, Vec<String>>,
    /// The modules all of whose items are imported.
    globs: Vec<Vec<String>>,
}

/// The modules of a crate, and what each uses.
pub(crate) struct Imports {
    edges: BTreeSet<(String, String)>,
    modules: BTreeSet<String>,
}

impl Imports {
    /// Reads a crate, from its root file on.
    pub(crate) fn read(root: &Path) -> Self {
        let mut modules = BTreeMap::new();
        read_file(root, root.parent().expect("a file is in a folder"), Vec::new(), &mut modules);
        let mut edges = BTreeSet::new();
        for (path, module) in &modules {
            let named = module.paths.iter().chain(module.bound.values()).chain(&module.globs);
            for target in named.filter_map(|named| defines(&modules, path, named, 0)) {
                if target != *path {
                    edges.insert((shown(path), shown(&target)));
                }
            }
        }
        Self { edges, modules: modules.keys().map(|path| shown(path)).collect() }
    }

    pub(crate) fn edges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.edges.iter().map(|(from, to)| (&**from, &**to))
    }

    pub(crate) fn modules(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(|module| &**module)
    }
}

fn shown(path: &[String]) -> String {
    if path.is_empty() { "crate".to_owned() } else { path.join("::") }
}

/// Re-exports of re-exports end somewhere.
const DEEPEST: usize = 16;

/// The module that defines what a path names that stands in the module `here`; `None` where that is none of the
/// crate's.
fn defines(
    modules: &BTreeMap<ModulePath, Module>,
    here: &[String],
    named: &[String],
    depth: usize,
) -> Option<ModulePath> {
    if depth > DEEPEST {
        return None;
    }
    let (mut at, mut rest) = match named.first()?.as_str() {
        "crate" => (Vec::new(), &named[1..]),
        "self" => (here.to_vec(), &named[1..]),
        "super" => (here[..here.len().checked_sub(1)?].to_vec(), &named[1..]),
        first => {
            let child = [here, &[first.to_owned()]].concat();
            if modules.contains_key(&child) {
                (child, &named[1..])
            } else {
                let bound = modules.get(here)?.bound.get(first)?;
                // A name that is bound to itself is a crate's.
                let is_same = bound.len() == 1 && bound[0] == first;
                return if is_same { None } else { defines(modules, here, &[bound, &named[1..]].concat(), depth + 1) };
            }
        }
    };
    while let Some(next) = rest.first() {
        if next == "super" {
            at.pop()?;
            rest = &rest[1..];
            continue;
        }
        let child = [&at[..], std::slice::from_ref(next)].concat();
        if modules.contains_key(&child) {
            (at, rest) = (child, &rest[1..]);
            continue;
        }
        let module = modules.get(&at)?;
        if let Some(bound) = module.bound.get(next) {
            return defines(modules, &at, &[bound, &rest[1..]].concat(), depth + 1);
        }
        break;
    }
    Some(at)
}

/// Reads a file and those of its modules. `folder` is where those stand that it declares.
fn read_file(file: &Path, folder: &Path, path: ModulePath, modules: &mut BTreeMap<ModulePath, Module>) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut reader = Reader { module: Module::default(), declared: Vec::new(), inside: 0 };
    parsed.items.iter().for_each(|item| reader.visit_item(item));
    modules.insert(path.clone(), reader.module);
    for (name, at) in reader.declared {
        let inner = folder.join(&name);
        let file = at.map_or_else(
            || Some(inner.with_extension("rs")).filter(|file| file.exists()).unwrap_or_else(|| inner.join("mod.rs")),
            |at| file.parent().expect("a file is in a folder").join(at),
        );
        read_file(&file, &inner, [&path[..], &[name]].concat(), modules);
    }
}

struct Reader {
    module: Module,
    /// The modules in files of their own, with the file where an attribute names it.
    declared: Vec<(String, Option<PathBuf>)>,
    /// In how many of the file's own modules this is.
    inside: usize,
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        match &item.content {
            // Part of the file's own module: a circle is one of files.
            Some((_, items)) => {
                self.inside += 1;
                items.iter().for_each(|item| self.visit_item(item));
                self.inside -= 1;
            }
            None => self.declared.push((item.ident.to_string(), item.attrs.iter().find_map(file_of))),
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.bind(Vec::new(), &item.tree);
    }

    fn visit_visibility(&mut self, _who_may_use_it: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        // One name alone is bound by a `use`, or is the module's own.
        if path.leading_colon.is_none() && names.len() > 1 {
            let named = self.in_file(names);
            self.module.paths.insert(named);
        }
        visit::visit_path(self, path);
    }
}

impl Reader {
    /// The path as it would stand outside the file's own modules, which are part of it.
    fn in_file(&self, mut names: Vec<String>) -> Vec<String> {
        let up = names.iter().take_while(|name| *name == "super").count();
        if up > 0 {
            names.drain(..up.min(self.inside));
        }
        if up > 0 && up <= self.inside {
            names.insert(0, "self".to_owned());
        }
        names
    }

    fn bind(&mut self, mut before: Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.bind(before, &path.tree);
            }
            UseTree::Name(name) if name.ident == "self" => {
                let last = before.last().expect("self stands in a group").clone();
                let named = self.in_file(before);
                self.module.bound.insert(last, named);
            }
            UseTree::Name(name) => {
                before.push(name.ident.to_string());
                let named = self.in_file(before);
                self.module.bound.insert(name.ident.to_string(), named);
            }
            UseTree::Rename(renamed) => {
                before.push(renamed.ident.to_string());
                let named = self.in_file(before);
                self.module.bound.insert(renamed.rename.to_string(), named);
            }
            UseTree::Glob(_) => {
                let named = self.in_file(before);
                self.module.globs.push(named);
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.bind(before.clone(), tree)),
        }
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else { return attribute.path().is_ident("test") };
    list.path.is_ident("cfg") && list.tokens.to_string() == "test"
}

/// The file that `#[path = "…"]` names.
fn file_of(attribute: &Attribute) -> Option<PathBuf> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
    pair.path.is_ident("path").then(|| text.value().into())
}
