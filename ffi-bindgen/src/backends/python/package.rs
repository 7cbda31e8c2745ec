//! Resolves every name and spelling of one Python project, for its templates.

use super::docs::docstring;
use super::function::{Event, Function};
use super::names::{self, STYLE, camel, distribution, snake};
use super::spell::{MODULES, TYPE_MODULES, Types};
use super::types::Item;
use super::version::version;
use crate::Error;
use crate::abi::symbols::{Own, entry_points};
use crate::abi::{self, Abi};
use crate::model::scope::Scope;
use crate::model::surface::{Named, Surface, short_name};
use crate::model::{Kind, Model};
use ffi_runtime::schema::{FunctionKind, Library, Shape};
use serde::Serialize;

/// What error classes are called after the class that they belong to.
const ERRORS: [&str; 7] = ["Cancelled", "Deadline", "Timeout", "Panic", "Closed", "Forked", "QueueFull"];

/// Names that mean something at the top of the package or of one of its modules.
const PACKAGE: &[&str] = &[
    "builtins",
    "dataclasses",
    "enum",
    "typing",
    "annotations",
    "BlockingEventStream",
    "EventStream",
    "Listener",
    "Transport",
    "bool",
    "bytes",
    "float",
    "int",
    "list",
    "str",
    "type",
    "object",
];

/// Names that mean something in the body of the class.
const CLASS: &[&str] =
    &["blocking", "builtins", "classmethod", "close", "closed", "events", "property", "staticmethod", "typing"];

/// Python's own types, which members of a class may be named after.
const BUILTINS: [&str; 6] = ["bool", "bytes", "float", "int", "list", "str"];

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
    symbols: Vec<String>,
    items: Vec<Item>,
    modules: &'static [&'static str],
    type_modules: &'static [&'static str],
    /// The kinds of type that every library has.
    builtins: Vec<&'static str>,
    /// Whether there are objects at all; their constructor is the first function then.
    has_constructor: bool,
    /// The constructor, methods and functions without a state, by the number that the bridge knows them by.
    functions: Vec<Function<'a>>,
    exports: Vec<Function<'a>>,
    events: Vec<Event>,
}

impl<'a> Package<'a> {
    /// Resolves every name, or says which two collide.
    pub(super) fn new(model: &Model<'a>, abi: &'a Abi<'a>) -> Result<Self, Error> {
        let library = model.library;
        let surface = Surface::new(library);
        let name = camel(&library.name);
        let mut package = package_scope(&name)?;
        let mut class = Scope::new(STYLE).beside(CLASS).of(format!("the class {name}"));
        let types = Types::new(model, &mut package, builtin_prefix(library))?;
        let called = surface.constructor.into_iter().chain(surface.methods).chain(surface.stateless);
        let mut function = |named: Named<'a>| Function::new(named, c_form(library, abi, named), &types, &mut class);
        let functions = called.map(&mut function).collect::<Result<_, _>>()?;
        let exports = surface.exports.into_iter().map(&mut function).collect::<Result<_, _>>()?;
        let event = |event| Event::new(event, &types, &mut package, &mut class);
        Ok(Self {
            distribution: distribution(&library.name),
            version: version(&library.version),
            variable: format!("{}_LIBRARY", library.name.to_uppercase()),
            error: format!("{name}Error"),
            errors: ERRORS,
            docs: docstring(&library.docs, &format!("The library {}.", library.name)),
            docs_blocking: docstring("", &format!("A {name} whose methods block the thread that calls them.")),
            symbols: symbols(library),
            items: model.items.iter().map(|item| types.item(item)).collect::<Result<_, _>>()?,
            modules: MODULES,
            type_modules: TYPE_MODULES,
            builtins: Kind::builtins(),
            has_constructor: surface.constructor.is_some(),
            functions,
            exports,
            events: surface.events.iter().map(event).collect::<Result<_, _>>()?,
            package: names::package(&library.name),
            name,
        })
    }

    /// The package's name and folder.
    pub(super) fn package(&self) -> &str {
        &self.package
    }
}

/// The scope of what the package shows, with what every package has.
fn package_scope(name: &str) -> Result<Scope<'static>, Error> {
    let mut scope = Scope::new(STYLE).beside(PACKAGE).of("the package");
    for own in ["", "Blocking", "Error", "Event"].into_iter().map(str::to_owned) {
        scope.claim(&format!("{name}{own}"), "a part of every package")?;
    }
    for kind in ERRORS {
        scope.claim(&format!("{name}{kind}Error"), "a part of every package")?;
    }
    Ok(scope)
}

/// What the header calls a function.
fn c_form<'a>(library: &Library, abi: &'a Abi<'a>, named: Named<'_>) -> &'a abi::Function {
    let place = library.functions.iter().position(|function| std::ptr::eq(function, named.function));
    &abi.functions()[place.expect("a function of the library")]
}

/// Where a member is named after a type of Python's, such types need their module's name.
fn builtin_prefix(library: &Library) -> &'static str {
    let fields = library.types.iter().flat_map(|def| match &def.shape {
        Shape::Record { fields } => &fields[..],
        Shape::Enumeration { .. } => &[],
    });
    let functions = library.functions.iter().map(|function| short_name(&library.name, &function.name));
    let mut members = fields.map(|field| &*field.name).chain(functions).map(snake);
    if members.any(|name| BUILTINS.contains(&&*name)) { "builtins." } else { "" }
}

/// Every symbol that the bridge looks for.
fn symbols(library: &Library) -> Vec<String> {
    let own = OWN.iter().map(|own| own.of(&library.name));
    // A context is closed, and not destroyed.
    let called = library.functions.iter().filter(|function| function.kind != FunctionKind::Destructor);
    own.chain(called.flat_map(entry_points)).collect()
}
