//! Recognizes the shapes of types that no annotation can make cross.

use crate::errors::Errors;
use crate::surroundings::name_self;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{
    Expr, ExprLit, GenericArgument, Ident, Lit, PathArguments, PathSegment, Token, Type, TypeGroup, TypeParamBound,
    TypeParen, TypePath, parse_quote,
};

/// Notes every part of a type that is refused for its form. What a path names is for rustc to
/// say.
///
/// A refused type is replaced where rustc would refuse it too, so that one mistake is told
/// once.
pub(crate) fn check(ty: &mut Type, errors: &Errors) {
    check_part(ty, errors);
    replace_unsized(ty);
}

fn check_part(ty: &mut Type, errors: &Errors) {
    if let Some(advice) = advice(ty) {
        errors.add(&*ty, advice);
        if let Type::Infer(_) = ty {
            *ty = parse_quote!(());
        }
        return;
    }
    match ty {
        Type::Group(inner) => check_part(&mut inner.elem, errors),
        Type::Paren(inner) => check_part(&mut inner.elem, errors),
        Type::Array(array) => check_element(&mut array.elem, errors),
        Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(|element| check_element(element, errors)),
        _ => {
            let is_holder = holds_sized(ty);
            for argument in arguments(ty) {
                check_argument(argument, is_holder, errors);
            }
        }
    }
}

fn check_element(ty: &mut Type, errors: &Errors) {
    check_part(ty, errors);
    replace_unsized(ty);
}

/// Checks what another type holds: a `Box`, an `Arc` or a `Cow` may hold what has no size.
fn check_argument(argument: &mut Type, is_holder: bool, errors: &Errors) {
    if !is_holder {
        match bare_mut(argument) {
            Type::Slice(slice) => return check_element(&mut slice.elem, errors),
            Type::Path(path) if is_str(path) => return,
            _ => {}
        }
    }
    check_part(argument, errors);
    replace_held(argument, is_holder);
}

/// The same for what a function returns, where `()` is nothing and fine, and an error type
/// need not cross.
pub(crate) fn check_returned(ty: &mut Type, errors: &Errors) {
    check_returned_part(ty, errors);
    replace_unsized(ty);
}

fn check_returned_part(ty: &mut Type, errors: &Errors) {
    match ty {
        Type::Group(inner) => check_returned_part(&mut inner.elem, errors),
        Type::Tuple(tuple) if tuple.elems.is_empty() => {}
        Type::Path(path) if !is_str(path) => {
            let is_holder = holds_sized(ty);
            // The first may be the `()` of `Result<(), E>`.
            let has_size = |argument: &Type| !matches!(bare(argument), Type::Slice(_)) && !is_bare_str(argument);
            for argument in arguments(ty).take(1) {
                if has_size(argument) {
                    check_returned_part(argument, errors);
                    replace_held(argument, is_holder);
                } else {
                    check_argument(argument, is_holder, errors);
                }
            }
        }
        other => check_part(other, errors),
    }
}

