//! Expands functions of every kind: a handler that calls the author's function.

use super::arguments::{arguments, describe};
use super::members::{self, each};
use super::parts::{docs, scope};
use super::{entry, naming};
use crate::model::{Function, Member, Method, Role, types};
use crate::names::Name;
use crate::paths::returning_call;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments, Type};

pub(super) fn expand(function: &Function) -> TokenStream {
    let body = match &function.role {
        Role::Constructor { params, returns } => constructor(function, params, returns),
        Role::Method(it) => method(function, it),
        Role::Inline(it) => inline(function, it),
        Role::Stateless { params, returns } => stateless(function, params, returns),
        Role::Export { params, returns } => export(function, params, returns),
        Role::Destructor { state } => destructor(function, state),
    };
    let (rules, constructed) = (rules(function), constructed(&function.role));
    let expansion = scope(&function.runtime, &quote!(#body #rules #constructed));
    naming::within(function.library.as_ref(), &function.symbol, &expansion)
}

fn constructor(function: &Function, params: &[Member], returns: &Type) -> TokenStream {
    let (arguments, info) = (arguments(params, &quote!(__Constructor)), info(function));
    let entry = entry::of_constructor(&function.symbol, params);
    let call = call(function, None, params);
    let (marked, text) = (constructs(function, returns), text(&function.symbol));
    quote! {
        #text

        #arguments
        #marked

        struct __Constructor;

        impl __ffi::Constructor for __Constructor {
            type Args = __Args;
            type Return = #returns;
            const INFO: __ffi::FunctionInfo = #info;

            fn call(__args: __Args) -> impl ::core::future::Future<Output = Self::Return> {
                #call
            }
        }

        // SAFETY: the entry points below have the name, and take what is described.
        const __ENTRY: __ffi::FunctionEntry = unsafe { __ffi::FunctionEntry::constructor::<__Constructor>() };

        #entry
    }
}

/// The mark that a state has a constructor. A second one conflicts with it, in the place of
/// the function's name.
pub(super) fn constructs(function: &Function, returns: &Type) -> TokenStream {
    let made = made(returns);
    quote_spanned!(function.ident.span()=> impl __ffi::OneConstructor for #made {})
}

/// The state in a constructor's return type as it is written: `State`, or the first argument
/// of `Result<State, E>`. The header of an impl needs the type itself: there, rustc sees through
/// no projection on a type of another crate, such as `Result`.
fn made(returns: &Type) -> &Type {
    let Type::Path(path) = types::ungrouped(returns) else { return returns };
    let last = path.path.segments.last().map(|segment| &segment.arguments);
    let Some(PathArguments::AngleBracketed(arguments)) = last else { return returns };
    let first = arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    first.unwrap_or(returns)
}

/// A method that runs on its caller's thread.
fn inline(function: &Function, method: &Method) -> TokenStream {
    let Method { state, params, returns, .. } = method;
    let (arguments, info) = (arguments(params, &quote!(__Handler)), info(function));
    let callee = callee(&function.symbol, params, &quote!(__ffi::inline::<__Handler, __Text>()), true);
    let call = call(function, Some(quote!(__state,)), params);
    let moves = function.is_async.then(|| moves(function, method, &call));
    quote! {
        #arguments

        struct __Handler;

        #moves

        // SAFETY: the future of an `async fn` may be sent, or the function above does not compile.
        unsafe impl __ffi::Inline for __Handler {
            type State = #state;
            type Args = __Args;
            type Return = #returns;
            const INFO: __ffi::FunctionInfo = #info;

            fn call<'a>(
                __state: &'a #state,
                __args: __Args,
            ) -> impl ::core::future::Future<Output = Self::Return>
            where
                'a: 'a,
            {
                #call
            }
        }

        #callee
    }
}

/// A function that compiles where the future may move to the worker, and tells that it may not in the place of the
/// author's function's name. Parameters are taken to cross, and to be `Send` by that, since rustc tells elsewhere of one
/// that does not: a lifetime keeps it from looking at once whether that holds, which it does where there is none.
fn moves(function: &Function, Method { state, params, .. }: &Method, call: &TokenStream) -> TokenStream {
    let future = format_ident!("__future", span = function.ident.span());
    let moved = quote_spanned!(function.ident.span()=> __ffi::moves(#future));
    // No condition may stand on a bound.
    let cross = params
        .iter()
        .filter(|param| param.cfgs.is_empty())
        .map(|Member { ty, .. }| quote!(for<'__any> #ty: __ffi::core::marker::Send,));
    quote! {
        #[allow(dead_code)]
        fn __moves(__state: &'static #state, __args: __Args)
        where
            #(#cross)*
        {
            let #future = #call;
            #moved;
        }
    }
}

/// A function without a state. Its library's is found by rustc, where it infers the last type.
fn stateless(function: &Function, params: &[Member], returns: &Type) -> TokenStream {
    let (arguments, info, found) = (arguments(params, &quote!(__Handler)), info(function), naming::found());
    let kind = if function.is_async { quote!(__ffi::detached) } else { quote!(__ffi::stateless) };
    let callee = callee(&function.symbol, params, &quote!(#kind::<__Handler, __Text, _>(#found)), false);
    let call = call(function, None, params);
    quote! {
        #arguments

        struct __Handler;

        impl __ffi::Stateless for __Handler {
            type Args = __Args;
            type Return = #returns;
            const INFO: __ffi::FunctionInfo = #info;

            fn call(__args: __Args) -> impl ::core::future::Future<Output = Self::Return> {
                #call
            }
        }

        #callee
    }
}

/// A function of scalars that returns directly.
fn export(function: &Function, params: &[Member], returns: &Type) -> TokenStream {
    let (describe, info) = (describe(members::describe_scalars(params)), info(function));
    let (found, entry) = (naming::found(), entry::of_export(function, params, returns));
    let returned = returning_call(returns, "describe_return", &quote!(__schema));
    quote! {
        struct __Export;

        impl __ffi::Export for __Export {
            const INFO: __ffi::FunctionInfo = #info;

            #describe

            fn describe_return(
                __schema: &mut __ffi::SchemaBuilder,
            ) -> ::core::option::Option<__ffi::Type> {
                #returned
            }
        }

        // SAFETY: the entry points below have the name, and take what is described.
        const __ENTRY: __ffi::FunctionEntry = unsafe { __ffi::FunctionEntry::export::<__Export, _>(#found) };

        #entry
    }
}

fn method(function: &Function, method: &Method) -> TokenStream {
    let Method { state, mutability, params, returns, is_droppable, deadline } = method;
    let (arguments, info) = (arguments(params, &quote!(__Handler)), info(function));
    let callee = callee(&function.symbol, params, &quote!(__ffi::queued::<__Handler, __Text>()), true);
    let call = call(function, Some(quote!(__state,)), params);
    let access = match mutability {
        Some(token) => quote_spanned!(token.span()=> __ffi::Exclusive),
        None => quote_spanned!(state.span()=> __ffi::Shared),
    };
    let droppable = is_droppable.then(|| {
        quote!(
            const DROPPABLE: bool = true;
        )
    });
    let deadline = deadline.as_ref().map(|deadline| {
        quote!(
            const DEADLINE_MS: ::core::option::Option<u64> = ::core::option::Option::Some(#deadline);
        )
    });
    quote! {
        #arguments

        struct __Handler;

        impl __ffi::Handler for __Handler {
            type State = #state;
            type Access = #access;
            type Args = __Args;
            type Return = #returns;
            const INFO: __ffi::FunctionInfo = #info;
            #droppable
            #deadline

            fn call<'a>(
                __state: &'a #mutability #state,
                __args: __Args,
            ) -> impl ::core::future::Future<Output = Self::Return>
            where
                'a: 'a,
            {
                #call
            }
        }

        #callee
    }
}

fn destructor(function: &Function, state: &Type) -> TokenStream {
    let info = info(function);
    let entry = entry::of_destructor(&function.symbol, state);
    let call = call(function, Some(quote!(self)), &[]);
    let (destroys, rule) = (destroys(function, state, &info, &call), has_constructor(function, state));
    quote! {
        #destroys
        #rule

        // SAFETY: the entry points below have the name, and take what is described.
        const __ENTRY: __ffi::FunctionEntry = unsafe { __ffi::FunctionEntry::destructor::<#state>() };

        #entry
    }
}

/// The rule that a library with a destructor has a constructor. What is no library is told
/// elsewhere.
fn has_constructor(function: &Function, state: &Type) -> TokenStream {
    let rule = quote_spanned! {function.ident.span()=>
        __ffi::core::assert!(
            __ffi::Probe::<#state>::HAS_CONSTRUCTOR || !__ffi::Probe::<#state>::IS_LIBRARY,
            "a library with a destructor needs a constructor; write `#[ffi(ctor)] fn … -> Result<State, E>`"
        )
    };
    quote! {
        const _: () = {
            use __ffi::Unless;
            #rule
        };
    }
}

/// The rule that a library with methods has a constructor, asked for by a method.
fn constructed(role: &Role) -> Option<TokenStream> {
    let state = match role {
        Role::Method(Method { state, .. }) | Role::Inline(Method { state, .. }) => state,
        Role::Constructor { .. } | Role::Stateless { .. } | Role::Export { .. } | Role::Destructor { .. } => {
            return None;
        }
    };
    Some(quote! {
        const _: () = {
            use __ffi::Unless;
            __ffi::Probe::<#state>::CONSTRUCTED
        };
    })
}

/// That a state has a destructor. A second one conflicts with it, in the place of the
/// function's name.
pub(super) fn destroys(function: &Function, state: &Type, info: &TokenStream, call: &TokenStream) -> TokenStream {
    let body = quote! {
        const INFO: __ffi::FunctionInfo = #info;

        fn destroy(self) -> impl ::core::future::Future<Output = ()> {
            #call
        }
    };
    quote_spanned!(function.ident.span()=> impl __ffi::Destroy for #state { #body })
}

/// The function as its kind calls it, its entry in the registry, and its entry points.
fn callee(symbol: &Name, params: &[Member], kind: &TokenStream, has_state: bool) -> TokenStream {
    let (entry, text) = (entry::of_callee(symbol, params, has_state), text(symbol));
    quote! {
        #text

        const __CALLEE: __ffi::Callee<__Args, __Text> = #kind;

        // SAFETY: the entry points below have the name, and take what is described.
        const __ENTRY: __ffi::FunctionEntry = unsafe { __ffi::FunctionEntry::of(&__CALLEE) };

        #entry
    }
}

/// The form of text in the function's library, and the rule that the library has it.
fn text(symbol: &Name) -> TokenStream {
    let form = naming::text();
    let is_its_own = quote_spanned! {symbol.span=>
        __ffi::core::assert!(
            __ENTRY.has_text(<__Text as __ffi::TextForm>::TEXT),
            "{}",
            __ENTRY.other_text().text()
        )
    };
    quote! {
        type __Text = #form;

        const _: () = #is_its_own;
    }
}

/// A call of the author's function, as a future.
fn call(function: &Function, state: Option<TokenStream>, params: &[Member]) -> TokenStream {
    let ident = &function.ident;
    let arguments = each(params, |Member { ident, .. }| quote!(__args.#ident,));
    let call = quote!(#ident(#state #arguments));
    if function.is_async { call } else { quote!(::core::future::ready(#call)) }
}

fn info(function: &Function) -> TokenStream {
    let Function { ident, symbol, is_async, docs: lines, .. } = function;
    let (symbol, docs, rust_name) = (naming::symbol(symbol), docs(lines), ident.unraw().to_string());
    quote! {
        __ffi::FunctionInfo {
            name: #symbol,
            rust_name: #rust_name,
            docs: #docs,
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            is_async: #is_async,
        }
    }
}

/// The rules about a symbol that need the library, and the entry in the library's list.
fn rules(function: &Function) -> TokenStream {
    let span = function.symbol.span;
    let has_prefix =
        quote_spanned!(span=> __ffi::core::assert!(__ENTRY.has_prefix(), "{}", __ENTRY.other_library().text()));
    let is_free =
        quote_spanned!(span=> __ffi::core::assert!(!__ENTRY.is_own_symbol(), "{}", __ENTRY.own_symbol().text()));
    quote! {
        const _: () = {
            #has_prefix;
            #is_free;
        };
        __ffi::inventory::submit!(__ENTRY);
    }
}
