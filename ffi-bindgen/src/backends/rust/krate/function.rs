//! Names one function in Rust.

use crate::backends::rust::docs::comment;
use crate::backends::rust::names::{STYLE, member};
use crate::backends::rust::types::{MODULE, Types};
use crate::model::name_of as named_type;
use crate::model::scope::Scope;
use crate::model::surface::Named;
use ffi_runtime::schema::Function as SchemaFunction;
use serde::Serialize;

/// A function, as it is declared in Rust and as its symbols are in C.
#[derive(Serialize)]
pub(super) struct Function {
    symbol: String,
    /// The method's name.
    method: String,
    /// What its entry points are called in the table of symbols.
    entry: String,
    docs: Vec<String>,
    /// The parameters as they are declared.
    params: Vec<String>,
    /// The parameters' names.
    names: Vec<String>,
    /// The arguments as the macros take them.
    args: Vec<String>,
    /// The types whose C forms its entry point takes.
    types: Vec<String>,
    result: String,
    /// The shape of the result.
    answer: String,
    /// The type that says how it fails.
    failure: String,
}

impl Function {
    /// Takes its names in the scopes where it is called and of the table of symbols.
    pub(super) fn new(named: Named<'_>, types: &Types<'_>, scope: &mut Scope<'_>, entries: &mut Scope<'_>) -> Self {
        let function = named.function;
        let names = name_params(function);
        let params = || names.iter().zip(&function.params);
        Self {
            symbol: function.name.clone(),
            method: member(scope, named.short),
            entry: entries.claim(&function.name, &function.name),
            docs: documentation(function, named.error.and_then(named_type).map(|error| types.name(error))),
            params: params().map(|(name, param)| format!("{name}: {}", types.borrowed(&param.ty))).collect(),
            args: params().map(|(name, it)| format!("{name}: {} => \"{}\"", types.lent(&it.ty), it.name)).collect(),
            types: function.params.iter().map(|param| types.entered(&param.ty)).collect(),
            result: function.returns.as_ref().map_or_else(|| "()".to_owned(), |ty| types.owned(ty, MODULE)),
            answer: function.returns.as_ref().map_or_else(|| "()".to_owned(), |ty| types.shape(ty)),
            failure: function.error.as_ref().map_or_else(
                || "crate::runtime::call::Texts".to_owned(),
                |ty| format!("crate::{}", types.owned(ty, MODULE)),
            ),
            names,
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str).chain([self.method.as_str()])
    }

    /// Whether a parameter is of a described type.
    pub(super) fn has_described_params(&self) -> bool {
        self.params.iter().any(|text| text.contains(MODULE))
    }

    /// Whether its row in the table of symbols is spelled with a described type.
    pub(super) fn has_described_types(&self) -> bool {
        self.types.iter().any(|text| text.contains(MODULE))
    }

    /// Whether its result is a described type.
    pub(super) fn has_described_result(&self) -> bool {
        self.result.contains(MODULE)
    }
}

fn name_params(function: &SchemaFunction) -> Vec<String> {
    let mut scope = Scope::new(STYLE).among(function.params.iter().map(|param| param.name.as_str()));
    let mut name = |name: &str| member(&mut scope, name);
    function.params.iter().map(|param| name(&param.name)).collect()
}

/// The author's documentation, what each parameter is, and how the function is called.
fn documentation(function: &SchemaFunction, error: Option<&str>) -> Vec<String> {
    let mut docs = comment(&function.docs, &format!("Calls `{}`.", function.name));
    let documented = function.params.iter().filter(|param| !param.docs.trim().is_empty());
    for (index, param) in documented.enumerate() {
        if index == 0 {
            docs.push(String::new());
        }
        let lines = param.docs.split_whitespace().collect::<Vec<_>>().join(" ");
        docs.extend(comment(&format!("- `{}`: {lines}", param.name), ""));
    }
    if let Some(error) = error {
        docs.extend([String::new(), format!(" Its own error is a [`Failure::{error}`](crate::Failure::{error}).")]);
    }
    docs
}
