//! How an entry point is listed, with its function's signature, in the registry of functions.

use super::entries::Callee;
use super::export::Export;
use crate::declare::{Arguments, Constructor, ConstructorReturn, Destroy, Found, Library, StateOf, describe_error};
use crate::registry::FunctionEntry;
use crate::schema::FunctionKind;
use crate::value::pod::TextForm;
use std::any::TypeId;

impl FunctionEntry {
    /// The entry of a function that answers through a callback.
    ///
    /// # Safety
    /// The symbol of its name must be exported, and be the entry point that C calls with the parameters and the
    /// result that are described here.
    pub const unsafe fn of<A: Arguments, F: TextForm>(callee: &Callee<A, F>) -> Self {
        callee.entry
    }

    /// The entry of an export.
    ///
    /// # Safety
    /// As for [`FunctionEntry::of`].
    pub const unsafe fn export<E: Export, S: Library>(_: Found<S>) -> Self {
        Self {
            state: TypeId::of::<S>,
            library: S::NAME,
            short_names: S::OPTIONS.short_names,
            text: S::OPTIONS.text,
            info: E::INFO,
            kind: FunctionKind::Export,
            describe: |schema, function| {
                function.params = schema.params(E::describe);
                function.returns = E::describe_return(schema);
                function.inline = true;
            },
            by_name: None,
        }
    }

    /// The entry of a constructor.
    ///
    /// # Safety
    /// As for [`FunctionEntry::of`].
    pub const unsafe fn constructor<C: Constructor>() -> Self {
        Self {
            state: TypeId::of::<StateOf<C>>,
            library: <StateOf<C> as Library>::NAME,
            short_names: <StateOf<C> as Library>::OPTIONS.short_names,
            text: <StateOf<C> as Library>::OPTIONS.text,
            info: C::INFO,
            kind: FunctionKind::Constructor,
            describe: |schema, function| {
                function.params = schema.params(C::Args::describe);
                function.error = describe_error::<<C::Return as ConstructorReturn>::Error>(schema);
            },
            by_name: None,
        }
    }

    /// The entry of a destructor.
    ///
    /// # Safety
    /// As for [`FunctionEntry::of`].
    pub const unsafe fn destructor<S: Destroy>() -> Self {
        Self {
            state: TypeId::of::<S>,
            library: <S as Library>::NAME,
            short_names: <S as Library>::OPTIONS.short_names,
            text: <S as Library>::OPTIONS.text,
            info: <S as Destroy>::INFO,
            kind: FunctionKind::Destructor,
            describe: |_, _| {},
            by_name: None,
        }
    }
}
