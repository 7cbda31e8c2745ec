//! A function that becomes a handler.

use super::Carried;
use super::member::{Member, check_distinct};
use super::record::check_generics;
use super::types;
use crate::attr::Choices;
use crate::errors::Errors;
use crate::names::{Case, Name, TWIN};
use crate::paths::Runtime;
use syn::{FnArg, Ident, ItemFn, ReturnType, Safety, Signature, Token, Type, parse_quote};

/// A function and the part it plays.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) ident: Ident,
    pub(crate) symbol: Name,
    pub(crate) is_async: bool,
    pub(crate) role: Role,
    pub(crate) carried: Carried,
    pub(crate) runtime: Runtime,
}

/// What a function is for its context.
#[derive(Debug)]
pub(crate) enum Role {
    Constructor { params: Vec<Member>, returns: Type },
    Method { state: Type, mutability: Option<Token![mut]>, params: Vec<Member>, returns: Type },
    Destructor { state: Type },
}

impl Function {
    pub(crate) fn of(item: &mut ItemFn, mut choices: Choices, errors: &Errors) -> Option<Self> {
        let runtime = Runtime::of(&mut choices, errors);
        let case = Case::of(&mut choices, errors);
        let symbol = Name::of(&item.sig.ident, &mut choices, None, errors);
        let (ctor, dtor) = (choices.word("ctor", errors), choices.word("dtor", errors));
        choices.finish("a function", "`ctor`, `dtor`, `rename`, `rename_all` and `crate`", errors);
        check_symbol(&symbol, errors);
        check_signature(&item.sig, errors);
        let sig = &mut item.sig;
        let role = match (ctor, dtor) {
            (Some(_), Some(dtor)) => {
                errors.add(dtor, "a function is the constructor or the destructor, not both; write two functions");
                None
            }
            (Some(_), None) => constructor(sig, case, errors),
            (None, Some(_)) => destructor(sig, errors),
            (None, None) => method(sig, case, errors),
        };
        let (ident, is_async) = (item.sig.ident.clone(), item.sig.asyncness.is_some());
        Some(Self { ident, symbol, is_async, role: role?, carried: Carried::of(&item.attrs), runtime })
    }
}

fn constructor(sig: &mut Signature, case: Option<Case>, errors: &Errors) -> Option<Role> {
    let returns = match &sig.output {
        ReturnType::Type(_, ty) => (**ty).clone(),
        ReturnType::Default => {
            errors.add(&sig.ident, "a constructor makes the state; return `Result<State, E>`");
            return None;
        }
    };
    types::check_returned(&returns, errors);
    Some(Role::Constructor { params: params(sig.inputs.iter_mut(), case, errors), returns })
}

fn method(sig: &mut Signature, case: Option<Case>, errors: &Errors) -> Option<Role> {
    let mut inputs = sig.inputs.iter_mut();
    let Some((state, mutability)) = inputs.next().and_then(|first| borrowed_state(first)) else {
        let first = sig.inputs.first();
        let message = "a handler takes the library's state first; write `state: &State` or `state: &mut State` \
                       (a constructor is marked `#[ffi(ctor)]`, a destructor `#[ffi(dtor)]`)";
        match first {
            Some(first) => errors.add(first, message),
            None => errors.add(&sig.ident, message),
        }
        return None;
    };
    let params = params(inputs, case, errors);
    let returns = match &sig.output {
        ReturnType::Type(_, ty) => (**ty).clone(),
        ReturnType::Default => parse_quote!(()),
    };
    types::check_returned(&returns, errors);
    Some(Role::Method { state, mutability, params, returns })
}

fn destructor(sig: &mut Signature, errors: &Errors) -> Option<Role> {
    let message = "a destructor takes the state by value and nothing else; write `state: State`";
    let mut inputs = sig.inputs.iter();
    let state = match (inputs.next(), inputs.next()) {
        (Some(FnArg::Typed(param)), None) if matches!(&*param.ty, Type::Path(_)) => (*param.ty).clone(),
        (Some(first), None) => {
            errors.add(first, message);
            return None;
        }
        (_, Some(second)) => {
            errors.add(second, message);
            return None;
        }
        (None, None) => {
            errors.add(&sig.ident, message);
            return None;
        }
    };
    match &sig.output {
        ReturnType::Type(_, ty) if !matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty()) => {
            errors.add(ty, "a destructor has nobody to answer; return nothing");
        }
        _ => {}
    }
    Some(Role::Destructor { state })
}

fn params<'a>(inputs: impl Iterator<Item = &'a mut FnArg>, case: Option<Case>, errors: &Errors) -> Vec<Member> {
    let params: Vec<_> = inputs.filter_map(|input| Member::of_param(input, case, errors)).collect();
    check_distinct(params.iter().map(|param| (&param.name, &param.carried)), errors);
    params
}

/// The state's type of `state: &State` and whether it is borrowed mutably.
fn borrowed_state(param: &FnArg) -> Option<(Type, Option<Token![mut]>)> {
    let FnArg::Typed(param) = param else { return None };
    let Type::Reference(reference) = &*param.ty else { return None };
    matches!(&*reference.elem, Type::Path(_)).then(|| ((*reference.elem).clone(), reference.mutability))
}

fn check_symbol(symbol: &Name, errors: &Errors) {
    if symbol.text.ends_with(TWIN) {
        let message = format!("a symbol that ends with `{TWIN}` is the CBOR twin of another; choose another name");
        errors.push(syn::Error::new(symbol.span, message));
    }
}

/// Notes what a handler's signature may not have.
fn check_signature(sig: &Signature, errors: &Errors) {
    if let Safety::Unsafe(token) = &sig.safety {
        errors.add(token, "a handler is called with checked values and is safe; remove `unsafe`");
    }
    if let Some(token) = &sig.constness {
        errors.add(token, "a handler runs in a context; remove `const`");
    }
    if let Some(abi) = &sig.abi {
        errors.add(abi, "a handler is an ordinary Rust function, whose C symbols #[ffi] makes; remove `extern`");
    }
    if let Some(variadic) = &sig.variadic {
        errors.add(variadic, "a handler has a fixed number of parameters; take a `Vec<T>`");
    }
    check_generics(&sig.generics, errors);
}
