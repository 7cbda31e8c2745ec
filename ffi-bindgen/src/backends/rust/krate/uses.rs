//! Finds the paths that each file uses, so that no `use` is left over.

use super::event::Event;
use super::function::Function;
use super::item::Item;
use serde::Serialize;

/// The paths that files use, in rustfmt's order.
#[derive(Default, Serialize)]
pub(super) struct Uses {
    library_uses: Vec<&'static str>,
    context_uses: Vec<&'static str>,
    mirrors_uses: Vec<&'static str>,
    symbols_uses: Vec<&'static str>,
}

/// What the files are about.
pub(super) struct Parts<'a> {
    pub(super) items: &'a [Item],
    pub(super) constructor: Option<&'a Function>,
    pub(super) methods: &'a [Function],
    pub(super) stateless: &'a [Function],
    pub(super) exports: &'a [Function],
    pub(super) events: &'a [Event],
    pub(super) has_contexts: bool,
}

impl Uses {
    pub(super) fn new(parts: &Parts<'_>) -> Self {
        Self {
            library_uses: of_library(parts),
            context_uses: of_context(parts),
            mirrors_uses: used([("crate::types", parts.items.iter().any(Item::has_described_types))]),
            symbols_uses: of_symbols(parts),
        }
    }
}

fn of_library(parts: &Parts<'_>) -> Vec<&'static str> {
    let returning = || parts.stateless.iter().chain(parts.exports);
    let taking = || parts.constructor.into_iter().chain(returning());
    let has_types = taking().any(Function::has_described_params) || returning().any(Function::has_described_result);
    used([
        ("crate::runtime::api::{Api, Transport}", true),
        ("crate::runtime::call::Call", !parts.stateless.is_empty()),
        ("crate::runtime::create::{Creating, Listen}", parts.constructor.is_some()),
        ("crate::runtime::error::Error", true),
        ("crate::runtime::notice::Notice", true),
        ("crate::types", has_types),
        ("std::fmt", true),
        ("std::path::Path", true),
        ("std::sync::Arc", true),
    ])
}

fn of_context(parts: &Parts<'_>) -> Vec<&'static str> {
    let has_events = !parts.events.is_empty();
    let has_types = parts.methods.iter().any(|it| it.has_described_params() || it.has_described_result())
        || parts.events.iter().any(Event::has_described_payload);
    used([
        ("crate::runtime::call::Call", true),
        ("crate::runtime::error::Error", has_events),
        ("crate::runtime::events::Subscription", has_events),
        ("crate::runtime::session::Session", true),
        ("crate::runtime::stream::EventStream", has_events),
        ("crate::types", has_types),
    ])
}

fn of_symbols(parts: &Parts<'_>) -> Vec<&'static str> {
    let contexts = parts.has_contexts;
    let called = || parts.constructor.into_iter().chain(parts.methods).chain(parts.stateless).chain(parts.exports);
    let has_types =
        called().any(|it| it.has_described_types()) || parts.exports.iter().any(|it| it.has_described_result());
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
