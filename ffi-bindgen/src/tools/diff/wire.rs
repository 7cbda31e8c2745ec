//! Decides whether one side reads what the other side writes, where only one of them has changed.
//!
//! - A library reads integers for floats where they are exact, and a missing key for a boxed option.
//! - An old caller is taken to be no more lenient than the helpers of a generated header, which do not.

use crate::model::{Form, Format, Int, Kind, is_optional};
use ffi_runtime::schema::{DataVariant, Field, Library, Payload, Shape, Type, TypeDef, Variant};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

/// Who writes and who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// The old caller writes, the new library reads.
    Request,
    /// The new library writes, the old caller reads.
    Answer,
}

/// The types of both versions, by name.
pub(super) struct Wire<'a> {
    old: HashMap<&'a str, &'a TypeDef>,
    new: HashMap<&'a str, &'a TypeDef>,
    compared: RefCell<Compared<'a>>,
}

/// What is written, what reads it, and on which way.
type Pair<'a> = (&'a str, &'a str, Way);

/// What is known of pairs, so that none is compared again.
#[derive(Default)]
struct Compared<'a> {
    understood: HashSet<Pair<'a>>,
    refuted: HashSet<Pair<'a>>,
}

/// Whether one type is understood as another.
enum Finding<'a> {
    Never,
    Always,
    /// Where all these pairs are.
    With(Vec<Pair<'a>>),
}

impl<'a> Finding<'a> {
    /// Where all of these are.
    fn all(findings: impl IntoIterator<Item = Self>) -> Self {
        all(findings).map_or(Self::Never, Self::With)
    }

    fn always_if(is_understood: bool) -> Self {
        if is_understood { Self::Always } else { Self::Never }
    }
}

impl<'a> Wire<'a> {
    pub(super) fn new(old: &'a Library, new: &'a Library) -> Self {
        Self { old: old.named_types(), new: new.named_types(), compared: RefCell::default() }
    }

    /// Whether the reader understands all that the writer may send.
    pub(super) fn reads(&self, old: &'a Type, new: &'a Type, way: Way) -> bool {
        let (written, read) = match way {
            Way::Request => (old, new),
            Way::Answer => (new, old),
        };
        match self.finding(written, read, way) {
            Finding::Never => false,
            Finding::Always => true,
            Finding::With(pairs) => pairs.into_iter().all(|pair| self.understands(pair)),
        }
    }

    /// Whether the reader understands all that the writer may send of the type of this name.
    pub(super) fn reads_named(&self, name: &'a str, way: Way) -> bool {
        self.understands((name, name, way))
    }

    /// Whether the reader understands a variant of an enum with data.
    pub(super) fn reads_variant(&self, old: &'a DataVariant, new: &'a DataVariant, way: Way) -> bool {
        let (written, read) = match way {
            Way::Request => (old, new),
            Way::Answer => (new, old),
        };
        let pairs = all(self.payload(written, read, way));
        pairs.is_some_and(|pairs| pairs.into_iter().all(|pair| self.understands(pair)))
    }

