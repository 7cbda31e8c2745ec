//! The parameters of an annotated function.

use crate::error::Fault;
use crate::schema::{Param, SchemaBuilder};
use crate::stack::StackOf;
use crate::value::fields::{self, Field, FieldReader, Fields, Parameters};
use crate::value::{cbor, pod};

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
    unsafe fn from_pod(pod: *const Self::Pod, reader: &mut pod::Reader) -> Result<Self, Fault>;

    /// Reads the request map.
    ///
    /// # Errors
    /// A fault with the path to it.
    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault>;

    /// Describes the parameters.
    fn describe(schema: &mut SchemaBuilder) -> Vec<Param>;
}

// SAFETY: all three are by the same table.
unsafe impl<A: Parameters> Arguments for A {
    type Pod = A::Pod;

    const STACK: usize = A::STACK;

    unsafe fn from_pod(pod: *const Self::Pod, reader: &mut pod::Reader) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { fields::parameters_from_pod(pod, reader) }
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        fields::decode_parameters(reader)
    }

    fn describe(schema: &mut SchemaBuilder) -> Vec<Param> {
        fields::describe_parameters(schema, A::fields())
    }
}

/// The parameters of a function without any.
#[derive(Debug)]
pub struct NoArgs;

/// The C form of [`NoArgs`]: a byte, since C has no empty struct.
#[derive(Debug)]
#[repr(C)]
pub struct NoArgsPod([u8; 1]);

impl NoArgs {
    /// Its one C form.
    pub const POD: NoArgsPod = NoArgsPod([0]);
}

// SAFETY: there are no fields.
unsafe impl Fields for NoArgs {
    type Pod = NoArgsPod;

    fn fields() -> &'static [Field] {
        &[]
    }

    fn read<R: FieldReader>(_from: &mut R) -> Result<Self, Fault> {
        Ok(Self)
    }
}

impl Parameters for NoArgs {
    const STACK: usize = StackOf::<Self>::record([]);
}
