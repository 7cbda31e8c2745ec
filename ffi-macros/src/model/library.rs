//! The struct that holds a library's state.

use super::Carried;
use super::record::check_generics;
use crate::attr::Choices;
use crate::errors::Errors;
use crate::names::check_identifier;
use crate::paths::Runtime;
use syn::{Ident, ItemStruct, LitInt, LitStr};

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
}

impl Library {
    pub(crate) fn of(item: &mut ItemStruct, mut choices: Choices, errors: &Errors) -> Option<Self> {
        let runtime = Runtime::of(&mut choices, errors);
        let name = choices.text("library", errors)?;
        check_identifier(&name.value(), name.span(), errors);
        let queue_limit = choices.number("queue_limit", errors);
        let request_limit = choices.number("request_limit", errors);
        let memory_limit = choices.number("memory_limit", errors);
        let known = "`library`, `queue_limit`, `request_limit`, `memory_limit` and `crate`";
        choices.finish("the state of a library", known, errors);
        if check_generics(&item.generics, errors) {
            return None;
        }
        let carried = Carried::of(&item.attrs);
        Some(Self { state: item.ident.clone(), name, queue_limit, request_limit, memory_limit, carried, runtime })
    }
}
