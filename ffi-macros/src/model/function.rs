//! The model of a function, and the rules for each kind of function.

use super::attributes::docs;
use super::library::has_c_text;
use super::member::{Member, check_distinct};
use super::{generics, types};
use crate::errors::Errors;
use crate::names::{CBOR_SUFFIX, Case, Name, library};
use crate::options::Options;
use crate::paths::Runtime;
use syn::{Expr, FnArg, Ident, ItemFn, LitInt, LitStr, ReturnType, Safety, Signature, Token, Type, parse_quote};

/// A function and the part it plays.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) ident: Ident,
    pub(crate) symbol: Name,
    pub(crate) is_async: bool,
    /// The library that is written at it; else it is of the one that its crate declares.
    pub(crate) library: Option<Chosen>,
    pub(crate) role: Role,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    pub(crate) runtime: Runtime,
}

/// A library that is written at a function.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) name: LitStr,
    /// Whether its text is NUL-terminated in C.
    pub(crate) has_c_text: bool,
}

impl Chosen {
    fn of(options: &mut Options, errors: &Errors) -> Option<Self> {
        let Some(name) = library(options, errors) else {
            if let Some(text) = options.text("text", errors) {
                let message = "the form of text is the library's, and stands in `library!`; remove it here";
                errors.add(text, message);
            }
            return None;
        };
        Some(Self { name, has_c_text: has_c_text(options, errors) })
    }
}

/// What a function is for its context.
#[derive(Debug)]
pub(crate) enum Role {
    Constructor { params: Vec<Member>, returns: Type },
    Method(Method),
    Inline(Method),
    Stateless { params: Vec<Member>, returns: Type },
    Export { params: Vec<Member>, returns: Type },
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
    pub(crate) fn of(item: &mut ItemFn, mut options: Options, errors: &Errors) -> Option<Self> {
        let runtime = Runtime::of(&mut options, errors);
        let case = Case::of(&mut options, errors);
        let symbol = Name::of(&item.sig.ident, &mut options, None, errors);
        check_symbol(&symbol, errors);
        check_signature(&item.sig, errors);
        let library = Chosen::of(&mut options, errors);
        let role = role(&mut item.sig, &mut options, case, errors);
        options.finish(
            "a function",
            "`ctor`, `dtor`, `inline`, `library`, `text`, `export`, `cancel`, `deadline_ms`, `rename`, `rename_all` and `crate`",
            errors,
        );
        let (ident, is_async) = (item.sig.ident.clone(), item.sig.asyncness.is_some());
        Some(Self { ident, symbol, is_async, library, role: role?, docs: docs(&item.attrs), runtime })
    }
}

fn role(sig: &mut Signature, options: &mut Options, case: Option<Case>, errors: &Errors) -> Option<Role> {
    let mut parts = PARTS.iter().filter_map(|part| options.word(part, errors));
    let (part, second) = (parts.next(), parts.next());
    if let (Some(first), Some(second)) = (&part, second) {
        let message =
            format!("a function is one of `ctor`, `dtor`, `inline` and `export`; remove `{first}` or `{second}`");
        errors.add(second, message);
        return None;
    }
    let part = part.map(|part| part.to_string());
    let state = sig.inputs.first().and_then(borrowed_state);
    if state.is_none() || part.is_some() {
        check_not_queued(options, errors);
    }
    match (part.as_deref(), state) {
        (Some("export"), _) => export(sig, case, errors),
        (Some("ctor"), _) => constructor(sig, case, errors),
        (Some("dtor"), _) => destructor(sig, errors),
        (Some(_), state) => inline(sig, state, case, errors),
        (None, Some(state)) => Some(Role::Method(method(sig, state, options, case, errors))),
        (None, None) => Some(stateless(sig, case, errors)),
    }
}

/// What a function may be other than a method that is queued.
const PARTS: [&str; 4] = ["ctor", "dtor", "inline", "export"];

/// Notes options that only a queued method has.
fn check_not_queued(options: &mut Options, errors: &Errors) {
    if let Some(cancel) = options.text("cancel", errors) {
        errors.add(cancel, "only a method that is queued can be cancelled while it runs; remove `cancel`");
    }
    if let Some((deadline, _)) = options.number("deadline_ms", errors) {
        errors.add(deadline, "only a method that is queued has a deadline; remove `deadline_ms`");
    }
}

