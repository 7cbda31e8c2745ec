//! Decides which traits a record derives, from all that it holds.

use super::types::Types;
use crate::model::{Kind, named};
use ffi_runtime::schema::Type;
use std::collections::{HashMap, HashSet};

/// What is true of a library's records, by name.
pub(super) struct Derives<'a> {
    /// Each field has a default.
    default: HashSet<&'a str>,
    /// No float is anywhere in it.
    eq: HashSet<&'a str>,
}

impl<'a> Derives<'a> {
    pub(super) fn new(types: &Types<'a>) -> Self {
        let floats = grow(types, |name, floats| types.fields(name).any(|field| has_float(field, floats)));
        let default = grow(types, |name, default| types.fields(name).all(|field| has_default(field, default)));
        Self { default, eq: types.records().filter(|name| !floats.contains(name)).collect() }
    }

    /// The traits of a record's values.
    pub(super) fn of_record(&self, name: &str) -> Vec<&'static str> {
        let mut derives = vec!["Clone", "Debug"];
        derives.extend(self.default.contains(name).then_some("Default"));
        derives.push("PartialEq");
        derives.extend(self.eq.contains(name).then_some("Eq"));
        derives.extend(self.eq.contains(name).then_some("Hash"));
        derives
    }

    /// The traits of an enumeration's values.
    pub(super) fn of_enumeration() -> Vec<&'static str> {
        vec!["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash"]
    }
}

/// The records of which this is true, given those of which it is known to be.
fn grow<'a>(types: &Types<'a>, is_true: impl Fn(&'a str, &HashSet<&'a str>) -> bool) -> HashSet<&'a str> {
    let users = users(types);
    let mut known = HashSet::new();
    let mut left: Vec<&str> = types.records().collect();
    while let Some(name) = left.pop() {
        if !known.contains(name) && is_true(name, &known) {
            known.insert(name);
            // It may be true of what holds it now.
            left.extend(users.get(name).into_iter().flatten());
        }
    }
    known
}

/// By the name of each type, the records with a field of it.
fn users<'a>(types: &Types<'a>) -> HashMap<&'a str, Vec<&'a str>> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for record in types.records() {
        for name in types.fields(record).filter_map(named) {
            users.entry(name).or_default().push(record);
        }
    }
    users
}

/// Whether a type has a default, where these records have: an enumeration has none.
fn has_default(ty: &Type, records: &HashSet<&str>) -> bool {
    if let Kind::Named(name) = Kind::of(ty).unboxed() { records.contains(name) } else { true }
}

/// Whether a type holds a float, where these records do.
fn has_float(ty: &Type, records: &HashSet<&str>) -> bool {
    let innermost = Kind::of(ty).innermost();
    if let Kind::Named(name) = innermost { records.contains(name) } else { matches!(innermost, Kind::Float { .. }) }
}
