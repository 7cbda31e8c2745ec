//! The schema of a library, made from its listed functions and events.

use super::event;
use super::function::FunctionEntry;
use crate::declare::Library;
use crate::schema::{self, FunctionKind, SchemaBuilder, Target, join_docs};

/// Describes the library of `S`.
pub(super) fn describe<S: Library>() -> schema::Library {
    let entries = FunctionEntry::in_order::<S>();
    let mut builder = SchemaBuilder::new(S::OPTIONS.text);
    let has_contexts = entries.iter().any(|entry| entry.kind == FunctionKind::Constructor);
    let functions = entries.into_iter().map(|entry| entry.function(&mut builder)).collect();
    let events = if has_contexts { event::describe(S::NAME, &mut builder) } else { Vec::new() };
    let mut library = schema::Library {
        format: schema::FORMAT,
        name: S::NAME.to_owned(),
        version: S::VERSION.to_owned(),
        docs: join_docs(S::DOCS),
        target: Target { pointer_bits: usize::BITS, little_endian: cfg!(target_endian = "little") },
        options: S::OPTIONS,
        functions,
        events,
        types: Vec::new(),
        abi_hash: 0,
    };
    builder.finish(&mut library);
    library.seal();
    library
}
