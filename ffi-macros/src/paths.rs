//! Where generated code finds the runtime.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{LitStr, Path};

use crate::attr::Choices;
use crate::errors::Errors;

/// The runtime's module for generated code, imported as `__ffi` into every expansion.
///
/// Its name carries the version, so that a runtime of another version is told at once.
#[derive(Clone, Debug)]
pub(crate) struct Runtime {
    krate: Path,
}

impl Runtime {
    /// The runtime crate as the user's manifest names it: `ffi_runtime`, or `crate = "…"`.
    pub(crate) fn of(choices: &mut Choices, errors: &Errors) -> Self {
        let renamed = choices.text("crate", errors).and_then(|text| parse(&text, errors));
        Self { krate: renamed.unwrap_or_else(|| syn::parse_quote!(::ffi_runtime)) }
    }

    /// `use … as __ffi;`
    pub(crate) fn import(&self) -> TokenStream {
        let krate = &self.krate;
        let module = format_ident!("__private_{}", env!("CARGO_PKG_VERSION").replace(['.', '-'], "_"));
        quote!(use #krate::#module as __ffi;)
    }
}

fn parse(text: &LitStr, errors: &Errors) -> Option<Path> {
    text.parse()
        .map_err(|_| errors.add(text, "`crate` takes the path of the runtime crate; write `crate = \"::my_ffi\"`"))
        .ok()
}
