//! Decides which variant an enum with data is where nothing else is said.
//!
//! It is the first of those whose fields can be made from nothing: a variant that holds its own enum in a box, say,
//! would make values without end.

use crate::model::{Holds, Item, Kind};
use ffi_runtime::schema::{Field, Type};
use std::collections::{HashMap, HashSet};

/// The places of these variants, by the names of the enums.
pub(super) fn initial<'a>(items: &[Item<'a>]) -> HashMap<&'a str, usize> {
    let (mut finite, mut initial): (HashSet<&'a str>, _) = (HashSet::new(), HashMap::new());
    loop {
        // What a decision rests on was decided before, so no two wait for each other.
        let before = finite.len();
        for item in items {
            match item {
                Item::Record(def, fields) if all(fields, &finite) => {
                    finite.insert(&def.name);
                }
                Item::Enumeration(def, _) => {
                    finite.insert(&def.name);
                }
                Item::DataEnum(def, variants) if !finite.contains(def.name.as_str()) => {
                    if let Some(place) = variants.iter().position(|variant| all(&variant.fields, &finite)) {
                        finite.insert(&def.name);
                        initial.insert(&*def.name, place);
                    }
                }
                Item::Record(..) | Item::DataEnum(..) | Item::List(_) | Item::Option(_) | Item::Boxed(_) => {}
                Item::Tuple(_) | Item::Array(..) | Item::Map(..) | Item::Entry(..) | Item::Set(_) => {}
            }
        }
        if finite.len() == before {
            return initial;
        }
    }
}

fn all(fields: &[Field], finite: &HashSet<&str>) -> bool {
    fields.iter().all(|field| is_finite(&field.ty, finite))
}

/// Whether a value of the type can be made from nothing, as lists, options and scalars can.
fn is_finite(ty: &Type, finite: &HashSet<&str>) -> bool {
    match Kind::of(ty).holds() {
        Holds::Nothing | Holds::Many(_) | Holds::Entries(..) | Holds::Optional(_) => true,
        Holds::Boxed(item) | Holds::Array(item) => is_finite(item, finite),
        Holds::Parts(items) => items.iter().all(|item| is_finite(item, finite)),
        Holds::Definition(name) => finite.contains(name),
    }
}
