//! An event: a function whose body hands what it is given to the runtime.

use super::members::each;
use super::{docs, lints, record};
use crate::attr::Choices;
use crate::errors::Errors;
use crate::model::{Declaration, Event, Member, Payload};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Attribute, Meta, ReturnType, Type, ext::IdentExt};

/// The function with a body, or with one that never runs and its mistakes.
pub(super) fn ffi(options: TokenStream, mut item: Declaration) -> TokenStream {
    let errors = Errors::new();
    let choices = Choices::of_item(options, &errors);
    let event = Event::of(&mut item, choices, &errors).filter(|_| !errors.any());
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

/// What rustc takes for a body, so that a mistake is told once.
fn never(item: &mut Declaration) -> TokenStream {
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
    let (import, lints, once) = (event.runtime.import(), lints(), once(event));
    let (payload, info) = (payload(event), info(event));
    quote! {
        #import
        #once
        struct __Event;
        #payload
        #lints
        impl __ffi::Event for __Event {
            type Payload = __Payload;
            const INFO: __ffi::EventInfo = #info;
        }
        __ffi::inventory::submit!(__ffi::EventEntry::new::<__Event>());
        __ffi::fire::<__Event>(__payload);
    }
}

/// The type of what is told, and its value.
fn payload(event: &Event) -> TokenStream {
    let lints = lints();
    match &event.payload {
        Payload::Nothing => quote! {
            type __Payload = ();
            let __payload = ();
        },
        Payload::Value(Member { ident, ty, carried, .. }) => {
            let (cfgs, absent) = (&carried.cfgs, absent(&carried.cfgs));
            quote! {
                #(#cfgs)*
                #lints
                type __Payload = #ty;
                #(#cfgs)*
                let __payload = #ident;
                #absent
            }
        }
        Payload::Record(it) => {
            let fields = each(&it.fields, |Member { ident, ty, .. }| quote!(#ident: #ty,));
            let values = each(&it.fields, |Member { ident, .. }| quote!(#ident,));
            let expansion = record::expand(it);
            quote! {
                #lints
                struct __Payload {
                    #fields
                }
                #expansion
                let __payload = __Payload { #values };
            }
        }
    }
}

/// Nothing, where one of the only parameter's `#[cfg]` does not hold.
fn absent(cfgs: &[Attribute]) -> Option<TokenStream> {
    let conditions = cfgs.iter().filter_map(|cfg| match &cfg.meta {
        Meta::List(list) => Some(&list.tokens),
        _ => None,
    });
    let absent = quote!(#[cfg(not(all(#(#conditions),*)))]);
    (!cfgs.is_empty()).then(|| {
        quote! {
            #absent
            type __Payload = ();
            #absent
            let __payload = ();
        }
    })
}

fn info(Event { ident, name, library, carried, .. }: &Event) -> TokenStream {
    let (docs, rust_name) = (docs(carried), ident.unraw().to_string());
    let library = match library {
        Some(library) => quote!(::core::option::Option::Some(#library)),
        None => quote!(::core::option::Option::None),
    };
    quote! {
        __ffi::EventInfo {
            name: #name,
            rust_name: #rust_name,
            docs: #docs,
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            module: ::core::module_path!(),
            library: #library,
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
