//! Decides which template a map or a set is of.

use crate::model::{Defs, Keys, Kind};
use ffi_runtime::schema::Type;
use std::collections::HashSet;

/// The keys of `std::map` and `std::set`: what has an order.
pub(super) const KEYS: Keys =
    Keys { wide: true, bytes: true, durations: true, times: true, paths: true, tuples: true, arrays: true };

/// What a map is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MapClass {
    /// `std::map`
    Map,
    /// A vector of pairs.
    Pairs,
    /// A vector of pairs that hold such vectors: `ffi::Pairs`.
    OwnPairs,
}

impl MapClass {
    pub(super) fn of(key: &Type, value: &Type, defs: &Defs<'_>) -> Self {
        if KEYS.has(key, defs) {
            Self::Map
        } else if holds_itself(key, value, defs) {
            Self::OwnPairs
        } else {
            Self::Pairs
        }
    }
}

/// Whether the keys or the values of a map hold maps of the same type.
fn holds_itself(key: &Type, value: &Type, defs: &Defs<'_>) -> bool {
    let (mut left, mut seen) = (vec![key, value], HashSet::new());
    while let Some(ty) = left.pop() {
        let kind = Kind::of(ty);
        if kind == Kind::Map(key, value) {
            return true;
        }
        left.extend(kind.elements());
        if let Kind::Named(name) = kind
            && seen.insert(name)
        {
            left.extend(defs[name].shape.fields().map(|field| &field.ty));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::MapClass;
    use crate::model::Defs;
    use ffi_runtime::schema::{Field, Fingerprint, Shape, Type, TypeDef};

    fn map(key: Type, value: Type) -> Type {
        Type::Map(Box::new(key), Box::new(value))
    }

    #[test]
    fn only_pairs_that_hold_such_pairs_are_of_a_class_of_their_own() {
        let tree = || Type::Named("Tree".to_owned());
        let field = |ty| Field { name: "a".to_owned(), rust_name: String::new(), docs: String::new(), ty, offset: 0 };
        let shape = Shape::Record { fields: vec![field(Type::List(Box::new(map(Type::F64, tree()))))] };
        let (path, fingerprint) = (String::new(), Fingerprint::default());
        let def = TypeDef { name: "Tree".to_owned(), path, docs: String::new(), size: 0, align: 1, shape, fingerprint };
        let defs = Defs::from([("Tree", &def)]);
        assert_eq!(MapClass::of(&Type::U8, &tree(), &defs), MapClass::Map);
        assert_eq!(MapClass::of(&Type::F32, &tree(), &defs), MapClass::Pairs);
        assert_eq!(MapClass::of(&Type::F64, &tree(), &defs), MapClass::OwnPairs);
        assert_eq!(MapClass::of(&Type::F64, &Type::U8, &defs), MapClass::Pairs);
    }
}
