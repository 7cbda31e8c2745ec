//! Pairs of versions: each change by itself, and what is to be said of it.

mod data_enums;
mod fields;
mod functions;
mod parameters;
mod types;

use crate::support::{
    self, boxed, data_enum, enumeration, event, failing, failure, function, library, list, method, named, option,
    record, with_events,
};
use ffi_runtime::schema::{DataVariant, Field, Function, FunctionKind, Library, Param, Shape, Type, TypeDef, Variant};

/// The version before.
pub(super) fn base() -> Library {
    let held = data_enums::VARIANTS.map(|(_, payload)| data_enums::fields(payload));
    let variants: Vec<_> =
        data_enums::VARIANTS.iter().zip(&held).map(|(&(name, payload), it)| (name, payload, &it[..])).collect();
    let types = vec![
        record("Config", &[("name", Type::String), ("retries", Type::U32)]),
        record("Request", &[("count", Type::I32), ("tag", Type::String), ("mood", named("Mood"))]),
        record("Answer", &[("total", Type::I64), ("note", option(Type::String)), ("level", named("Level"))]),
        record("Both", &[("x", Type::F64), ("y", option(Type::F64))]),
        record("Node", &[("value", Type::I32), ("next", option(boxed(named("Node"))))]),
        record("Told", &[("what", Type::String), ("many", list(Type::U16))]),
        enumeration("Mood", &[("Calm", 0), ("Wild", 1)]),
        enumeration("Level", &[("Low", 0), ("High", 10)]),
        data_enum("Draft", &variants),
        data_enum("Edit", &variants),
        enumeration("Trouble", &[("Busy", 0), ("Gone", 1)]),
        failure("Trouble"),
        failure("Told"),
    ];
    let mut slow = method("lib_slow", &[("wait", Type::U32)], Some(Type::Bool));
    slow.deadline_ms = Some(1_000);
    let functions = vec![
        function(FunctionKind::Constructor, "lib_create", &[("config", named("Config"))], None),
        method("lib_ask", &[("req", named("Request")), ("extra", option(Type::I64))], Some(named("Answer"))),
        method("lib_move", &[("by", named("Both")), ("times", Type::U8)], Some(named("Both"))),
        method("lib_walk", &[("from", named("Node"))], Some(list(named("Node")))),
        method("lib_name", &[("id", Type::Usize)], Some(Type::String)),
        method("lib_blob", &[("data", Type::Bytes)], Some(Type::Bytes)),
        method("lib_draft", &[("draft", named("Draft"))], Some(named("Edit"))),
        method("lib_reset", &[], None),
        failing("Trouble", method("lib_try", &[], None)),
        method("lib_maybe", &[("value", option(Type::Char))], Some(option(Type::F32))),
        slow,
        function(FunctionKind::Stateless, "lib_parse", &[("text", Type::String)], Some(Type::U64)),
        function(FunctionKind::Export, "lib_add", &[("a", Type::I32), ("b", Type::I32)], Some(Type::I32)),
        function(FunctionKind::Destructor, "lib_destroy", &[], None),
    ];
    with_events(library("lib", types, functions), vec![event("on_told", Some(named("Told"))), event("on_tick", None)])
}

/// The base with a change, laid out and sealed again.
fn changed(change: impl FnOnce(&mut Library)) -> Library {
    support::changed(base(), change)
}

fn the<'a>(library: &'a mut Library, name: &str) -> &'a mut Function {
    library.functions.iter_mut().find(|it| it.name == name).expect("a function")
}

fn ty<'a>(library: &'a mut Library, name: &str) -> &'a mut TypeDef {
    library.types.iter_mut().find(|it| it.name == name).expect("a type")
}

fn fields<'a>(library: &'a mut Library, name: &str) -> &'a mut Vec<Field> {
    match &mut ty(library, name).shape {
        Shape::Record { fields } => fields,
        Shape::Enumeration { .. } | Shape::DataEnum { .. } => panic!("{name} is a record"),
    }
}

fn variants<'a>(library: &'a mut Library, name: &str) -> &'a mut Vec<Variant> {
    match &mut ty(library, name).shape {
        Shape::Enumeration { variants } => variants,
        Shape::Record { .. } | Shape::DataEnum { .. } => panic!("{name} is an enumeration"),
    }
}

fn data_variants<'a>(library: &'a mut Library, name: &str) -> &'a mut Vec<DataVariant> {
    match &mut ty(library, name).shape {
        Shape::DataEnum { variants } => variants,
        Shape::Record { .. } | Shape::Enumeration { .. } => panic!("{name} is an enum with data"),
    }
}

fn field(name: &str, ty: Type) -> Field {
    match record("Any", &[(name, ty)]).shape {
        Shape::Record { mut fields } => fields.remove(0),
        Shape::Enumeration { .. } | Shape::DataEnum { .. } => unreachable!("a record"),
    }
}

fn variant(name: &str, value: i32) -> Variant {
    match enumeration("Any", &[(name, value)]).shape {
        Shape::Enumeration { mut variants } => variants.remove(0),
        Shape::Record { .. } | Shape::DataEnum { .. } => unreachable!("an enumeration"),
    }
}

fn param(name: &str, ty: Type) -> Param {
    method("any", &[(name, ty)], None).params.remove(0)
}

/// What `abidiff` can see of a pair: the parameters of symbols, by value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// An incompatible change, or one of a type's layout.
    Changed,
    /// Nothing, but what was added.
    Same,
    /// What differs is behind a `msg`, or in a name that C does not keep.
    Hidden,
}

pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) new: Library,
    /// Each change as it is told, with both verdicts before: `+` is safe, `-` is not.
    pub(super) expected: Vec<&'static str>,
    /// What the old header's check says of the new library.
    pub(super) check: &'static str,
    pub(super) seen: Seen,
}

/// Adds one pair: its name, the change, what is told, what the old header's check says, and what
/// `abidiff` sees.
type Add<'a> = &'a mut dyn FnMut(&'static str, fn(&mut Library), &[&'static str], &'static str, Seen);

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |name, change: fn(&mut Library), expected: &[&'static str], check, seen| {
        cases.push(Case { name, new: changed(change), expected: expected.to_vec(), check, seen });
    };
    functions::add(&mut case);
    parameters::add(&mut case);
    fields::add(&mut case);
    types::add(&mut case);
    data_enums::add(&mut case);
    cases
}
