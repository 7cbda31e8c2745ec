//! Spells types in Go, and their C forms as cgo shows them.

use super::kinds::{ENTRY, is_refusable, tuple};
use super::names::Names;
use crate::Error;
use crate::abi::{Passed, Speller};
use crate::model::{Format, Int, Keys, Kind, Spell};
use ffi_runtime::schema::{Shape, Type};
use serde::Serialize;

/// The keys of Go's maps: what `==` compares by value. It does not for a `*big.Int`, nor for times of two zones.
const KEYS: Keys =
    Keys { wide: false, bytes: false, durations: true, times: false, paths: true, tuples: true, arrays: true };

/// A type as the templates need it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Ty {
    /// The end of its conversions' names: `list_string` in `to_list_string`.
    pub(super) item: String,
    /// In Go: `[]string`.
    go: String,
    /// The C form in Go: `C.my_timer_list_string`.
    c: String,
    /// What the callback is given for it.
    form: Passed,
    /// The name of its kind's templates.
    pub(super) kind: &'static str,
    /// What it is as an integer, if it is one.
    int: Option<Integer>,
    /// Whether it is a float of 32 bits.
    is_single: bool,
    /// Whether it is an integer of 128 bits with a sign.
    is_signed: bool,
    /// Whether nil is of its Go type and none of its values, so that an option of it has nil for none.
    spares_nil: bool,
    /// Whether a value of its Go type, or in one, may be none of the library's.
    pub(super) is_refusable: bool,
}

/// An integer as the wire's reader takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Integer {
    /// How many bits it has, as an expression.
    bits: String,
    is_signed: bool,
    /// Whether the reader's integer is of its type.
    is_widest: bool,
}

impl From<Int> for Integer {
    fn from(int: Int) -> Self {
        let bits = if int.is_size { "strconv.IntSize".to_owned() } else { int.bits.to_string() };
        Self { bits, is_signed: int.is_signed, is_widest: int.bits == 64 && !int.is_size }
    }
}

impl Ty {
    /// The C form in Go.
    pub(super) fn c(&self) -> &str {
        &self.c
    }

    pub(super) fn new(ty: &Type, names: &Names<'_>) -> Result<Self, Error> {
        let kind = Kind::of(ty);
        Ok(Self {
            item: names.items.of(ty),
            go: names.spell(ty)?,
            c: Cgo(names.c).spell(ty),
            form: Passed::of(ty),
            kind: kind.label(&names.defs),
            int: if let Kind::Int(int) = kind { Some(int.into()) } else { None },
            is_single: kind == Kind::Float { bits: 32 },
            is_signed: kind == Kind::Wide { is_signed: true },
            spares_nil: names.spares_nil(kind),
            is_refusable: kind
                .innermost()
                .into_iter()
                .any(|kind| is_refusable(kind, |name| names.holders.contains(name))),
        })
    }
}

impl Names<'_> {
    /// Whether an interface or a pointer stands for this kind in Go, of which nil is no value.
    fn spares_nil(&self, kind: Kind<'_>) -> bool {
        match kind.unboxed() {
            Kind::Named(name) => matches!(self.defs[name].shape, Shape::DataEnum { .. }),
            Kind::Wide { .. } => true,
            Kind::Int(_) | Kind::Float { .. } | Kind::Bool | Kind::Char | Kind::Text | Kind::Bytes => false,
            Kind::Duration | Kind::Time | Kind::Formatted(_) => false,
            Kind::List(_) | Kind::Option(_) | Kind::Boxed(_) => false,
            Kind::Tuple(_) | Kind::Array(..) | Kind::Map(..) | Kind::Set(_) => false,
        }
    }

    /// Whether a map with these keys, or a set of them, is Go's own.
    pub(super) fn is_key(&self, ty: &Type) -> bool {
        KEYS.has(ty, &self.defs)
    }
}

