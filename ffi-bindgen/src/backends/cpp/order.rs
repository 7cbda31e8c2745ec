//! Orders the definitions of records and enums.
//!
//! - What a record holds by value stands before it: that is how the model has them.
//! - What it holds in a list or a box stands before it too, as far as no cycle forbids: a member's
//!   initializer needs the type whole, and all that the type holds.
//! - What the variants of an enum with data hold stands before it in the same way. It is not whole itself where its own
//!   variants are defined.

use crate::model::{Item, named};
use ffi_runtime::schema::{Field, Type};
use std::collections::{HashMap, HashSet};

/// An item that is defined.
pub(super) struct Ordered<'i, 'a> {
    pub(super) item: &'i Item<'a>,
    /// Its place among the model's items.
    pub(super) place: usize,
    /// For each of its fields, or those of its variants, whether the type is whole by then.
    pub(super) whole: Vec<bool>,
}

/// The records and enums in the order of their definition.
pub(super) fn order<'i, 'a>(items: &'i [Item<'a>]) -> Vec<Ordered<'i, 'a>> {
    let mut left: Vec<(usize, &Item<'a>)> = items.iter().enumerate().filter(|(_, item)| item.def().is_some()).collect();
    let mut so_far = SoFar { mentions: left.iter().map(|(_, item)| mentions(item)).collect(), defined: HashSet::new() };
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_free = |(_, item): &(usize, &Item<'a>)| so_far.has_all(item);
        // The model's first has all that it holds by value before it.
        let (place, item) = left.remove(left.iter().position(is_free).unwrap_or(0));
        ordered.push(Ordered { item, place, whole: so_far.whole(item) });
        so_far.defined.extend(name(item));
    }
    ordered
}

fn name<'a>(item: &Item<'a>) -> Option<&'a str> {
    item.def().map(|def| def.name.as_str())
}

/// The name of an item, and the described types that it mentions.
fn mentions<'a>(item: &Item<'a>) -> (&'a str, Vec<&'a str>) {
    (name(item).unwrap_or_default(), item.mentions().into_iter().filter_map(named).collect())
}

/// The definitions up to one place of the header.
struct SoFar<'a> {
    /// What each type mentions, whether it is defined or not.
    mentions: HashMap<&'a str, Vec<&'a str>>,
    defined: HashSet<&'a str>,
}

impl<'a> SoFar<'a> {
    /// Whether all that an item mentions is defined, but for itself.
    fn has_all(&self, item: &Item<'a>) -> bool {
        mentions(item).1.into_iter().all(|it| self.defined.contains(it) || name(item) == Some(it))
    }

    /// For each field, or those of the variants, whether its type is whole where the field stands.
    fn whole(&self, item: &Item<'a>) -> Vec<bool> {
        match item {
            // Its members' initializers count from its end, where it is whole itself.
            Item::Record(def, fields) => fields.iter().map(|it| self.is_whole(&it.ty, Some(&def.name))).collect(),
            Item::DataEnum(_, variants) => {
                let fields = variants.iter().flat_map(|variant| &variant.fields);
                fields.map(|field: &Field| self.is_whole(&field.ty, None)).collect()
            }
            Item::Enumeration(..) | Item::List(_) | Item::Option(_) | Item::Boxed(_) => Vec::new(),
        }
    }

    /// Whether all that the type holds, at any depth, is defined or `own`.
    fn is_whole(&self, ty: &'a Type, own: Option<&str>) -> bool {
        let mut left: Vec<&str> = named(ty).into_iter().collect();
        let mut seen: HashSet<&str> = left.iter().copied().collect();
        while let Some(name) = left.pop() {
            if !self.defined.contains(name) && own != Some(name) {
                return false;
            }
            left.extend(self.mentions[name].iter().filter(|&&it| seen.insert(it)));
        }
        true
    }
}
