//! Expands an event: a function whose body fires its arguments as the payload.

use super::members::each;
use super::parts::{docs, lints};
use super::{naming, record};
use crate::errors::{Errors, told};
use crate::model::{Declaration, Event, Member, Payload, Record};
use crate::options::Options;
use crate::surroundings::Surroundings;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Meta, ReturnType, Type, ext::IdentExt, parse_quote};

/// The function with a body, or with one that never runs and its mistakes.
pub(super) fn ffi(options: TokenStream, mut item: Declaration) -> TokenStream {
    let errors = Errors::new();
    let options = Options::of_item(options, &errors);
    let is_event = options.has("event");
    let event = Event::of(&mut item, options, &errors);
    if let Some(around) = Surroundings::of_attribute(&item.sig) {
        errors.leave_to_derive();
        return within(&around, item, is_event);
    }
    let event = event.filter(|_| !errors.any());
    let body = match &event {
        Some(event) => body(event),
        None => never(&mut item),
    };
    let (Declaration { attrs, vis, sig }, errors) = (item, errors.into_tokens());
    quote! {
        #(#attrs)*
        #vis #sig {
            #body
        }
        #errors
    }
}

/// A declaration where hosts reach none, and that it cannot stand there; with a body, which rustc asks for in an `impl`.
fn within(around: &Surroundings, mut item: Declaration, is_event: bool) -> TokenStream {
    let error = told(&syn::Error::new_spanned(&item.sig.ident, around.advice(&item.sig, is_event)));
    let body = match around {
        Surroundings::Impl(_) | Surroundings::Either => {
            let body = never(&mut item);
            quote!({ #body })
        }
        Surroundings::Trait => quote!(;),
    };
    let Declaration { attrs, vis, sig } = item;
    quote!(#(#attrs)* #vis #sig #body #error)
}

/// What rustc takes for a body, so that a mistake is told once.
fn never(item: &mut Declaration) -> TokenStream {
    item.attrs.push(parse_quote!(#[allow(unused_variables)]));
    item.sig.variadic = None;
    if let ReturnType::Type(_, returns) = &item.sig.output
        && let Type::ImplTrait(_) = &**returns
    {
        item.sig.output = ReturnType::Default;
    }
    quote!(::core::unreachable!())
}

/// All that is made of an event stands in its body, where no name can clash with the author's,
/// and under the function's own `#[cfg]`.
fn body(event: &Event) -> TokenStream {
    let (import, lints, once, info) = (event.runtime.import(), lints(), once(event), info(event));
    let PayloadTokens { definition, ty, value } = PayloadTokens::of(&event.payload);
    quote! {
        #import
        #once
        #definition
        struct __Event;
        #lints
        // SAFETY: a second event of the name in the crate is refused by the macro above.
        unsafe impl __ffi::Event for __Event {
            #ty
            const INFO: __ffi::EventInfo = #info;
        }
        // SAFETY: as above.
        __ffi::inventory::submit!(unsafe { __ffi::EventEntry::new::<__Event>() });
        #value
        __ffi::fire::<__Event>(__payload);
    }
}

/// The payload of an event, in the parts of its expansion.
struct PayloadTokens {
    /// Its type, where it is one of its own.
    definition: Option<TokenStream>,
    /// `type Payload = …;`
    ty: TokenStream,
    /// `let __payload = …;`
    value: TokenStream,
}

impl PayloadTokens {
    fn of(payload: &Payload) -> Self {
        match payload {
            Payload::Nothing => Self::nothing(&TokenStream::new()),
            Payload::Value(it) => Self::value(it),
            Payload::Record(it) => Self::record(it),
        }
    }

    /// Nothing, under a condition.
    fn nothing(cfg: &TokenStream) -> Self {
        let ty = quote!(#cfg type Payload = (););
        Self { definition: None, ty, value: quote!(#cfg let __payload = ();) }
    }

    /// The only parameter; nothing where one of its `#[cfg]` does not hold.
    fn value(Member { ident, ty, cfgs, .. }: &Member) -> Self {
        let conditions = cfgs.iter().filter_map(|cfg| match &cfg.meta {
            Meta::List(list) => Some(&list.tokens),
            _ => None,
        });
        let cfg = quote!(#[cfg(not(all(#(#conditions),*)))]);
        let Self { ty: no_type, value: no_value, .. } = Self::nothing(&cfg);
        let (no_type, no_value) = if cfgs.is_empty() { (None, None) } else { (Some(no_type), Some(no_value)) };
        let ty = quote!(#(#cfgs)* type Payload = #ty; #no_type);
        Self { definition: None, ty, value: quote!(#(#cfgs)* let __payload = #ident; #no_value) }
    }

    fn record(it: &Record) -> Self {
        let (lints, expansion) = (lints(), record::expand(it));
        let fields = each(&it.fields, |Member { ident, ty, .. }| quote!(#ident: #ty,));
        let values = each(&it.fields, |Member { ident, .. }| quote!(#ident,));
        let definition = quote! {
            #lints
            struct __Payload {
                #fields
            }
            #expansion
        };
        let (ty, value) = (
            quote!(
                type Payload = __Payload;
            ),
            quote!(let __payload = __Payload { #values };),
        );
        Self { definition: Some(definition), ty, value }
    }
}

fn info(Event { ident, name, library, docs: lines, .. }: &Event) -> TokenStream {
    let (docs, rust_name) = (docs(lines), ident.unraw().to_string());
    let of_crate = naming::of_crate();
    let (library, text) = match library {
        Some(library) => (quote!(#library), quote!(::core::option::Option::None)),
        None => (quote!(#of_crate!((name))), quote!(#of_crate!((text)))),
    };
    quote! {
        __ffi::EventInfo {
            name: #name,
            rust_name: #rust_name,
            docs: #docs,
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            library: #library,
            text: #text,
        }
    }
}

/// A second event of one name in one crate is a second definition of this macro, whose name says
/// so in rustc's message. A macro is the one thing that a crate has in one scope, wherever it is
/// written.
fn once(Event { name, library, .. }: &Event) -> TokenStream {
    let of = library.as_ref().map(|library| format!("_of_{}", library.value())).unwrap_or_default();
    let rule = format_ident!("the_event_{}{of}_is_declared_twice", name.text, span = name.span);
    let rule = quote_spanned!(name.span=> macro_rules! #rule { () => {}; });
    quote! {
        #[doc(hidden)]
        #[allow(non_local_definitions)]
        #[macro_export]
        #rule
    }
}
