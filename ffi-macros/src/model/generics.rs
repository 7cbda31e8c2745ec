//! Refuses generic parameters: nothing that crosses may have them.

use crate::errors::Errors;
use syn::{GenericParam, Generics};

/// Notes generic parameters and `where` clauses.
pub(crate) fn check(generics: &Generics, errors: &Errors) {
    let is_lifetime = |param: &GenericParam| matches!(param, GenericParam::Lifetime(_));
    if !generics.params.is_empty() {
        let message = if generics.params.iter().all(is_lifetime) {
            "a lifetime cannot cross the FFI boundary, because the two sides share none; remove it and use owned types \
             (`String` for `&str`)"
        } else {
            "generic parameters cannot cross the FFI boundary, because C needs one layout; write the types out"
        };
        errors.add(generics, message);
    } else if let Some(clause) = &generics.where_clause {
        errors.add(clause, "a `where` clause says nothing here, because no type is open; remove it");
    }
}
