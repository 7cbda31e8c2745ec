//! A function that becomes a handler.

use super::member::{Member, check_distinct};
use super::{Carried, generics, types};
use crate::attr::Choices;
use crate::errors::Errors;
use crate::names::{Case, Name, TWIN};
use crate::paths::Runtime;
use syn::{FnArg, Ident, ItemFn, LitInt, ReturnType, Safety, Signature, Token, Type, parse_quote};

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
#[expect(clippy::large_enum_variant, reason = "one lives at a time, as long as an expansion takes")]
pub(crate) enum Role {
    Constructor { params: Vec<Member>, returns: Type },
    Method(Method),
    Destructor { state: Type },
}

/// A function that runs in a context.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) state: Type,
    pub(crate) mutability: Option<Token![mut]>,
    pub(crate) params: Vec<Member>,
    pub(crate) returns: Type,
    /// Whether its future may be dropped to cancel a running call.
    pub(crate) is_droppable: bool,
    /// How many milliseconds after its acceptance a call is answered at the latest.
    pub(crate) deadline: Option<LitInt>,
}

impl Function {
    pub(crate) fn of(item: &mut ItemFn, mut choices: Choices, errors: &Errors) -> Option<Self> {
        let runtime = Runtime::of(&mut choices, errors);
        let case = Case::of(&mut choices, errors);
        let symbol = Name::of(&item.sig.ident, &mut choices, None, errors);
        check_symbol(&symbol, errors);
        check_signature(&item.sig, errors);
        let role = role(&mut item.sig, &mut choices, case, errors);
        choices.finish(
            "a function",
            "`ctor`, `dtor`, `cancel`, `deadline_ms`, `rename`, `rename_all` and `crate`",
            errors,
        );
        let (ident, is_async) = (item.sig.ident.clone(), item.sig.asyncness.is_some());
        Some(Self { ident, symbol, is_async, role: role?, carried: Carried::of(&mut item.attrs, errors), runtime })
    }
}

fn role(sig: &mut Signature, choices: &mut Choices, case: Option<Case>, errors: &Errors) -> Option<Role> {
    let (ctor, dtor) = (choices.word("ctor", errors), choices.word("dtor", errors));
    if ctor.is_some() || dtor.is_some() {
        check_no_method(choices, errors);
    }
    match (ctor, dtor) {
        (Some(_), Some(dtor)) => {
            errors.add(dtor, "a function is the constructor or the destructor, not both; write two functions");
            None
        }
        (Some(_), None) => constructor(sig, case, errors),
        (None, Some(_)) => destructor(sig, errors),
        (None, None) => method(sig, choices, case, errors),
    }
}

/// Notes options that only a method has.
fn check_no_method(choices: &mut Choices, errors: &Errors) {
    if let Some(cancel) = choices.text("cancel", errors) {
        errors.add(cancel, "only a method can be cancelled while it runs; remove `cancel`");
    }
    if let Some((deadline, _)) = choices.number("deadline_ms", errors) {
        errors.add(deadline, "only a method has a deadline; remove `deadline_ms`");
    }
}

fn constructor(sig: &mut Signature, case: Option<Case>, errors: &Errors) -> Option<Role> {
    let params = params(sig.inputs.iter_mut(), case, errors);
    let ReturnType::Type(_, returns) = &mut sig.output else {
        errors.add(&sig.ident, "a constructor makes the state; return `Result<State, E>`");
        return None;
    };
    types::check_returned(returns, errors);
    Some(Role::Constructor { params, returns: (**returns).clone() })
}

fn method(sig: &mut Signature, choices: &mut Choices, case: Option<Case>, errors: &Errors) -> Option<Role> {
    let is_droppable = is_droppable(sig, choices, errors);
    let deadline = choices.number("deadline_ms", errors).map(|(_, number)| number);
    let state = sig.inputs.first().and_then(borrowed_state);
    let Some((state, mutability)) = state else {
        let message = "a handler takes the library's state first; write `state: &State` or `state: &mut State` \
                       (a constructor is marked `#[ffi(ctor)]`, a destructor `#[ffi(dtor)]`)";
        errors.push(first_or_name(sig, message));
        return None;
    };
    let params = params(sig.inputs.iter_mut().skip(1), case, errors);
    let returns = match &mut sig.output {
        ReturnType::Type(_, returns) => {
            types::check_returned(returns, errors);
            (**returns).clone()
        }
        ReturnType::Default => parse_quote!(()),
    };
    Some(Role::Method(Method { state, mutability, params, returns, is_droppable, deadline }))
}

