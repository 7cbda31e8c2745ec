//! The struct that holds a library's state.

use super::Carried;
use super::generics;
use crate::attr::Choices;
use crate::errors::Errors;
use crate::names::{check_identifier, check_reserved};
use crate::paths::Runtime;
use syn::{Generics, Ident, ItemStruct, LitInt, LitStr};

/// The options that are numbers.
const LIMITS: [&str; 5] = ["queue_limit", "request_limit", "memory_limit", "grace_ms", "stale_warn_ms"];

/// A library and its options.
#[derive(Debug)]
pub(crate) struct Library {
    pub(crate) state: Ident,
    pub(crate) name: LitStr,
    /// Those that are given, under the names that they have in the runtime as well.
    pub(crate) limits: Vec<(Ident, LitInt)>,
    pub(crate) carried: Carried,
    pub(crate) runtime: Runtime,
    /// None, unless there was an error.
    pub(crate) generics: Generics,
}

impl Library {
    pub(crate) fn of(item: &mut ItemStruct, mut choices: Choices, errors: &Errors) -> Self {
        let runtime = Runtime::of(&mut choices, errors);
        check_reserved(&item.ident, errors);
        let name = choices.text("library", errors).unwrap_or_else(|| LitStr::new("nameless", item.ident.span()));
        check_identifier(&name.value(), name.span(), "choose another", errors);
        let limits = LIMITS.iter().filter_map(|limit| choices.number(limit, errors)).collect();
        let known =
            "`library`, `queue_limit`, `request_limit`, `memory_limit`, `grace_ms`, `stale_warn_ms` and `crate`";
        choices.finish("the state of a library", known, errors);
        generics::check(&item.generics, errors);
        let (state, generics) = (item.ident.clone(), item.generics.clone());
        let carried = Carried::of(&mut item.attrs, errors);
        Self { state, name, limits, carried, runtime, generics }
    }
}
