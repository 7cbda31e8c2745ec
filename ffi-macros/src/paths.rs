//! Where generated code finds the runtime, and how it mentions a type of the author's.

use crate::errors::Errors;
use crate::options::Options;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, LitStr, Path, Type};

/// The runtime's module for generated code, imported as `__ffi` into every expansion.
///
/// Its name carries the version, so that a runtime of another version is told at once.
#[derive(Clone, Debug)]
pub(crate) struct Runtime {
    krate: Path,
}

impl Runtime {
    /// The runtime crate as the author's manifest names it: `ffi_runtime`, or `crate = "…"`.
    pub(crate) fn of(options: &mut Options, errors: &Errors) -> Self {
        let krate = if options.has("crate") {
            options.text("crate", errors).and_then(|text| parse(&text, errors))
        } else {
            let renamed = renamed(std::env::args());
            renamed.inspect(|name| note_renamed(name, errors)).map(|name| syn::parse_quote!(::#name))
        };
        Self { krate: krate.unwrap_or_else(|| syn::parse_quote!(::ffi_runtime)) }
    }

    /// `use … as __ffi;`
    pub(crate) fn import(&self) -> TokenStream {
        let module = self.module();
        quote!(use #module as __ffi;)
    }

    /// `#[derive(…)]` of the derive that expands a struct or an enum.
    pub(crate) fn derive(&self) -> TokenStream {
        let module = self.module();
        quote!(#[derive(#module::FfiType)])
    }

    /// The module that generated code uses, as a path.
    pub(crate) fn module(&self) -> TokenStream {
        let krate = &self.krate;
        let module = format_ident!("__private_{}", env!("CARGO_PKG_VERSION").replace(['.', '-'], "_"));
        quote!(#krate::#module)
    }
}

/// The name that the manifest gives the runtime, where that is another than its own: so says the command line of the
/// compiler, in whose process a macro runs. None where the command line knows no runtime.
fn renamed(arguments: impl Iterator<Item = String>) -> Option<Ident> {
    let mut found = None;
    for argument in arguments {
        let crates = argument.strip_prefix("--extern=").unwrap_or(&argument);
        // Cargo writes options before the name: `--extern noprelude:name=file`.
        let Some((name, file)) = crates.rsplit(':').next().unwrap_or(crates).split_once('=') else { continue };
        if name == "ffi_runtime" {
            return None;
        }
        let file = file.rsplit('/').next().unwrap_or(file);
        if file.starts_with("libffi_runtime-") || file.starts_with("libffi_runtime.") {
            found = syn::parse_str(name).ok().or(found);
        }
    }
    found
}

fn note_renamed(name: &Ident, errors: &Errors) {
    let message = format!(
        "the runtime crate is called `{name}` here; write `crate = \"::{name}\"` among the options of `#[ffi]`"
    );
    errors.push(syn::Error::new(Span::call_site(), message));
}

fn parse(text: &LitStr, errors: &Errors) -> Option<Path> {
    text.parse()
        .map_err(|_| errors.add(text, "`crate` takes the path of the runtime crate; write `crate = \"::my_ffi\"`"))
        .ok()
}

/// `<T as __ffi::FfiType>::item`.
///
/// Many places of an expansion need `T: FfiType`, and rustc reports each one where it fails,
/// but for a message that it has printed before. So every place says it with such a path, whose
/// tokens stand where the type stands, and none through a bound of some function, which the
/// message would name. An expression whose type depends on one stands there as well: see
/// [`held_address`] and [`held_at`].
pub(crate) fn crossing(ty: &Type, item: &str) -> TokenStream {
    item_of(ty, "FfiType", item)
}

/// `__ffi::Held<<T as __ffi::FfiType>::Pod<F>>` for the form of text `F`, in the place of the type.
pub(crate) fn held(ty: &Type, text: &str) -> TokenStream {
    let (pod, (first, last)) = (crossing(ty, "Pod"), ends(ty));
    let text = Ident::new(text, last);
    let (open, close) = (quote_spanned!(first=> __ffi::Held<), quote_spanned!(last=> <#text>>));
    quote!(#open #pod #close)
}

/// The C form of a native parameter, or a pointer to it, for the form of text `F`, in the place of the type.
pub(crate) fn held_param(ty: &Type, text: &str) -> TokenStream {
    let (pod, by_pointer, (first, last)) = (crossing(ty, "Pod"), is_pointer(ty), ends(ty));
    let text = Ident::new(text, last);
    let open = quote_spanned!(first=> __ffi::Held<<__ffi::Passed<{ #by_pointer }> as __ffi::Passing>::Param<);
    let close = quote_spanned!(last=> <#text>>>);
    quote!(#open #pod #close)
}

/// `<T as __ffi::ExportParam>::item`, which is for an export's parameter what [`crossing`] is for a type.
pub(crate) fn taking(ty: &Type, item: &str) -> TokenStream {
    item_of(ty, "ExportParam", item)
}

/// `<T as __ffi::ExportParam>::item(arguments)`.
pub(crate) fn taking_call(ty: &Type, item: &str, arguments: &TokenStream) -> TokenStream {
    called(&taking(ty, item), ty, arguments)
}

/// `<R as __ffi::ExportReturn>::item`, which is for an export's result what [`crossing`] is for a type.
pub(crate) fn returning(returns: &Type, item: &str) -> TokenStream {
    item_of(returns, "ExportReturn", item)
}

/// `<R as __ffi::ExportReturn>::item(arguments)`.
pub(crate) fn returning_call(returns: &Type, item: &str, arguments: &TokenStream) -> TokenStream {
    called(&returning(returns, item), returns, arguments)
}

fn item_of(ty: &Type, of: &str, item: &str) -> TokenStream {
    let (first, last) = ends(ty);
    let (of, item) = (Ident::new(of, last), Ident::new(item, last));
    let (open, close) = (quote_spanned!(first=> <), quote_spanned!(last=> as __ffi::#of>::#item));
    quote!(#open #ty #close)
}

/// `<T as __ffi::FfiType>::item(arguments)`.
pub(crate) fn crossing_call(ty: &Type, item: &str, arguments: &TokenStream) -> TokenStream {
    called(&crossing(ty, item), ty, arguments)
}

/// `<T as __ffi::FfiType>::item(arguments)?`.
pub(crate) fn crossing_try(ty: &Type, item: &str, arguments: &TokenStream) -> TokenStream {
    let (call, last) = (crossing_call(ty, item, arguments), ends(ty).1);
    quote_spanned!(last=> #call?)
}

fn called(callee: &TokenStream, ty: &Type, arguments: &TokenStream) -> TokenStream {
    let last = ends(ty).1;
    let arguments = quote_spanned!(last=> (#arguments));
    quote!(#callee #arguments)
}

/// `(&raw const (*base).member).cast()`, in the place of the member's type: what the member [holds](held).
pub(crate) fn held_address(base: &str, member: &Ident, ty: &Type) -> TokenStream {
    let borrow = quote_spanned!(ends(ty).0=> &raw const);
    cast(&field(&borrow, base, member, ty), ty)
}

/// `(&raw mut (*base).member).cast()`, in the place of the member's type.
pub(crate) fn held_address_mut(base: &str, member: &Ident, ty: &Type) -> TokenStream {
    cast(&address_mut(base, member, ty), ty)
}

fn cast(address: &TokenStream, ty: &Type) -> TokenStream {
    let (first, last) = ends(ty);
    let address = quote_spanned!(first=> (#address));
    quote_spanned!(last=> #address.cast())
}

/// `&raw mut (*base).member`, in the place of the member's type.
pub(crate) fn address_mut(base: &str, member: &Ident, ty: &Type) -> TokenStream {
    let borrow = quote_spanned!(ends(ty).0=> &raw mut);
    field(&borrow, base, member, ty)
}

fn field(borrow: &TokenStream, base: &str, member: &Ident, ty: &Type) -> TokenStream {
    let base = format_ident!("{base}");
    let (first, last) = ends(ty);
    let member = moved(member, last);
    let base = quote_spanned!(first=> (*#base));
    quote_spanned!(last=> #borrow #base.#member)
}

/// `<T as __ffi::FfiType>::item::<__F>(arguments)`, for the form of text `__F`. Where rustc had to infer the form, it
/// would tell once more of a type that does not cross.
pub(crate) fn crossing_form(ty: &Type, item: &str, arguments: &TokenStream) -> TokenStream {
    let (path, last) = (crossing(ty, item), ends(ty).1);
    let text = Ident::new("__F", last);
    let generic = quote_spanned!(last=> ::<#text>);
    called(&quote!(#path #generic), ty, arguments)
}

/// `<T as __ffi::FfiType>::item::<__F>(arguments)?`.
pub(crate) fn crossing_form_try(ty: &Type, item: &str, arguments: &TokenStream) -> TokenStream {
    let (call, last) = (crossing_form(ty, item, arguments), ends(ty).1);
    quote_spanned!(last=> #call?)
}

/// `&mut variable` of a [`variable_at`] a type, in its place.
pub(crate) fn borrowed_at(variable: &Ident) -> TokenStream {
    quote_spanned!(variable.span()=> &mut #variable)
}

/// `const { <T as __ffi::FfiType>::BOUND }.bytes()`, in the place of the type.
pub(crate) fn bound_of(ty: &Type) -> TokenStream {
    let (bound, last) = (crossing(ty, "BOUND"), ends(ty).1);
    quote_spanned!(last=> const { #bound }.bytes())
}

/// `const { <T as __ffi::FfiType>::POINTED }.get()`, in the place of the type.
pub(crate) fn is_pointer(ty: &Type) -> TokenStream {
    let (pointed, last) = (crossing(ty, "POINTED"), ends(ty).1);
    quote_spanned!(last=> const { #pointed }.get())
}

/// A variable that holds something of the type, in its place.
pub(crate) fn variable_at(name: &str, ty: &Type) -> Ident {
    moved(&format_ident!("{name}"), ends(ty).1)
}

/// `member: member.0`, in the place of the member's type.
pub(crate) fn held_at(member: &Ident, ty: &Type) -> TokenStream {
    let (first, last) = ends(ty);
    let (name, value) = (moved(member, first), moved(member, last));
    let value = quote_spanned!(last=> #value.0);
    quote_spanned!(first=> #name: #value)
}

/// The first and the last token of a type: without an unstable feature a macro cannot join
/// them, but rustc spans what stands between them.
fn ends(ty: &Type) -> (Span, Span) {
    let mut tokens = ty.to_token_stream().into_iter().map(|token| token.span());
    let first = tokens.next().unwrap_or_else(Span::call_site);
    (first, tokens.last().unwrap_or(first))
}

/// The identifier with its meaning, shown at another place.
fn moved(ident: &Ident, place: Span) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(ident.span().located_at(place));
    ident
}

#[cfg(test)]
mod tests {
    use super::renamed;

    fn found(arguments: &str) -> Option<String> {
        renamed(arguments.split(' ').map(str::to_owned)).map(|name| name.to_string())
    }

    #[test]
    fn a_renamed_runtime_is_found_on_the_command_line() {
        let renamed = Some("my_ffi".to_owned());
        assert_eq!(found("rustc --extern my_ffi=/t/deps/libffi_runtime-0a1b.rmeta --extern b=/t/libb.so"), renamed);
        assert_eq!(found("rustc --extern=my_ffi=libffi_runtime.rlib"), renamed);
        assert_eq!(found("rustc --extern priv:my_ffi=/t/libffi_runtime-0.rlib"), renamed);
    }

    #[test]
    fn without_a_renamed_runtime_nothing_is_said() {
        assert_eq!(found("rustc --extern ffi_runtime=/t/libffi_runtime-0.rlib"), None);
        assert_eq!(
            found("rustc --extern a=/t/libffi_runtime-0.rlib --extern ffi_runtime=/t/libffi_runtime-0.rlib"),
            None
        );
        assert_eq!(found("rustc --extern b=/t/libffi_runtime_tools-0.rlib --crate-name=x"), None);
    }
}
