//! Compares records and enumerations.

use super::report::{Changes, Item, Place, What};
use super::text::{self, rust};
use super::uses::Uses;
use super::wire::{Way, Wire, may_lack};
use crate::model::rust_variant;
use ffi_runtime::schema::{DataVariant, Field, Library, Shape, TypeDef, Variant};
use std::collections::HashMap;

const IGNORED: &str = "a key that is not known is ignored";
const TOLD: &str = "an old header's check tells it";

pub(super) fn compare<'a>(old: &'a Library, new: &'a Library, wire: &Wire<'a>, uses: &Uses<'a>, changes: &mut Changes) {
    let (olds, news) = (old.named_types(), new.named_types());
    for was in &old.types {
        let name = name(was, &olds);
        let comparison = Comparison { name, ways: uses.ways(name).collect(), wire };
        match news.get(name) {
            Some(is) => comparison.shapes(was, is, changes),
            None => {
                let shown = (Some(text::shape(&was.shape)), None);
                changes.list(comparison.place(None), What::Removed, shown, (false, true), "told where it was used");
            }
        }
    }
    for (name, is) in new.types.iter().map(|is| (name(is, &news), is)).filter(|(name, _)| !olds.contains_key(name)) {
        let place = Place { item: Item::Type, name, part: None };
        changes.list(place, What::Added, (None, Some(text::shape(&is.shape))), (true, true), "");
    }
}

/// What the schema calls a type among these.
fn name<'a>(def: &'a TypeDef, types: &HashMap<&str, &TypeDef>) -> &'a str {
    if types.contains_key(&*def.name) { &def.name } else { &def.path }
}

/// One type in both versions.
struct Comparison<'a, 'w> {
    name: &'a str,
    ways: Vec<Way>,
    wire: &'w Wire<'a>,
}

impl<'a> Comparison<'a, '_> {
    fn place<'p>(&'p self, part: Option<&'p str>) -> Place<'p> {
        Place { item: Item::Type, name: self.name, part }
    }

    /// Whether it is safe on every way on which an old caller meets the type.
    fn on_every(&self, is_safe: impl Fn(Way) -> bool) -> bool {
        self.ways.iter().all(|&way| is_safe(way))
    }

    fn shapes(&self, old: &'a TypeDef, new: &'a TypeDef, changes: &mut Changes) {
        match (&old.shape, &new.shape) {
            (Shape::Record { fields: old }, Shape::Record { fields: new }) => self.fields(old, new, changes),
            (Shape::Enumeration { variants: old }, Shape::Enumeration { variants: new }) => {
                self.variants(old, new, changes);
            }
            (Shape::DataEnum { variants: old }, Shape::DataEnum { variants: new }) => {
                self.data_variants(old, new, changes);
            }
            (old, new) => {
                let is_read = self.on_every(|way| self.wire.reads_named(self.name, way));
                let shown = (text::shape(old), text::shape(new));
                changes.value(self.place(None), (&shown.0, &shown.1), (false, is_read), "");
            }
        }
    }

    fn fields(&self, old: &'a [Field], new: &'a [Field], changes: &mut Changes) {
        let named = |fields: &'a [Field], name: &str| fields.iter().find(|field| field.name == name);
        for was in old {
            let part = format!("field `{}`", was.name);
            match named(new, &was.name) {
                Some(is) => {
                    let is_read = self.on_every(|way| self.wire.reads(&was.ty, &is.ty, way));
                    changes.value(self.place(Some(&part)), (&rust(&was.ty), &rust(&is.ty)), (false, is_read), "");
                }
                None => {
                    let is_ignored = self.on_every(|way| way == Way::Request || may_lack(&was.ty, way));
                    let why = if is_ignored { IGNORED } else { "answers lack its key" };
                    let shown = (Some(rust(&was.ty)), None);
                    changes.list(self.place(Some(&part)), What::Removed, shown, (false, is_ignored), why);
                }
            }
        }
        for is in new.iter().filter(|is| named(old, &is.name).is_none()) {
            let part = format!("field `{}`", is.name);
            let is_ignored = self.on_every(|way| way == Way::Answer || may_lack(&is.ty, way));
            let why = if is_ignored {
                "a missing key is none, one that is not known is ignored"
            } else {
                "requests lack its key"
            };
            let shown = (None, Some(rust(&is.ty)));
            changes.list(self.place(Some(&part)), What::Added, shown, (false, is_ignored), why);
        }
        let names = |of: &'a [Field]| of.iter().map(|field| field.name.as_str()).collect();
        changes.order(self.place(Some("fields")), names(old), names(new), "keys have no order");
    }

    fn data_variants(&self, old: &'a [DataVariant], new: &'a [DataVariant], changes: &mut Changes) {
        let named = |variants: &'a [DataVariant], name: &str| variants.iter().find(|variant| variant.name == name);
        for was in old {
            let part = format!("variant `{}`", was.name);
            match named(new, &was.name) {
                Some(is) => {
                    let is_read = self.on_every(|way| self.wire.reads_variant(was, is, way));
                    let shown = (rust_variant(was), rust_variant(is));
                    changes.value(self.place(Some(&part)), (&shown.0, &shown.1), (false, is_read), "");
                }
                None => self.removed(&part, rust_variant(was), changes),
            }
        }
        for is in new.iter().filter(|is| named(old, &is.name).is_none()) {
            self.added(&format!("variant `{}`", is.name), rust_variant(is), changes);
        }
        let names = |of: &'a [DataVariant]| of.iter().map(|variant| variant.name.as_str()).collect();
        changes.order(self.place(Some("variants")), names(old), names(new), "names and not tags cross the wire");
    }

    /// A variant that an old caller may send still.
    fn removed(&self, part: &str, variant: String, changes: &mut Changes) {
        let is_unsent = self.on_every(|way| way == Way::Answer);
        let why = if is_unsent { "it is told no more" } else { "requests with it are refused" };
        changes.list(self.place(Some(part)), What::Removed, (Some(variant), None), (false, is_unsent), why);
    }

    /// A variant that an old caller does not know.
    fn added(&self, part: &str, variant: String, changes: &mut Changes) {
        let is_untold = self.on_every(|way| way == Way::Request);
        let why = if is_untold { TOLD } else { "answers may have it, which an old caller does not know" };
        changes.list(self.place(Some(part)), What::Added, (None, Some(variant)), (false, is_untold), why);
    }

    fn variants(&self, old: &'a [Variant], new: &'a [Variant], changes: &mut Changes) {
        let named = |variants: &'a [Variant], name: &str| variants.iter().find(|variant| variant.name == name);
        for was in old {
            let part = format!("variant `{}`", was.name);
            match named(new, &was.name) {
                Some(is) => {
                    let values = (was.value.to_string(), is.value.to_string());
                    let why = "names and not values cross the wire";
                    changes.value(self.place(Some(&part)), (&values.0, &values.1), (false, true), why);
                }
                None => self.removed(&part, was.value.to_string(), changes),
            }
        }
        for is in new.iter().filter(|is| named(old, &is.name).is_none()) {
            self.added(&format!("variant `{}`", is.name), is.value.to_string(), changes);
        }
        let names = |of: &'a [Variant]| of.iter().map(|variant| variant.name.as_str()).collect();
        changes.order(self.place(Some("variants")), names(old), names(new), TOLD);
    }
}
