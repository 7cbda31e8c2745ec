//! What one annotated function becomes.

use crate::access::{Access, AccessOf, SharedState};
use crate::error::Fault;
use crate::library::Library;
use crate::pod::{PodSink, PodSource, RawBytes, zero};
use crate::schema::{Param, SchemaBuilder, Type};
use crate::types::FfiType;
use crate::wire::{NULL, Reader, Writer};
use std::convert::Infallible;
use std::fmt::Display;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::time::Duration;

/// What the runtime knows of a function's name and place.
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
/// Implemented by generated code on a type without a value, so that a request carries its
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

    /// Calls the author's function. A plain `fn` has run when this returns, and the future
    /// is ready.
    fn call<'a>(
        state: <Self::Access as Access>::Ref<'a, Self::State>,
        args: Self::Args,
    ) -> impl Future<Output = Self::Return>
    where
        'a: 'a;
}

/// A method that runs on the thread that calls it, beside the worker and other callers.
pub trait Inline: 'static {
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
    fn call<'a>(state: &'a Self::State, args: Self::Args) -> impl Future<Output = Self::Return> + Send
    where
        'a: 'a;
}

/// A function without a state: a plain one runs on the thread that calls it, an async one on a
/// worker that no context has.
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
    note = "write `#[ffi(dtor)] fn L_destroy(state: {Self}) {{}}`, with your library's name for `L`",
    note = "the state is the struct with `#[ffi(library = \"L\")]` on it"
)]
pub trait Destroy: Library {
    /// Name and place.
    const INFO: FunctionInfo;
    /// For how long a worker with nothing to do waits for the next call, where not for ever.
    const LINGER: Option<Duration> = None;

    /// Calls the author's function.
    fn destroy(self) -> impl Future<Output = ()>;
}

/// The mark of a state that has a constructor: a second one is a second impl.
pub trait OneConstructor {}

/// Tells while compiling what holds for a state, with [`Unless`] in scope: an inherent constant
/// where its bound holds, that trait's constant of the same name elsewhere.
pub struct Probe<S>(PhantomData<S>);

impl<S: Library> Probe<S> {
    /// Whether it is the state of a library.
    pub const IS_LIBRARY: bool = true;
}

impl<S: OneConstructor> Probe<S> {
    /// Whether it has a constructor.
    pub const HAS_CONSTRUCTOR: bool = true;
}

/// What [`Probe`] tells where a bound does not hold.
pub trait Unless {
    /// See [`Probe`].
    const IS_LIBRARY: bool = false;
    /// See [`Probe`].
    const HAS_CONSTRUCTOR: bool = false;
}

impl<S> Unless for Probe<S> {}

/// The parameters of one function, as one value.
///
/// # Safety
/// As for [`FfiType`]: the C form, the reading and the description are of the same parameters.
pub unsafe trait Arguments: Sized + Send + 'static {
    /// The parameters' C forms.
    type Pod;

    /// As [`FfiType::STACK`], for all of them.
    const STACK: usize;

    /// Copies the C forms into owned values.
    ///
    /// # Errors
    /// A fault with the path to it.
    ///
    /// # Safety
    /// As for [`FfiType::from_pod`], for every parameter.
    unsafe fn from_pod(pod: *const Self::Pod, source: &mut PodSource) -> Result<Self, Fault>;

    /// Reads the request map.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault>;

    /// Describes the parameters.
    fn describe(schema: &mut SchemaBuilder) -> Vec<Param>;
}

/// A value that answers a call: a type that crosses, or `()`.
///
/// # Safety
/// As many bytes as [`Answer::mirror`] returns must be readable where it says, until the value is
/// changed or dropped or the place or the sink is; they, and what they point to, must be as C reads
/// the type that [`Answer::describe`] describes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary as a result",
    label = "not a type that crosses",
    note = "put `#[ffi]` on your own type; a function returns `Result<T, E>` with `E: Display`, `T`, or nothing"
)]
pub unsafe trait Answer: Send + 'static {
    /// What the C form is written into.
    type Place;

    /// As [`FfiType::STACK`].
    const STACK: usize;

    /// Mirrors the value for a C reader; what is returned may point into all three.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn mirror(&mut self, place: &mut MaybeUninit<Self::Place>, sink: &mut PodSink) -> Result<RawBytes, Fault>;

    /// Writes the CBOR form to the end of `buffer`.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn encode(&self, buffer: &mut Vec<u8>) -> Result<(), Fault>;

    /// Describes the type; `None` for nothing.
    fn describe(schema: &mut SchemaBuilder) -> Option<Type>;
}

// SAFETY: the type's own bytes, or its C form in the place, both as the type promises.
unsafe impl<T: FfiType> Answer for T {
    type Place = T::Pod;

    const STACK: usize = <T as FfiType>::STACK;

