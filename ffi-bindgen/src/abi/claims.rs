//! Takes every name at the top of one header.

use super::names::{HEADER, checked, of_fixed_text};
use super::symbols::entry_points;
use super::types::Speller;
use super::{event, integers};
use crate::Error;
use crate::model::scope::Scope;
use crate::model::surface::has_cbor;
use crate::model::{Int, Item, Model};
use ffi_runtime::schema::{Event, Function};

/// Claims every name of the header's one scope.
pub(super) fn claim_all(model: &Model<'_>, spell: Speller<'_>, macros: &str) -> Result<Scope<'static>, Error> {
    let mut names = of_fixed_text(spell.lib, macros);
    for int in Int::all() {
        // A loop writes these names, so the text alone doesn't show them.
        integers::codec(spell, int).iter().for_each(|name| names.fix(name, HEADER));
    }
    for item in &model.items {
        claim_item(&mut names, item, spell)?;
    }
    for function in &model.library.functions {
        claim_function(&mut names, function)?;
    }
    for event in &model.library.events {
        claim_event(&mut names, event, spell, macros)?;
    }
    Ok(names)
}

fn claim_function(names: &mut Scope<'_>, function: &Function) -> Result<(), Error> {
    let owner = format!("the function {}", function.name);
    let helpers = ["_request", "_response"].into_iter().filter(|_| has_cbor(function.kind));
    let helpers = helpers.map(|helper| format!("{}{helper}", function.name));
    let checked = checked(&function.name);
    entry_points(function).into_iter().chain(helpers).chain([checked]).try_for_each(|name| claim(names, &name, &owner))
}

fn claim_event(names: &mut Scope<'_>, event: &Event, spell: Speller<'_>, macros: &str) -> Result<(), Error> {
    let owner = format!("the event {}", event.name);
    claim(names, &event::macro_of(event, macros), &owner)?;
    claim(names, &event::helper_of(event, spell), &owner)
}

fn claim_item(names: &mut Scope<'_>, item: &Item<'_>, spell: Speller<'_>) -> Result<(), Error> {
    let (name, owner) = (spell.prefixed(&item.name()), item.description());
    if !matches!(item, Item::Boxed(_)) {
        claim(names, &name, &owner)?;
    }
    if let Item::Enumeration(_, variants) = item {
        for variant in *variants {
            let owner = format!("the variant {} of {owner}", variant.name);
            claim(names, &format!("{name}_{}", variant.name), &owner)?;
        }
    }
    claim(names, &format!("{name}_encode"), &format!("the encoder of {owner}"))?;
    claim(names, &format!("{name}_decode"), &format!("the decoder of {owner}"))
}

/// A name at the top stays as it is: it is a symbol, or begins with the library's name.
fn claim(names: &mut Scope<'_>, name: &str, owner: &str) -> Result<(), Error> {
    names.claim(name, owner).map(drop)
}
