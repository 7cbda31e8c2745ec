//! Finds every type a library uses and puts what is held by value first.

use super::Item;
use crate::Error;
use ffi_runtime::schema::{Library, Shape, Type, TypeDef};
use std::collections::{HashMap, HashSet};

/// Every type that needs a definition, each once.
pub(super) fn order<'a>(library: &'a Library, types: &HashMap<&str, &'a TypeDef>) -> Result<Vec<Item<'a>>, Error> {
    let mut walk = Walk { types, open: Vec::new(), done: HashSet::new(), items: Vec::new(), behind: Vec::new() };
    for def in &library.types {
        walk.definition(def)?;
    }
    for function in &library.functions {
        function.params.iter().map(|param| &param.ty).chain(&function.returns).try_for_each(|ty| walk.by_value(ty))?;
    }
    library.events.iter().filter_map(|event| event.payload.as_ref()).try_for_each(|ty| walk.by_value(ty))?;
    while let Some(ty) = walk.behind.pop() {
        walk.by_value(ty)?;
    }
    Ok(walk.items)
}

struct Walk<'a, 't> {
    types: &'t HashMap<&'t str, &'a TypeDef>,
    /// The records being looked into, outermost first.
    open: Vec<&'a str>,
    /// What stands in `items`. `Type` has no hash; its debug form tells any two apart.
    done: HashSet<String>,
    items: Vec<Item<'a>>,
    /// Types that need no definition before the one that points at them.
    behind: Vec<&'a Type>,
}

impl<'a> Walk<'a, '_> {
    fn by_value(&mut self, ty: &'a Type) -> Result<(), Error> {
        match ty {
            Type::Named(name) => self.named(name),
            Type::Option(item) => {
                self.by_value(item)?;
                self.add(ty, Item::Option(item));
                Ok(())
            }
            Type::List(item) => {
                self.pointing(ty, Item::List(item), item);
                Ok(())
            }
            Type::Boxed(item) => {
                self.pointing(ty, Item::Boxed(item), item);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn pointing(&mut self, ty: &Type, item: Item<'a>, target: &'a Type) {
        if self.add(ty, item) {
            self.behind.push(target);
        }
    }

    fn named(&mut self, name: &str) -> Result<(), Error> {
        match self.types.get(name) {
            Some(def) => self.definition(def),
            None => Err(Error::UnknownType { name: name.to_owned() }),
        }
    }

    fn definition(&mut self, def: &'a TypeDef) -> Result<(), Error> {
        let ty = Type::Named(def.name.clone());
        match &def.shape {
            Shape::Enumeration { variants } => {
                self.add(&ty, Item::Enumeration(def, variants));
            }
            Shape::Record { .. } if self.is_done(&ty) => {}
            Shape::Record { .. } if self.open.contains(&&*def.name) => {
                return Err(Error::Endless { name: def.name.clone() });
            }
            Shape::Record { fields } => {
                self.open.push(&def.name);
                fields.iter().try_for_each(|field| self.by_value(&field.ty))?;
                self.open.pop();
                self.add(&ty, Item::Record(def, fields));
            }
        }
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
