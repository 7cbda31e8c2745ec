//! The kinds of function that answer through a callback.
//!
//! - A kind is one impl of [`Dispatch`]: it decides on which thread the function runs, which state
//!   the function is given, and what refuses a call. The entry points are the same for all kinds.
//! - A request comes in one of three forms, each an impl of [`Form`]. A kind says what is done with a
//!   request, and a form how the request is read and the result is answered.

use super::form::Form;
use crate::callback::HostCallback;
use crate::declare::{Answer, Arguments, ErrorText, FunctionInfo, Library, Return, describe_error};
use crate::schema::{Function, FunctionKind, SchemaBuilder};
use std::ffi::{c_int, c_void};

/// A function that answers through a callback, of one kind.
pub(super) trait Dispatch: 'static {
    /// The state of the function's library.
    type State: Library;
    /// The parameters after the state.
    type Args: Arguments;
    /// Name and place.
    const INFO: FunctionInfo;
    /// The kind as the schema names it.
    const KIND: FunctionKind;
    /// Whether the function runs in the context of the handle; else the handle is ignored.
    const NEEDS_CONTEXT: bool;

    /// Describes parameters, result and how the function runs.
    fn describe(schema: &mut SchemaBuilder, function: &mut Function);

    /// Runs the function or queues the call, which answers; or refuses the call.
    ///
    /// Returns what the entry point returns: [`RET_OK`](crate::RET_OK), or
    /// [`RET_ERR`](crate::RET_ERR) where the call was refused and the callback has fired.
    fn call<F: Form<Self::Args>>(ctx: *mut c_void, target: HostCallback, request: F) -> c_int;
}

/// Describes parameters and result, which every kind has.
pub(super) fn describe_signature<A: Arguments, R: Return<Value: Answer, Error: ErrorText>>(
    schema: &mut SchemaBuilder,
    function: &mut Function,
) {
    function.params = schema.params(A::describe);
    function.returns = R::Value::describe(schema);
    function.error = describe_error::<R::Error>(schema);
}
