//! Names one enum with data in C++: a struct that holds one of several, which have the names of the variants.

use super::field::{Field, members, required};
use super::names::STYLE;
use super::types::{Speller, form_of};
use crate::abi::VariantNames;
use crate::abi::docs::comment;
use crate::model::scope::Scope;
use ffi_runtime::schema::{DataVariant, Payload, TypeDef};
use serde::Serialize;

/// What the struct has and mentions beside the structs of the variants.
pub(super) const BESIDE: [&str; 9] =
    ["value", "visit", "is", "get_if", "other", "variant", "visitor", "Visitor", "Variant"];

/// An enum with data.
#[derive(Serialize)]
pub(super) struct DataEnum {
    variants: Vec<Variant>,
    /// The variant that it is where nothing else is said.
    initial: String,
}

/// One variant: a struct.
#[derive(Serialize)]
struct Variant {
    /// The C++ name.
    name: String,
    /// The C constant of its tag.
    constant: String,
    /// The name on the wire.
    key: String,
    docs: Vec<String>,
    payload: Payload,
    /// The name in the C union.
    member: String,
    fields: Vec<Field>,
    /// Whether its comparison stands in it.
    is_compared: bool,
    /// The places of the fields whose keys may not be missing.
    required: Vec<usize>,
}

impl DataEnum {
    /// Takes the names of the variants, which stand in the struct. `whole` says for each field of each variant whether
    /// its type is whole.
    pub(super) fn new(
        def: &TypeDef,
        variants: &[DataVariant],
        whole: &[bool],
        c: &[VariantNames<'_>],
        initial: usize,
        spell: Speller<'_>,
    ) -> Self {
        let owner = form_of(&def.name);
        let beside = [&[spell.types[&*def.name].as_str(), owner.as_str()], &BESIDE[..]].concat();
        let mut scope = Scope::new(STYLE).beside(&beside).among(variants.iter().map(|variant| variant.name.as_str()));
        let mut whole = whole;
        let variant = |(variant, c): (&DataVariant, &VariantNames<'_>)| {
            let (own, others) = whole.split_at(variant.fields.len());
            whole = others;
            Variant::new(variant, own, c, spell, &mut scope)
        };
        let variants = variants.iter().zip(c).map(variant).collect::<Vec<_>>();
        Self { initial: variants.get(initial).map(|variant| variant.name.clone()).unwrap_or_default(), variants }
    }
}

impl Variant {
    fn new(
        variant: &DataVariant,
        whole: &[bool],
        c: &VariantNames<'_>,
        spell: Speller<'_>,
        scope: &mut Scope<'_>,
    ) -> Self {
        let name = scope.claim(&variant.name, &variant.name);
        Self {
            constant: format!("::{}", c.constant),
            key: variant.name.clone(),
            docs: comment(&variant.docs),
            payload: variant.payload,
            member: c.member.to_owned(),
            fields: fields(&name, variant, whole, c, spell),
            is_compared: whole.iter().all(|&is_whole| is_whole),
            required: required(&variant.fields),
            name,
        }
    }
}

/// The fields of a variant's struct; one that has no name is the `value`.
fn fields(owner: &str, variant: &DataVariant, whole: &[bool], c: &VariantNames<'_>, spell: Speller<'_>) -> Vec<Field> {
    match variant.payload {
        Payload::Unit => Vec::new(),
        Payload::Value => members(owner, &variant.fields, whole, &["value"], spell),
        Payload::Tuple | Payload::Fields => members(owner, &variant.fields, whole, &c.fields, spell),
    }
}
