//! Decides which maps and sets are a language's own, and which are lists there.

use super::kind::{Defs, Format, Kind};
use ffi_runtime::schema::{Shape, Type};

/// The keys that the maps and sets of a language can have, beside those that all have: numbers that are no floats, `bool`,
/// `char`, text, network addresses, and enums without data.
///
/// None has floats, lists, options, maps, sets, records and enums with data. A map with other keys is a list of pairs in that
/// language, and a set of others a list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Keys {
    /// Integers of 128 bits.
    pub(crate) wide: bool,
    /// Bytes, of a known number or not.
    pub(crate) bytes: bool,
    /// Durations: where none is cut, so that two stay two.
    pub(crate) durations: bool,
    /// Points in time, in the same way.
    pub(crate) times: bool,
    /// Paths: where two are one only if Rust says so too.
    pub(crate) paths: bool,
    /// Tuples of keys.
    pub(crate) tuples: bool,
    /// Arrays of keys, of a known length.
    pub(crate) arrays: bool,
}

impl Keys {
    /// Whether a value of this type can be a key.
    pub(crate) fn has(self, ty: &Type, defs: &Defs<'_>) -> bool {
        match Kind::of(ty) {
            Kind::Int(_) | Kind::Bool | Kind::Char | Kind::Text => true,
            Kind::Formatted(Format::IpAddr | Format::SocketAddr) => true,
            Kind::Formatted(Format::Path) => self.paths,
            Kind::Named(name) => matches!(defs[name].shape, Shape::Enumeration { .. }),
            Kind::Wide { .. } => self.wide,
            Kind::Bytes => self.bytes,
            Kind::Duration => self.durations,
            Kind::Time => self.times,
            Kind::Tuple(items) => self.tuples && items.iter().all(|item| self.has(item, defs)),
            Kind::Array(Type::U8, _) => self.bytes || self.arrays,
            Kind::Array(item, _) => self.arrays && self.has(item, defs),
            Kind::Float { .. } | Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) | Kind::Map(..) | Kind::Set(_) => {
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;
    use crate::model::Defs;
    use ffi_runtime::schema::Type;

    #[test]
    fn what_holds_keys_is_one_where_all_that_it_holds_are() {
        let keys = Keys { tuples: true, arrays: true, ..Keys::default() };
        let has = |ty: &Type| keys.has(ty, &Defs::default());
        let pair = |item: Type| Type::Tuple(vec![Type::String, item]);
        assert!(has(&pair(Type::I16)) && has(&Type::Array(Box::new(pair(Type::IpAddr)), 2)));
        assert!(!has(&pair(Type::F64)) && !has(&pair(Type::I128)) && !has(&pair(Type::Bytes)));
        assert!(!has(&Type::Array(Box::new(Type::F32), 2)) && !has(&Type::Option(Box::new(Type::U8))));
    }

    #[test]
    fn an_array_of_bytes_is_what_bytes_are_or_what_arrays_are() {
        let of_bytes = Type::Array(Box::new(Type::U8), 4);
        for (bytes, arrays, is_key) in [(true, false, true), (false, true, true), (false, false, false)] {
            assert_eq!(Keys { bytes, arrays, ..Keys::default() }.has(&of_bytes, &Defs::default()), is_key);
        }
    }
}
