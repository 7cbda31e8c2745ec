//! The struct that holds a library's state.

use super::Carried;
use super::generics;
use crate::attr::Choices;
use crate::errors::Errors;
use crate::names::{check_identifier, check_reserved};
use crate::paths::Runtime;
use syn::{Generics, Ident, ItemStruct, LitInt, LitStr};

/// A library and its options.
#[derive(Debug)]
pub(crate) struct Library {
    pub(crate) state: Ident,
    pub(crate) name: LitStr,
    pub(crate) queue_limit: Option<LitInt>,
    pub(crate) request_limit: Option<LitInt>,
    pub(crate) memory_limit: Option<LitInt>,
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
        let queue_limit = choices.number("queue_limit", errors);
        let request_limit = choices.number("request_limit", errors);
        let memory_limit = choices.number("memory_limit", errors);
        let known = "`library`, `queue_limit`, `request_limit`, `memory_limit` and `crate`";
        choices.finish("the state of a library", known, errors);
        generics::check(&item.generics, errors);
        let (state, generics) = (item.ident.clone(), item.generics.clone());
        let carried = Carried::of(&mut item.attrs, errors);
        Self { state, name, queue_limit, request_limit, memory_limit, carried, runtime, generics }
    }
}
