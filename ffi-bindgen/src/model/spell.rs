//! Asks a language or a tool for its answer to each kind of type: how it spells it, or what it makes of it.
//!
//! - A language that shows kinds to its users implements [`Spell`].
//! - What deals with forms alone, as they cross in C and in CBOR, implements [`Form`]. Forms are few: a kind that
//!   crosses as another is answered for by that one's form.
//! - Both have a method for each, so that a new one does not compile until everyone has an answer.

use super::kind::{Int, Kind};
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
        format!("Vec<{}>", self.spell(item))
    }

    fn option(&self, item: &'a Type) -> String {
        format!("Option<{}>", self.spell(item))
    }

    fn boxed(&self, item: &'a Type) -> String {
        format!("Box<{}>", self.spell(item))
    }

    fn named(&self, name: &'a str) -> String {
        (self.0)(name)
    }
}
