//! Finds the built-in types that a library mentions anywhere, for the parts of the header that only some need.

use crate::model::{Format, Kind};
use ffi_runtime::schema::{Library, Type};
use serde::Serialize;

/// What a library mentions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Uses {
    /// Integers of 128 bits.
    pub(crate) wide: bool,
    pub(crate) duration: bool,
    pub(crate) time: bool,
    /// Maps and sets.
    pub(crate) keys: bool,
    /// What is an array of a known length on the wire: tuples, arrays, durations.
    pub(crate) lengths: bool,
    pub(crate) path: bool,
}

impl Uses {
    pub(super) fn of(library: &Library) -> Self {
        let mut uses = Self::default();
        let functions = library.functions.iter();
        let functions = functions.flat_map(|it| it.params.iter().map(|it| &it.ty).chain(&it.returns).chain(&it.error));
        let payloads = library.events.iter().filter_map(|it| it.payload.as_ref());
        let fields = library.types.iter().flat_map(|def| def.shape.fields().map(|field| &field.ty));
        functions.chain(payloads).chain(fields).for_each(|ty| uses.add(ty));
        uses
    }

    /// Whether the header has this name: that of a type and those of its helpers are there where the type is.
    pub(super) fn has(&self, name: &str) -> bool {
        let ty = name.strip_suffix("_encode").or_else(|| name.strip_suffix("_decode")).unwrap_or(name);
        match ty {
            "i128" | "u128" => self.wide,
            "duration" => self.duration,
            "time" => self.time,
            _ => true,
        }
    }

    fn add(&mut self, ty: &Type) {
        let kind = Kind::of(ty);
        match kind {
            Kind::Wide { .. } => self.wide = true,
            Kind::Duration => (self.duration, self.lengths) = (true, true),
            Kind::Time => self.time = true,
            Kind::Map(..) | Kind::Set(_) => self.keys = true,
            Kind::Tuple(_) | Kind::Array(..) => self.lengths = true,
            Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => {}
            Kind::Formatted(Format::Path) => self.path = true,
            Kind::Formatted(Format::IpAddr | Format::SocketAddr)
            | Kind::List(_)
            | Kind::Option(_)
            | Kind::Boxed(_)
            | Kind::Named(_) => {}
        }
        kind.elements().into_iter().for_each(|element| self.add(element));
    }
}
