//! Orders the definitions of records and enumerations.
//!
//! - What a record holds by value stands before it: that is how the model has them.
//! - What it holds in a list or a box stands before it too, as far as no cycle forbids: a member's
//!   initializer needs the type whole.

use crate::model::{Item, named};
use ffi_runtime::schema::Field;
use std::collections::HashSet;

/// An item that is defined.
pub(super) struct Ordered<'i, 'a> {
    pub(super) item: &'i Item<'a>,
    /// Its place among the model's items.
    pub(super) place: usize,
    /// For each of its fields whether the type is whole by then.
    pub(super) whole: Vec<bool>,
}

/// The records and enumerations in the order of their definition.
pub(super) fn order<'i, 'a>(items: &'i [Item<'a>]) -> Vec<Ordered<'i, 'a>> {
    let mut left: Vec<(usize, &Item<'a>)> = items.iter().enumerate().filter(|(_, item)| item.def().is_some()).collect();
    let mut defined: HashSet<&str> = HashSet::new();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_free = |(_, item): &(usize, &Item<'a>)| whole(item, &defined).iter().all(|&is_whole| is_whole);
        // The model's first has all that it holds by value before it.
        let (place, item) = left.remove(left.iter().position(is_free).unwrap_or(0));
        ordered.push(Ordered { item, place, whole: whole(item, &defined) });
        defined.extend(name(item));
    }
    ordered
}

fn name<'a>(item: &Item<'a>) -> Option<&'a str> {
    item.def().map(|def| def.name.as_str())
}

/// For each field whether its type is whole once the item is.
fn whole(item: &Item<'_>, defined: &HashSet<&str>) -> Vec<bool> {
    let is_whole = |field: &Field| named(&field.ty).is_none_or(|ty| defined.contains(ty) || name(item) == Some(ty));
    item.fields().iter().map(is_whole).collect()
}
