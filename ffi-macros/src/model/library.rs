//! The model of the struct that holds a library's state, and the library's options.

use super::attributes::docs;
use super::generics;
use crate::errors::Errors;
use crate::names::{check_identifier, check_reserved};
use crate::options::Options;
use crate::paths::Runtime;
use syn::{Expr, Generics, Ident, ItemStruct, LitInt, LitStr};

/// The options that are numbers.
const LIMITS: [&str; 8] =
    ["queue_limit", "request_limit", "memory_limit", "grace_ms", "stale_warn_ms", "event_limit", "stall_ms", "spin_us"];

/// What happens to an event that finds no room.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Overflow {
    DropOldest,
    DropNewest,
    Block,
}

/// A library and its options.
#[derive(Debug)]
pub(crate) struct Library {
    pub(crate) state: Ident,
    pub(crate) name: LitStr,
    /// Those that are given, under the names that they have in the runtime as well.
    pub(crate) limits: Vec<(Ident, LitInt)>,
    pub(crate) overflow: Option<Overflow>,
    /// Whether inline handlers read its states on their callers' threads.
    pub(crate) shared: Option<Ident>,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    pub(crate) runtime: Runtime,
    /// None, unless there was an error.
    pub(crate) generics: Generics,
}

impl Library {
    pub(crate) fn of(item: &mut ItemStruct, mut options: Options, errors: &Errors) -> Self {
        let runtime = Runtime::of(&mut options, errors);
        check_reserved(&item.ident, errors);
        let name = options.text("library", errors).unwrap_or_else(|| LitStr::new("nameless", item.ident.span()));
        check_identifier(&name.value(), name.span(), "choose another", errors);
        let limits = LIMITS.iter().filter_map(|limit| options.number(limit, errors)).collect();
        let overflow = Overflow::of(&mut options, errors);
        let shared = options.word("shared", errors);
        let known = "`library`, `shared`, `queue_limit`, `request_limit`, `memory_limit`, `grace_ms`, `stale_warn_ms`, \
                     `event_limit`, `event_overflow`, `stall_ms`, `spin_us` and `crate`";
        options.finish("the state of a library", known, errors);
        generics::check(&item.generics, errors);
        let (state, generics) = (item.ident.clone(), item.generics.clone());
        let docs = docs(&item.attrs);
        Self { state, name, limits, overflow, shared, docs, runtime, generics }
    }
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