/// The type in Go. A box is what it holds: Go has no use for the pointer, since what contains itself does so through
/// an option, a list, a map or an interface. What spares nil needs no pointer either to be none.
impl<'t> Spell<'t> for Names<'_> {
    type Spelled = Result<String, Error>;

    fn int(&self, int: Int) -> Self::Spelled {
        let sign = if int.is_signed { "" } else { "u" };
        Ok(if int.is_size { format!("{sign}int") } else { format!("{sign}int{}", int.bits) })
    }

    fn float(&self, bits: u32) -> Self::Spelled {
        Ok(format!("float{bits}"))
    }

    fn bool(&self) -> Self::Spelled {
        Ok("bool".to_owned())
    }

    fn char(&self) -> Self::Spelled {
        Ok("rune".to_owned())
    }

    fn text(&self) -> Self::Spelled {
        Ok("string".to_owned())
    }

    fn bytes(&self) -> Self::Spelled {
        Ok("[]byte".to_owned())
    }

    fn list(&self, item: &'t Type) -> Self::Spelled {
        Ok(format!("[]{}", self.spell(item)?))
    }

    fn option(&self, item: &'t Type) -> Self::Spelled {
        let pointer = if self.spares_nil(Kind::of(item)) { "" } else { "*" };
        Ok(format!("{pointer}{}", self.spell(item)?))
    }

    fn boxed(&self, item: &'t Type) -> Self::Spelled {
        self.spell(item)
    }

    fn wide(&self, _is_signed: bool) -> Self::Spelled {
        Ok("*big.Int".to_owned())
    }

    fn duration(&self) -> Self::Spelled {
        Ok("time.Duration".to_owned())
    }

    fn time(&self) -> Self::Spelled {
        Ok("time.Time".to_owned())
    }

    fn formatted(&self, format: Format) -> Self::Spelled {
        Ok(match format {
            Format::Path => "string",
            Format::IpAddr => "netip.Addr",
            Format::SocketAddr => "netip.AddrPort",
        }
        .to_owned())
    }

    fn tuple(&self, items: &'t [Type]) -> Self::Spelled {
        let spelled = items.iter().map(|item| self.spell(item)).collect::<Result<Vec<_>, _>>()?;
        Ok(format!("{}[{}]", tuple(items.len()), spelled.join(", ")))
    }

    fn array(&self, item: &'t Type, len: u64) -> Self::Spelled {
        Ok(format!("[{len}]{}", self.spell(item)?))
    }

    fn map(&self, key: &'t Type, value: &'t Type) -> Self::Spelled {
        let (spelled, value) = (self.spell(key)?, self.spell(value)?);
        Ok(if self.is_key(key) { format!("map[{spelled}]{value}") } else { format!("[]{ENTRY}[{spelled}, {value}]") })
    }

    fn set(&self, item: &'t Type) -> Self::Spelled {
        let spelled = self.spell(item)?;
        Ok(if self.is_key(item) { format!("map[{spelled}]struct{{}}") } else { format!("[]{spelled}") })
    }

    fn named(&self, name: &'t str) -> Self::Spelled {
        self.ty(name)
    }
}

/// Spells the C type as cgo names it.
struct Cgo<'a>(Speller<'a>);

impl Cgo<'_> {
    /// Cgo has its own way for pointers alone.
    fn spell(&self, ty: &Type) -> String {
        let kind = Kind::of(ty);
        let c = self.0.ty(ty);
        if matches!(kind, Kind::Text | Kind::Formatted(_)) && c.ends_with('*') {
            return "*C.char".to_owned();
        }
        if let Kind::Boxed(item) = kind { format!("*{}", self.spell(item)) } else { cgo_type(&c) }
    }
}

/// What cgo reads in the beginning of a name, so that `C.union_bytes` is the union `bytes`.
const READ_BY_CGO: [&str; 4] = ["enum_", "sizeof_", "struct_", "union_"];

/// What the bridge puts before the name of a type that cgo would read so.
pub(super) const ALIAS: &str = "ffi_go_type_";

/// The C type as Go names it.
pub(super) fn cgo_type(c: &str) -> String {
    let is_read = READ_BY_CGO.iter().any(|word| c.starts_with(word));
    format!("C.{}{c}", if is_read { ALIAS } else { "" })
}

#[cfg(test)]
mod tests {
    use super::cgo_type;

    #[test]
    fn what_cgo_reads_in_a_name_stands_behind_a_prefix() {
        let named = ["union_bytes", "sizeof_Item", "unions_Item", "size_t"].map(cgo_type);
        assert_eq!(named, ["C.ffi_go_type_union_bytes", "C.ffi_go_type_sizeof_Item", "C.unions_Item", "C.size_t"]);
    }
}
