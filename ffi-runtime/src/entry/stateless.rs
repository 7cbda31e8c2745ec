//! Plain functions without a state: they run on the thread that calls them, and the handle is ignored.

use super::answer::{answer_here, now};
use super::dispatch::{Dispatch, describe_signature};
use super::entries::Callee;
use super::form::Form;
use super::refusal::refuse;
use crate::call::Reply;
use crate::callback::HostCallback;
use crate::declare::{Found, FunctionInfo, Library, Stateless, bounds};
use crate::registry::Hosted;
use crate::schema::{Function, FunctionKind, SchemaBuilder};
use crate::stack;
use crate::value::pod::TextForm;
use std::ffi::{c_int, c_void};
use std::marker::PhantomData;

/// A plain function without a state, of the library of `S`.
struct StatelessFunction<H, S>(PhantomData<(H, S)>);

/// The function of a handler in a library that was found.
pub const fn stateless<H: Stateless, F: TextForm, S: Library>(_: Found<S>) -> Callee<H::Args, F> {
    Callee::of::<StatelessFunction<H, S>>()
}

impl<H: Stateless, S: Library> Dispatch for StatelessFunction<H, S> {
    type State = S;
    type Args = H::Args;
    const INFO: FunctionInfo = H::INFO;
    const KIND: FunctionKind = FunctionKind::Stateless;
    const NEEDS_CONTEXT: bool = false;

    fn describe(schema: &mut SchemaBuilder, function: &mut Function) {
        describe_signature::<H::Args, H::Return>(schema, function);
        function.inline = true;
    }

    #[inline]
    fn call<F: Form<H::Args>>(_ctx: *mut c_void, target: HostCallback, request: F) -> c_int {
        if let Err(after_fork) = S::cell().contexts().process_guard().check() {
            return refuse(H::INFO.name, Reply::to(target), after_fork.into());
        }
        let bound = const { bounds::of_call::<H::Args, H::Return>() };
        match stack::check(bound) {
            Ok(()) => stack::apart(bound, || run::<H, S, F>(target, request)),
            Err(fault) => refuse(H::INFO.name, Reply::to(target), fault.into()),
        }
    }
}

#[inline]
fn run<H: Stateless, S: Library, F: Form<H::Args>>(target: HostCallback, request: F) -> c_int {
    answer_here::<F::Read, _, _>(H::INFO.name, target, || Ok(now(H::call(request.read::<S>()?))))
}
