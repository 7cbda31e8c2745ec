//! Collects the types that a library's functions and events mention.

use super::function::Param;
use super::library::{Library, Text};
use super::types::{DataVariant, Field, Fingerprint, Payload, Shape, Type, TypeDef, Variant};
use crate::insertion_sort;
use std::alloc::Layout;
use std::any::TypeId;
use std::collections::HashMap;

/// Collects the descriptions of types, each once, also where types contain themselves.
///
/// The runtime makes it and hands it to [`FfiType::describe`](crate::FfiType::describe).
pub struct SchemaBuilder {
    /// The library's form of text.
    text: Text,
    /// The path of each type, which is no other's.
    visited: HashMap<TypeId, String>,
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

/// One variant of an enum with data, as expansions list it.
pub struct VariantItem {
    /// Its name on the wire and in C.
    pub name: &'static str,
    /// Its name in Rust.
    pub rust_name: &'static str,
    /// Documentation, one string a line as rustc keeps it.
    pub docs: &'static [&'static str],
    /// What it holds.
    pub payload: Payload,
    /// Adds its fields.
    pub fields: fn(&mut FieldsBuilder<'_>),
}

/// Takes the fields of one record, or the parameters of one function, in declaration order.
pub struct FieldsBuilder<'a> {
    schema: &'a mut SchemaBuilder,
    fields: Vec<Field>,
    /// Where the last field ends in the C form.
    end: usize,
}

/// The layouts of a C form: it depends on the form of text.
#[derive(Clone, Copy, Debug)]
pub struct Layouts {
    /// Where text has a length.
    pub by_length: Layout,
    /// Where text is NUL-terminated.
    pub c: Layout,
}

impl Layouts {
    fn of(self, text: Text) -> Layout {
        match text {
            Text::ByLength => self.by_length,
            Text::C => self.c,
        }
    }
}

/// Tells the shape of an item, if it is asked for.
enum Describes {
    Record(fn(&mut FieldsBuilder<'_>)),
    Enumeration(fn() -> Vec<Variant>),
    DataEnum(&'static [VariantItem]),
}

// What is generic over the item only names it, so that a library has the code that follows once.
impl SchemaBuilder {
    /// Returns a description of nothing yet, for a library whose text has this form.
    pub fn new(text: Text) -> Self {
        Self { text, visited: HashMap::new(), types: Vec::new() }
    }

    /// Describes the record `T`, whose C form has these layouts; `fields` is called only the first time that `T` is
    /// described.
    pub(crate) fn record<T: 'static>(
        &mut self,
        item: ItemName,
        layouts: Layouts,
        fields: fn(&mut FieldsBuilder<'_>),
    ) -> Type {
        self.define(TypeId::of::<T>(), layouts, item, Describes::Record(fields))
    }

    /// Describes the enumeration `T`, whose C form has these layouts; `variants` is called only the first
    /// time that `T` is described.
    pub(crate) fn enumeration<T: 'static>(
        &mut self,
        item: ItemName,
        layouts: Layouts,
        variants: fn() -> Vec<Variant>,
    ) -> Type {
        self.define(TypeId::of::<T>(), layouts, item, Describes::Enumeration(variants))
    }

    /// Describes the enum with data `T`, whose C form has these layouts; the variants' fields are asked for only the first
    /// time that `T` is described.
    pub(crate) fn data_enum<T: 'static>(
        &mut self,
        item: ItemName,
        layouts: Layouts,
        variants: &'static [VariantItem],
    ) -> Type {
        self.define(TypeId::of::<T>(), layouts, item, Describes::DataEnum(variants))
    }

    /// Describes the parameters of one function.
    pub(crate) fn params(&mut self, params: fn(&mut FieldsBuilder<'_>)) -> Vec<Param> {
        let param = |Field { name, rust_name, docs, ty, .. }| Param { name, rust_name, docs, ty };
        self.fields(params).into_iter().map(param).collect()
    }

    /// Gives the library every type that was described, sorted by name. What mentions a type calls it by its path up to
    /// here, and from here on as [`Type::Named`] says.
    pub(crate) fn finish(mut self, library: &mut Library) {
        insertion_sort::sort(&mut self.types, |a, b| (&a.name, &a.path) < (&b.name, &b.path));
        library.types = self.types;
        let mut names = Vec::new();
        for (name, def) in library.named_types() {
            insertion_sort::insert(&mut names, (def.path.clone(), name.to_owned()));
        }
        library.mentions().into_iter().for_each(|ty| rename(ty, &names));
    }

    fn define(&mut self, id: TypeId, layouts: Layouts, item: ItemName, describes: Describes) -> Type {
        if let Some(path) = self.visited.get(&id) {
            return Type::Named(path.clone());
        }
        let path = self.free_path(item.path);
        self.visited.insert(id, path.clone());
        let (shape, layout) = (self.shape(describes), layouts.of(self.text));
        self.types.push(TypeDef {
            name: item.name.to_owned(),
            path: path.clone(),
            docs: join_docs(item.docs),
            size: layout.size() as u64,
            align: layout.align() as u64,
            shape,
            fingerprint: Fingerprint::default(),
        });
        Type::Named(path)
    }

    /// The path, with a number where it is another's: types within functions have the path of their module.
    fn free_path(&self, path: &str) -> String {
        let is_free = |path: &String| !self.visited.values().any(|taken| taken == path);
        let numbered = (2..).map(|number| format!("{path}#{number}"));
        std::iter::once(path.to_owned()).chain(numbered).find(is_free).expect("one of them is free")
    }

    fn shape(&mut self, describes: Describes) -> Shape {
        match describes {
            Describes::Record(fields) => Shape::Record { fields: self.fields(fields) },
            Describes::Enumeration(variants) => Shape::Enumeration { variants: variants() },
            Describes::DataEnum(variants) => {
                Shape::DataEnum { variants: variants.iter().map(|variant| self.variant(variant)).collect() }
            }
        }
    }

    fn variant(&mut self, variant: &VariantItem) -> DataVariant {
        let VariantItem { name, rust_name, docs, payload, fields } = *variant;
        let fields = self.fields(fields);
        let (name, rust_name) = (name.to_owned(), rust_name.to_owned());
        DataVariant { name, rust_name, docs: join_docs(docs), payload, fields }
    }

    fn fields(&mut self, add: fn(&mut FieldsBuilder<'_>)) -> Vec<Field> {
        let mut builder = FieldsBuilder { schema: self, fields: Vec::new(), end: 0 };
        add(&mut builder);
        builder.fields
    }
}

impl FieldsBuilder<'_> {
    /// Adds the field `name` of the type that `describe` describes, with a C form of these layouts, behind the fields
    /// before it as C lays them out. Its name is the key on the wire, too; `rust_name` is the one in Rust.
    pub(crate) fn add(&mut self, name: &str, rust_name: &str, docs: &[&str], describe: Describe, forms: Layouts) {
        let (ty, form) = (describe(self.schema), forms.of(self.schema.text));
        let (name, rust_name) = (name.to_owned(), rust_name.to_owned());
        let offset = self.end.next_multiple_of(form.align());
        self.end = offset + form.size();
        self.fields.push(Field { name, rust_name, docs: join_docs(docs), ty, offset: offset as u64 });
    }
}

/// Calls the described types that this is made of by their names among these, which are sorted by the path.
fn rename(ty: &mut Type, names: &[(String, String)]) {
    ty.each_name(&mut |path| {
        if let Ok(place) = names.binary_search_by(|(known, _)| known.cmp(path)) {
            names[place].1.clone_into(path);
        }
    });
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
