//! A constructor, a method or a destructor.

use super::{docs, entry, members, scope};
use crate::model::{Function, Member, Role};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericArgument, LitStr, PathArguments, Token, Type};

pub(super) fn expand(function: &Function) -> TokenStream {
    let body = match &function.role {
        Role::Constructor { params, returns } => constructor(function, params, returns),
        Role::Method { state, mutability, params, returns } => method(function, state, *mutability, params, returns),
        Role::Destructor { state } => destructor(function, state),
    };
    scope(&function.carried, &function.runtime, &body)
}

fn constructor(function: &Function, params: &[Member], returns: &Type) -> TokenStream {
    let (arguments, info) = (arguments(params), info(function));
    let entry = entry::of_constructor(&function.symbol, params);
    let call = call(function, None, params);
    let state = quote_spanned!(returns.span()=> <#returns as __ffi::ConstructorReturn>::State);
    let (rules, made) = (rules(function, &state), made(returns));
    quote! {
        #arguments

        pub struct __Constructor;

        impl __ffi::Constructor for __Constructor {
            type State = #state;
            type Args = __Args;
            type Return = #returns;
            const INFO: __ffi::FunctionInfo = #info;

            fn call(__args: __Args) -> impl ::core::future::Future<Output = Self::Return> {
                #call
            }
        }

        impl __ffi::OneConstructor for #made {}

        #entry
        #rules
        __ffi::inventory::submit!(__ffi::FunctionEntry::constructor::<__Constructor>());
    }
}

/// The state in a constructor's return type as it is written: `State`, or the first argument
/// of `Result<State, E>`. An impl needs a type and not a projection here; that the two agree
/// is checked, since only a library's state may have a constructor.
fn made(returns: &Type) -> &Type {
    let Type::Path(path) = returns else { return returns };
    let last = path.path.segments.last().map(|segment| &segment.arguments);
    let Some(PathArguments::AngleBracketed(arguments)) = last else { return returns };
    let first = arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    first.unwrap_or(returns)
}

fn method(
    function: &Function,
    state: &Type,
    mutability: Option<Token![mut]>,
    params: &[Member],
    returns: &Type,
) -> TokenStream {
    let (arguments, info) = (arguments(params), info(function));
    let entry = entry::of_method(&function.symbol, params);
    let call = call(function, Some(quote!(__state,)), params);
    let access = if mutability.is_some() { quote!(Exclusive) } else { quote!(Shared) };
    let rules = rules(function, &quote!(#state));
    quote! {
        #arguments

        pub struct __Handler;

        impl __ffi::Handler for __Handler {
            type State = #state;
            type Access = __ffi::#access;
            type Args = __Args;
            type Return = #returns;
            const INFO: __ffi::FunctionInfo = #info;

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

        #entry
        #rules
        __ffi::inventory::submit!(__ffi::FunctionEntry::method::<__Handler>());
    }
}

fn destructor(function: &Function, state: &Type) -> TokenStream {
    let info = info(function);
    let entry = entry::of_destructor(&function.symbol, state);
    let call = call(function, Some(quote!(self)), &[]);
    let rules = rules(function, &quote!(#state));
    let has_constructor = quote_spanned!(state.span()=> __rule::<#state>());
    quote! {
        impl __ffi::Destroy for #state {
            const INFO: __ffi::FunctionInfo = #info;

            fn destroy(self) -> impl ::core::future::Future<Output = ()> {
                #call
            }
        }

        const _: fn() = || {
            fn __rule<T: __ffi::OneConstructor>() {}
            #has_constructor
        };

        #entry
        #rules
        __ffi::inventory::submit!(__ffi::FunctionEntry::destructor::<#state>());
    }
}

/// The parameters as one type that is read from C memory or from CBOR.
fn arguments(params: &[Member]) -> TokenStream {
    let fields = params.iter().map(|Member { ident, ty, carried, .. }| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* #ident: #ty,)
    });
    let (pod, read) = (members::pod_struct(params), members::read_pod(params));
    let decode = members::decode(params, &quote!(request));
    let described = members::describe(params, |_| TokenStream::new());
    quote! {
        pub struct __Args {
            #(#fields)*
        }

        #pod

        unsafe impl __ffi::Arguments for __Args {
            type Pod = __Pod;

            unsafe fn from_pod(
                pod: *const __Pod,
                source: &mut __ffi::PodSource,
            ) -> ::core::result::Result<Self, __ffi::Fault> {
                #read
            }

            fn decode(reader: &mut __ffi::Reader<'_>) -> ::core::result::Result<Self, __ffi::Fault> {
                #decode
            }

            fn describe(schema: &mut __ffi::SchemaBuilder) -> ::std::vec::Vec<__ffi::Param> {
                schema.params(|builder| {
                    #described
                })
            }
        }
    }
}

/// A call of the author's function, as a future.
fn call(function: &Function, state: Option<TokenStream>, params: &[Member]) -> TokenStream {
    let ident = &function.ident;
    let arguments = params.iter().map(|Member { ident, carried, .. }| {
        let cfgs = &carried.cfgs;
        quote!(#(#cfgs)* __args.#ident,)
    });
    let call = quote!(#ident(#state #(#arguments)*));
    if function.is_async { call } else { quote!(::core::future::ready(#call)) }
}

fn info(function: &Function) -> TokenStream {
    let Function { symbol, is_async, carried, .. } = function;
    let docs = docs(carried);
    quote! {
        __ffi::FunctionInfo {
            name: #symbol,
            docs: #docs,
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            is_async: #is_async,
        }
    }
}

/// The rules about a symbol that need the library's name.
fn rules(function: &Function, state: &TokenStream) -> TokenStream {
    let symbol = &function.symbol;
    let (text, span) = (&symbol.text, symbol.span);
    let prefix = LitStr::new(
        &format!("the symbol `{text}` must begin with its library's name and `_`; rename the function"),
        span,
    );
    let own = LitStr::new(&format!("`{text}` is one of the library's own symbols; rename the function"), span);
    let library = quote!(<#state as __ffi::Library>::NAME);
    let has_prefix = quote_spanned!(span=> ::core::assert!(__ffi::has_prefix(#symbol, #library), #prefix));
    let is_own = quote_spanned!(span=> ::core::assert!(!__ffi::is_own_symbol(#symbol, #library), #own));
    quote! {
        const _: () = {
            #has_prefix;
            #is_own;
        };
    }
}
