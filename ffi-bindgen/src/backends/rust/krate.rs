//! Resolves every name and spelling of one Rust client, for its templates.

mod event;
mod function;
mod item;
mod own;
mod uses;

use super::derives::Derives;
use super::docs::comment;
use super::names::{self, STYLE};
use super::types::Types;
use crate::abi::hex;
use crate::model::scope::Scope;
use crate::model::surface::{Named, Surface};
use crate::model::{Item as ModelItem, Model};
use event::Event;
use ffi_runtime::schema::{Fingerprint, Library, Options};
use function::Function;
use item::Item;
use own::{OwnSymbol, own_symbols};
use serde::Serialize;
use uses::{Parts, Uses};

/// Names that every library's type has, and that its functions therefore cannot.
const LIBRARY_METHODS: &[&str] = &["open", "open_with", "on_notice", "listening", "clone"];

/// How many events wait in libraries whose description does not say it: older ones.
const OLD_EVENT_LIMIT: u64 = 1_024;

/// Names that every context has.
const CONTEXT_METHODS: &[&str] = &["close", "new"];

/// Names at the top of the crate, beside which the context stands.
const TOP: &[&str] = &[
    "Call",
    "Creating",
    "Error",
    "ErrorKind",
    "Failure",
    "EventStream",
    "Fault",
    "Library",
    "Next",
    "Notice",
    "Session",
    "Subscription",
    "Transport",
];

/// What the types' own module uses: a type of such a name gets an underscore.
const PRELUDE: &[&str] = &["Box", "Option", "String", "Vec"];

/// What the modules of the context and of the library use besides.
const BESIDE_CONTEXT: &[&str] =
    &["Arc", "Clone", "Debug", "Drop", "Err", "Fn", "None", "Ok", "Path", "Result", "Send", "Some", "Sync"];

/// One client.
#[derive(Serialize)]
pub(super) struct Crate<'a> {
    lib: &'a str,
    package: String,
    crate_name: String,
    version: String,
    docs: Vec<String>,
    options: Options,
    /// For how many events a stream has room.
    event_limit: u64,
    abi_hash: String,
    /// Whether text is NUL-terminated in C.
    has_c_text: bool,
    /// Whether a name has other letters than ASCII's.
    is_unicode: bool,
    /// The name of the type of contexts, where there are contexts.
    context: Option<String>,
    items: Vec<Item>,
    has_data_enums: bool,
    constructor: Option<Function>,
    methods: Vec<Function>,
    stateless: Vec<Function>,
    exports: Vec<Function>,
    events: Vec<Event>,
    failures: Vec<Failure>,
    checked: Vec<Checked<'a>>,
    /// The symbols of the library itself that every client looks for.
    own_symbols: Vec<OwnSymbol>,
    #[serde(flatten)]
    uses: Uses,
}

/// What functions fail with that says more than a text, by its names in Rust.
#[derive(Serialize)]
struct Failure {
    /// The error.
    name: String,
    /// The struct of the text and the error.
    record: String,
}

/// One item whose fingerprints are compared.
#[derive(Serialize)]
struct Checked<'a> {
    kind: &'static str,
    name: &'a str,
    native: String,
    wire: String,
}