/// A state's type, and whether it is borrowed mutably.
type Borrowed = (Type, Option<Token![mut]>);

/// A method on its caller's thread, beside the worker.
fn inline(sig: &mut Signature, state: Option<Borrowed>, case: Option<Case>, errors: &Errors) -> Option<Role> {
    let Some((state, mutability)) = state else {
        let message = "an inline handler takes the library's state first; write `state: &State`, or remove `inline`: a \
                       function without a state runs on its caller's thread by itself";
        errors.push(first_or_name(sig, message));
        return None;
    };
    if let Some(mutability) = mutability {
        let message = "an inline handler runs beside others on the same state; take `&State`, and keep what changes in a \
                       `Mutex` or an atomic";
        errors.add(mutability, message);
    }
    let params = params(sig.inputs.iter_mut().skip(1), case, errors);
    let returns = returned(sig, errors);
    Some(Role::Inline(Method { state, mutability, params, returns, is_droppable: false, deadline: None }))
}

/// A function that needs no context.
fn stateless(sig: &mut Signature, case: Option<Case>, errors: &Errors) -> Role {
    let params = params(sig.inputs.iter_mut(), case, errors);
    Role::Stateless { params, returns: returned(sig, errors) }
}

/// A function of scalars that returns directly.
fn export(sig: &mut Signature, case: Option<Case>, errors: &Errors) -> Option<Role> {
    if let Some(token) = &sig.asyncness {
        let message = "an export returns directly, so it cannot wait; remove `async`, or `export`: a function without a \
                       state answers through a callback";
        errors.add(token, message);
    }
    check_no_state(sig, "an export has no state; write `#[ffi(inline)]` for a method that answers at once", errors)?;
    let params = params(sig.inputs.iter_mut(), case, errors);
    Some(Role::Export { params, returns: returned(sig, errors) })
}

/// Notes a state where there is to be none.
fn check_no_state(sig: &Signature, advice: &str, errors: &Errors) -> Option<()> {
    match sig.inputs.first().filter(|first| borrowed_state(first).is_some()) {
        Some(state) => {
            errors.add(state, advice);
            None
        }
        None => Some(()),
    }
}

/// What a function returns.
fn returned(sig: &mut Signature, errors: &Errors) -> Type {
    match &mut sig.output {
        ReturnType::Type(_, returns) => {
            types::check_returned(returns, errors);
            (**returns).clone()
        }
        ReturnType::Default => parse_quote!(()),
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

fn method(
    sig: &mut Signature,
    (state, mutability): Borrowed,
    options: &mut Options,
    case: Option<Case>,
    errors: &Errors,
) -> Method {
    let is_droppable = is_droppable(sig, options, errors);
    let deadline = options.number("deadline_ms", errors).map(|(_, number)| number);
    let params = params(sig.inputs.iter_mut().skip(1), case, errors);
    let returns = returned(sig, errors);
    Method { state, mutability, params, returns, is_droppable, deadline }
}

/// Whether `cancel = "drop"` is given, which only a future can be.
fn is_droppable(sig: &Signature, options: &mut Options, errors: &Errors) -> bool {
    let Some(cancel) = options.text("cancel", errors) else { return false };
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
    check_distinct(params.iter().map(|param| (&param.name, &param.cfgs[..])), errors);
    params
}

/// The state's type of `state: &State` and whether it is borrowed mutably.
pub(super) fn borrowed_state(param: &FnArg) -> Option<Borrowed> {
    let FnArg::Typed(param) = param else { return None };
    let Type::Reference(reference) = types::ungrouped(&param.ty) else { return None };
    let is_named = matches!(types::ungrouped(&reference.elem), Type::Path(_));
    is_named.then(|| ((*reference.elem).clone(), reference.mutability))
}

fn is_owned_state(param: &FnArg) -> bool {
    matches!(param, FnArg::Typed(param) if matches!(types::ungrouped(&param.ty), Type::Path(_)))
}

fn check_symbol(symbol: &Name, errors: &Errors) {
    if symbol.text.ends_with(CBOR_SUFFIX) {
        let message = format!(
            "a symbol cannot end with `{CBOR_SUFFIX}`, because every function has a twin that does; rename the function"
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
