//! Functions: each annotated one is a type that implements the trait of its kind.

use super::access::{Access, AccessOf, SharedState};
use super::arguments::Arguments;
use super::library::Library;
use super::returns::{Answer, ConstructorReturn, ErrorText, Return};
use std::time::Duration;

/// The name of a function, its documentation and its place in the source.
#[derive(Clone, Copy, Debug)]
pub struct FunctionInfo {
    /// The symbol of the native entry point.
    pub name: &'static str,
    /// The name in Rust.
    pub rust_name: &'static str,
    /// Documentation, one string a line as rustc keeps it.
    pub docs: &'static [&'static str],
    /// File, line and column, by which functions are listed in source order.
    pub place: (&'static str, u32, u32),
    /// Whether it is an `async fn`.
    pub is_async: bool,
}

/// A method: one annotated function that runs on a context's worker.
///
/// Generated code implements it for a type without a value, so that a request carries its
/// handler in its type.
pub trait Handler: 'static {
    /// The state the method runs on.
    type State: Library;
    /// Whether it takes `&State` or `&mut State`.
    type Access: Access + AccessOf<Self::State>;
    /// The parameters after the state.
    type Args: Arguments;
    /// The function's return type.
    type Return: Return<Value: Answer, Error: ErrorText>;
    /// Name and place.
    const INFO: FunctionInfo;
    /// Whether a running call may be cancelled by dropping its future.
    const DROPPABLE: bool = false;
    /// How many milliseconds after its acceptance a call is answered "deadline exceeded".
    const DEADLINE_MS: Option<u64> = None;

    /// Calls the author's function. A plain `fn` has returned when this returns, and the future
    /// is ready.
    fn call<'a>(
        state: <Self::Access as Access>::Ref<'a, Self::State>,
        args: Self::Args,
    ) -> impl Future<Output = Self::Return>
    where
        'a: 'a;
}

/// A method that runs on the thread that calls it, beside the worker and other callers.
///
/// # Safety
/// The future of an `async fn` must be fit to be sent to another thread, as for [`Send`]: see [`moves`].
pub unsafe trait Inline: 'static {
    /// The state the method reads.
    type State: SharedState;
    /// The parameters after the state.
    type Args: Arguments;
    /// The function's return type.
    type Return: Return<Value: Answer, Error: ErrorText>;
    /// Name and place.
    const INFO: FunctionInfo;

    /// Calls the author's function, as [`Handler::call`] does. A future that is not ready at once
    /// moves to the worker.
    fn call<'a>(state: &'a Self::State, args: Self::Args) -> impl Future<Output = Self::Return>
    where
        'a: 'a;
}

/// Takes a future that may move to the worker. Generated code asks here and not by a bound of [`Inline::call`], because
/// rustc would tell there of a parameter that does not cross once more.
pub fn moves(future: impl Future + Send) {
    drop(future);
}

/// A function without a state: a plain one runs on the thread that calls it, an async one on a
/// worker that belongs to no context.
pub trait Stateless: 'static {
    /// Its parameters.
    type Args: Arguments;
    /// Its return type.
    type Return: Return<Value: Answer, Error: ErrorText>;
    /// Name and place.
    const INFO: FunctionInfo;

    /// Calls the author's function, as [`Handler::call`] does.
    fn call(args: Self::Args) -> impl Future<Output = Self::Return>;
}

/// The function that makes a library's state.
pub trait Constructor: 'static {
    /// Its parameters.
    type Args: Arguments;
    /// Its return type: the state, or a `Result` of it.
    type Return: ConstructorReturn<State: Destroy, Error: ErrorText>;
    /// Name and place.
    const INFO: FunctionInfo;

    /// Calls the author's function.
    fn call(args: Self::Args) -> impl Future<Output = Self::Return>;
}

/// The state that a constructor makes.
pub(crate) type StateOf<C> = <<C as Constructor>::Return as ConstructorReturn>::State;

/// A state with a destructor.
#[diagnostic::on_unimplemented(
    message = "a library with a constructor needs a destructor, and `{Self}` has none",
    label = "the state of a library without a destructor",
    note = "write `#[ffi(dtor)] fn destroy(state: {Self}) {{}}`",
    note = "the state is the struct with `#[ffi(state)]` on it"
)]
pub trait Destroy: Library {
    /// Name and place.
    const INFO: FunctionInfo;
    /// For how long an idle worker waits for the next call before it ends; `None` for ever.
    const LINGER: Option<Duration> = None;

    /// Calls the author's function.
    fn destroy(self) -> impl Future<Output = ()>;
}
