//! The `#[ffi]` attribute. Use it through `ffi-runtime`, which exports it.

mod attr;
mod errors;
mod expand;
mod model;
mod names;
mod paths;

use proc_macro::TokenStream;

/// x
#[proc_macro_attribute]
pub fn ffi(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::ffi(options.into(), item.into()).into()
}
