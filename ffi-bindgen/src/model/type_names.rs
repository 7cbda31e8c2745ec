//! Names types as parts of other names: `i64`, `list_option_string`.
//!
//! - No two types have one name, also where a record is called `string` or `list_i64`.

use super::item::Item;
use super::kind::Int;
use super::scope::{Scope, Style};
use super::spell::{Name, Spell as _};
use ffi_runtime::schema::Type;
use std::collections::BTreeMap;

/// What every language has beside the integers, some of it for the absence of a value.
const BUILTIN: [&str; 14] = [
    "bool",
    "bytes",
    "char",
    "duration",
    "f32",
    "f64",
    "i128",
    "ip_addr",
    "nothing",
    "path",
    "socket_addr",
    "string",
    "time",
    "u128",
];

/// The names of one library's types.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypeNames {
    /// The names that are not spelled after the type.
    changed: BTreeMap<String, String>,
}

impl TypeNames {
    /// Names these types, the described ones first.
    pub(super) fn new(items: &[Item<'_>]) -> Self {
        let described = items.iter().filter_map(Item::def).map(|def| def.name.as_str());
        let mut scope = Scope::new(Style::FREE).among(described);
        BUILTIN.into_iter().for_each(|name| scope.fix(name));
        Int::all().for_each(|int| scope.fix(int.name()));
        let mut changed = BTreeMap::new();
        let items: Vec<Item<'_>> = items.iter().filter(|item| !matches!(item, Item::Entry(..))).copied().collect();
        let (described, others): (Vec<&Item<'_>>, Vec<_>) = items.iter().partition(|item| item.def().is_some());
        for item in described.into_iter().chain(others) {
            let (ty, author) = (item.ty(), item.def().map_or("", |def| def.name.as_str()));
            let spelled = Name.spell(&ty);
            let name = scope.claim(author, &spelled);
            if name != spelled {
                changed.insert(key(&ty), name);
            }
        }
        Self { changed }
    }

    /// The name of a type.
    pub(crate) fn of(&self, ty: &Type) -> String {
        self.changed.get(&key(ty)).cloned().unwrap_or_else(|| Name.spell(ty))
    }
}

/// What no two types share, however they are called.
fn key(ty: &Type) -> String {
    format!("{ty:?}")
}
