//! Functions of scalars that return directly: no callback, no CBOR entry point, nothing to own.
//!
//! - What has no callback to be told to (a panic, a C value that is no value of the type, a child after a
//!   fork) is kept for `L_last_error`, and the function returns the default of the C form: zero.

use super::refusal::{Refusal, note};
use crate::declare::{Answer, Found, FunctionInfo, Library};
use crate::error::Fault;
use crate::panic::trap;
use crate::registry::Hosted;
use crate::schema::{FieldsBuilder, SchemaBuilder, Type};
use crate::value::pod;
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
/// # Safety
/// The C form must be a scalar: it points to nothing, neither where it is read nor where it is
/// written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an export, because its memory would need an owner",
    label = "not a scalar",
    note = "an export takes integers, floats, `bool`, `char` and enums with `#[ffi]`, and returns one of them or nothing; a function without state, `#[ffi(library = \"…\")]`, takes and answers every type that crosses, and errors"
)]
pub unsafe trait Scalar: FfiType<Pod: Default> {}

/// What an export may return: a [`Scalar`], or nothing. Its text is that of [`Scalar`], so that rustc, which
/// tells of either, tells it once.
///
/// # Safety
/// [`ExportReturn::C`] must be the C form of the type that [`ExportReturn::describe_return`] describes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an export, because its memory would need an owner",
    label = "not a scalar",
    note = "an export takes integers, floats, `bool`, `char` and enums with `#[ffi]`, and returns one of them or nothing; a function without state, `#[ffi(library = \"…\")]`, takes and answers every type that crosses, and errors"
)]
pub unsafe trait ExportReturn: Answer {
    /// Its C form.
    type C;

    /// What stands in for a result that there is not: zero.
    fn absent() -> Self::C;

    /// The C form.
    fn into_c(self) -> Self::C;

    /// As [`Answer::describe`], of this trait, which is the only one that the expansion asks for.
    fn describe_return(schema: &mut SchemaBuilder) -> Option<Type> {
        Self::describe(schema)
    }
}

macro_rules! scalars {
    ($($ty:ty)*) => {$(
        // SAFETY: a C scalar.
        unsafe impl Scalar for $ty {}
    )*};
}

scalars!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 bool char);

// SAFETY: the type's own C form and description.
unsafe impl<T: Scalar> ExportReturn for T {
    type C = T::Pod;

    #[inline]
    fn absent() -> T::Pod {
        T::Pod::default()
    }

    #[inline]
    fn into_c(mut self) -> T::Pod {
        let mut place = T::Pod::default();
        // SAFETY: the place is a value of the C form; a scalar has nothing behind it.
        let written = unsafe { self.write_pod(&raw mut place, &mut pod::Writer::default()) };
        written.map_or_else(|_| T::Pod::default(), |()| place)
    }
}

// SAFETY: `void`, and no description.
unsafe impl ExportReturn for () {
    type C = ();

    #[inline]
    fn absent() {}

    #[inline]
    fn into_c(self) {}
}

/// The scalar that a C value stands for.
///
/// # Errors
/// It stands for none: an enum or a `char` out of range.
#[inline]
pub fn scalar<T: Scalar>(value: T::Pod) -> Result<T, Fault> {
    // SAFETY: the value is there, and a scalar has nothing behind it.
    unsafe { T::from_pod(&raw const value, &mut pod::Reader::new(0)) }
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
