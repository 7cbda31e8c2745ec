//! Spells types in Go, and their C forms as cgo shows them.

use super::names::Names;
use crate::Error;
use crate::abi::{Passed, Speller};
use crate::model::{Int, Kind, Spell, named};
use ffi_runtime::schema::{Shape, Type};
use serde::Serialize;

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
    kind: &'static str,
    /// What it is as an integer, if it is one.
    int: Option<Integer>,
    /// Whether it is a float of 32 bits.
    is_single: bool,
    /// Whether it is the interface of an enum with data, which may be nil.
    is_interface: bool,
    /// Whether such an interface may stand in its values.
    pub(super) holds_variants: bool,
    /// The package that its CBOR form needs.
    #[serde(skip)]
    pub(super) wire_import: Option<&'static str>,
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
            is_interface: names.is_interface(kind),
            holds_variants: named(ty).is_some_and(|name| names.holders.contains(name)),
            wire_import: wire_import(kind),
        })
    }
}

/// The package that the CBOR form of this kind needs.
fn wire_import(kind: Kind<'_>) -> Option<&'static str> {
    if let Kind::Int(int) = kind {
        return int.is_size.then_some("strconv");
    }
    (kind == Kind::Char).then_some("unicode/utf8")
}

impl Names<'_> {
    /// Whether an interface stands for this kind in Go.
    fn is_interface(&self, kind: Kind<'_>) -> bool {
        let Kind::Named(name) = kind.unboxed() else { return false };
        matches!(self.defs[name].shape, Shape::DataEnum { .. })
    }
}

/// The type in Go. A box is what it holds: Go has no use for the pointer, since what contains itself does so through
/// an option, a list or an interface. An interface needs no pointer either to be none.
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
        let pointer = if self.is_interface(Kind::of(item)) { "" } else { "*" };
        Ok(format!("{pointer}{}", self.spell(item)?))
    }

    fn boxed(&self, item: &'t Type) -> Self::Spelled {
        self.spell(item)
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
        if kind == Kind::Text && c.ends_with('*') {
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
