//! What Go has for each kind, as far as no name of the library matters.

use crate::model::{Format, Kind};

/// The struct of a key and its value, where Go's own map does not take such keys.
pub(super) const ENTRY: &str = "Entry";

/// The struct of so many values.
pub(super) fn tuple(len: usize) -> String {
    format!("Tuple{len}")
}

/// The package that Go's type for this kind, which is made of no other, comes from.
pub(super) fn package_of(kind: Kind<'_>) -> Option<&'static str> {
    match kind {
        Kind::Wide { .. } => Some("math/big"),
        Kind::Duration | Kind::Time => Some("time"),
        Kind::Formatted(Format::IpAddr | Format::SocketAddr) => Some("net/netip"),
        Kind::Formatted(Format::Path) | Kind::Named(_) => None,
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => None,
        Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) => None,
        Kind::Tuple(_) | Kind::Array(..) | Kind::Map(..) | Kind::Set(_) => None,
    }
}

/// The package that the CBOR form of this kind needs, beside that of its type.
pub(super) fn wire_import(kind: Kind<'_>) -> Option<&'static str> {
    if let Kind::Int(int) = kind {
        return int.is_size.then_some("strconv");
    }
    (kind == Kind::Char).then_some("unicode/utf8")
}

/// Whether a value of Go's own type for this kind, which is made of no other, may be none of the library's; `by_name`
/// says so of a described type.
pub(super) fn is_refusable(kind: Kind<'_>, by_name: impl Fn(&str) -> bool) -> bool {
    match kind {
        Kind::Named(name) => by_name(name),
        Kind::Wide { .. } | Kind::Duration | Kind::Time => true,
        Kind::Formatted(Format::IpAddr | Format::SocketAddr) => true,
        Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => false,
        Kind::Formatted(Format::Path) => false,
        Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) => false,
        Kind::Tuple(_) | Kind::Array(..) | Kind::Map(..) | Kind::Set(_) => false,
    }
}