    fn mirror(&mut self, place: &mut MaybeUninit<T::Pod>, sink: &mut PodSink) -> Result<RawBytes, Fault> {
        if let Some(raw) = self.raw_bytes()? {
            return Ok(raw);
        }
        zero(place);
        // SAFETY: the place is aligned, writable and was just zeroed.
        unsafe { self.write_pod(place.as_mut_ptr(), sink) }?;
        Ok(RawBytes { ptr: place.as_ptr().cast(), len: size_of::<T::Pod>() })
    }

    fn encode(&self, buffer: &mut Vec<u8>) -> Result<(), Fault> {
        FfiType::encode(self, &mut Writer::new(buffer))
    }

    fn describe(schema: &mut SchemaBuilder) -> Option<Type> {
        Some(<T as FfiType>::describe(schema))
    }
}

// SAFETY: a valid pointer and no bytes, as for nothing.
unsafe impl Answer for () {
    type Place = ();

    const STACK: usize = 0;

    fn mirror(&mut self, _place: &mut MaybeUninit<()>, _sink: &mut PodSink) -> Result<RawBytes, Fault> {
        Ok(RawBytes::EMPTY)
    }

    fn encode(&self, buffer: &mut Vec<u8>) -> Result<(), Fault> {
        buffer.extend_from_slice(&NULL);
        Ok(())
    }

    fn describe(_schema: &mut SchemaBuilder) -> Option<Type> {
        None
    }
}

/// What a method may return: `Result<T, E>` with `E: Display`, `T`, or nothing.
///
/// What `T` and `E` must be is asked where a [`Handler`] names its return type and not in the
/// impls, so that rustc names the one of the two that is wrong.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary as a result",
    label = "not a type that crosses",
    note = "a function returns `T`, `Result<T, E>` with `E: Display`, or nothing, where `T` is a built-in type that crosses or your own type with `#[ffi]` on it"
)]
pub trait Return {
    /// What a success answers.
    type Value;
    /// What a failure tells in its alternate form, so that an error's causes show.
    type Error;

    /// The answer or the error.
    ///
    /// # Errors
    /// The author's error.
    fn into_result(self) -> Result<Self::Value, Self::Error>;
}

impl<T: FfiType> Return for T {
    type Value = T;
    type Error = Infallible;

    fn into_result(self) -> Result<T, Infallible> {
        Ok(self)
    }
}

impl Return for () {
    type Value = ();
    type Error = Infallible;

    fn into_result(self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl<T, E> Return for Result<T, E> {
    type Value = T;
    type Error = E;

    fn into_result(self) -> Self {
        self
    }
}

/// An error that a function may return.
#[diagnostic::on_unimplemented(
    message = "the error `{Self}` has no text for the host, because it does not implement `Display`",
    label = "an error without a text",
    note = "implement `std::fmt::Display` for it, or return `Result<T, String>`"
)]
pub trait ErrorText {
    /// The text that the host gets: the alternate form, so that an error's causes show.
    fn text(&self) -> String;
}

impl<E: Display> ErrorText for E {
    fn text(&self) -> String {
        format!("{self:#}")
    }
}

/// What a constructor may return: the state, or a `Result` of it with `E: Display`.
///
/// The library's annotation implements it for the state.
#[diagnostic::on_unimplemented(
    message = "a constructor returns the library's state, and `{Self}` is none",
    label = "not the state of a library, nor a `Result` of one",
    note = "return `Result<State, E>` with `E: Display`, or `State`, where `#[ffi(library = \"…\")]` stands on `State`"
)]
pub trait ConstructorReturn {
    /// The state.
    type State;
    /// What a failure tells, as in [`Return::Error`].
    type Error;

    /// The state or the error.
    ///
    /// # Errors
    /// The author's error.
    fn into_state(self) -> Result<Self::State, Self::Error>;
}

impl<S, E> ConstructorReturn for Result<S, E> {
    type State = S;
    type Error = E;

    fn into_state(self) -> Self {
        self
    }
}

/// The most stack that the frames of a call, of an answer and of an event take.
pub(crate) mod bounds {
    use super::{Answer, Arguments, Return};
    use crate::stack::{self, of_value};

    /// The bound of reading the arguments of a call.
    pub(crate) const fn of_arguments<A: Arguments>() -> usize {
        stack::of_call::<A, ()>(A::STACK)
    }

    /// The bound of a call that reads its arguments and answers with its result.
    pub(crate) const fn of_call<A: Arguments, R: Return<Value: Answer>>() -> usize {
        let (read, answered) = (A::STACK, of_answer::<R::Value>());
        stack::of_call::<A, R>(if read > answered { read } else { answered })
    }

    /// The bound of answering with a value, or of delivering it to a listener.
    pub(crate) const fn of_answer<V: Answer>() -> usize {
        of_value::<V>(of_value::<V::Place>(V::STACK))
    }

    /// The bound of queueing an event.
    pub(crate) const fn of_event<V>() -> usize {
        of_value::<V>(0)
    }
}
