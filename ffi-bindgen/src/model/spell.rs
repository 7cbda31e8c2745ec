//! Asks a language or a tool for its answer to each kind of type: how it spells it, or what it makes of it.
//!
//! - A language that shows kinds to its users implements [`Spell`].
//! - What deals with forms alone, as they cross in C and in CBOR, implements [`Form`]. Forms are few: a kind that
//!   crosses as another is answered for by that one's form.
//! - Both have a method for each, so that a new one does not compile until everyone has an answer.

use super::kind::{Format, Int, Kind};
use ffi_runtime::schema::Type;

/// An answer for each kind of type.
pub(crate) trait Spell<'a> {
    /// The answer.
    type Spelled;
    fn int(&self, int: Int) -> Self::Spelled;
    fn float(&self, bits: u32) -> Self::Spelled;
    fn bool(&self) -> Self::Spelled;
    fn char(&self) -> Self::Spelled;
    fn text(&self) -> Self::Spelled;
    fn bytes(&self) -> Self::Spelled;
    fn list(&self, item: &'a Type) -> Self::Spelled;
    fn option(&self, item: &'a Type) -> Self::Spelled;
    fn boxed(&self, item: &'a Type) -> Self::Spelled;
    fn wide(&self, is_signed: bool) -> Self::Spelled;
    fn duration(&self) -> Self::Spelled;
    fn time(&self) -> Self::Spelled;
    fn formatted(&self, format: Format) -> Self::Spelled;
    fn tuple(&self, items: &'a [Type]) -> Self::Spelled;
    fn array(&self, item: &'a Type, len: u64) -> Self::Spelled;
    fn map(&self, key: &'a Type, value: &'a Type) -> Self::Spelled;
    fn set(&self, item: &'a Type) -> Self::Spelled;
    fn named(&self, name: &'a str) -> Self::Spelled;

    /// The answer for this type.
    fn spell(&self, ty: &'a Type) -> Self::Spelled {
        Kind::of(ty).spell(self)
    }
}

/// An answer for each form in which a type crosses.
pub(crate) trait Form<'a> {
    /// The answer.
    type Formed;
    fn int(&self, int: Int) -> Self::Formed;
    fn float(&self, bits: u32) -> Self::Formed;
    fn bool(&self) -> Self::Formed;
    fn char(&self) -> Self::Formed;
    fn text(&self) -> Self::Formed;
    fn bytes(&self) -> Self::Formed;
    fn list(&self, item: &'a Type) -> Self::Formed;
    fn option(&self, item: &'a Type) -> Self::Formed;
    fn boxed(&self, item: &'a Type) -> Self::Formed;
    fn wide(&self, is_signed: bool) -> Self::Formed;
    fn duration(&self) -> Self::Formed;
    fn time(&self) -> Self::Formed;
    fn tuple(&self, items: &'a [Type]) -> Self::Formed;
    fn array(&self, item: &'a Type, len: u64) -> Self::Formed;
    fn map(&self, key: &'a Type, value: &'a Type) -> Self::Formed;
    fn set(&self, item: &'a Type) -> Self::Formed;
    fn named(&self, name: &'a str) -> Self::Formed;

    /// The answer for this type.
    fn form(&self, ty: &'a Type) -> Self::Formed {
        Kind::of(ty).form(self)
    }
}

impl<'a> Kind<'a> {
    /// The answer that `by` has for this kind.
    pub(crate) fn spell<S: Spell<'a> + ?Sized>(self, by: &S) -> S::Spelled {
        match self {
            Self::Int(int) => by.int(int),
            Self::Float { bits } => by.float(bits),
            Self::Bool => by.bool(),
            Self::Char => by.char(),
            Self::Text => by.text(),
            Self::Bytes => by.bytes(),
            Self::List(item) => by.list(item),
            Self::Option(item) => by.option(item),
            Self::Boxed(item) => by.boxed(item),
            Self::Wide { is_signed } => by.wide(is_signed),
            Self::Duration => by.duration(),
            Self::Time => by.time(),
            Self::Formatted(format) => by.formatted(format),
            Self::Tuple(items) => by.tuple(items),
            Self::Array(item, len) => by.array(item, len),
            Self::Map(key, value) => by.map(key, value),
            Self::Set(item) => by.set(item),
            Self::Named(name) => by.named(name),
        }
    }

    /// The answer that `by` has for the form in which this kind crosses.
    pub(crate) fn form<F: Form<'a> + ?Sized>(self, by: &F) -> F::Formed {
        match self {
            Self::Int(int) => by.int(int),
            Self::Float { bits } => by.float(bits),
            Self::Bool => by.bool(),
            Self::Char => by.char(),
            Self::Text => by.text(),
            Self::Bytes => by.bytes(),
            Self::List(item) => by.list(item),
            Self::Option(item) => by.option(item),
            Self::Boxed(item) => by.boxed(item),
            Self::Wide { is_signed } => by.wide(is_signed),
            Self::Duration => by.duration(),
            Self::Time => by.time(),
            Self::Formatted(_) => by.text(),
            Self::Tuple(items) => by.tuple(items),
            Self::Array(item, len) => by.array(item, len),
            Self::Map(key, value) => by.map(key, value),
            Self::Set(item) => by.set(item),
            Self::Named(name) => by.named(name),
        }
    }
}

/// Names a type as part of other names.
pub(crate) struct Name;

impl<'a> Spell<'a> for Name {
    type Spelled = String;

    fn int(&self, int: Int) -> String {
        int.name()
    }

    fn float(&self, bits: u32) -> String {
        format!("f{bits}")
    }

    fn bool(&self) -> String {
        "bool".to_owned()
    }

    fn char(&self) -> String {
        "char".to_owned()
    }

    fn text(&self) -> String {
        "string".to_owned()
    }

    fn bytes(&self) -> String {
        "bytes".to_owned()
    }

    fn list(&self, item: &'a Type) -> String {
        format!("list_{}", self.spell(item))
    }

    fn option(&self, item: &'a Type) -> String {
        format!("option_{}", self.spell(item))
    }

    fn boxed(&self, item: &'a Type) -> String {
        format!("box_{}", self.spell(item))
    }

    fn wide(&self, is_signed: bool) -> String {
        if is_signed { "i128" } else { "u128" }.to_owned()
    }

    fn duration(&self) -> String {
        "duration".to_owned()
    }

    fn time(&self) -> String {
        "time".to_owned()
    }

    fn formatted(&self, format: Format) -> String {
        format.name().to_owned()
    }

    fn tuple(&self, items: &'a [Type]) -> String {
        let items: Vec<_> = items.iter().map(|item| self.spell(item)).collect();
        format!("tuple{}_{}", items.len(), items.join("_"))
    }

    fn array(&self, item: &'a Type, len: u64) -> String {
        format!("array{len}_{}", self.spell(item))
    }

    fn map(&self, key: &'a Type, value: &'a Type) -> String {
        format!("map2_{}_{}", self.spell(key), self.spell(value))
    }

    fn set(&self, item: &'a Type) -> String {
        format!("set_{}", self.spell(item))
    }

    fn named(&self, name: &'a str) -> String {
        name.to_owned()
    }
}

/// Names a type in Rust, as its values are owned; the function names the described types.
pub(crate) struct RustName<N>(pub(crate) N);

impl<'a, N: Fn(&str) -> String> Spell<'a> for RustName<N> {
    type Spelled = String;

    fn int(&self, int: Int) -> String {
        int.name()
    }

    fn float(&self, bits: u32) -> String {
        Name.float(bits)
    }

    fn bool(&self) -> String {
        Name.bool()
    }

    fn char(&self) -> String {
        Name.char()
    }

    fn text(&self) -> String {
        "String".to_owned()
    }

    fn bytes(&self) -> String {
        "Vec<u8>".to_owned()
    }

    fn list(&self, item: &'a Type) -> String {
        // Of `u8` itself it is bytes.
        if *item == Type::U8 { "Vec<NonZero<u8>>".to_owned() } else { format!("Vec<{}>", self.spell(item)) }
    }

    fn option(&self, item: &'a Type) -> String {
        format!("Option<{}>", self.spell(item))
    }

    fn boxed(&self, item: &'a Type) -> String {
        format!("Box<{}>", self.spell(item))
    }

    fn wide(&self, is_signed: bool) -> String {
        Name.wide(is_signed)
    }

    fn duration(&self) -> String {
        "Duration".to_owned()
    }

    fn time(&self) -> String {
        "SystemTime".to_owned()
    }

    fn formatted(&self, format: Format) -> String {
        match format {
            Format::Path => "PathBuf",
            Format::IpAddr => "IpAddr",
            Format::SocketAddr => "SocketAddr",
        }
        .to_owned()
    }

    fn tuple(&self, items: &'a [Type]) -> String {
        let items: Vec<_> = items.iter().map(|item| self.spell(item)).collect();
        if let [only] = &items[..] { format!("({only},)") } else { format!("({})", items.join(", ")) }
    }

    fn array(&self, item: &'a Type, len: u64) -> String {
        format!("[{}; {len}]", self.spell(item))
    }

    fn map(&self, key: &'a Type, value: &'a Type) -> String {
        format!("HashMap<{}, {}>", self.spell(key), self.spell(value))
    }

    fn set(&self, item: &'a Type) -> String {
        format!("HashSet<{}>", self.spell(item))
    }

    fn named(&self, name: &'a str) -> String {
        (self.0)(name)
    }
}
