//! Finds where an old caller meets each type: in what it sends, in what it receives, or in both.

use super::wire::Way;
use crate::model::{Kind, named};
use ffi_runtime::schema::{FunctionKind, Library, Type, TypeDef};
use std::collections::{HashMap, HashSet};

/// The ways on which each type of the old version crosses the wire.
pub(super) struct Uses<'a>(HashSet<(&'a str, Way)>);

impl<'a> Uses<'a> {
    pub(super) fn of(library: &'a Library) -> Self {
        let types = library.named_types();
        let mut uses = Self(HashSet::new());
        // An export has no entry point on the CBOR path.
        for function in library.functions.iter().filter(|it| it.kind != FunctionKind::Export) {
            function.params.iter().for_each(|param| uses.reach(&param.ty, Way::Request, &types));
            let answers = function.returns.iter().chain(&function.error);
            answers.for_each(|ty| uses.reach(ty, Way::Answer, &types));
        }
        for payload in library.events.iter().filter_map(|event| event.payload.as_ref()) {
            uses.reach(payload, Way::Answer, &types);
        }
        uses
    }

    /// The ways on which the type crosses.
    pub(super) fn ways(&self, name: &str) -> impl Iterator<Item = Way> {
        [Way::Request, Way::Answer].into_iter().filter(move |&way| self.0.contains(&(name, way)))
    }

    fn reach(&mut self, ty: &'a Type, way: Way, types: &HashMap<&str, &'a TypeDef>) {
        // In a list and not on the stack: nothing limits how deep records hold each other.
        let mut left = vec![ty];
        while let Some(ty) = left.pop() {
            for name in named(ty) {
                if self.0.insert((name, way)) {
                    left.extend(types.get(name).into_iter().flat_map(|def| def.shape.fields()).map(|field| &field.ty));
                }
            }
        }
    }
}

/// Whether such a type stands anywhere in the library.
pub(super) fn mentions(library: &Library, is_such: &dyn Fn(&Type) -> bool) -> bool {
    let params =
        library.functions.iter().flat_map(|it| it.params.iter().map(|it| &it.ty).chain(&it.returns).chain(&it.error));
    let payloads = library.events.iter().filter_map(|it| it.payload.as_ref());
    let fields = library.types.iter().flat_map(|def| def.shape.fields().map(|field| &field.ty));
    params.chain(payloads).chain(fields).any(|ty| is_made_of(ty, is_such))
}

fn is_made_of(ty: &Type, is_such: &dyn Fn(&Type) -> bool) -> bool {
    let elements = Kind::of(ty).elements();
    if elements.is_empty() { is_such(ty) } else { elements.into_iter().any(|inner| is_made_of(inner, is_such)) }
}