/// Puts a reference in the place of what has no size, which rustc takes in no parameter, result or field.
fn replace_unsized(ty: &mut Type) {
    let has_no_size = match bare(ty) {
        Type::Slice(_) | Type::TraitObject(_) => true,
        Type::Path(path) => is_str(path),
        _ => false,
    };
    if has_no_size {
        *ty = parse_quote!(&'static (#ty));
    }
}

/// The same in the type that another one holds.
fn replace_held(argument: &mut Type, is_holder: bool) {
    if is_holder {
        replace_unsized(argument);
    }
}

/// Whether it is a type that holds none without a size, so that rustc would refuse it too; a `Box` holds one. Only what
/// stands in the place of a refused type depends on it.
fn holds_sized(ty: &Type) -> bool {
    let last = match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    last.is_some_and(|last| HOLDERS.iter().any(|holder| last.ident == holder))
}

/// The types of the standard library that an author may expect to cross, and that hold none without a size.
const HOLDERS: [&str; 8] = ["Vec", "Option", "Result", "VecDeque", "HashMap", "HashSet", "BTreeMap", "BTreeSet"];

fn is_bare_str(ty: &Type) -> bool {
    matches!(bare(ty), Type::Path(path) if is_str(path))
}

/// Whether it is the primitive `str`, which nothing but its name tells: rustc refuses it in the author's function before
/// it asks whether it crosses.
fn is_str(path: &TypePath) -> bool {
    let is_primitive = path.path.segments.iter().rev().nth(1).is_some_and(|module| module.ident == "primitive");
    let is_named = path.path.segments.last().is_some_and(|last| last.ident == "str");
    path.qself.is_none() && is_named && (is_primitive || path.path.get_ident().is_some())
}

/// The same for a field, where rustc refuses more.
pub(crate) fn check_field(ty: &mut Type, errors: &Errors) {
    check(ty, errors);
    if let Type::Reference(reference) = ty {
        reference.lifetime.get_or_insert_with(|| parse_quote!('static));
    } else if let Type::ImplTrait(_) = ty {
        *ty = parse_quote!(());
    }
}

/// The type without the invisible group that a `macro_rules!` puts around its `$ty:ty`.
pub(crate) fn ungrouped(mut ty: &Type) -> &Type {
    while let Type::Group(group) = ty {
        ty = &group.elem;
    }
    ty
}

/// The type without any groups and parentheses.
fn bare(mut ty: &Type) -> &Type {
    while let Type::Group(TypeGroup { elem, .. }) | Type::Paren(TypeParen { elem, .. }) = ty {
        ty = elem;
    }
    ty
}

/// The same, to be changed.
fn bare_mut(ty: &mut Type) -> &mut Type {
    match ty {
        Type::Group(TypeGroup { elem, .. }) | Type::Paren(TypeParen { elem, .. }) => bare_mut(elem),
        other => other,
    }
}

/// Notes a field in which its own type stands where only an address may: in an `Arc` or a `Cow`, whose form is that of what
/// they hold.
pub(crate) fn check_recursion(ty: &Type, owner: &Ident, errors: &Errors) {
    if is_inline(ty, owner, false) {
        let message = "a type cannot hold itself in an `Arc` or a `Cow`, which cross as what they hold, so that C has no \
                       size for it; use `Box<T>`, `Vec<T>`, or `Arc<[T]>`";
        errors.add(ty, message);
    }
}

/// Whether the type of this name stands in another without an address in between, and an `Arc` or a `Cow` around it.
fn is_inline(ty: &Type, owner: &Ident, is_shared: bool) -> bool {
    match bare(ty) {
        Type::Tuple(tuple) => tuple.elems.iter().any(|element| is_inline(element, owner, is_shared)),
        Type::Array(array) => is_inline(&array.elem, owner, is_shared),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return false };
            let shares = last.ident == "Arc" || last.ident == "Cow";
            let is_owner = path.path.get_ident().is_some_and(|ident| ident == owner || ident == "Self");
            (is_owner && is_shared)
                || ((shares || last.ident == "Option")
                    && type_arguments(last).any(|argument| is_inline(argument, owner, is_shared || shares)))
        }
        _ => false,
    }
}

/// The types between the angle brackets of a path. None where a lifetime of the item's stands there, which is told at the
/// item, and may be all that is wrong.
fn arguments(ty: &mut Type) -> impl Iterator<Item = &mut Type> {
    let segments = match ty {
        Type::Path(path) => Some(path.path.segments.iter_mut()),
        _ => None,
    };
    let arguments = segments.into_iter().flatten().filter_map(|segment| match &mut segment.arguments {
        PathArguments::AngleBracketed(arguments) if !arguments.args.iter().any(is_own_lifetime) => {
            Some(arguments.args.iter_mut())
        }
        _ => None,
    });
    arguments.flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn is_own_lifetime(argument: &GenericArgument) -> bool {
    matches!(argument, GenericArgument::Lifetime(it) if it.ident != "static" && it.ident != "_")
}

/// What to write instead of a type of this form.
fn advice(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Reference(of) if matches!(advice(&of.elem), Some(CALLBACK)) => CALLBACK,
        Type::Reference(_) => {
            "a reference cannot cross the FFI boundary, because the two sides share no lifetime; use an owned type \
             (`String` for `&str`, `Vec<T>` for `&[T]`)"
        }
        Type::Ptr(_) => {
            "a raw pointer cannot cross the FFI boundary, because nobody knows what it points to; use `Vec<u8>` for \
             memory, `Box<T>` for a value"
        }
        Type::ImplTrait(of) if is_callback(&of.bounds) => CALLBACK,
        Type::TraitObject(of) if is_callback(&of.bounds) => CALLBACK,
        Type::ImplTrait(_) => "`impl Trait` cannot cross the FFI boundary, because C needs one layout; name the type",
        Type::TraitObject(_) => {
            "a trait object cannot cross the FFI boundary, because C needs one layout; use a struct or enum with \
             `#[ffi]`"
        }
        Type::FnPtr(_) => CALLBACK,
        Type::Array(of) if is_zero(&of.len) => {
            "an array of no elements cannot cross the FFI boundary, because C has none; use `Vec<T>`, or leave it out"
        }
        Type::Path(path) if is_cow_of_a_lifetime(path) => {
            "a `Cow` that crosses the FFI boundary is `Cow<'static, _>`, because the two sides share no lifetime"
        }
        Type::Path(path) if has_float_key(path) => {
            "a float cannot be the key of a map or a set that crosses the FFI boundary, because not every float is the same \
             as itself; use a `Vec`, of pairs where there are values"
        }
        Type::Path(path) if is_str(path) => {
            "a `str` cannot cross the FFI boundary, because nobody would own its text; use `String`"
        }
        Type::Slice(_) => "a slice cannot cross the FFI boundary; use `Vec<T>`",
        Type::Tuple(of) if of.elems.is_empty() => {
            "`()` cannot cross the FFI boundary as a value, because there is nothing of it; leave it out"
        }
        Type::Tuple(of) if of.elems.len() > LONGEST => {
            "a tuple of more than twelve values cannot cross the FFI boundary; use a struct with `#[ffi]`"
        }
        Type::Never(_) => "`!` cannot cross the FFI boundary; return nothing, or a `Result`",
        Type::Infer(_) => "a type that crosses the FFI boundary is written out; write it in place of `_`",
        _ => return None,
    })
}

