//! How native parameters are passed: by a pointer where the C form holds a union, which libraries that call C functions
//! by a description cannot pass by value.

use super::item::Item;
use super::kind::{Holds, Kind};
use ffi_runtime::schema::Type;
use std::collections::HashSet;

/// The described types whose C forms hold a union, in themselves and not behind a pointer.
#[derive(Clone, Debug, Default)]
pub(crate) struct ByPointer(HashSet<String>);

impl ByPointer {
    /// Whether a native parameter of this type is a pointer.
    pub(crate) fn has(&self, ty: &Type) -> bool {
        match Kind::of(ty).holds() {
            Holds::Optional(item) | Holds::Array(item) => self.has(item),
            Holds::Parts(items) => items.iter().any(|item| self.has(item)),
            Holds::Definition(name) => self.0.contains(name),
            Holds::Nothing | Holds::Many(_) | Holds::Entries(..) | Holds::Boxed(_) => false,
        }
    }
}

/// Finds them among all types of a library, of which what is held by value comes first.
pub(super) fn by_pointer(items: &[Item<'_>]) -> ByPointer {
    let mut found = ByPointer::default();
    for item in items {
        let has_union = match item {
            Item::DataEnum(..) => true,
            Item::Record(_, fields) => fields.iter().any(|field| found.has(&field.ty)),
            Item::Enumeration(..) | Item::List(_) | Item::Option(_) | Item::Boxed(_) => false,
            Item::Tuple(_) | Item::Array(..) | Item::Map(..) | Item::Entry(..) | Item::Set(_) => false,
        };
        if let Some(def) = item.def().filter(|_| has_union) {
            found.0.insert(def.name.clone());
        }
    }
    found
}
