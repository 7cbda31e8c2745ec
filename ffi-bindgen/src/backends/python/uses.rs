//! Finds what a library needs of all that packages may have.

use crate::model::{Format, Item, Kind, Model};
use ffi_runtime::schema::Type;
use serde::Serialize;

/// What a library needs.
#[derive(Debug, Default, Serialize)]
pub(super) struct Uses {
    /// Enums with data.
    pub(super) variants: bool,
    /// Tuples, arrays, maps or sets.
    pub(super) several: bool,
    /// Durations or times.
    pub(super) times: bool,
    /// The modules of the standard library whose classes its values have.
    pub(super) modules: Vec<&'static str>,
}

impl Uses {
    pub(super) fn of(model: &Model<'_>) -> Self {
        let mut uses = Self::default();
        model.items.iter().for_each(|item| uses.item(item));
        let library = model.library;
        let functions = library.functions.iter();
        let functions = functions.flat_map(|it| it.params.iter().map(|it| &it.ty).chain(&it.returns).chain(&it.error));
        let payloads = library.events.iter().filter_map(|it| it.payload.as_ref());
        let fields = library.types.iter().flat_map(|def| def.shape.fields().map(|field| &field.ty));
        functions.chain(payloads).chain(fields).for_each(|ty| uses.innermost(ty));
        uses.modules.sort_unstable();
        uses.modules.dedup();
        uses.times = uses.modules.contains(&"datetime");
        uses
    }

    fn item(&mut self, item: &Item<'_>) {
        match item {
            Item::DataEnum(..) => self.variants = true,
            Item::Tuple(_) | Item::Array(..) | Item::Map(..) | Item::Entry(..) | Item::Set(_) => self.several = true,
            Item::Record(..) | Item::Enumeration(..) | Item::List(_) | Item::Option(_) | Item::Boxed(_) => {}
        }
    }

    fn innermost(&mut self, ty: &Type) {
        self.modules.extend(Kind::of(ty).innermost().into_iter().filter_map(module));
    }
}

/// The module of the standard library that has the class of such values.
fn module(kind: Kind<'_>) -> Option<&'static str> {
    match kind {
        Kind::Duration | Kind::Time => Some("datetime"),
        Kind::Formatted(Format::Path) => Some("pathlib"),
        Kind::Formatted(Format::IpAddr) => Some("ipaddress"),
        Kind::Formatted(Format::SocketAddr) | Kind::Wide { .. } => None,
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => None,
        Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) | Kind::Tuple(_) => None,
        Kind::Array(..) | Kind::Map(..) | Kind::Set(_) | Kind::Named(_) => None,
    }
}
