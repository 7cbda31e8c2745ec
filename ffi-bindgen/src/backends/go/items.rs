//! Names each type in Go, with what its conversions need.

use super::docs::comment;
use super::fields::{Field, fields, pads};
use super::names::{Names, exported};
use super::types::Ty;
use super::variants::{DataVariant, data_variants};
use crate::Error;
use crate::abi::{Abi, VariantNames};
use crate::model::{Item as ModelItem, Kind, Model};
use ffi_runtime::schema::{Field as SchemaField, Type, TypeDef, Variant as SchemaVariant};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// A type that crosses, with all that its conversions need.
#[derive(Serialize)]
pub(super) struct Item {
    ty: Ty,
    shape: Shape,
}

impl Item {
    pub(super) fn ty(&self) -> &Ty {
        &self.ty
    }

    /// The types of its variants, where it is an enum with data.
    pub(super) fn variants(&self) -> &[DataVariant] {
        if let Shape::DataEnum { variants, .. } = &self.shape { variants } else { &[] }
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Shape {
    Record { docs: Vec<String>, fields: Vec<Field> },
    Enumeration { docs: Vec<String>, variants: Vec<Variant> },
    DataEnum { docs: Vec<String>, variants: Vec<DataVariant>, is_error: bool },
    List { element: Ty },
    Option { element: Ty },
    Box { element: Ty },
}

#[derive(Serialize)]
struct Variant {
    name: String,
    /// The text on the wire.
    key: String,
    docs: Vec<String>,
    value: i32,
    /// What `gofmt` puts after the name.
    pad: String,
    /// What it puts after the type, which is the first alone to have one.
    case_pad: String,
}

/// Every type of the library.
pub(super) fn items(model: &Model<'_>, abi: &Abi<'_>, names: &mut Names<'_>) -> Result<Vec<Item>, Error> {
    refuse_endless(model)?;
    let item = |((item, members), variants_in_c): ((&ModelItem<'_>, Vec<&str>), Vec<VariantNames<'_>>)| {
        let is_error = |def: &TypeDef| model.failures().iter().any(|failure| failure.error_name == def.name);
        let shape = match item {
            ModelItem::Record(def, of) => {
                Shape::Record { docs: comment(&def.docs), fields: fields(of, &members, is_error(def), names)? }
            }
            ModelItem::Enumeration(def, variants) => enumeration(def, variants, names)?,
            ModelItem::DataEnum(def, variants) => {
                let (docs, is_error) = (comment(&def.docs), is_error(def));
                Shape::DataEnum {
                    docs,
                    variants: data_variants(def, variants, &variants_in_c, is_error, names)?,
                    is_error,
                }
            }
            ModelItem::List(of) => Shape::List { element: Ty::new(of, names)? },
            ModelItem::Option(of) => Shape::Option { element: Ty::new(of, names)? },
            ModelItem::Boxed(of) => Shape::Box { element: Ty::new(of, names)? },
        };
        Ok(Item { ty: Ty::new(&item.ty(), names)?, shape })
    };
    model.items.iter().zip(abi.members()).zip(abi.variants()).map(item).collect()
}

fn enumeration(def: &TypeDef, variants: &[SchemaVariant], names: &mut Names<'_>) -> Result<Shape, Error> {
    let ty = names.ty(&def.name)?;
    let mut claim =
        |variant: &SchemaVariant| Ok(names.claim("", &format!("{ty}{}", exported("a variant", &variant.name)?)));
    let claimed = variants.iter().map(&mut claim).collect::<Result<Vec<_>, Error>>()?;
    let docs: Vec<_> = variants.iter().map(|variant| comment(&variant.docs)).collect();
    let constants = pads(claimed.iter().zip(&docs).map(|(name, docs)| (&**name, !docs.is_empty())));
    let keys = pads(variants.iter().map(|variant| (&*variant.name, false)));
    let pads = constants.into_iter().zip(keys);
    let made = variants.iter().zip(claimed).zip(docs).zip(pads).map(|(((variant, name), docs), (pad, case_pad))| {
        Variant { name, key: variant.name.clone(), docs, value: variant.value, pad, case_pad }
    });
    Ok(Shape::Enumeration { docs: comment(&def.docs), variants: made.collect() })
}

/// A record that holds itself through boxes alone has no value, and no size in Go. What is still to look at stands in
/// a list and not on the stack: nothing limits how deep records hold each other.
fn refuse_endless(model: &Model<'_>) -> Result<(), Error> {
    let defined = || model.items.iter().filter_map(|item| Some((item.def()?.name.as_str(), item.fields())));
    let fields: HashMap<&str, &[SchemaField]> = defined().collect();
    let (mut open, mut done) = (HashSet::new(), HashSet::new());
    for (name, _) in defined() {
        let mut steps = vec![Step::Look(name)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Leave(name) => {
                    open.remove(name);
                    done.insert(name);
                }
                Step::Look(name) if open.contains(name) => return Err(Error::Endless { name: name.to_owned() }),
                Step::Look(name) if done.contains(name) => {}
                Step::Look(name) => {
                    let held = fields.get(name).copied().unwrap_or_default().iter().filter_map(|it| held(&it.ty));
                    open.insert(name);
                    steps.push(Step::Leave(name));
                    steps.extend(held.map(Step::Look));
                }
            }
        }
    }
    Ok(())
}

/// Look into a record, or leave it when all that it holds was looked at.
enum Step<'a> {
    Look(&'a str),
    Leave(&'a str),
}

/// The described type that a field holds by value or in a box: the slice of a list and the pointer of an option hold
/// nothing yet.
fn held(ty: &Type) -> Option<&str> {
    if let Kind::Named(name) = Kind::of(ty).unboxed() { Some(name) } else { None }
}
