//! One type of the package.

use super::docs::comment;
use super::names::{Names, Scope, cgo_field, exported};
use super::types::Ty;
use crate::Error;
use crate::model::{Item as ModelItem, Model};
use ffi_runtime::schema::{Field as SchemaField, Shape as SchemaShape, Type, TypeDef, Variant as SchemaVariant};
use serde::Serialize;

/// A type that crosses, with all that its conversions need.
#[derive(Serialize)]
pub(super) struct Item {
    ty: Ty,
    shape: Shape,
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
pub(super) fn items(model: &Model<'_>, names: &mut Names<'_>) -> Result<Vec<Item>, Error> {
    let members = crate::c::members(model)?;
    let item = |item: &ModelItem<'_>| {
        let (ty, shape) = match item {
            ModelItem::Record(def, fields) => {
                refuse_endless(def, fields, model)?;
                (Type::Named(def.name.clone()), record(def, fields, &members[&def.name], names)?)
            }
            ModelItem::Enumeration(def, variants) => {
                (Type::Named(def.name.clone()), enumeration(def, variants, names)?)
            }
            ModelItem::List(of) => (Type::List(Box::new((*of).clone())), Shape::List { element: Ty::new(of, names)? }),
            ModelItem::Option(of) => {
                (Type::Option(Box::new((*of).clone())), Shape::Option { element: Ty::new(of, names)? })
            }
            ModelItem::Boxed(of) => (Type::Boxed(Box::new((*of).clone())), Shape::Box { element: Ty::new(of, names)? }),
        };
        Ok(Item { ty: Ty::new(&ty, names)?, shape })
    };
    model.items.iter().map(item).collect()
}

fn record(def: &TypeDef, fields: &[SchemaField], members: &[String], names: &Names<'_>) -> Result<Shape, Error> {
    let mut scope = Scope::default();
    let field = |(field, member): (&SchemaField, &String)| {
        let owner = format!("`{}` of the type {}", field.name, def.path);
        Ok(Field {
            name: scope.claim(exported("a field", &field.name)?, &owner)?,
            c: cgo_field(member),
            key: field.name.clone(),
            docs: comment(&field.docs),
            ty: Ty::new(&field.ty, names)?,
            required: !matches!(field.ty, Type::Option(_)),
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
    let mut claim = |variant: &SchemaVariant| {
        let owner = format!("the variant {} of the type {}", variant.name, def.path);
        names.claim(format!("{ty}{}", exported("a variant", &variant.name)?), &owner)
    };
    let claimed = variants.iter().map(&mut claim).collect::<Result<Vec<_>, _>>()?;
    let constants = pads(claimed.iter().zip(variants).map(|(name, variant)| (&**name, !variant.docs.is_empty())));
    let keys = pads(variants.iter().map(|variant| (&*variant.name, false)));
    let made = variants.iter().zip(claimed).zip(constants).zip(keys).map(|(((variant, name), pad), case_pad)| {
        Variant { name, key: variant.name.clone(), docs: comment(&variant.docs), value: variant.value, pad, case_pad }
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

/// A record that holds itself through boxes alone has no value, and no size in Go.
fn refuse_endless(def: &TypeDef, fields: &[SchemaField], model: &Model<'_>) -> Result<(), Error> {
    let mut open: Vec<&Type> = fields.iter().map(|field| &field.ty).collect();
    let mut seen: Vec<&str> = Vec::new();
    while let Some(ty) = open.pop() {
        match ty {
            Type::Boxed(item) => open.push(item),
            Type::Named(name) if *name == def.name => return Err(Error::Endless { name: name.clone() }),
            Type::Named(name) if !seen.contains(&&**name) => {
                seen.push(name);
                open.extend(held(name, model));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a record holds by value or in a box.
fn held<'a>(name: &str, model: &Model<'a>) -> impl Iterator<Item = &'a Type> {
    let def = model.library.types.iter().find(|def| def.name == name);
    let fields = def.and_then(|def| match &def.shape {
        SchemaShape::Record { fields } => Some(fields),
        SchemaShape::Enumeration { .. } => None,
    });
    fields.into_iter().flatten().map(|field| &field.ty)
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
