//! A library's own C symbols, which need no function of the author's: one table of names and signatures.
//!
//! `L_ffi_name` calls the function `name` of the runtime, for the library's state and with the same arguments; so does
//! `L_name` in a library with short names.

use crate::model::Settings;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Ident, LitStr};

/// One symbol.
struct Symbol {
    /// What follows the library's name and `_ffi_`.
    name: &'static str,
    /// Whether a caller has to keep promises about pointers.
    is_unsafe: bool,
    params: &'static [(&'static str, Form)],
    returns: Form,
}

/// A type in C.
#[derive(Clone, Copy)]
enum Form {
    Pointer,
    Callback,
    Text,
    Bytes,
    Size,
    PointerToSize,
    Int,
    Id,
}

const CTX: (&str, Form) = ("__ctx", Form::Pointer);
const CALLBACK: (&str, Form) = ("__callback", Form::Callback);
const USER_DATA: (&str, Form) = ("__user_data", Form::Pointer);
const EVENT: (&str, Form) = ("__event", Form::Text);
const FUNCTION: (&str, Form) = ("__function", Form::Text);
const REQUEST: (&str, Form) = ("__request", Form::Bytes);
const LEN: (&str, Form) = ("__len", Form::Size);

const SYMBOLS: [Symbol; 11] = [
    pointers("add_event_listener", &[CTX, EVENT, CALLBACK, USER_DATA], Form::Id),
    pointers("add_event_listener_cbor", &[CTX, EVENT, CALLBACK, USER_DATA], Form::Id),
    plain("remove_event_listener", &[CTX, ("__id", Form::Id)], Form::Int),
    plain("poll_fd", &[CTX], Form::Int),
    plain("dispatch", &[CTX, ("__max", Form::Size)], Form::Int),
    pointers("call_cbor", &[CTX, FUNCTION, CALLBACK, USER_DATA, REQUEST, LEN], Form::Int),
    plain("cancel", &[CTX, USER_DATA], Form::Int),
    pointers("close", &[CTX, CALLBACK, USER_DATA], Form::Int),
    pointers("schema", &[("__len", Form::PointerToSize)], Form::Bytes),
    plain("abi_hash", &[], Form::Id),
    plain("last_error", &[], Form::Text),
];

/// A symbol that trusts no argument.
const fn plain(name: &'static str, params: &'static [(&'static str, Form)], returns: Form) -> Symbol {
    Symbol { name, is_unsafe: false, params, returns }
}

/// A symbol whose caller vouches for pointers.
const fn pointers(name: &'static str, params: &'static [(&'static str, Form)], returns: Form) -> Symbol {
    Symbol { name, is_unsafe: true, params, returns }
}

/// The C functions of a library.
///
/// `found` is the library, found.
pub(super) fn expand(settings: &Settings, found: &TokenStream) -> TokenStream {
    let infixes: &[&str] = if settings.has_short_names { &["ffi_", ""] } else { &["ffi_"] };
    let named = |infix| SYMBOLS.iter().map(move |symbol| function(symbol, infix, &settings.name, found));
    infixes.iter().flat_map(|infix| named(infix)).collect()
}

fn function(symbol: &Symbol, infix: &str, library: &LitStr, found: &TokenStream) -> TokenStream {
    let Symbol { name, is_unsafe, params, returns } = symbol;
    let export_name = LitStr::new(&format!("{}_{infix}{name}", library.value()), library.span());
    let (entry, of_runtime) = (format_ident!("__{infix}{name}"), format_ident!("{name}"));
    let names: Vec<_> = params.iter().map(|(name, _)| Ident::new(name, Span::call_site())).collect();
    let forms = params.iter().map(|(_, form)| form.tokens());
    let returns = returns.tokens();
    let call = quote!(__ffi::#of_runtime(#found #(, #names)*));
    let (safety, call) = if *is_unsafe {
        // SAFETY: the host keeps the promises of the C function, which are those of the runtime's.
        (Some(quote!(unsafe)), quote!(unsafe { #call }))
    } else {
        (None, call)
    };
    quote! {
        #[unsafe(export_name = #export_name)]
        #safety extern "C" fn #entry(#(#names: #forms),*) -> #returns {
            #call
        }
    }
}

impl Form {
    fn tokens(self) -> TokenStream {
        match self {
            Self::Pointer => quote!(*mut ::core::ffi::c_void),
            Self::Callback => quote!(__ffi::FfiCallback),
            Self::Text => quote!(*const ::core::ffi::c_char),
            Self::Bytes => quote!(*const u8),
            Self::Size => quote!(usize),
            Self::PointerToSize => quote!(*mut usize),
            Self::Int => quote!(::core::ffi::c_int),
            Self::Id => quote!(u64),
        }
    }
}
