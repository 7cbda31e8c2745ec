//! Finds every type a library uses and puts what is held by value first.
//!
//! What is still to do stands in a list and not on the stack: a schema may come from anyone, and nothing limits how
//! deep its records hold each other.

use super::item::Item;
use super::kind::{Holds, Kind};
use crate::Error;
use ffi_runtime::schema::{Library, Shape, Type, TypeDef};
use std::collections::{HashMap, HashSet};

/// Every type that needs a definition, each once.
pub(super) fn order<'a>(library: &'a Library, types: &HashMap<&str, &'a TypeDef>) -> Result<Vec<Item<'a>>, Error> {
    let mut walk = Walk { types, open: HashSet::new(), done: HashSet::new(), items: Vec::new(), behind: Vec::new() };
    for def in &library.types {
        walk.all(Step::Definition(def))?;
    }
    for function in &library.functions {
        let types = function.params.iter().map(|param| &param.ty).chain(&function.returns).chain(&function.error);
        types.into_iter().try_for_each(|ty| walk.all(Step::Value(ty)))?;
    }
    let payloads = library.events.iter().filter_map(|event| event.payload.as_ref());
    payloads.into_iter().try_for_each(|ty| walk.all(Step::Value(ty)))?;
    while let Some(step) = walk.behind.pop() {
        walk.all(step)?;
    }
    Ok(walk.items)
}

/// Something to do, after what stands behind it in the list.
enum Step<'a> {
    /// Add what a type needs, then itself.
    Value(&'a Type),
    /// Add what a described type needs, then itself.
    Definition(&'a TypeDef),
    /// Add what the entries of this map need, then those.
    Entry(&'a Type),
    /// Add a type whose needs were added.
    Add(&'a Type, Item<'a>),
    /// Add the entry of this map, whose needs were added.
    AddEntry(&'a Type, Item<'a>),
    /// Add a described type whose fields were added.
    Close(&'a TypeDef, Item<'a>),
}

struct Walk<'a, 't> {
    types: &'t HashMap<&'t str, &'a TypeDef>,
    /// The described types being looked into.
    open: HashSet<&'a str>,
    /// What stands in `items`. `Type` has no hash; its debug form tells any two apart.
    done: HashSet<String>,
    items: Vec<Item<'a>>,
    /// What needs no definition before the one that points at it.
    behind: Vec<Step<'a>>,
}

impl<'a> Walk<'a, '_> {
    /// Does this, and all that it leads to.
    fn all(&mut self, first: Step<'a>) -> Result<(), Error> {
        let mut steps = vec![first];
        while let Some(step) = steps.pop() {
            match step {
                Step::Value(ty) => self.by_value(ty, &mut steps)?,
                Step::Definition(def) => self.definition(def, &mut steps)?,
                Step::Entry(map) => {
                    if let Holds::Entries(key, value) = Kind::of(map).holds() {
                        steps.push(Step::AddEntry(map, Item::Entry(key, value)));
                        steps.extend([Step::Value(value), Step::Value(key)]);
                    }
                }
                Step::AddEntry(map, item) => {
                    if self.done.insert(format!("entry of {map:?}")) {
                        self.items.push(item);
                    }
                }
                Step::Add(ty, item) => {
                    self.add(ty, item);
                }
                Step::Close(def, item) => {
                    self.open.remove(&*def.name);
                    self.add(&Type::Named(def.name.clone()), item);
                }
            }
        }
        Ok(())
    }

    fn by_value(&mut self, ty: &'a Type, steps: &mut Vec<Step<'a>>) -> Result<(), Error> {
        let kind = Kind::of(ty);
        match kind.holds() {
            Holds::Definition(name) => match self.types.get(name) {
                Some(def) => steps.push(Step::Definition(def)),
                None => return Err(Error::UnknownType { name: name.to_owned() }),
            },
            Holds::Optional(item) | Holds::Array(item) => {
                steps.extend(Item::of(kind).map(|item| Step::Add(ty, item)));
                steps.push(Step::Value(item));
            }
            Holds::Parts(items) => {
                steps.extend(Item::of(kind).map(|item| Step::Add(ty, item)));
                steps.extend(items.iter().rev().map(Step::Value));
            }
            Holds::Entries(..) => {
                if Item::of(kind).is_some_and(|item| self.add(ty, item)) {
                    self.behind.push(Step::Entry(ty));
                }
            }
            Holds::Many(target) | Holds::Boxed(target) => {
                if Item::of(kind).is_some_and(|item| self.add(ty, item)) {
                    self.behind.push(Step::Value(target));
                }
            }
            Holds::Nothing => {}
        }
        Ok(())
    }

    fn definition(&mut self, def: &'a TypeDef, steps: &mut Vec<Step<'a>>) -> Result<(), Error> {
        let ty = Type::Named(def.name.clone());
        let item = match &def.shape {
            Shape::Enumeration { variants } => Item::Enumeration(def, variants),
            Shape::Record { fields } => Item::Record(def, fields),
            Shape::DataEnum { variants } => Item::DataEnum(def, variants),
        };
        if self.is_done(&ty) {
            return Ok(());
        }
        if !self.open.insert(&def.name) {
            return Err(Error::Endless { name: def.name.clone() });
        }
        steps.push(Step::Close(def, item));
        steps.extend(item.mentions().into_iter().rev().map(Step::Value));
        Ok(())
    }

    fn is_done(&self, ty: &Type) -> bool {
        self.done.contains(&format!("{ty:?}"))
    }

    /// Adds the item if it is new.
    fn add(&mut self, ty: &Type, item: Item<'a>) -> bool {
        let new = self.done.insert(format!("{ty:?}"));
        if new {
            self.items.push(item);
        }
        new
    }
}
