//! The CDDL backend (RFC 8610): what crosses the CBOR path, for tools that validate it.
//!
//! Rust decides names and types; every line of CDDL stands in `templates/cddl/`.

use super::backend::Backend;
use crate::Error;
use crate::file::File;
use crate::model::docs::{line, spaced};
use crate::model::surface::has_cbor;
use crate::model::{Form, Int, Model, answer_type, is_optional};
use crate::templates::{Templates, render};
use ffi_runtime::schema::{DataVariant, Event, Field, Function, Library, Param, Payload, Shape, Type, TypeDef};
use serde::Serialize;

const TEMPLATES: Templates = &[("library.cddl.j2", include_str!("../../templates/cddl/library.cddl.j2"))];

/// The scalars that CDDL has no name of its own for.
const SCALARS: [Scalar; 15] = [
    Scalar { name: "i8", rule: "-128..127" },
    Scalar { name: "i16", rule: "-32768..32767" },
    Scalar { name: "i32", rule: "-2147483648..2147483647" },
    Scalar { name: "i64", rule: "-9223372036854775808..9223372036854775807" },
    Scalar { name: "u8", rule: "0..255" },
    Scalar { name: "u16", rule: "0..65535" },
    Scalar { name: "u32", rule: "0..4294967295" },
    Scalar { name: "u64", rule: "uint" },
    Scalar { name: "i128", rule: "integer" },
    Scalar { name: "u128", rule: "uint / biguint" },
    Scalar { name: "duration", rule: "[secs: uint, nanos: 0..999999999]" },
    Scalar { name: "system-time", rule: "#6.1001({ 1: i64, -9: 0..999999999 })" },
    Scalar { name: "isize", rule: "i64" },
    Scalar { name: "usize", rule: "u64" },
    Scalar { name: "char", rule: "tstr .size (1..4)" },
];

/// Writes `L.cddl`.
pub(super) struct Cddl;

impl Backend for Cddl {
    const NAME: &'static str = "cddl";
    const TITLE: &'static str = "CDDL";
    const OUTPUT: &'static str = "the CBOR path as RFC 8610 describes it, for tools that validate it";
    const HOST: Templates = &[];

    fn files(model: &Model<'_>) -> Result<Vec<File>, Error> {
        Ok(vec![File { path: format!("{}.cddl", model.library.name), text: text(model) }])
    }
}

#[derive(Serialize)]
struct Scalar {
    name: &'static str,
    rule: &'static str,
}

#[derive(Serialize)]
struct Document {
    lib: String,
    version: String,
    docs: Vec<String>,
    rules: Vec<String>,
    scalars: [Scalar; 15],
    types: Vec<TypeRule>,
    functions: Vec<FunctionRules>,
    events: Vec<EventRule>,
}

#[derive(Serialize)]
struct TypeRule {
    rule: String,
    docs: Vec<String>,
    variants: Vec<String>,
    members: Vec<Member>,
}

#[derive(Serialize)]
struct Member {
    docs: Vec<String>,
    entry: String,
}

#[derive(Serialize)]
struct FunctionRules {
    name: String,
    docs: Vec<String>,
    members: Vec<Member>,
    response: String,
    /// What comes with `RET_FAILURE`, if that comes.
    failure: Option<String>,
}

#[derive(Serialize)]
struct EventRule {
    rule: String,
    name: String,
    docs: Vec<String>,
    payload: String,
}

/// Writes the CDDL of a library; by custom its file is `L.cddl`.
///
/// The rules are `L.message` for everything, `F.request`, `F.response` and where there is one `F.failure` for a function,
/// `L.event.E` for an event and `L.T` for a type. Characters that CDDL's names lack stand as their
/// number.
///
/// # Errors
/// [`Error::Collision`], [`Error::NotAnIdentifier`], [`Error::UnknownType`] or
/// [`Error::Endless`] where the schema is not one of a library that compiled.
///
/// ```no_run
/// let library = ffi_bindgen::read_schema("target/release/libmy_timer.so".as_ref())?;
/// std::fs::write("my_timer.cddl", ffi_bindgen::generate_cddl(&library)?).unwrap();
/// # Ok::<(), ffi_bindgen::Error>(())
/// ```
pub fn generate_cddl(library: &Library) -> Result<String, Error> {
    Ok(text(&Model::new(library)?))
}

fn text(model: &Model<'_>) -> String {
    render(TEMPLATES, "library.cddl.j2", &Writer { library: model.library }.document())
}

#[derive(Clone, Copy)]
struct Writer<'a> {
    library: &'a Library,
}

