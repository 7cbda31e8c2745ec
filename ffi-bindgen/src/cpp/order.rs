//! The order in which records and enumerations are defined.
//!
//! - What a record holds by value stands before it: that is how the model has them.
//! - What it holds in a list or a box stands before it too, as far as no cycle forbids: a member's
//!   initializer needs the type whole.

use crate::model::{Item, named};
use ffi_runtime::schema::Field;
use std::collections::HashSet;

/// The items in the order of their definition, each with the places of those of its fields whose
/// types are whole by then.
pub(super) fn order<'i, 'a>(items: &'i [Item<'a>]) -> Vec<(&'i Item<'a>, Vec<bool>)> {
    let mut left: Vec<&Item<'a>> = items.iter().filter(|item| name(item).is_some()).collect();
    let mut defined: HashSet<&str> = HashSet::new();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_free = |item: &&Item<'a>| whole(item, &defined).iter().all(|&is_whole| is_whole);
        // The model's first has all that it holds by value before it.
        let next = left.remove(left.iter().position(is_free).unwrap_or(0));
        ordered.push((next, whole(next, &defined)));
        defined.extend(name(next));
    }
    ordered
}

fn name<'a>(item: &Item<'a>) -> Option<&'a str> {
    match item {
        Item::Record(def, _) | Item::Enumeration(def, _) => Some(&def.name),
        Item::List(_) | Item::Option(_) | Item::Boxed(_) => None,
    }
}

/// For each field whether its type is whole once the item is.
fn whole(item: &Item<'_>, defined: &HashSet<&str>) -> Vec<bool> {
    let is_whole = |field: &Field| named(&field.ty).is_none_or(|ty| defined.contains(ty) || name(item) == Some(ty));
    match item {
        Item::Record(_, fields) => fields.iter().map(is_whole).collect(),
        Item::Enumeration(..) | Item::List(_) | Item::Option(_) | Item::Boxed(_) => Vec::new(),
    }
}
