//! Functions of scalars that return directly: no callback, no twin, nothing to own.
//!
//! - What cannot be told to a callback (a panic, a value that is none, a child after a fork) is
//!   kept for `L_last_error`, and the result's C form is its default: zero.

use super::{Refusal, Refused};
use crate::error::Fault;
use crate::handler::{Answer, FunctionInfo};
use crate::library::{self, Library, LibraryInCrate, LibraryNamed};
use crate::panic::trap;
use crate::pod::{PodSink, PodSource};
use crate::schema::{Param, SchemaBuilder};
use crate::types::FfiType;

/// A function of scalars that returns directly.
pub trait Export: 'static {
    /// The result.
    type Return: ExportReturn;
    /// Name and place.
    const INFO: FunctionInfo;

    /// Describes the parameters.
    fn describe(schema: &mut SchemaBuilder) -> Vec<Param>;
}

/// A type that an export takes and returns by value, with nobody to own anything.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an export, because its memory would need an owner",
    label = "not a scalar",
    note = "an export takes and returns integers, floats, `bool`, `char` and enums with `#[ffi]`; a function without state, `#[ffi(library = \"…\")]`, takes and answers every type that crosses"
)]
pub trait Scalar: FfiType<Pod: Default> {}

/// What an export may return: a [`Scalar`], or nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned by an export, because its memory would need an owner",
    label = "not a scalar",
    note = "an export returns an integer, a float, `bool`, `char`, an enum with `#[ffi]`, or nothing; a function without state, `#[ffi(library = \"…\")]`, answers every type that crosses, and errors"
)]
pub trait ExportReturn: Answer {
    /// Its C form, whose default stands in for a result that there is not.
    type C: Default;

    /// The C form.
    fn into_c(self) -> Self::C;
}

macro_rules! scalars {
    ($($ty:ty)*) => { $(impl Scalar for $ty {})* };
}

scalars!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 bool char);

impl<T: Scalar> ExportReturn for T {
    type C = T::Pod;

    #[inline]
    fn into_c(mut self) -> T::Pod {
        let mut place = T::Pod::default();
        // SAFETY: the place is a value of the C form; a scalar has nothing behind it.
        let written = unsafe { self.write_pod(&raw mut place, &mut PodSink::default()) };
        written.map_or_else(|_| T::Pod::default(), |()| place)
    }
}

impl ExportReturn for () {
    type C = ();

    #[inline]
    fn into_c(self) {}
}

/// The C form of what an export returns.
pub type ExportC<E> = <<E as Export>::Return as ExportReturn>::C;

/// The entry of an export of the library of a name.
#[inline]
pub fn export_of_named<E: Export, L: LibraryNamed<S>, S: Library>(
    call: impl FnOnce() -> Result<E::Return, Fault>,
) -> ExportC<E> {
    run::<E, S>(call)
}

/// The entry of an export of its crate's library.
#[inline]
pub fn export_of_crate<E: Export, L: LibraryInCrate<S>, S: Library>(
    call: impl FnOnce() -> Result<E::Return, Fault>,
) -> ExportC<E> {
    run::<E, S>(call)
}

/// The scalar that a C value stands for.
///
/// # Errors
/// It stands for none: an enum or a `char` out of range.
#[inline]
pub fn scalar<T: Scalar>(value: T::Pod) -> Result<T, Fault> {
    // SAFETY: the value is there, and a scalar has nothing behind it.
    unsafe { T::from_pod(&raw const value, &mut PodSource::new(0)) }
}

#[inline]
fn run<E: Export, S: Library>(call: impl FnOnce() -> Result<E::Return, Fault>) -> ExportC<E> {
    let refusal = match S::cell().footing().check() {
        Err(after_fork) => after_fork.into(),
        Ok(()) => match trap(call) {
            Ok(Ok(value)) => return value.into_c(),
            Ok(Err(fault)) => Refusal::Request(fault),
            Err(panic) => Refusal::Panicked(panic),
        },
    };
    keep::<S>(E::INFO.name, refusal);
    ExportC::<E>::default()
}

#[cold]
fn keep<S: Library>(function: &str, refusal: Refusal) {
    library::set_last_error::<S>(Refused(function, refusal).to_string());
}
