//! Resolves every name and spelling of one Python project, for its templates.

use super::docs::docstring;
use super::function::{Event, Function};
use super::modules::is_keyword;
use super::names::{self, STYLE, camel, distribution, snake};
use super::spell::{MODULES, OF_CLASSES, Types};
use super::types::Item;
use super::uses::Uses;
use super::version::version;
use crate::abi::Abi;
use crate::abi::symbols::{Own, entry_points};
use crate::model::scope::{Scope, Style};
use crate::model::surface::{Named, Surface, short_name};
use crate::model::{Item as ModelItem, Kind, Model};
use ffi_runtime::schema::{Function as SchemaFunction, FunctionKind, Library};
use serde::Serialize;

/// What error classes are called after the class that they belong to.
const ERRORS: [&str; 7] = ["Cancelled", "Deadline", "Timeout", "Panic", "Closed", "Forked", "QueueFull"];

/// Names that mean something at the top of the package or of one of its modules.
const PACKAGE: &[&str] = &[
    "builtins",
    "dataclasses",
    "datetime",
    "enum",
    "ipaddress",
    "pathlib",
    "typing",
    "annotations",
    "BlockingEventStream",
    "EventStream",
    "Listener",
    "Transport",
    "bool",
    "bytes",
    "dict",
    "float",
    "int",
    "list",
    "set",
    "str",
    "tuple",
    "type",
    "object",
];

/// Names that mean something in the body of the class.
const CLASS: &[&str] = &[
    "blocking",
    "builtins",
    "classmethod",
    "close",
    "closed",
    "datetime",
    "events",
    "ipaddress",
    "pathlib",
    "property",
    "staticmethod",
    "typing",
];

/// Python's own types, which members of a class may be named after.
const BUILTINS: [&str; 9] = ["bool", "bytes", "dict", "float", "int", "list", "set", "str", "tuple"];

/// The symbols of the library itself that the bridge calls.
const OWN: [Own; 8] = [
    Own::Schema,
    Own::AbiHash,
    Own::LastError,
    Own::Cancel,
    Own::Close,
    Own::AddEventListener,
    Own::AddEventListenerCbor,
    Own::RemoveEventListener,
];

/// One project.
#[derive(Serialize)]
pub(super) struct Package<'a> {
    package: String,
    distribution: String,
    version: String,
    /// The environment variable that says where the library is.
    variable: String,
    /// The class.
    name: String,
    /// The class of its errors.
    error: String,
    errors: [&'static str; 7],
    docs: Vec<String>,
    docs_blocking: Vec<String>,
    /// What is found in the library.
    symbols: Vec<Symbol>,
    items: Vec<Item>,
    failures: Vec<Failure>,
    uses: Uses,
    modules: Vec<&'static str>,
    type_modules: Vec<&'static str>,
    /// The kinds of type that every library has.
    builtins: Vec<&'static str>,
    /// Whether there are objects at all; their constructor is the first function then.
    has_constructor: bool,
    /// The constructor, methods and functions without a state, by the number that the bridge knows them by.
    functions: Vec<Function<'a>>,
    exports: Vec<Function<'a>>,
    events: Vec<Event>,
}

/// What functions fail with that says more than a text.
#[derive(Serialize)]
struct Failure {
    /// What is raised.
    class: String,
    /// The class of the error in it.
    error: String,
    /// The same of each variant, where the error is an enum with data.
    variants: Vec<FailureVariant>,
}

/// One variant of what functions fail with.
#[derive(Serialize)]
struct FailureVariant {
    /// What is raised.
    class: String,
    /// The class of the variant in it.
    error: String,
}

/// A symbol.
#[derive(Serialize)]
struct Symbol {
    name: String,
    /// What the C header calls it.
    c: String,
}

fn failures(model: &Model<'_>, types: &Types<'_>) -> Vec<Failure> {
    let variant = |(class, error): (&String, &String)| FailureVariant { class: class.clone(), error: error.clone() };
    let failure = |failure: crate::model::Failure<'_>| Failure {
        class: types.raised(failure.record).to_owned(),
        error: types.annotation(failure.error, ""),
        variants: types
            .raised_for(failure.record)
            .iter()
            .zip(types.variants_of(failure.error_name))
            .map(variant)
            .collect(),
    };
    model.failures().into_iter().map(failure).collect()
}