/// Whether `cancel = "drop"` is given, which only a future can be.
fn is_droppable(sig: &Signature, choices: &mut Choices, errors: &Errors) -> bool {
    let Some(cancel) = choices.text("cancel", errors) else { return false };
    if cancel.value() != "drop" {
        errors.add(&cancel, "a running handler is cancelled by dropping its future or not at all; write `\"drop\"`");
    } else if sig.asyncness.is_none() {
        errors.add(&cancel, "only a future can be dropped while it runs; make the function an `async fn`");
    }
    true
}

fn destructor(sig: &Signature, errors: &Errors) -> Option<Role> {
    check_destructor(sig, errors);
    let FnArg::Typed(param) = sig.inputs.first()? else { return None };
    // A reference was noted; the state behind it keeps its constructor from missing this.
    let state = match types::ungrouped(&param.ty) {
        Type::Reference(reference) => &reference.elem,
        _ => &param.ty,
    };
    Some(Role::Destructor { state: (**state).clone() })
}

fn check_destructor(sig: &Signature, errors: &Errors) {
    let message = "a destructor takes the state by value and nothing else; write `state: State`";
    if !sig.inputs.first().is_some_and(is_owned_state) {
        errors.push(first_or_name(sig, message));
    }
    if let Some(second) = sig.inputs.get(1) {
        errors.add(second, message);
    }
    if let ReturnType::Type(_, returns) = &sig.output
        && !matches!(types::ungrouped(returns), Type::Tuple(tuple) if tuple.elems.is_empty())
    {
        errors.add(returns, "a destructor has nobody to answer; return nothing");
    }
}

/// An error at the first parameter, or at the function's name where there is none.
fn first_or_name(sig: &Signature, message: &str) -> syn::Error {
    match sig.inputs.first() {
        Some(first) => syn::Error::new_spanned(first, message),
        None => syn::Error::new_spanned(&sig.ident, message),
    }
}

fn params<'a>(inputs: impl Iterator<Item = &'a mut FnArg>, case: Option<Case>, errors: &Errors) -> Vec<Member> {
    let params: Vec<_> = inputs.filter_map(|input| Member::of_param(input, case, errors)).collect();
    check_distinct(params.iter().map(|param| (&param.name, &param.carried)), errors);
    params
}

/// The state's type of `state: &State` and whether it is borrowed mutably.
fn borrowed_state(param: &FnArg) -> Option<(Type, Option<Token![mut]>)> {
    let FnArg::Typed(param) = param else { return None };
    let Type::Reference(reference) = types::ungrouped(&param.ty) else { return None };
    let is_named = matches!(types::ungrouped(&reference.elem), Type::Path(_));
    is_named.then(|| ((*reference.elem).clone(), reference.mutability))
}

fn is_owned_state(param: &FnArg) -> bool {
    matches!(param, FnArg::Typed(param) if matches!(types::ungrouped(&param.ty), Type::Path(_)))
}

fn check_symbol(symbol: &Name, errors: &Errors) {
    if symbol.text.ends_with(TWIN) {
        let message = format!(
            "a symbol cannot end with `{TWIN}`, because every function has a twin that does; rename the function"
        );
        errors.push(syn::Error::new(symbol.span, message));
    }
}

/// Notes what a handler's signature may not have.
fn check_signature(sig: &Signature, errors: &Errors) {
    if let Safety::Unsafe(token) = &sig.safety {
        errors.add(token, "a handler is called with checked values and is safe; remove `unsafe`");
    }
    if let Some(token) = &sig.constness {
        errors.add(token, "a handler runs in a context and never while compiling; remove `const`");
    }
    if let Some(abi) = &sig.abi {
        errors.add(abi, "a handler is an ordinary Rust function, whose C symbols `#[ffi]` makes; remove `extern`");
    }
    if let Some(variadic) = &sig.variadic {
        errors.add(variadic, "a handler has a fixed number of parameters; take a `Vec<T>`");
    }
    generics::check(&sig.generics, errors);
}
