//! The header's spelling, for backends whose code includes it.

use super::header::claim_all;
use super::types::{Speller, declare};
use crate::Error;
use crate::model::{Item, Model};
use ffi_runtime::schema::Type;
use std::collections::BTreeMap;

/// The names that the fields of each record bear in the header, in their order.
pub(crate) fn members(model: &Model<'_>) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let lib = &model.library.name;
    let names = claim_all(model, Speller { lib }, &lib.to_uppercase())?;
    let mut records = BTreeMap::new();
    for item in &model.items {
        if let Item::Record(def, fields) = item {
            let mut members = names.members(format!("the type {}", def.path), &[]);
            let spelled = fields.iter().map(|field| members.add(&field.name)).collect::<Result<_, _>>()?;
            records.insert(def.name.clone(), spelled);
        }
    }
    Ok(records)
}

/// A type of the library in C.
pub(crate) fn spelled(lib: &str, ty: &Type) -> String {
    Speller { lib }.ty(ty)
}

/// The declaration of a variable of this type in C.
pub(crate) fn declaration(lib: &str, ty: &Type, name: &str) -> String {
    declare(&spelled(lib, ty), name)
}
