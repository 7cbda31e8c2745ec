//! Puts what is a list in Rust and has no order, maps and sets of other keys than Rust's own, into one order.

use crate::render::{is_key, member};
use ffi_runtime::schema::{DataVariant, Library, Payload, Shape, Type, TypeDef};
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// Writes the code for the types of a library, whose names stand behind `module`.
#[derive(Clone, Copy)]
pub(crate) struct Sorting<'a> {
    pub(crate) library: &'a Library,
    pub(crate) module: &'a str,
}

impl Sorting<'_> {
    /// The function of each type that holds something to sort.
    pub(crate) fn functions(self) -> Vec<String> {
        let sorted = self.library.types.iter().filter(|def| self.has_in(def, &mut Vec::new()));
        sorted.map(|def| self.function(def)).collect()
    }

    /// The statements that sort what `place` is a reference to; none where there is nothing to sort.
    pub(crate) fn of(self, ty: &Type, place: &str) -> String {
        if !self.has(ty, &mut Vec::new()) {
            return String::new();
        }
        let each = |item, values| format!("for it in {place}.{values}() {{ {} }} ", self.of(item, "it"));
        let sort = || format!("{place}.sort_by_key(|it| format!(\"{{it:?}}\")); ");
        match ty {
            Type::List(item) | Type::Array(item, _) => each(item, "iter_mut"),
            Type::Option(item) => format!("if let Some(it) = {place} {{ {} }} ", self.of(item, "it")),
            Type::Boxed(item) => self.of(item, &format!("(&mut **{place})")),
            Type::Tuple(items) => {
                let items = items.iter().enumerate();
                items.map(|(at, item)| self.of(item, &format!("(&mut {place}.{at})"))).collect()
            }
            Type::Map(key, value) if is_key(self.library, key) => each(value, "values_mut"),
            Type::Map(key, value) => {
                let pair = Type::Tuple(vec![(**key).clone(), (**value).clone()]);
                each(&pair, "iter_mut") + &sort()
            }
            Type::Set(item) => each(item, "iter_mut") + &sort(),
            Type::Named(name) => format!("sort_{}({place}); ", name.to_snake_case()),
            other => panic!("{other:?} holds nothing"),
        }
    }

    fn function(self, def: &TypeDef) -> String {
        let body: String = match &def.shape {
            Shape::Record { fields } => {
                fields.iter().map(|it| self.of(&it.ty, &format!("(&mut it.{})", member(&it.name)))).collect()
            }
            Shape::DataEnum { variants } => variants.iter().map(|variant| self.variant(&def.name, variant)).collect(),
            Shape::Enumeration { .. } => String::new(),
        };
        let name = &def.name;
        format!("fn sort_{}(it: &mut {}{name}) {{ {body}}}", name.to_snake_case(), self.module)
    }

    fn variant(self, name: &str, variant: &DataVariant) -> String {
        let places: Vec<String> = match variant.payload {
            Payload::Unit | Payload::Value | Payload::Tuple => {
                (0..variant.fields.len()).map(|place| place.to_string()).collect()
            }
            Payload::Fields => variant.fields.iter().map(|field| member(&field.name)).collect(),
        };
        let fields = variant.fields.iter().zip(&places);
        let sort = |(field, place): (&ffi_runtime::schema::Field, &String)| {
            let body = self.of(&field.ty, "held");
            let variant = format!("{}{name}::{}", self.module, variant.name.to_upper_camel_case());
            let sorting = format!("if let {variant} {{ {place}: held, .. }} = it {{ {body} }} ");
            if body.is_empty() { body } else { sorting }
        };
        fields.map(sort).collect()
    }

    /// Whether there is something to sort in a type; `around` are the types that it is in.
    fn has<'a>(&'a self, ty: &'a Type, around: &mut Vec<&'a str>) -> bool {
        match ty {
            Type::List(item) | Type::Array(item, _) | Type::Option(item) | Type::Boxed(item) => self.has(item, around),
            Type::Tuple(items) => items.iter().any(|item| self.has(item, around)),
            Type::Map(key, value) => !is_key(self.library, key) || self.has(value, around),
            Type::Set(item) => !is_key(self.library, item),
            Type::Named(name) => {
                let def = self.library.types.iter().find(|def| def.name == *name).expect("a described type");
                self.has_in(def, around)
            }
            _ => false,
        }
    }

    fn has_in<'a>(&'a self, def: &'a TypeDef, around: &mut Vec<&'a str>) -> bool {
        if around.contains(&def.name.as_str()) {
            return false;
        }
        around.push(&def.name);
        let has = def.shape.fields().any(|field| self.has(&field.ty, around));
        around.pop();
        has
    }
}