impl<'a> Crate<'a> {
    /// Resolves every name.
    pub(super) fn new(model: &Model<'a>) -> Self {
        let library = model.library;
        let surface = Surface::new(library);
        let types = name_types(model);
        let derives = Derives::new(&types);
        let items: Vec<_> = model.items.iter().filter_map(|item| Item::new(item, &types, &derives)).collect();
        let context = surface.constructor.map(|_| context_name(library));
        let of_library = || surface.constructor.iter().chain(&surface.stateless).chain(&surface.exports);
        let mut scope = Scope::new(STYLE).beside(LIBRARY_METHODS).among(of_library().map(|it| it.short));
        let mut entries = Scope::new(STYLE).among(library.functions.iter().map(|function| function.name.as_str()));
        let mut functions = |named: &[Named<'a>], scope: &mut Scope<'_>| -> Vec<_> {
            named.iter().map(|named| Function::new(*named, &types, scope, &mut entries)).collect()
        };
        let constructor = functions(surface.constructor.as_slice(), &mut scope).pop();
        let stateless = functions(&surface.stateless, &mut scope);
        let exports = functions(&surface.exports, &mut scope);
        let heard = if context.is_some() { surface.events } else { &[] };
        let authors = surface.methods.iter().map(|it| it.short).chain(heard.iter().map(|event| event.name.as_str()));
        let mut scope = Scope::new(STYLE).beside(CONTEXT_METHODS).among(authors);
        let methods = functions(&surface.methods, &mut scope);
        let events = heard.iter().map(|event| Event::new(event, &types, &mut scope)).collect();
        let mut krate = Self {
            lib: &library.name,
            package: format!("{}-client", library.name),
            crate_name: crate_name(&library.name),
            version: version(&library.version),
            docs: comment(&library.docs, ""),
            options: library.options,
            event_limit: if library.options.event_limit == 0 { OLD_EVENT_LIMIT } else { library.options.event_limit },
            abi_hash: hex(library.abi_hash),
            has_c_text: model.has_c_text(),
            is_unicode: false,
            context,
            has_data_enums: items.iter().any(Item::is_data_enum),
            items,
            constructor,
            methods,
            stateless,
            exports,
            events,
            failures: failures(model, &types),
            checked: checked(library),
            own_symbols: own_symbols(library),
            uses: Uses::default(),
        };
        krate.uses = Uses::new(&Parts {
            items: &krate.items,
            constructor: krate.constructor.as_ref(),
            methods: &krate.methods,
            stateless: &krate.stateless,
            exports: &krate.exports,
            events: &krate.events,
            has_contexts: krate.has_contexts(),
        });
        let is_ascii = krate.names().all(str::is_ascii);
        krate.is_unicode = !is_ascii;
        krate
    }

    /// Every name that stands in Rust.
    fn names(&self) -> impl Iterator<Item = &str> {
        let functions = self.constructor.iter().chain(&self.methods).chain(&self.stateless).chain(&self.exports);
        let of_types = self.items.iter().flat_map(|item| item.members().into_iter().chain([item.name()]));
        let of_events = self.events.iter().flat_map(Event::names);
        functions.flat_map(Function::names).chain(of_types).chain(of_events).chain(self.context.as_deref())
    }

    /// Whether the library has a constructor.
    pub(super) fn has_contexts(&self) -> bool {
        self.context.is_some()
    }

    /// Whether the library has an enum with data.
    pub(super) fn has_data_enums(&self) -> bool {
        self.has_data_enums
    }
}

/// The name of the type of contexts.
fn context_name(library: &Library) -> String {
    let mut scope = Scope::new(STYLE).beside(TOP);
    PRELUDE.iter().chain(BESIDE_CONTEXT).for_each(|name| scope.fix(*name));
    names::item(&mut scope, &library.name)
}

/// The described types with their names in Rust.
fn name_types<'a>(model: &'a Model<'_>) -> Types<'a> {
    let described = || model.items.iter().filter_map(ModelItem::def);
    let mut scope = Scope::new(STYLE).beside(PRELUDE).among(described().map(|def| def.name.as_str()));
    let named: Vec<_> = described().map(|def| (names::item(&mut scope, &def.name), def)).collect();
    Types::new(named, &model.defs, &model.by_pointer)
}

fn failures(model: &Model<'_>, types: &Types<'_>) -> Vec<Failure> {
    let name = |name: &str| types.name(name).to_owned();
    let failures = model.failures().into_iter();
    failures.map(|failure| Failure { name: name(failure.error_name), record: name(failure.name) }).collect()
}

/// Types come first: a changed type changes all that reaches it, and says more.
fn checked(library: &Library) -> Vec<Checked<'_>> {
    let entry = |kind, name, Fingerprint { native, wire }| Checked { kind, name, native: hex(native), wire: hex(wire) };
    let types = library.types.iter().map(|def| entry("type", def.name.as_str(), def.fingerprint));
    let functions = library.functions.iter().map(|it| entry("function", it.name.as_str(), it.fingerprint));
    let events = library.events.iter().map(|event| entry("event", event.name.as_str(), event.fingerprint));
    types.chain(functions).chain(events).collect()
}

/// The name by which a host uses the crate. rustc loads no crate of another name than ASCII.
pub(in crate::backends) fn crate_name(library: &str) -> String {
    let library = &*names::snake(library);
    let is_taken = names::is_keyword(library) || ["alloc", "core", "proc_macro", "std", "test"].contains(&library);
    match library {
        name if !name.is_ascii() => "client".to_owned(),
        name if is_taken => format!("{name}_"),
        name => name.to_owned(),
    }
}

/// The library's version where cargo takes it as one, as it does every version of a crate.
fn version(version: &str) -> String {
    let is_version = cargo_metadata::semver::Version::parse(version).is_ok();
    if is_version { version.to_owned() } else { "0.0.0".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{crate_name, version};

    #[test]
    fn a_version_is_one_for_cargo() {
        let kept = ["1.20.3", "1.2.3-rc.1", "1.2.3-alpha.beta-x+build.007", "1.2.3+b"];
        assert_eq!(kept.map(version), kept);
        for other in ["1.2", "01.2.3", "1.2.3\"\n[x]", "+1.2.3", "1.2.3-", "1.2.3-01", "1.2.3-é"] {
            assert_eq!(version(other), "0.0.0", "{other}");
        }
    }

    #[test]
    fn a_crates_name_is_one_for_rustc() {
        assert_eq!(
            ["my_timer", "test", "struct", "zähler"].map(crate_name),
            ["my_timer", "test_", "struct_", "client"]
        );
    }
}
