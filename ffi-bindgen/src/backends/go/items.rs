//! Names each type in Go, with what its conversions need.

use super::docs::comment;
use super::fields::{Field, fields, pads};
use super::names::{Names, exported};
use super::types::{Ty, cgo_type};
use super::variants::{DataVariant, data_variants};
use crate::Error;
use crate::abi::{Abi, VariantNames};
use crate::model::{Holds, Item as ModelItem, Kind, Model};
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

    /// The C type of its entries, as Go names it, where it is a map.
    pub(super) fn entry(&self) -> Option<&str> {
        if let Shape::Map { entry, .. } = &self.shape { Some(entry) } else { None }
    }

    /// The types of its variants, where it is an enum with data.
    pub(super) fn variants(&self) -> &[DataVariant] {
        if let Shape::DataEnum { variants, .. } = &self.shape { variants } else { &[] }
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Shape {
    Record {
        docs: Vec<String>,
        fields: Vec<Field>,
    },
    Enumeration {
        docs: Vec<String>,
        variants: Vec<Variant>,
    },
    DataEnum {
        docs: Vec<String>,
        variants: Vec<DataVariant>,
        is_error: bool,
    },
    List {
        element: Ty,
    },
    Option {
        element: Ty,
    },
    Box {
        element: Ty,
    },
    Tuple {
        fields: Vec<Field>,
    },
    Array {
        element: Ty,
        len: u64,
        /// Whether it is a byte string on the wire.
        is_bytes: bool,
    },
    Map {
        key: Ty,
        value: Ty,
        /// An entry in C, as Go names it.
        entry: String,
        /// Whether it is Go's own map.
        is_own: bool,
    },
    Set {
        element: Ty,
        /// Whether it is Go's own map, of keys alone.
        is_own: bool,
    },
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
            ModelItem::Tuple(of) => Shape::Tuple { fields: elements(of, names)? },
            ModelItem::Array(of, len) => {
                Shape::Array { element: Ty::new(of, names)?, len: *len, is_bytes: **of == Type::U8 }
            }
            ModelItem::Map(key, value) => Shape::Map {
                entry: cgo_type(&names.c.entry(key, value)),
                is_own: names.is_key(key),
                key: Ty::new(key, names)?,
                value: Ty::new(value, names)?,
            },
            ModelItem::Set(of) => Shape::Set { is_own: names.is_key(of), element: Ty::new(of, names)? },
            // It is no type of its own in Go.
            ModelItem::Entry(..) => return Ok(None),
        };
        Ok(Some(Item { ty: Ty::new(&item.ty(), names)?, shape }))
    };
    let items = model.items.iter().zip(abi.members()).zip(abi.variants()).map(item);
    items.filter_map(Result::transpose).collect()
}

/// The values of a tuple, which C calls by their places behind an underscore.
fn elements(types: &[Type], names: &Names<'_>) -> Result<Vec<Field>, Error> {
    let element = |(place, ty): (usize, &Type)| {
        Field::element(ty, format!("Field{place}"), place.to_string(), format!("_{place}"), names)
    };
    types.iter().enumerate().map(element).collect()
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
                    let held = fields.get(name).copied().unwrap_or_default().iter().flat_map(|it| held(&it.ty));
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

/// The described types that a field holds by value or in a box: the slice of a list, the pointer of an option and a map
/// hold nothing yet.
fn held(ty: &Type) -> Vec<&str> {
    match Kind::of(ty).holds() {
        Holds::Definition(name) => vec![name],
        Holds::Boxed(item) | Holds::Array(item) => held(item),
        Holds::Parts(items) => items.iter().flat_map(held).collect(),
        Holds::Nothing | Holds::Optional(_) | Holds::Many(_) | Holds::Entries(..) => Vec::new(),
    }
}