impl Writer<'_> {
    fn document(self) -> Document {
        let functions = self.library.functions.iter().filter(|function| has_cbor(function.kind));
        let functions: Vec<_> = functions.map(|function| self.function(function)).collect();
        let events: Vec<_> = self.library.events.iter().map(|event| self.event(event)).collect();
        let all = |it: &FunctionRules| {
            let failure = it.failure.as_ref().map(|_| format!("{}.failure", it.name));
            [format!("{}.request", it.name), format!("{}.response", it.name)].into_iter().chain(failure)
        };
        let rules = functions.iter().flat_map(all).chain(events.iter().map(|it| it.rule.clone()));
        Document {
            lib: identifier(&self.library.name),
            version: line(&self.library.version),
            docs: comment(&self.library.docs),
            rules: rules.collect(),
            scalars: SCALARS,
            types: self.library.types.iter().map(|def| self.type_rule(def)).collect(),
            functions,
            events,
        }
    }

    fn function(self, function: &Function) -> FunctionRules {
        let members = function.params.iter().map(|Param { name, docs, ty, .. }| self.member(name, docs, ty));
        let returns = answer_type(function);
        FunctionRules {
            name: identifier(&function.name),
            docs: comment(&function.docs),
            members: members.collect(),
            response: self.optional(returns),
            failure: function.error.as_ref().map(|ty| self.form(ty)),
        }
    }

    fn event(self, event: &Event) -> EventRule {
        EventRule {
            rule: format!("{}.event.{}", identifier(&self.library.name), identifier(&event.name)),
            name: event.name.clone(),
            docs: comment(&event.docs),
            payload: self.optional(event.payload.as_ref()),
        }
    }

    fn type_rule(self, def: &TypeDef) -> TypeRule {
        let (variants, members) = match &def.shape {
            Shape::Enumeration { variants } => {
                (variants.iter().map(|it| format!("\"{}\"", it.name)).collect(), Vec::new())
            }
            Shape::Record { fields } => {
                let member = |Field { name, docs, ty, .. }: &Field| self.member(name, docs, ty);
                (Vec::new(), fields.iter().map(member).collect())
            }
            Shape::DataEnum { variants } => (variants.iter().map(|it| self.variant(it)).collect(), Vec::new()),
        };
        TypeRule { rule: self.named(&def.name), docs: comment(&def.docs), variants, members }
    }

    /// What crosses of one variant of an enum with data.
    fn variant(self, DataVariant { name, payload, fields, .. }: &DataVariant) -> String {
        let values = || fields.iter().map(|field| self.form(&field.ty)).collect::<Vec<_>>().join(", ");
        let entries = || fields.iter().map(|it| self.member(&it.name, "", &it.ty).entry).collect::<Vec<_>>().join(", ");
        match payload {
            Payload::Unit => format!("\"{name}\""),
            Payload::Value => format!("{{ \"{name}\": {} }}", values()),
            Payload::Tuple => format!("{{ \"{name}\": [{}] }}", values()),
            Payload::Fields => format!("{{ \"{name}\": {{ {} }} }}", entries()),
        }
    }

    /// One key and its value. The key of an option may be left out by who sends it.
    fn member(self, name: &str, docs: &str, ty: &Type) -> Member {
        let may_lack = if is_optional(ty) { "? " } else { "" };
        Member { docs: comment(docs), entry: format!("{may_lack}\"{name}\": {}", self.form(ty)) }
    }

    fn optional(self, ty: Option<&Type>) -> String {
        ty.map_or_else(|| "nil".to_owned(), |ty| self.form(ty))
    }
}

/// The rule of a type.
impl<'t> Form<'t> for Writer<'_> {
    type Formed = String;

    fn int(&self, int: Int) -> String {
        int.name()
    }

    fn float(&self, _bits: u32) -> String {
        "float".to_owned()
    }

    fn bool(&self) -> String {
        "bool".to_owned()
    }

    fn char(&self) -> String {
        "char".to_owned()
    }

    fn text(&self) -> String {
        "tstr".to_owned()
    }

    fn bytes(&self) -> String {
        "bstr".to_owned()
    }

    fn list(&self, item: &'t Type) -> String {
        format!("[* {}]", self.form(item))
    }

    // Inside of a list's brackets or behind a key, a choice needs no parentheses.
    fn option(&self, item: &'t Type) -> String {
        format!("{} / nil", self.form(item))
    }

    fn boxed(&self, item: &'t Type) -> String {
        self.form(item)
    }

    fn wide(&self, is_signed: bool) -> String {
        if is_signed { "i128" } else { "u128" }.to_owned()
    }

    fn duration(&self) -> String {
        "duration".to_owned()
    }

    fn time(&self) -> String {
        "system-time".to_owned()
    }

    fn tuple(&self, items: &'t [Type]) -> String {
        let items: Vec<_> = items.iter().map(|item| self.form(item)).collect();
        format!("[{}]", items.join(", "))
    }

    fn array(&self, item: &'t Type, len: u64) -> String {
        if *item == Type::U8 { format!("bstr .size {len}") } else { format!("[{len}*{len} {}]", self.form(item)) }
    }

    fn map(&self, key: &'t Type, value: &'t Type) -> String {
        let key = self.form(key);
        let key = if key.contains(" / ") { format!("({key})") } else { key };
        format!("{{ * {key} => {} }}", self.form(value))
    }

    fn set(&self, item: &'t Type) -> String {
        self.list(item)
    }

    fn named(&self, name: &'t str) -> String {
        format!("{}.{}", identifier(&self.library.name), identifier(name))
    }
}

/// A name that CDDL takes: its letters are ASCII's.
fn identifier(name: &str) -> String {
    let spelled = |c: char| if c.is_ascii() { c.to_string() } else { format!("$u{:x}$", u32::from(c)) };
    name.chars().map(spelled).collect()
}

/// The lines of a comment, each empty or with the space that follows the semicolon.
fn comment(docs: &str) -> Vec<String> {
    docs.lines().map(line).map(spaced).collect()
}