impl<'a> Package<'a> {
    /// Resolves every name.
    pub(super) fn new(model: &'a Model<'a>, abi: &'a Abi<'a>) -> Self {
        let library = model.library;
        let uses = Uses::of(model);
        let surface = Surface::new(library);
        let name = class_name(library);
        let mut package = package_scope(&name).among(library.types.iter().map(|def| def.name.as_str()));
        let types = Types::new(model, abi.speller(), &mut package, builtin_prefix(library));
        let called: Vec<_> = surface.constructor.into_iter().chain(surface.methods).chain(surface.stateless).collect();
        let authors = || called.iter().chain(&surface.exports).map(|it| it.short);
        let heard = surface.events.iter().map(|event| event.name.as_str());
        let mut class = Scope::new(STYLE).beside(CLASS).among(authors().chain(heard));
        let mut code = Scope::new(Style::FREE).among(authors());
        let mut function =
            |named: Named<'a>| Function::new(named, abi.function(&named.function.name), &types, &mut class, &mut code);
        let functions = called.iter().copied().map(&mut function).collect();
        let exports = surface.exports.iter().copied().map(&mut function).collect();
        let event = |event| Event::new(event, &types, &mut package, &mut class);
        Self {
            distribution: distribution(&library.name),
            version: version(&library.version),
            variable: format!("{}_LIBRARY", library.name.to_uppercase()),
            error: format!("{name}Error"),
            errors: ERRORS,
            docs: docstring(&library.docs, &format!("The library {}.", library.name)),
            docs_blocking: docstring("", &format!("A {name} whose methods block the thread that calls them.")),
            symbols: symbols(library, abi),
            // An entry crosses in its map.
            items: model
                .items
                .iter()
                .filter(|it| !matches!(it, ModelItem::Entry(..)))
                .map(|it| types.item(it))
                .collect(),
            failures: failures(model, &types),
            modules: sorted([MODULES, &uses.modules]),
            type_modules: sorted([MODULES, OF_CLASSES, &uses.modules]),
            uses,
            builtins: Kind::builtins(),
            has_constructor: surface.constructor.is_some(),
            functions,
            exports,
            events: surface.events.iter().map(event).collect(),
            package: names::package(&library.name),
            name,
        }
    }

    /// The package's name and folder.
    pub(super) fn package(&self) -> &str {
        &self.package
    }

    /// What is used of all that packages may have.
    pub(super) fn uses(&self) -> &Uses {
        &self.uses
    }
}

/// The modules of these lists.
fn sorted<const N: usize>(lists: [&[&'static str]; N]) -> Vec<&'static str> {
    let mut modules = lists.concat();
    modules.sort_unstable();
    modules
}

/// The scope of what the package shows, with what every package has.
fn package_scope(name: &str) -> Scope<'static> {
    let mut scope = Scope::new(STYLE).beside(PACKAGE);
    ["", "Blocking", "Error", "Event"].iter().for_each(|own| scope.fix(format!("{name}{own}")));
    ERRORS.iter().for_each(|kind| scope.fix(format!("{name}{kind}Error")));
    scope
}

/// The library's name as a class, unless that means something in the package, or is the class of an error's.
fn class_name(library: &Library) -> String {
    let name = camel(&library.name);
    let means_something = PACKAGE.contains(&&*name) || is_keyword(&name);
    if means_something { format!("{name}_") } else { name }
}

/// Where a member is named after a type of Python's, such types need their module's name.
fn builtin_prefix(library: &Library) -> &'static str {
    let fields = library.types.iter().flat_map(|def| def.shape.fields());
    let functions = library.functions.iter().map(|function| short_name(&library.name, &function.name));
    let mut members = fields.map(|field| &*field.name).chain(functions).map(snake);
    if members.any(|name| BUILTINS.contains(&&*name)) { "builtins." } else { "" }
}

/// Every symbol that the bridge looks for.
fn symbols(library: &Library, abi: &Abi<'_>) -> Vec<Symbol> {
    let own = OWN.iter().map(|own| own.of(&library.name)).map(|name| Symbol { c: name.clone(), name });
    // A context is closed, and not destroyed.
    let called = library.functions.iter().filter(|function| function.kind != FunctionKind::Destructor);
    let of_function = |function: &'_ SchemaFunction| {
        let c = abi.function(&function.name);
        entry_points(function).into_iter().zip([c.native.clone(), c.cbor.clone()])
    };
    own.chain(called.flat_map(of_function).map(|(name, c)| Symbol { name, c })).collect()
}
