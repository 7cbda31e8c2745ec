//! The attribute `#[test]` of `toolchain`, which exports it.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Attribute, ItemFn, parse_macro_input};

/// Adds a function to the tests that `toolchain::main` runs; `#[ignore]` and `#[cfg]` hold as they do for the
/// compiler's own attribute of this name.
#[proc_macro_attribute]
pub fn test(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut function = parse_macro_input!(item as ItemFn);
    let name = function.sig.ident.clone();
    let of = |attributes: &[Attribute], name: &str| -> Vec<Attribute> {
        attributes.iter().filter(|it| it.path().is_ident(name)).cloned().collect()
    };
    let conditions = of(&function.attrs, "cfg");
    let is_ignored = !of(&function.attrs, "ignore").is_empty();
    function.attrs.retain(|it| !it.path().is_ident("ignore"));
    quote! {
        #function
        #(#conditions)*
        ::toolchain::inventory::submit! {
            ::toolchain::Test {
                path: ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#name)),
                run: #name,
                is_ignored: #is_ignored,
            }
        }
    }
    .into()
}
