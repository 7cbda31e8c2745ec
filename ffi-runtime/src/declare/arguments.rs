//! The parameters of an annotated function, read as one value.

use crate::error::Fault;
use crate::schema::FieldsBuilder;
use crate::value::pod::TextForm;
use crate::value::{cbor, pod};
use std::marker::PhantomData;

/// The parameters of one function, as one value.
///
/// # Safety
/// As for [`FfiType`](crate::FfiType): the C form, the two ways to read and the description must be of the
/// same parameters.
pub unsafe trait Arguments: Sized + Send + 'static {
    /// The parameters' C forms in a library whose text has the form `F`.
    type Pod<F: TextForm>;

    /// As [`FfiType::STACK`](crate::FfiType::STACK), for all of them.
    const STACK: usize;

    /// Copies the C forms into owned values.
    ///
    /// # Errors
    /// A fault with the path to it.
    ///
    /// # Safety
    /// As for [`FfiType::from_pod`](crate::FfiType::from_pod), for every parameter.
    unsafe fn from_pod<F: TextForm>(pod: *const Self::Pod<F>, reader: &mut pod::Reader<F>) -> Result<Self, Fault>;

    /// Reads the request map.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault>;

    /// Describes the parameters.
    fn describe(fields: &mut FieldsBuilder<'_>);
}

/// The parameters of the function `N`, which has none. A type for each function, so that rustc inlines what each
/// calls once.
pub struct NoArgs<N>(PhantomData<fn() -> N>);

// SAFETY: nothing is described, and nothing is read.
unsafe impl<N: 'static> Arguments for NoArgs<N> {
    type Pod<F: TextForm> = ();

    const STACK: usize = 0;

    #[inline]
    unsafe fn from_pod<F: TextForm>(_pod: *const (), _reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        Ok(Self(PhantomData))
    }

    #[inline]
    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        let mut map = reader.request()?;
        if !map.is_over() {
            map.rest(&mut [])?;
        }
        map.end()?;
        Ok(Self(PhantomData))
    }

    fn describe(_fields: &mut FieldsBuilder<'_>) {}
}
