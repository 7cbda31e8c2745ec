//! What each file uses, so that none has a `use` too many.

use super::{Crate, Event, Function, Item};
use serde::Serialize;

/// The paths that files use, in rustfmt's order.
#[derive(Default, Serialize)]
pub(super) struct Uses {
    library_uses: Vec<&'static str>,
    context_uses: Vec<&'static str>,
    mirrors_uses: Vec<&'static str>,
    symbols_uses: Vec<&'static str>,
}

impl Uses {
    pub(super) fn new(krate: &Crate<'_>) -> Self {
        Self {
            library_uses: of_library(krate),
            context_uses: of_context(krate),
            mirrors_uses: used([("crate::types", krate.items.iter().any(Item::has_described_types))]),
            symbols_uses: of_symbols(krate),
        }
    }
}

fn of_library(krate: &Crate<'_>) -> Vec<&'static str> {
    let returning = || krate.stateless.iter().chain(&krate.exports);
    let called = || krate.constructor.iter().chain(&krate.stateless);
    let taking = || krate.constructor.iter().chain(returning());
    let has_types = taking().any(Function::has_described_params) || returning().any(Function::has_described_result);
    used([
        ("crate::runtime::api::{Api, Transport}", true),
        ("crate::runtime::call::Call", !krate.stateless.is_empty()),
        ("crate::runtime::create::Creating", krate.constructor.is_some()),
        ("crate::runtime::error::Error", true),
        ("crate::runtime::native::Boxed", called().any(Function::passes_box)),
        ("crate::runtime::notice::Notice", true),
        ("crate::types", has_types),
        ("std::fmt", true),
        ("std::path::Path", true),
        ("std::sync::Arc", true),
    ])
}

fn of_context(krate: &Crate<'_>) -> Vec<&'static str> {
    let has_events = !krate.events.is_empty();
    let has_types = krate.methods.iter().any(|it| it.has_described_params() || it.has_described_result())
        || krate.events.iter().any(Event::has_described_payload);
    used([
        ("crate::runtime::call::Call", true),
        ("crate::runtime::error::Error", has_events),
        ("crate::runtime::events::Subscription", has_events),
        ("crate::runtime::native::Boxed", krate.methods.iter().any(Function::passes_box)),
        ("crate::runtime::session::Session", true),
        ("crate::runtime::stream::EventStream", has_events),
        ("crate::types", has_types),
    ])
}

fn of_symbols(krate: &Crate<'_>) -> Vec<&'static str> {
    let contexts = krate.has_contexts();
    let called = || krate.constructor.iter().chain(&krate.methods).chain(&krate.stateless).chain(&krate.exports);
    let has_types =
        called().any(|it| it.has_described_types()) || krate.exports.iter().any(|it| it.has_described_result());
    used([
        ("crate::runtime::abi::{AddListener, Callback}", contexts),
        ("crate::runtime::check::Expected", true),
        ("crate::types", has_types),
        ("std::ffi::c_char", !contexts),
        ("std::ffi::{c_char, c_int, c_void}", contexts),
    ])
}

fn used<const N: usize>(paths: [(&'static str, bool); N]) -> Vec<&'static str> {
    paths.into_iter().filter(|(_, is_used)| *is_used).map(|(path, _)| path).collect()
}
