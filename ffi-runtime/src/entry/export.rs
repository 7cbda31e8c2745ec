//! Functions of scalars that return directly: no callback, no CBOR entry point, nothing to own.
//!
//! - What has no callback to be told to (a panic, a C value that is no value of the type, a child after a
//!   fork) is kept for `L_ffi_last_error`, and the function returns the default of the C form: zero.

use super::refusal::{Refusal, note};
use crate::declare::{Found, FunctionInfo, Library};
use crate::error::Fault;
use crate::panic::trap;
use crate::registry::Hosted;
use crate::schema::{FieldsBuilder, SchemaBuilder, Type};
use crate::value::pod::{self, ByLength};
use crate::value::types::FfiType;

/// A function of scalars that returns directly.
pub trait Export: 'static {
    /// Name and place.
    const INFO: FunctionInfo;

    /// Describes the parameters.
    fn describe(fields: &mut FieldsBuilder<'_>);

    /// Describes the result.
    fn describe_return(schema: &mut SchemaBuilder) -> Option<Type>;
}

/// A type that an export takes and returns by value, with nobody to own anything.
///
/// It asks for nothing of [`FfiType`] itself, so that rustc tells of a type that is neither once.
///
/// # Safety
/// [`Scalar::Same`] must be the type itself, whose C form must be a scalar: it points to nothing, neither where it is
/// read nor where it is written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an export, because its memory would need an owner",
    label = "not a scalar",
    note = "an export takes integers, floats, `bool`, `char` and enums with `#[ffi]`, and returns one of them or nothing; a function without a state, `#[ffi]`, takes and answers every type that crosses, and errors"
)]
pub unsafe trait Scalar: Sized + 'static {
    /// The type itself, as one that crosses.
    type Same: FfiType<Pod<ByLength>: Default> + From<Self> + Into<Self>;
}

/// What an export takes: a [`Scalar`]. Its text is that of [`Scalar`], so that rustc, which tells of either, tells it
/// once; so is that of [`ExportReturn`].
///
/// # Safety
/// [`ExportParam::C`] must be the C form of the type that [`ExportParam::describe_param`] describes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an export, because its memory would need an owner",
    label = "not a scalar",
    note = "an export takes integers, floats, `bool`, `char` and enums with `#[ffi]`, and returns one of them or nothing; a function without a state, `#[ffi]`, takes and answers every type that crosses, and errors"
)]
pub unsafe trait ExportParam: Sized + 'static {
    /// Its C form.
    type C;

    /// The value that a C value stands for.
    ///
    /// # Errors
    /// It stands for none: an enum or a `char` out of range.
    fn from_c(value: Self::C) -> Result<Self, Fault>;

    /// Describes the parameter, as [`FfiType`] does a field.
    fn describe_param(fields: &mut FieldsBuilder<'_>, name: &str, rust_name: &str, docs: &[&str]);
}

/// What an export may return: a [`Scalar`], or nothing.
///
/// # Safety
/// [`ExportReturn::C`] must be the C form of the type that [`ExportReturn::describe_return`] describes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an export, because its memory would need an owner",
    label = "not a scalar",
    note = "an export takes integers, floats, `bool`, `char` and enums with `#[ffi]`, and returns one of them or nothing; a function without a state, `#[ffi]`, takes and answers every type that crosses, and errors"
)]
pub unsafe trait ExportReturn: Sized + 'static {
    /// Its C form.
    type C;

    /// What stands in for a result that there is not: zero.
    fn absent() -> Self::C;

    /// The C form.
    fn into_c(self) -> Self::C;

    /// Describes the type; `None` for `()`.
    fn describe_return(schema: &mut SchemaBuilder) -> Option<Type>;
}

macro_rules! scalars {
    ($($ty:ty)*) => {$(
        // SAFETY: a C scalar.
        unsafe impl Scalar for $ty {
            type Same = $ty;
        }
    )*};
}

scalars!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 bool char);

/// The C form of a scalar, which the form of text does not change.
type Form<T> = <<T as Scalar>::Same as FfiType>::Pod<ByLength>;

// SAFETY: the type's own C form and description.
unsafe impl<T: Scalar> ExportParam for T {
    type C = Form<T>;

    #[inline]
    fn from_c(value: Form<T>) -> Result<T, Fault> {
        // SAFETY: the value is there, and a scalar has nothing behind it.
        unsafe { T::Same::from_pod(&raw const value, &mut pod::Reader::<ByLength>::new(0)) }.map(Into::into)
    }

    fn describe_param(fields: &mut FieldsBuilder<'_>, name: &str, rust_name: &str, docs: &[&str]) {
        T::Same::describe_field(fields, name, rust_name, docs);
    }
}

// SAFETY: the type's own C form and description.
unsafe impl<T: Scalar> ExportReturn for T {
    type C = Form<T>;

    #[inline]
    fn absent() -> Form<T> {
        Form::<T>::default()
    }

    #[inline]
    fn into_c(self) -> Form<T> {
        let mut place = Form::<T>::default();
        // SAFETY: the place is a value of the C form; a scalar has nothing behind it.
        let written = unsafe { T::Same::from(self).write_pod(&raw mut place, &mut pod::Writer::<ByLength>::default()) };
        written.map_or_else(|_| Form::<T>::default(), |()| place)
    }

    fn describe_return(schema: &mut SchemaBuilder) -> Option<Type> {
        Some(T::Same::describe(schema))
    }
}

// SAFETY: `void`, and no description.
unsafe impl ExportReturn for () {
    type C = ();

    #[inline]
    fn absent() {}

    #[inline]
    fn into_c(self) {}

    fn describe_return(_schema: &mut SchemaBuilder) -> Option<Type> {
        None
    }
}

/// The entry point of an export.
#[inline]
pub fn export<E: Export, S: Library, C>(
    _: Found<S>,
    call: impl FnOnce() -> Result<C, Fault>,
    absent: impl FnOnce() -> C,
) -> C {
    let refusal = match S::cell().contexts().process_guard().check() {
        Err(after_fork) => after_fork.into(),
        Ok(()) => match trap(call) {
            Ok(Ok(value)) => return value,
            Ok(Err(fault)) => Refusal::Request(fault),
            Err(panic) => Refusal::Panicked(panic),
        },
    };
    note::<S>(E::INFO.name, refusal);
    absent()
}
