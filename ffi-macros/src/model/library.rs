//! The model of a library: its name and options, and the struct that holds its state.

use super::attributes::docs;
use super::generics;
use crate::errors::Errors;
use crate::names::{check_identifier, check_reserved};
use crate::options::Options;
use crate::paths::Runtime;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Generics, Ident, ItemStruct, LitInt, LitStr, Token};

/// The options that are numbers.
const LIMITS: [&str; 8] =
    ["queue_limit", "request_limit", "memory_limit", "grace_ms", "stale_warn_ms", "event_limit", "stall_ms", "spin_us"];

/// The options that a library may have, for messages.
const KNOWN: &str = "`shared`, `names`, `text`, `queue_limit`, `request_limit`, `memory_limit`, `grace_ms`, `stale_warn_ms`, \
                     `event_limit`, `event_overflow`, `stall_ms`, `spin_us` and `crate`";

/// What happens to an event that finds no room.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Overflow {
    DropOldest,
    DropNewest,
    Block,
}

/// The name and the options of a library.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) name: LitStr,
    /// Those that are given, under the names that they have in the runtime as well.
    pub(crate) limits: Vec<(Ident, LitInt)>,
    pub(crate) overflow: Option<Overflow>,
    /// Whether inline handlers read its states on their callers' threads.
    pub(crate) shared: Option<Ident>,
    /// Whether the library's own functions have short names as well.
    pub(crate) has_short_names: bool,
    /// Whether text is NUL-terminated in C.
    pub(crate) has_c_text: bool,
    pub(crate) runtime: Runtime,
}

/// The state of a library.
#[derive(Debug)]
pub(crate) struct Library {
    pub(crate) state: Ident,
    pub(crate) settings: Settings,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    /// None, unless there was an error.
    pub(crate) generics: Generics,
}

impl Settings {
    fn of(name: LitStr, options: &mut Options, errors: &Errors) -> Self {
        let runtime = Runtime::of(options, errors);
        check_identifier(&name.value(), name.span(), "choose another", errors);
        let limits = LIMITS.iter().filter_map(|limit| options.number(limit, errors)).collect();
        let overflow = Overflow::of(options, errors);
        let shared = options.word("shared", errors);
        let (has_short_names, has_c_text) = (has_short_names(options, errors), has_c_text(options, errors));
        Self { name, limits, overflow, shared, has_short_names, has_c_text, runtime }
    }

    /// Those of `library!`.
    fn of_crate(name: LitStr, mut options: Options, errors: &Errors) -> Self {
        let settings = Self::of(name, &mut options, errors);
        options.finish("`library!`", &format!("`part`, {KNOWN}"), errors);
        settings
    }

    /// The name of an option that was given.
    fn given(&self) -> Option<String> {
        let limit = self.limits.first().map(|(name, _)| name.to_string());
        let overflow = self.overflow.map(|_| "event_overflow".to_owned());
        let shared = self.shared.as_ref().map(ToString::to_string);
        let names = self.has_short_names.then(|| "names".to_owned());
        limit.or(overflow).or(shared).or(names)
    }
}

impl Library {
    /// The library of a struct with `#[ffi(library = "…")]`.
    pub(crate) fn of(item: &mut ItemStruct, mut options: Options, errors: &Errors) -> Self {
        let name = options.text("library", errors).unwrap_or_else(|| LitStr::new("nameless", item.ident.span()));
        options.word("state", errors);
        let settings = Settings::of(name, &mut options, errors);
        options.finish("the state of a library", &format!("`library`, {KNOWN}"), errors);
        Self::with(settings, item, errors)
    }

    /// The state of a library with these settings.
    pub(crate) fn with(settings: Settings, item: &ItemStruct, errors: &Errors) -> Self {
        check_reserved(&item.ident, errors);
        generics::check(&item.generics, errors);
        let (state, generics) = (item.ident.clone(), item.generics.clone());
        Self { state, settings, docs: docs(&item.attrs), generics }
    }
}

/// A struct with `#[ffi(state)]`: the state of the library that `library!` declares, which has its options.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    /// Its documentation, as it is written.
    pub(crate) docs: Vec<Attribute>,
}

impl State {
    pub(crate) fn of(item: &ItemStruct, mut options: Options, errors: &Errors) -> Self {
        options.word("state", errors);
        options.finish(
            "the state of the crate's library",
            "nothing else; a library's options stand in `library!`",
            errors,
        );
        let docs = item.attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned().collect();
        Self { ident: item.ident.clone(), generics: item.generics.clone(), docs }
    }
}

/// Whether `names = "short"` is given.
fn has_short_names(options: &mut Options, errors: &Errors) -> bool {
    let Some(names) = options.text("names", errors) else { return false };
    if names.value() != "short" {
        errors.add(&names, "a library's own functions have long names, or short ones as well; write `\"short\"`");
    }
    true
}

/// Whether `text = "c"` is given.
pub(super) fn has_c_text(options: &mut Options, errors: &Errors) -> bool {
    let Some(text) = options.text("text", errors) else { return false };
    if text.value() != "c" {
        errors
            .add(&text, "text has a length in C, or ends with a NUL as C's own does; remove `text`, or write `\"c\"`");
    }
    true
}

impl Overflow {
    /// What `event_overflow = "…"` asks for.
    fn of(options: &mut Options, errors: &Errors) -> Option<Self> {
        let text = options.text("event_overflow", errors)?;
        match text.value().as_str() {
            "drop_oldest" => Some(Self::DropOldest),
            "drop_newest" => Some(Self::DropNewest),
            "block" => Some(Self::Block),
            _ => {
                errors
                    .add(text, "an event that finds no room is dealt with by `drop_oldest`, `drop_newest` or `block`");
                None
            }
        }
    }
}

/// What `library!` is given: a name, and options behind a comma.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) settings: Settings,
    /// The options for where they are read once more.
    pub(crate) written: TokenStream,
    /// Whether the library itself is declared in another crate.
    pub(crate) part: Option<Ident>,
}

impl Declared {
    /// What stands behind the mistakes, where there are some.
    pub(crate) fn of(tokens: TokenStream, errors: &Errors) -> Self {
        let Arguments { name, written } = syn::parse2(tokens).unwrap_or_else(|error| {
            let message = "`library!` takes the library's name first; write `ffi_runtime::library!(\"my_library\");`";
            errors.push(syn::Error::new(error.span(), message));
            Arguments { name: LitStr::new("nameless", error.span()), written: TokenStream::new() }
        });
        let mut options = Options::of_item(written.clone(), errors);
        let part = options.word("part", errors);
        let mut settings = Settings::of_crate(name, options, errors);
        if let Some(part) = &part
            && let Some(option) = settings.given()
        {
            let message = format!("a part has the options of its library; move `{option}` to where that is declared");
            errors.add(part, message);
        }
        // Mistakes are told here, and not once more where all this is read again.
        if errors.any() {
            settings.name = LitStr::new("nameless", settings.name.span());
            settings.has_c_text = false;
        }
        let written = match &part {
            Some(part) if settings.has_c_text => quote!(#part, text = "c"),
            Some(part) => quote!(#part),
            None if errors.any() => TokenStream::new(),
            None => written,
        };
        Self { settings, written, part }
    }
}

/// `"name", options`.
struct Arguments {
    name: LitStr,
    written: TokenStream,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok(Self { name, written: input.parse()? })
    }
}
