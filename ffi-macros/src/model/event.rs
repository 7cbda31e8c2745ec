//! The model of an event: a function without a body, which the library fires and hosts listen to.

use super::attributes::docs;
use super::function::borrowed_state;
use super::generics;
use super::head::Head;
use super::member::{Member, check_distinct};
use super::record::Record;
use crate::errors::Errors;
use crate::names::{Case, Name, check_identifier, check_reserved, library};
use crate::options::Options;
use crate::paths::Runtime;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, FnArg, Generics, Ident, ItemFn, LitStr, ReturnType, Safety, Signature, Token, Visibility};

/// The events that every library has.
const BUILTIN: [&str; 3] = ["events_dropped", "not_responding", "responding"];

/// What an event has nothing to do with.
const OF_CALLS: [&str; 6] = ["ctor", "dtor", "cancel", "deadline_ms", "inline", "export"];

/// `fn name(…);`
#[derive(Debug)]
pub(crate) struct Declaration {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
}

impl Parse for Declaration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        let declaration = Self { attrs, vis: input.parse()?, sig: input.parse()? };
        input.parse::<Token![;]>()?;
        Ok(declaration)
    }
}

/// A declared event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) ident: Ident,
    /// What listeners give.
    pub(crate) name: Name,
    /// Which library of the binary it is of; without it, those of its crate.
    pub(crate) library: Option<LitStr>,
    pub(crate) payload: Payload,
    /// Its documentation, one expression a line.
    pub(crate) docs: Vec<Expr>,
    pub(crate) runtime: Runtime,
}

/// What an event tells.
#[derive(Debug)]
pub(crate) enum Payload {
    Nothing,
    /// The only parameter.
    Value(Member),
    /// Several parameters, as the fields of one record.
    Record(Record),
}

impl Event {
    /// The meaning of a function without a body, whose helper attributes are removed. `None`
    /// where a mistake leaves none.
    pub(crate) fn of(item: &mut Declaration, mut options: Options, errors: &Errors) -> Option<Self> {
        if !options.has("event") {
            let message = "a function needs a body; write one, or `#[ffi(event)]` where it is an event";
            errors.add(&item.sig.ident, message);
            let unseen = Errors::new();
            params(&mut item.sig, None, &unseen);
            unseen.leave_to_derive();
            return None;
        }
        let runtime = Runtime::of(&mut options, errors);
        let case = Case::of(&mut options, errors);
        let name = name(&item.sig.ident, options.word_or_text("event", errors), errors);
        let library = library(&mut options, errors);
        check_options(&mut options, errors);
        check_signature(&item.sig, errors);
        let params = params(&mut item.sig, case, errors);
        let (ident, docs) = (item.sig.ident.clone(), docs(&item.attrs));
        let payload = Payload::of(params, &ident, &docs, &runtime, errors);
        Some(Self { ident, name, library, payload, docs, runtime })
    }

    /// Notes that an event has no body, and what else is wrong with it.
    pub(crate) fn check_with_body(item: &mut ItemFn, options: Options, errors: &Errors) {
        errors
            .add(&item.block, "an event has no body, because telling the hosts is all it does; write `;` in its place");
        let ItemFn { attrs, vis, sig, .. } = item;
        let mut declaration = Declaration { attrs: std::mem::take(attrs), vis: vis.clone(), sig: sig.clone() };
        Self::of(&mut declaration, options, errors);
        (*attrs, *sig) = (declaration.attrs, declaration.sig);
    }
}

impl Payload {
    fn of(mut params: Vec<Member>, ident: &Ident, docs: &[Expr], runtime: &Runtime, errors: &Errors) -> Self {
        match (params.pop(), params.is_empty()) {
            (None, _) => Self::Nothing,
            (Some(only), true) => Self::Value(only),
            (Some(last), false) => {
                params.push(last);
                let text = Case::Pascal.apply(&ident.unraw().to_string());
                check_identifier(&text, ident.span(), "rename the function", errors);
                let head = Head {
                    ident: Ident::new("__Payload", Span::call_site()),
                    place: ident.unraw().to_string(),
                    name: Name { text, span: ident.span() },
                    docs: docs.to_vec(),
                    runtime: runtime.clone(),
                    generics: Generics::default(),
                };
                Self::Record(Record { head, fields: params, is_error: false })
            }
        }
    }
}

fn name(ident: &Ident, given: Option<LitStr>, errors: &Errors) -> Name {
    check_reserved(ident, errors);
    let (text, span, advice) = match given {
        Some(given) => (given.value(), given.span(), "choose another"),
        None => (ident.unraw().to_string(), ident.span(), "write `#[ffi(event = \"…\")]`"),
    };
    check_identifier(&text, span, advice, errors);
    if BUILTIN.contains(&text.as_str()) {
        let message = format!("`{text}` is an event that every library has of its own; choose another name");
        errors.push(syn::Error::new(span, message));
    }
    Name { text, span }
}

fn check_options(options: &mut Options, errors: &Errors) {
    for name in OF_CALLS {
        if let Some(option) = options.take_name(name) {
            let message = format!("`{name}` is for functions that a host calls, and an event is told to it; remove it");
            errors.add(option, message);
        }
    }
    std::mem::take(options).finish("an event", "`event`, `library`, `rename_all` and `crate`", errors);
}

/// Notes what an event's signature may not have.
fn check_signature(sig: &Signature, errors: &Errors) {
    if let Safety::Unsafe(token) = &sig.safety {
        errors.add(token, "firing an event is safe; remove `unsafe`");
    }
    if let Some(token) = &sig.constness {
        errors.add(token, "an event is fired in a context and never while compiling; remove `const`");
    }
    if let Some(token) = &sig.asyncness {
        errors.add(token, "firing an event hands it over and has nothing to await; remove `async`");
    }
    if let Some(abi) = &sig.abi {
        errors.add(abi, "an event is an ordinary Rust function, which only Rust calls; remove `extern`");
    }
    if let Some(variadic) = &sig.variadic {
        errors.add(variadic, "an event has a fixed number of parameters; take a `Vec<T>`");
    }
    if let ReturnType::Type(_, returns) = &sig.output {
        errors.add(returns, "nobody answers an event, so it returns nothing; remove the return type");
    }
    generics::check(&sig.generics, errors);
}

fn params(sig: &mut Signature, case: Option<Case>, errors: &Errors) -> Vec<Member> {
    let mut params = Vec::new();
    for (at, input) in sig.inputs.iter_mut().enumerate() {
        if let FnArg::Receiver(receiver) = input {
            errors.add(receiver, "an event is a free function and takes no state; remove `self`");
        } else if at == 0 && borrowed_state(input).is_some() {
            let message = "an event takes no state, because it is told to the hosts of the context it is fired in; \
                           remove it (what an event tells is owned, `String` for `&str`)";
            errors.add(input, message);
        } else {
            params.extend(Member::of_param(input, case, errors));
        }
    }
    check_distinct(params.iter().map(|param| (&param.name, &param.cfgs[..])), errors);
    params
}
