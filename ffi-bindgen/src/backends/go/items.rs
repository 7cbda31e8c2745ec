//! Names each type in Go, with what its conversions need.

use super::docs::comment;
use super::names::{Names, cgo_field, exported};
use super::types::Ty;
use crate::Error;
use crate::abi::Abi;
use crate::model::scope::{Scope, Style};
use crate::model::{Item as ModelItem, Kind, Model, is_optional};
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
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Shape {
    Record { docs: Vec<String>, fields: Vec<Field> },
    Enumeration { docs: Vec<String>, variants: Vec<Variant> },
    List { element: Ty },
    Option { element: Ty },
    Box { element: Ty },
}

#[derive(Serialize)]
struct Field {
    name: String,
    /// As cgo names it.
    c: String,
    /// The key on the wire.
    key: String,
    docs: Vec<String>,
    ty: Ty,
    /// Whether its key may not be missing.
    required: bool,
    /// What `gofmt` puts between the name and the type.
    pad: String,
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
    let item = |(item, members): (&ModelItem<'_>, Vec<&str>)| {
        let shape = match item {
            ModelItem::Record(def, fields) => {
                let is_error = model.failures().iter().any(|failure| failure.error_name == def.name);
                record(def, fields, &members, is_error, names)?
            }
            ModelItem::Enumeration(def, variants) => enumeration(def, variants, names)?,
            ModelItem::List(of) => Shape::List { element: Ty::new(of, names)? },
            ModelItem::Option(of) => Shape::Option { element: Ty::new(of, names)? },
            ModelItem::Boxed(of) => Shape::Box { element: Ty::new(of, names)? },
        };
        Ok(Item { ty: Ty::new(&item.ty(), names)?, shape })
    };
    model.items.iter().zip(abi.members()).map(item).collect()
}

/// A struct; that of an error has a method `Error`.
fn record(
    def: &TypeDef,
    fields: &[SchemaField],
    members: &[&str],
    is_error: bool,
    names: &Names<'_>,
) -> Result<Shape, Error> {
    let beside: &[&str] = if is_error { &["Error"] } else { &[] };
    let mut scope = Scope::new(Style::FREE).beside(beside).among(fields.iter().map(|field| field.name.as_str()));
    let field = |(field, member): (&SchemaField, &&str)| {
        Ok(Field {
            name: scope.claim(&field.name, &exported("a field", &field.name)?),
            c: cgo_field(member, members),
            key: field.name.clone(),
            docs: comment(&field.docs),
            ty: Ty::new(&field.ty, names)?,
            required: !is_optional(&field.ty),
            pad: String::new(),
        })
    };
    let mut fields = fields.iter().zip(members).map(field).collect::<Result<Vec<_>, Error>>()?;
    let pads = pads(fields.iter().map(|field| (&*field.name, !field.docs.is_empty())));
    fields.iter_mut().zip(pads).for_each(|(field, pad)| field.pad = pad);
    Ok(Shape::Record { docs: comment(&def.docs), fields })
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

/// The spaces after each name that make what follows line up, as `gofmt` has it: over lines that
/// have no comment between them. A name is given with whether a comment precedes it.
fn pads<'n>(names: impl Iterator<Item = (&'n str, bool)>) -> Vec<String> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (name, documented) in names {
        let width = name.chars().count();
        match groups.last_mut() {
            Some(group) if !documented => group.push(width),
            _ => groups.push(vec![width]),
        }
    }
    let padded = |group: Vec<usize>| {
        let widest = group.iter().copied().max().unwrap_or(0);
        group.into_iter().map(move |width| " ".repeat(widest - width + 1))
    };
    groups.into_iter().flat_map(padded).collect()
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

#[cfg(test)]
mod tests {
    use super::pads;

    #[test]
    fn names_line_up_until_a_comment() {
        let names = [("A", false), ("Long", false), ("B", true), ("Größe", true), ("C", false)];
        let pads: Vec<usize> = pads(names.into_iter()).iter().map(String::len).collect();
        assert_eq!(pads, [4, 1, 1, 1, 5]);
    }
}
