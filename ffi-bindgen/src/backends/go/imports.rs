//! The packages of Go's own that the files of a package import: Go refuses what is missing, and what is too much.

use super::functions::Function;
use super::kinds::{package_of, wire_import};
use crate::model::surface::{Named, Surface};
use crate::model::{Item, Kind, Model};
use ffi_runtime::schema::Type;
use serde::Serialize;
use std::collections::BTreeSet;

/// Packages, as `gofmt` orders them.
type Paths = BTreeSet<&'static str>;

/// What each file imports whose imports depend on the library.
#[derive(Serialize)]
pub(super) struct Imports {
    client: Paths,
    events: Paths,
    functions: Paths,
    native: Paths,
    types: Paths,
    wire: Paths,
}

impl Imports {
    /// What the files need for the types that stand in them.
    pub(super) fn new(model: &Model<'_>, surface: &Surface<'_>) -> Self {
        let made = &surface.constructor;
        let of_client = || made.iter().chain(&surface.methods);
        let of_package = || surface.stateless.iter().chain(&surface.exports);
        let payloads = || surface.events.iter().filter_map(|event| event.payload.as_ref());
        let held = || model.items.iter().flat_map(Item::mentions);
        let declared = model.items.iter().filter(|item| item.def().is_some()).flat_map(Item::mentions);
        let counts = model.items.iter().any(|item| matches!(item, Item::Enumeration(..))).then_some("strconv");
        let calls = (!surface.stateless.is_empty()).then_some("context");
        let mut all: Vec<&Type> = of_client().chain(of_package()).flat_map(Function::types).collect();
        all.extend(held().chain(payloads()));
        Self {
            client: ["context", "sync", "unsafe"].into_iter().chain(in_signatures(of_client())).collect(),
            events: ["context", "unsafe"].into_iter().chain(packages(payloads())).collect(),
            functions: calls.into_iter().chain(in_signatures(of_package())).collect(),
            native: ["unsafe"].into_iter().chain(packages(all.iter().copied())).collect(),
            types: counts.into_iter().chain(packages(declared)).collect(),
            wire: innermost(all.iter().copied()).filter_map(wire_import).chain(packages(all.iter().copied())).collect(),
        }
    }
}

/// The packages of the types in these functions' own lines, where no error stands.
fn in_signatures<'a>(functions: impl Iterator<Item = &'a Named<'a>>) -> impl Iterator<Item = &'static str> {
    let types =
        |named: &'a Named<'a>| named.function.params.iter().map(|param| &param.ty).chain(&named.function.returns);
    packages(functions.flat_map(types))
}

fn packages<'a>(types: impl Iterator<Item = &'a Type>) -> impl Iterator<Item = &'static str> {
    innermost(types).filter_map(package_of)
}

fn innermost<'a>(types: impl Iterator<Item = &'a Type>) -> impl Iterator<Item = Kind<'a>> {
    types.flat_map(|ty| Kind::of(ty).innermost())
}
