//! Decides which traits a record or an enum derives, from all that it holds.

use super::types::Types;
use crate::model::{Format, Kind, named};
use ffi_runtime::schema::Type;
use std::collections::{HashMap, HashSet};

/// What is true of a library's records and enums with data, by name.
pub(super) struct Derives<'a> {
    /// It is a record, and each field has a default.
    default: HashSet<&'a str>,
    /// No float is anywhere in it.
    eq: HashSet<&'a str>,
}

impl<'a> Derives<'a> {
    pub(super) fn new(types: &Types<'a>) -> Self {
        let floats = grow(types, |name, floats| types.fields(name).any(|field| has_float(field, floats)));
        let default = grow(types, |name, default| {
            types.is_record(name) && types.fields(name).all(|field| has_default(field, default))
        });
        Self { default, eq: types.compounds().filter(|name| !floats.contains(name)).collect() }
    }

    /// The traits of the values of a record or an enum with data.
    pub(super) fn of_compound(&self, name: &str) -> Vec<&'static str> {
        let mut derives = vec!["Clone", "Debug"];
        derives.extend(self.default.contains(name).then_some("Default"));
        derives.push("PartialEq");
        derives.extend(self.eq.contains(name).then_some("Eq"));
        derives.extend(self.eq.contains(name).then_some("Hash"));
        derives
    }

    /// The traits of an enumeration's values, which can be keys of maps.
    pub(super) fn of_enumeration() -> Vec<&'static str> {
        vec!["Clone", "Copy", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"]
    }
}

/// The types of which this is true, given those of which it is known to be.
fn grow<'a>(types: &Types<'a>, is_true: impl Fn(&'a str, &HashSet<&'a str>) -> bool) -> HashSet<&'a str> {
    let users = users(types);
    let mut known = HashSet::new();
    let mut left: Vec<&str> = types.compounds().collect();
    while let Some(name) = left.pop() {
        if !known.contains(name) && is_true(name, &known) {
            known.insert(name);
            // It may be true of what holds it now.
            left.extend(users.get(name).into_iter().flatten());
        }
    }
    known
}

/// By the name of each type, the others with a field of it.
fn users<'a>(types: &Types<'a>) -> HashMap<&'a str, Vec<&'a str>> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for user in types.compounds() {
        for name in types.fields(user).flat_map(named) {
            users.entry(name).or_default().push(user);
        }
    }
    users
}

/// The longest array that has a default in Rust.
const LONGEST_WITH_DEFAULT: u64 = 32;

/// Whether a type has a default, where these records have: no enum has one, nor has a point in time or an address.
fn has_default(ty: &Type, records: &HashSet<&str>) -> bool {
    match Kind::of(ty).unboxed() {
        Kind::Named(name) => records.contains(name),
        Kind::Time | Kind::Formatted(Format::IpAddr | Format::SocketAddr) => false,
        Kind::Tuple(items) => items.iter().all(|item| has_default(item, records)),
        Kind::Array(item, len) => len <= LONGEST_WITH_DEFAULT && has_default(item, records),
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => true,
        Kind::Wide { .. } | Kind::Duration | Kind::Formatted(Format::Path) => true,
        Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) | Kind::Map(..) | Kind::Set(_) => true,
    }
}

/// Whether a type holds a float, where these types do.
fn has_float(ty: &Type, holders: &HashSet<&str>) -> bool {
    let is_such =
        |kind| if let Kind::Named(name) = kind { holders.contains(name) } else { matches!(kind, Kind::Float { .. }) };
    Kind::of(ty).innermost().into_iter().any(is_such)
}
