//! Describes records.

use super::{FfiType, layouts};
use crate::schema::{FieldsBuilder, ItemName, SchemaBuilder, Type};

/// Describes the record `T`; `fields` is called only the first time that `T` is described.
pub fn describe_record<T: FfiType>(
    schema: &mut SchemaBuilder,
    item: ItemName,
    fields: fn(&mut FieldsBuilder<'_>),
) -> Type {
    schema.record::<T>(item, layouts::<T>(), fields)
}
