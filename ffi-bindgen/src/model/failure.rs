//! Errors that cross with what they hold: the record that comes with `RET_FAILURE`, and the error in it.

use super::item::name_of;
use super::kind::Defs;
use crate::Error;
use ffi_runtime::schema::{Field, Function, Library, Shape, Type};

/// What a function fails with that says more than a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure<'a> {
    /// The record of the text and the error.
    pub(crate) record: &'a Type,
    /// The name of that record.
    pub(crate) name: &'a str,
    /// The error, a record or an enumeration.
    pub(crate) error: &'a Type,
    /// The name of the error.
    pub(crate) error_name: &'a str,
    /// Whether the error is an enumeration.
    pub(crate) is_enumeration: bool,
}

/// What functions fail with, each error once, in the order of their names.
pub(super) fn of_all<'a>(library: &'a Library, defs: &Defs<'a>) -> Vec<Failure<'a>> {
    let records = library.functions.iter().filter_map(|function| function.error.as_ref());
    let mut failures: Vec<_> = records.filter_map(|record| of_record(record, defs)).collect();
    failures.sort_by_key(|failure| failure.name);
    failures.dedup();
    failures
}

/// The type of the error that a function describes.
pub(super) fn error_type<'a>(function: &'a Function, library: &'a Library) -> Option<&'a Type> {
    let record = name_of(function.error.as_ref()?)?;
    let Shape::Record { fields } = &library.types.iter().find(|def| def.name == record)?.shape else { return None };
    fields.last().map(|field| &field.ty)
}

/// The name of what a function fails with that says more than a text, of a library that need not be checked.
pub(crate) fn error_name(function: &Function) -> Option<String> {
    function.error.as_ref().and_then(name_of).map(error_of)
}

/// The name of the error in a record. One of two errors with a name has its path.
fn error_of(record: &str) -> String {
    let (path, name) = record.rsplit_once("::").map_or(("", record), |(path, name)| (path, name));
    let name = name.strip_prefix("failure_").unwrap_or(name);
    if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") }
}

/// Refuses a function whose error is no such record.
pub(super) fn check(library: &Library, defs: &Defs<'_>) -> Result<(), Error> {
    let is_bad = |function: &&Function| function.error.as_ref().is_some_and(|error| of_record(error, defs).is_none());
    match library.functions.iter().find(is_bad) {
        Some(function) => Err(Error::NoFailure { function: function.name.clone() }),
        None => Ok(()),
    }
}

/// What comes with `RET_FAILURE`, where it is a record of that form.
fn of_record<'a>(record: &'a Type, defs: &Defs<'a>) -> Option<Failure<'a>> {
    let Type::Named(name) = record else { return None };
    let Shape::Record { fields } = &defs.get(name.as_str())?.shape else { return None };
    let [message, error] = &fields[..] else { return None };
    let Field { name: key, ty: Type::Named(error_name), .. } = error else { return None };
    let is_one = message.name == "message" && message.ty == Type::String && key == "error";
    let is_enumeration = matches!(defs.get(error_name.as_str())?.shape, Shape::Enumeration { .. });
    is_one.then_some(Failure { record, name, error: &error.ty, error_name, is_enumeration })
}

#[cfg(test)]
mod tests {
    use super::error_of;

    #[test]
    fn an_error_is_named_as_its_author_has_it() {
        assert_eq!(error_of("failure_Denied"), "Denied");
        assert_eq!(error_of("failure_failure_x"), "failure_x");
        assert_eq!(error_of("shop::desk::failure_Denied"), "shop::desk::Denied");
    }
}
