//! The shapes of type that no annotation can make cross.

use crate::errors::Errors;
use syn::{GenericArgument, PathArguments, ReturnType, Type};

/// Notes every part of a type that is refused for its form. What a path names is for rustc to
/// say.
pub(crate) fn check(ty: &Type, errors: &Errors) {
    if let Some(advice) = advice(ty) {
        errors.add(ty, advice);
        return;
    }
    match ty {
        Type::Group(inner) => check(&inner.elem, errors),
        Type::Paren(inner) => check(&inner.elem, errors),
        Type::Path(path) => path.path.segments.iter().for_each(|segment| check_arguments(&segment.arguments, errors)),
        _ => {}
    }
}

/// The same for what a function returns, where `()` is nothing and fine.
pub(crate) fn check_returned(ty: &Type, errors: &Errors) {
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => {}
        Type::Path(path) => {
            for segment in &path.path.segments {
                if let PathArguments::AngleBracketed(arguments) = &segment.arguments {
                    // The first may be the `()` of `Result<(), E>`; an error type need not cross.
                    let types = arguments.args.iter().filter_map(|argument| match argument {
                        GenericArgument::Type(ty) => Some(ty),
                        _ => None,
                    });
                    types.take(1).for_each(|ty| check_returned(ty, errors));
                }
            }
        }
        other => check(other, errors),
    }
}

fn check_arguments(arguments: &PathArguments, errors: &Errors) {
    match arguments {
        PathArguments::AngleBracketed(arguments) => {
            for argument in &arguments.args {
                if let GenericArgument::Type(ty) = argument {
                    check(ty, errors);
                }
            }
        }
        PathArguments::Parenthesized(arguments) => {
            arguments.inputs.iter().for_each(|argument| check(&argument.ty, errors));
            if let ReturnType::Type(_, ty) = &arguments.output {
                check(ty, errors);
            }
        }
        PathArguments::None => {}
    }
}

/// What to write instead of a type of this form.
fn advice(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Reference(_) => {
            "a reference cannot cross the FFI boundary, because the value outlives the call; take it by value \
             (`String` for `&str`, `Vec<T>` for `&[T]`)"
        }
        Type::Ptr(_) => "a raw pointer cannot cross the FFI boundary; use `Vec<u8>` for memory, `Box<T>` for a value",
        Type::ImplTrait(_) => "`impl Trait` cannot cross the FFI boundary, because C needs one layout; name the type",
        Type::TraitObject(_) => "a trait object cannot cross the FFI boundary; use an annotated struct or enum",
        Type::FnPtr(_) => "a function pointer cannot cross the FFI boundary; the host is called through its callback",
        Type::Array(_) => "an array cannot cross the FFI boundary; use `Vec<T>`",
        Type::Slice(_) => "a slice cannot cross the FFI boundary; use `Vec<T>`",
        Type::Tuple(_) => "a tuple cannot cross the FFI boundary; use a struct with `#[ffi]`, whose fields have names",
        Type::Never(_) => "`!` cannot cross the FFI boundary; return nothing, or a `Result`",
        Type::Infer(_) => "write the type out",
        _ => return None,
    })
}