    /// Whether an answer that may be nothing is understood as the other.
    pub(super) fn reads_result(&self, old: Option<&'a Type>, new: Option<&'a Type>) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => self.reads(old, new, Way::Answer),
            (Some(old), None) => may_be_null(old),
            (None, Some(_)) => false,
        }
    }

    fn finding(&self, written: &'a Type, read: &'a Type, way: Way) -> Finding<'a> {
        if let Kind::Boxed(written) = Kind::of(written) {
            return self.finding(written, read, way);
        }
        // Not every text is an address.
        if let Kind::Formatted(Format::IpAddr | Format::SocketAddr) = Kind::of(read) {
            return Finding::always_if(Kind::of(written) == Kind::of(read));
        }
        Reading { wire: self, written, way }.form(read)
    }

    fn written(&self, name: &str, way: Way) -> Option<&'a TypeDef> {
        if way == Way::Request { &self.old } else { &self.new }.get(name).copied()
    }

    fn read(&self, name: &str, way: Way) -> Option<&'a TypeDef> {
        if way == Way::Request { &self.new } else { &self.old }.get(name).copied()
    }

    fn is_enumeration(&self, written: &str, way: Way) -> bool {
        self.written(written, way).is_some_and(|def| matches!(def.shape, Shape::Enumeration { .. }))
    }

    /// Whether a pair is understood: it is where every pair is that it leads to. A type may contain itself, and
    /// nothing limits how deep types hold each other, so the way to a pair stands in a list and not on the stack.
    fn understands(&self, first: Pair<'a>) -> bool {
        let mut compared = self.compared.borrow_mut();
        let mut seen = HashSet::new();
        let mut path: Vec<(Option<Pair<'a>>, Vec<Pair<'a>>)> = vec![(None, vec![first])];
        while let Some((_, left)) = path.last_mut() {
            let Some(pair) = left.pop() else {
                path.pop();
                continue;
            };
            if compared.understood.contains(&pair) || !seen.insert(pair) {
                continue;
            }
            let needs = if compared.refuted.contains(&pair) { None } else { self.needs(pair) };
            match needs {
                Some(pairs) => path.push((Some(pair), pairs)),
                None => {
                    // With it falls all that led to it.
                    compared.refuted.insert(pair);
                    compared.refuted.extend(path.iter().filter_map(|(pair, _)| *pair));
                    return false;
                }
            }
        }
        compared.understood.extend(seen);
        true
    }

    /// The pairs with which this one is understood; `None` where it never is.
    fn needs(&self, (written, read, way): Pair<'a>) -> Option<Vec<Pair<'a>>> {
        let written = &self.written(written, way)?.shape;
        match &self.read(read, way)?.shape {
            Shape::Record { fields: read } => {
                let Shape::Record { fields: written } = written else { return None };
                all(self.fields(written, read, way))
            }
            Shape::Enumeration { variants: read } => {
                let Shape::Enumeration { variants: written } = written else { return None };
                written.iter().all(|variant| has_variant(read, &variant.name)).then(Vec::new)
            }
            Shape::DataEnum { variants: read } => match written {
                Shape::DataEnum { variants: written } => all(written.iter().flat_map(|it| self.variant(it, read, way))),
                // Its variants are names alone, as those are that hold nothing.
                Shape::Enumeration { variants: written } => {
                    let is_unit = |name: &str| read.iter().any(|it| it.name == name && it.payload == Payload::Unit);
                    written.iter().all(|variant| is_unit(&variant.name)).then(Vec::new)
                }
                Shape::Record { .. } => None,
            },
        }
    }

    /// Whether a variant is understood as that of its name among these.
    fn variant(&self, written: &'a DataVariant, read: &'a [DataVariant], way: Way) -> Vec<Finding<'a>> {
        match read.iter().find(|read| read.name == written.name) {
            Some(read) => self.payload(written, read, way),
            None => vec![Finding::Never],
        }
    }

    fn payload(&self, written: &'a DataVariant, read: &'a DataVariant, way: Way) -> Vec<Finding<'a>> {
        let has_as_many = written.fields.len() == read.fields.len();
        match (written.payload, read.payload) {
            (Payload::Unit, Payload::Unit) => Vec::new(),
            (Payload::Value, Payload::Value) | (Payload::Tuple, Payload::Tuple) if has_as_many => {
                let fields = written.fields.iter().zip(&read.fields);
                fields.map(|(written, read)| self.finding(&written.ty, &read.ty, way)).collect()
            }
            (Payload::Fields, Payload::Fields) => self.fields(&written.fields, &read.fields, way).collect(),
            (Payload::Unit | Payload::Value | Payload::Tuple | Payload::Fields, _) => vec![Finding::Never],
        }
    }

    fn fields(&self, written: &'a [Field], read: &'a [Field], way: Way) -> impl Iterator<Item = Finding<'a>> {
        read.iter().map(move |read| self.field(written, read, way))
    }

    fn field(&self, written: &'a [Field], read: &'a Field, way: Way) -> Finding<'a> {
        match written.iter().find(|field| field.name == read.name) {
            Some(written) => self.finding(&written.ty, &read.ty, way),
            None => Finding::always_if(may_lack(&read.ty, way)),
        }
    }
}

/// A written value, which is read as a type.
struct Reading<'w, 'a> {
    wire: &'w Wire<'a>,
    written: &'a Type,
    way: Way,
}

impl<'a> Reading<'_, 'a> {
    fn from(&self) -> Kind<'a> {
        Kind::of(self.written)
    }

    fn same(&self, to: Kind<'_>) -> Finding<'a> {
        Finding::always_if(self.from() == to)
    }
}

impl<'a> Form<'a> for Reading<'_, 'a> {
    type Formed = Finding<'a>;

