//! Expands `library!` and the struct that holds the state.

use super::finding::{found, named, root};
use super::parts::{docs, scope};
use super::{naming, symbols};
use crate::errors::Errors;
use crate::model::{Declared, Library, Overflow, Settings, State};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Expr;

/// A struct with `#[ffi(library = "…")]`: the library whole.
pub(super) fn expand(library: &Library) -> TokenStream {
    let state = &library.state;
    let symbols = symbols::expand(&library.settings, &quote!(__ffi::Found::<#state>::NEW));
    let body = implementation(library);
    scope(&library.settings.runtime, &quote!(#body #symbols))
}

/// A struct with `#[ffi(state)]`, handed to the macro at the crate's root.
pub(super) fn hand_on(State { ident, generics, docs }: &State) -> TokenStream {
    let (of_crate, clause) = (naming::of_crate(), &generics.where_clause);
    quote!(#of_crate! { (state) #(#docs)* struct #ident #generics #clause; })
}

/// `library!`: a module with what the crate's functions find their library by, and with the library's own functions.
pub(crate) fn declare(tokens: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let Declared { settings, written, part } = Declared::of(tokens, &errors);
    let (root, of_crate) = (root(), of_crate(&settings, &written, part.is_some()));
    let own = part.is_none().then(|| own_library(&settings));
    let errors = errors.into_tokens();
    quote! {
        #[doc(hidden)]
        pub(crate) mod #root {
            #of_crate
            #own
        }
        #errors
    }
}

/// The macro that gives an expansion its library.
fn of_crate(settings: &Settings, written: &TokenStream, is_part: bool) -> TokenStream {
    let (name, module) = (&settings.name, settings.runtime.module());
    // What a part says of its library is checked where functions find that.
    let text = match (is_part, settings.has_c_text) {
        (true, _) => quote!(::core::option::Option::None),
        (false, true) => quote!(::core::option::Option::Some(#module::Text::C)),
        (false, false) => quote!(::core::option::Option::Some(#module::Text::ByLength)),
    };
    quote! {
        #[allow(unused_macros)]
        macro_rules! of_crate {
            ((name)) => { #name };
            ((text)) => { #text };
            ((function) $($tokens:tt)*) => { #module::of_library! { (#name, #written) $($tokens)* } };
            ((state) $($tokens:tt)*) => { #module::state_of_library! { (#name, #written) $($tokens)* } };
        }
        #[allow(unused_imports)]
        pub(crate) use of_crate;
    }
}

/// The library as far as it needs no state.
fn own_library(settings: &Settings) -> TokenStream {
    let (own, found) = (quote!(Own), found(Span::call_site()));
    let symbols = symbols::expand(settings, &quote!(Own::#found));
    let without_state = library_impls(settings, &own, &[], &TokenStream::new());
    let body = quote! {
        // A state's constant comes before the one of this trait.
        #[allow(unused_imports)]
        use __ffi::WithoutState as _;

        #without_state

        impl __ffi::WithoutState for Own {}

        #symbols
    };
    let scoped = scope(&settings.runtime, &body);
    quote! {
        #[allow(dead_code)]
        pub(crate) struct Own;

        #scoped
    }
}

/// The impls that make a type a library.
fn library_impls(settings: &Settings, state: &TokenStream, lines: &[Expr], rule: &TokenStream) -> TokenStream {
    let (name, docs, options) = (&settings.name, docs(lines), options(settings));
    let shared = settings.shared.is_some();
    quote! {
        // SAFETY: the cell is a static; `SharedState`, which is implemented where the state is shared, asks for
        // `Send` and `Sync`; a second library of the name would export the same symbols.
        #[diagnostic::do_not_recommend]
        unsafe impl __ffi::Library for #state {
            const NAME: &'static str = #name;
            const VERSION: &'static str = match ::core::option_env!("CARGO_PKG_VERSION") {
                ::core::option::Option::Some(version) => version,
                ::core::option::Option::None => "",
            };
            const DOCS: &'static [&'static str] = #docs;
            const OPTIONS: __ffi::Options = #options;
            const SHARED: bool = #shared;
            #rule

            fn cell_pointer() -> __ffi::CellPointer<Self> {
                static CELL: __ffi::LibraryCell<#state> = __ffi::LibraryCell::new();
                CELL.pointer()
            }
        }

        // SAFETY: the cell is a static.
        unsafe impl __ffi::Detaches for #state {
            fn detached() -> &'static __ffi::DetachedCell<Self> {
                static CELL: __ffi::DetachedCell<#state> = __ffi::DetachedCell::new();
                &CELL
            }
        }
    }
}

/// What makes the state a library.
pub(super) fn implementation(library: &Library) -> TokenStream {
    let state = &library.state;
    let rule = has_constructor(library);
    let implementation = library_impls(&library.settings, &quote!(#state), &library.docs, &rule);
    let (constructed, found) = (constructed(library), marks(library));
    quote! {
        #implementation

        #constructed

        #found
    }
}

/// The rule that a library with methods has a constructor. It stands at the state, where rustc tells of it once however
/// many methods ask for it.
fn has_constructor(library: &Library) -> TokenStream {
    let state = &library.state;
    let text = format!(
        "a library with methods needs a constructor, because they run on a state that it makes; write `#[ffi(ctor)] fn \
         create() -> {state}`"
    );
    let rule = quote_spanned!(state.span()=> __ffi::core::assert!(__ffi::Probe::<#state>::HAS_CONSTRUCTOR, #text));
    quote! {
        const CONSTRUCTED: () = {
            use __ffi::Unless;
            #rule
        };
    }
}

/// What functions without the state's type find it by, and the mark of how it is used: where
/// threads share it, rustc asks there whether they can.
pub(super) fn marks(library: &Library) -> TokenStream {
    let (state, (generics, arguments, clause)) = (&library.state, library.generics.split_for_impl());
    let named = named(&library.settings.name);
    let alive = clause.map_or_else(|| quote!(where Self: 'static), |clause| quote!(#clause, Self: 'static));
    let use_of = match &library.settings.shared {
        // Spanned there, so that rustc points at `shared`; but for the first token, which tells a crate that
        // forbids unsafe code that this is none of its own.
        Some(shared) => {
            let is_shared =
                quote_spanned!(shared.span()=> impl #generics __ffi::SharedState for #state #arguments #alive {});
            // SAFETY: `SHARED` is true by the same option, which takes the place of `Unshared`.
            quote!(unsafe #is_shared)
        }
        // SAFETY: `SHARED` is false without the option.
        None => quote!(unsafe impl #generics __ffi::Unshared for #state #arguments #alive {}),
    };
    quote! {
        impl #generics __ffi::LibraryNamed<#state #arguments> for #named #clause {}
        #use_of
    }
}

/// A constructor may return the state alone.
pub(super) fn constructed(library: &Library) -> TokenStream {
    let (state, (generics, arguments, clause)) = (&library.state, library.generics.split_for_impl());
    quote! {
        impl #generics __ffi::ConstructorReturn for #state #arguments #clause {
            type State = Self;
            type Error = ::core::convert::Infallible;

            fn into_state(self) -> ::core::result::Result<Self, Self::Error> {
                ::core::result::Result::Ok(self)
            }
        }
    }
}

fn options(settings: &Settings) -> TokenStream {
    let given = settings.limits.iter().map(|(name, value)| quote!(#name: #value,));
    let overflow = settings.overflow.map(overflow);
    let names = settings.has_short_names.then(|| quote!(short_names: true,));
    let text = settings.has_c_text.then(|| quote!(text: __ffi::Text::C,));
    quote!(__ffi::Options { #(#given)* #overflow #names #text ..__ffi::Options::DEFAULT })
}

fn overflow(overflow: Overflow) -> TokenStream {
    let variant = match overflow {
        Overflow::DropOldest => quote!(DropOldest),
        Overflow::DropNewest => quote!(DropNewest),
        Overflow::Block => quote!(Block),
    };
    quote!(event_overflow: __ffi::Overflow::#variant,)
}
