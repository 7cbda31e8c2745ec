//! Orders the definitions of records and enums.
//!
//! - What a record holds by value stands before it: that is how the model has them.
//! - What it holds in a list or a box stands before it too, as far as no cycle forbids: a member's
//!   initializer needs the type whole, and all that the type holds.
//! - A type's comparison stands in it only where all is whole, and where no pair or tuple holds the type itself: they ask
//!   whether what they hold is made from nothing, which is not decided before a record's end.
//! - What the variants of an enum with data hold stands before it in the same way. It is not whole itself where its own
//!   variants are defined.

use crate::model::{Holds, Item, Kind};
use ffi_runtime::schema::{Field, Type};
use std::collections::{HashMap, HashSet};

/// An item that is defined.
pub(super) struct Ordered<'i, 'a> {
    pub(super) item: &'i Item<'a>,
    /// Its place among the model's items.
    pub(super) place: usize,
    /// For each of its fields, or those of its variants, whether the type is whole by then.
    pub(super) whole: Vec<bool>,
    /// Whether no pair or tuple that it reaches holds the type itself.
    pub(super) is_apart: bool,
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
        ordered.push(Ordered { item, place, whole: so_far.whole(item), is_apart: so_far.is_apart(item) });
        so_far.defined.extend(name(item));
    }
    ordered
}

fn name<'a>(item: &Item<'a>) -> Option<&'a str> {
    item.def().map(|def| def.name.as_str())
}

/// A described type that another mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Mention<'a> {
    name: &'a str,
    /// Whether it stands in a pair or a tuple.
    in_tuple: bool,
}

/// The name of an item, and the described types that it mentions.
fn mentions<'a>(item: &Item<'a>) -> (&'a str, Vec<Mention<'a>>) {
    (name(item).unwrap_or_default(), item.mentions().into_iter().flat_map(|ty| mentioned(ty, false)).collect())
}

/// The described types that a type is made of.
fn mentioned(ty: &Type, in_tuple: bool) -> Vec<Mention<'_>> {
    let kind = Kind::of(ty);
    let in_tuple = match kind.holds() {
        Holds::Definition(name) => return vec![Mention { name, in_tuple }],
        Holds::Parts(_) | Holds::Entries(..) => true,
        // What stands behind a pointer is not asked.
        Holds::Many(_) | Holds::Boxed(_) => false,
        Holds::Optional(_) | Holds::Array(_) | Holds::Nothing => in_tuple,
    };
    kind.elements().into_iter().flat_map(|element| mentioned(element, in_tuple)).collect()
}

/// The definitions up to one place of the header.
struct SoFar<'a> {
    /// What each type mentions, whether it is defined or not.
    mentions: HashMap<&'a str, Vec<Mention<'a>>>,
    defined: HashSet<&'a str>,
}

impl<'a> SoFar<'a> {
    /// Whether all that an item mentions is defined, but for itself.
    fn has_all(&self, item: &Item<'a>) -> bool {
        mentions(item).1.into_iter().all(|it| self.defined.contains(it.name) || name(item) == Some(it.name))
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
            Item::Tuple(_) | Item::Array(..) | Item::Map(..) | Item::Entry(..) | Item::Set(_) => Vec::new(),
        }
    }

    /// Whether all that the type holds, at any depth, is defined or `own`.
    fn is_whole(&self, ty: &'a Type, own: Option<&str>) -> bool {
        self.all(mentioned(ty, false), |it| self.defined.contains(it.name) || own == Some(it.name))
    }

    /// Whether the item is not held by a pair or a tuple that it holds.
    fn is_apart(&self, item: &Item<'a>) -> bool {
        self.all(mentions(item).1, |it| name(item) != Some(it.name) || !it.in_tuple)
    }

    /// Whether it holds for these and for all that they hold, at any depth.
    fn all(&self, mut left: Vec<Mention<'a>>, holds: impl Fn(Mention<'a>) -> bool) -> bool {
        let mut seen: HashSet<Mention<'a>> = left.iter().copied().collect();
        while let Some(mention) = left.pop() {
            if !holds(mention) {
                return false;
            }
            // What a tuple holds is asked on.
            let next = self.mentions[mention.name].iter();
            let next = next.map(|it| Mention { in_tuple: it.in_tuple || mention.in_tuple, ..*it });
            left.extend(next.filter(|&it| seen.insert(it)));
        }
        true
    }
}
