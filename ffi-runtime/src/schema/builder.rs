//! Collects the types that a library's functions and events mention.

use super::function::Param;
use super::types::{Field, Fingerprint, Shape, Type, TypeDef, Variant};
use crate::insertion_sort;
use std::alloc::Layout;
use std::any::TypeId;
use std::collections::HashSet;

/// Collects the descriptions of types, each once, also where types contain themselves.
///
/// The runtime makes it and hands it to [`FfiType::describe`](crate::FfiType::describe).
#[derive(Default)]
pub struct SchemaBuilder {
    visited: HashSet<TypeId>,
    types: Vec<TypeDef>,
}

/// [`FfiType::describe`](crate::FfiType::describe) of some type.
pub type Describe = fn(&mut SchemaBuilder) -> Type;

/// The name of an annotated item, its documentation and its place in the source.
#[derive(Clone, Copy)]
pub struct ItemName {
    /// Name in C and in the schema, without the library's prefix.
    pub name: &'static str,
    /// The Rust path, `krate::module::Type`.
    pub path: &'static str,
    /// Documentation, one string a line as rustc keeps it.
    pub docs: &'static [&'static str],
}

/// The names of a field or a parameter.
#[derive(Clone, Copy)]
pub struct MemberName {
    /// Name in C and key on the wire.
    pub name: &'static str,
    /// The name in Rust.
    pub rust_name: &'static str,
}

impl MemberName {
    fn owned(self) -> (String, String) {
        (self.name.to_owned(), self.rust_name.to_owned())
    }
}

/// Takes the fields of one record, in declaration order.
pub struct FieldsBuilder<'a> {
    schema: &'a mut SchemaBuilder,
    fields: Vec<Field>,
    /// Where the last field ends in the C form.
    end: usize,
}

/// Takes the parameters of one function, in declaration order.
pub struct ParamsBuilder<'a> {
    schema: &'a mut SchemaBuilder,
    params: Vec<Param>,
}

/// Tells the shape of an item, if it is asked for.
enum Describes {
    Record(fn(&mut FieldsBuilder<'_>)),
    Enumeration(fn() -> Vec<Variant>),
}

// What is generic over the item only names it, so that a library has the code that follows once.
impl SchemaBuilder {
    /// Describes the record `T`, whose C form is `P`; `fields` is called only the first time that `T` is described.
    pub fn record<T: 'static, P>(&mut self, item: ItemName, fields: fn(&mut FieldsBuilder<'_>)) -> Type {
        self.define(TypeId::of::<T>(), Layout::new::<P>(), item, Describes::Record(fields))
    }

    /// Describes the enumeration `T`, whose C form is `P`; `variants` is called only the first
    /// time that `T` is described.
    pub(crate) fn enumeration<T: 'static, P>(&mut self, item: ItemName, variants: fn() -> Vec<Variant>) -> Type {
        self.define(TypeId::of::<T>(), Layout::new::<P>(), item, Describes::Enumeration(variants))
    }

    /// Describes the parameters of one function.
    pub fn params(&mut self, params: impl FnOnce(&mut ParamsBuilder<'_>)) -> Vec<Param> {
        let mut builder = ParamsBuilder { schema: self, params: Vec::new() };
        params(&mut builder);
        builder.params
    }

    /// Returns every type that was described, sorted by name.
    pub(crate) fn into_types(mut self) -> Vec<TypeDef> {
        insertion_sort::sort(&mut self.types, |a, b| (&a.name, &a.path) < (&b.name, &b.path));
        self.types
    }

    fn define(&mut self, id: TypeId, layout: Layout, item: ItemName, describes: Describes) -> Type {
        if self.visited.insert(id) {
            let shape = self.shape(describes);
            self.types.push(TypeDef {
                name: item.name.to_owned(),
                path: item.path.to_owned(),
                docs: join_docs(item.docs),
                size: layout.size() as u64,
                align: layout.align() as u64,
                shape,
                fingerprint: Fingerprint::default(),
            });
        }
        Type::Named(item.name.to_owned())
    }

    fn shape(&mut self, describes: Describes) -> Shape {
        match describes {
            Describes::Record(fields) => {
                let mut builder = FieldsBuilder { schema: self, fields: Vec::new(), end: 0 };
                fields(&mut builder);
                Shape::Record { fields: builder.fields }
            }
            Describes::Enumeration(variants) => Shape::Enumeration { variants: variants() },
        }
    }
}

impl FieldsBuilder<'_> {
    /// Adds the field `name` of the type that `describe` describes and `P` mirrors, behind the fields before it as C
    /// lays them out. `P` is named for the sake of rustc's messages about types that do not cross, too.
    pub fn add<P>(&mut self, name: MemberName, docs: &'static [&'static str], describe: Describe) {
        self.add_laid_out(name, docs, describe, Layout::new::<P>());
    }

    fn add_laid_out(&mut self, name: MemberName, docs: &'static [&'static str], describe: Describe, form: Layout) {
        let ty = describe(self.schema);
        let (name, rust_name) = name.owned();
        let offset = self.end.next_multiple_of(form.align());
        self.end = offset + form.size();
        self.fields.push(Field { name, rust_name, docs: join_docs(docs), ty, offset: offset as u64 });
    }
}

impl ParamsBuilder<'_> {
    /// Adds the parameter `name` of the type that `describe` describes and `P` mirrors. `P` is named for the
    /// sake of rustc's messages about types that do not cross.
    pub fn add<P>(&mut self, name: MemberName, docs: &'static [&'static str], describe: Describe) {
        let ty = describe(self.schema);
        let (name, rust_name) = name.owned();
        self.params.push(Param { name, rust_name, docs: join_docs(docs), ty });
    }
}

/// Joins documentation lines, without the one space that `/// text` leaves in front.
pub(crate) fn join_docs(lines: &[&str]) -> String {
    let trimmed: Vec<&str> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    trimmed.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::join_docs;

    #[test]
    fn documentation_keeps_its_indentation_and_loses_the_comment_space() {
        assert_eq!(join_docs(&[" One.", "", "     code", " Two. "]), "One.\n\n    code\nTwo.");
        assert_eq!(join_docs(&[]), "");
    }
}