/// Whether it is a `Cow` without a lifetime, or with another than `'static`.
fn is_cow_of_a_lifetime(path: &TypePath) -> bool {
    let Some(last) = path.path.segments.last().filter(|last| last.ident == "Cow") else { return false };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
    let is_static =
        |argument: &GenericArgument| matches!(argument, GenericArgument::Lifetime(it) if it.ident == "static");
    // A lifetime of the item's own is told there.
    !arguments.args.iter().any(|argument| is_static(argument) || is_own_lifetime(argument))
}

/// Whether it is a map or a set by its name, whose keys are floats or have one in them. rustc refuses others, by its own
/// words for `Eq`, `Hash` and `Ord`.
fn has_float_key(path: &TypePath) -> bool {
    let Some(last) = path.path.segments.last() else { return false };
    let is_keyed = ["HashMap", "HashSet", "BTreeMap", "BTreeSet"].iter().any(|name| last.ident == name);
    is_keyed && type_arguments(last).next().is_some_and(has_float)
}

fn has_float(ty: &Type) -> bool {
    match bare(ty) {
        Type::Tuple(tuple) => tuple.elems.iter().any(has_float),
        Type::Array(array) => has_float(&array.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            ["f32", "f64"].iter().any(|float| last.ident == float) || type_arguments(last).any(has_float)
        }),
        _ => false,
    }
}

fn type_arguments(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(arguments.args.iter()),
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The most values of a tuple that crosses.
const LONGEST: usize = 12;

fn is_zero(len: &Expr) -> bool {
    matches!(len, Expr::Lit(ExprLit { lit: Lit::Int(len), .. }) if len.base10_digits() == "0")
}

/// What to write instead of a function that one side would hand to the other.
const CALLBACK: &str = "a function or a closure cannot cross the FFI boundary; declare an event, `#[ffi(event)] fn \
                        on_it(…);`, and call it to tell the host, or return the value, which reaches the host's callback";

/// Whether one of the bounds is of functions: only those have their arguments in parentheses.
fn is_callback(bounds: &Punctuated<TypeParamBound, Token![+]>) -> bool {
    bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            let is_called = |segment: &PathSegment| matches!(segment.arguments, PathArguments::Parenthesized(_));
            bound.path.segments.iter().any(is_called)
        }
        _ => false,
    })
}

/// The type with `Self` spelled out, since it is mentioned outside the item it means.
pub(crate) fn with_self_named(ty: &Type, owner: &Ident) -> Type {
    syn::parse2(name_self(ty.to_token_stream(), &owner.to_token_stream())).unwrap_or_else(|_| ty.clone())
}