    fn int(&self, read: Int) -> Finding<'a> {
        Finding::always_if(self.from().limits().is_some_and(|written| fits(&written, &read.limits())))
    }

    fn float(&self, bits: u32) -> Finding<'a> {
        Finding::always_if(float_reads(self.from(), bits, self.way))
    }

    fn bool(&self) -> Finding<'a> {
        self.same(Kind::Bool)
    }

    fn char(&self) -> Finding<'a> {
        self.same(Kind::Char)
    }

    // A character and an enumeration's variant are texts.
    fn text(&self) -> Finding<'a> {
        let from = self.from();
        if let Kind::Named(name) = from {
            return Finding::always_if(self.wire.is_enumeration(name, self.way));
        }
        Finding::always_if(matches!(from, Kind::Text | Kind::Char | Kind::Formatted(_)))
    }

    fn bytes(&self) -> Finding<'a> {
        let is_array = matches!(self.from(), Kind::Array(Type::U8, _));
        Finding::always_if(is_array || self.from() == Kind::Bytes)
    }

    // Sets, tuples and arrays are lists on the wire, but for arrays of bytes.
    fn list(&self, read: &'a Type) -> Finding<'a> {
        let from = self.from();
        let is_list = matches!(from, Kind::List(_) | Kind::Set(_) | Kind::Tuple(_) | Kind::Array(..));
        if !is_list || matches!(from, Kind::Array(Type::U8, _)) {
            return Finding::Never;
        }
        Finding::all(from.elements().into_iter().map(|written| self.wire.finding(written, read, self.way)))
    }

    fn wide(&self, is_signed: bool) -> Finding<'a> {
        if let Kind::Wide { is_signed: written } = self.from() {
            return Finding::always_if(written == is_signed);
        }
        Finding::always_if(self.from().limits().is_some_and(|written| is_signed || *written.start() >= 0))
    }

    fn duration(&self) -> Finding<'a> {
        self.same(Kind::Duration)
    }

    fn time(&self) -> Finding<'a> {
        self.same(Kind::Time)
    }

    fn tuple(&self, read: &'a [Type]) -> Finding<'a> {
        let written = if let Kind::Array(written, len) = self.from() {
            let is_list = *written != Type::U8 && len == read.len() as u64;
            if is_list { vec![written; read.len()] } else { Vec::new() }
        } else if let Kind::Tuple(written) = self.from() {
            written.iter().collect()
        } else {
            Vec::new()
        };
        if written.len() != read.len() {
            return Finding::Never;
        }
        Finding::all(written.into_iter().zip(read).map(|(written, read)| self.wire.finding(written, read, self.way)))
    }

    fn array(&self, read: &'a Type, len: u64) -> Finding<'a> {
        if let Kind::Array(written, of) = self.from() {
            // One of bytes is a byte string.
            let is_alike = of == len && (*written == Type::U8) == (*read == Type::U8);
            return if is_alike { self.wire.finding(written, read, self.way) } else { Finding::Never };
        }
        let Kind::Tuple(written) = self.from() else { return Finding::Never };
        if *read == Type::U8 || written.len() as u64 != len {
            return Finding::Never;
        }
        Finding::all(written.iter().map(|written| self.wire.finding(written, read, self.way)))
    }

    fn map(&self, key: &'a Type, value: &'a Type) -> Finding<'a> {
        let Kind::Map(written_key, written_value) = self.from() else { return Finding::Never };
        let key = self.wire.finding(written_key, key, self.way);
        Finding::all([key, self.wire.finding(written_value, value, self.way)])
    }

    // A list may have a value twice.
    fn set(&self, read: &'a Type) -> Finding<'a> {
        let Kind::Set(written) = self.from() else { return Finding::Never };
        self.wire.finding(written, read, self.way)
    }

    fn option(&self, read: &'a Type) -> Finding<'a> {
        let written = if let Kind::Option(written) = self.from() { written } else { self.written };
        self.wire.finding(written, read, self.way)
    }

    fn boxed(&self, read: &'a Type) -> Finding<'a> {
        self.wire.finding(self.written, read, self.way)
    }

    fn named(&self, read: &'a str) -> Finding<'a> {
        let Kind::Named(written) = self.from() else { return Finding::Never };
        Finding::With(vec![(written, read, self.way)])
    }
}

/// Whether a missing key reads as a value of the type.
pub(super) fn may_lack(ty: &Type, way: Way) -> bool {
    match way {
        Way::Request => may_be_null(ty),
        Way::Answer => is_optional(ty),
    }
}

/// Whether null is a value of the type.
fn may_be_null(ty: &Type) -> bool {
    Kind::of(ty).is_nullable()
}

/// The pairs of all these; `None` where one is never understood.
fn all<'a>(findings: impl IntoIterator<Item = Finding<'a>>) -> Option<Vec<Pair<'a>>> {
    let mut pairs = Vec::new();
    for finding in findings {
        match finding {
            Finding::Never => return None,
            Finding::Always => {}
            Finding::With(more) => pairs.extend(more),
        }
    }
    Some(pairs)
}

fn has_variant(variants: &[Variant], name: &str) -> bool {
    variants.iter().any(|variant| variant.name == name)
}

/// Whether a float of so many bits holds every value: that of an integer exactly, and only in a request, since what
/// reads an answer asks for a float.
fn float_reads(from: Kind<'_>, bits: u32, way: Way) -> bool {
    if let Kind::Float { bits: written } = from {
        return written <= bits;
    }
    let exact = 1 << if bits == 32 { 24 } else { 53 };
    way == Way::Request && from.limits().is_some_and(|written| fits(&written, &(-exact..=exact)))
}

fn fits(inner: &RangeInclusive<i128>, outer: &RangeInclusive<i128>) -> bool {
    outer.contains(inner.start()) && outer.contains(inner.end())
}

#[cfg(test)]
mod tests;
