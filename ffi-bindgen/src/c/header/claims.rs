//! Takes every name of one header.

use super::event;
use super::integers::integers;
use crate::Error;
use crate::c::names::Names;
use crate::c::types::Speller;
use crate::model::{Item, Model};
use ffi_runtime::schema::{Event, Function, FunctionKind};

/// Claims every name of the header's one scope.
pub(in crate::c) fn claim_all(model: &Model<'_>, spell: Speller<'_>, macros: &str) -> Result<Names, Error> {
    let mut names = Names::of_fixed_text(spell.lib, macros);
    for integer in integers() {
        // These names are the work of a loop, so the text alone doesn't show them.
        names.fix(&format!("{}_encode", spell.prefixed(integer.name)));
        names.fix(&format!("{}_decode", spell.prefixed(integer.name)));
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

fn claim_function(names: &mut Names, function: &Function) -> Result<(), Error> {
    let owner = format!("the function {}", function.name);
    let suffixes: &[&str] = match function.kind {
        FunctionKind::Constructor | FunctionKind::Method | FunctionKind::Stateless => {
            &["", "_cbor", "_request", "_response"]
        }
        FunctionKind::Destructor | FunctionKind::Export => &[""],
    };
    suffixes.iter().try_for_each(|suffix| names.claim(&format!("{}{suffix}", function.name), &owner))
}

fn claim_event(names: &mut Names, event: &Event, spell: Speller<'_>, macros: &str) -> Result<(), Error> {
    let owner = format!("the event {}", event.name);
    names.claim(&event::macro_of(event, macros), &owner)?;
    names.claim(&event::helper_of(event, spell), &owner)
}

fn claim_item(names: &mut Names, item: &Item<'_>, spell: Speller<'_>) -> Result<(), Error> {
    let (name, owner) = (spell.prefixed(&item.name()), item.description());
    if !matches!(item, Item::Boxed(_)) {
        names.claim(&name, &owner)?;
    }
    if let Item::Enumeration(_, variants) = item {
        for variant in *variants {
            names.claim(&format!("{name}_{}", variant.name), &format!("the variant {} of {owner}", variant.name))?;
        }
    }
    claim_codec(names, &name, &owner)
}

fn claim_codec(names: &mut Names, codec: &str, owner: &str) -> Result<(), Error> {
    names.claim(&format!("{codec}_encode"), &format!("the encoder of {owner}"))?;
    names.claim(&format!("{codec}_decode"), &format!("the decoder of {owner}"))
}
