//! Whether one side reads what the other side writes, once only one of them has changed.
//!
//! - A library reads integers for floats where they are exact, and a missing key for a boxed option.
//! - An old caller is taken to be no more lenient than the helpers of a generated header, which do not.

use ffi_runtime::schema::{Field, Library, Shape, Type, TypeDef, Variant};
use std::cell::RefCell;
use std::collections::HashMap;
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

/// Each pair is compared once, however many ways lead to it.
#[derive(Default)]
struct Compared<'a> {
    /// Pairs that are being compared, or were found to be understood as far as these are: a type may
    /// contain itself.
    assumed: Vec<Pair<'a>>,
    refuted: Vec<Pair<'a>>,
}

impl<'a> Wire<'a> {
    pub(super) fn new(old: &'a Library, new: &'a Library) -> Self {
        let index = |library: &'a Library| library.types.iter().map(|def| (def.name.as_str(), def)).collect();
        Self { old: index(old), new: index(new), compared: RefCell::default() }
    }

    /// Whether the reader understands all that the writer may send.
    pub(super) fn reads(&self, old: &'a Type, new: &'a Type, way: Way) -> bool {
        let (written, read) = match way {
            Way::Request => (old, new),
            Way::Answer => (new, old),
        };
        self.understands(written, read, way)
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

    fn understands(&self, written: &'a Type, read: &'a Type, way: Way) -> bool {
        use Type::{Bool, Boxed, Bytes, Char, F32, F64, List, Named, Option, String};
        match (written, read) {
            (Boxed(written), _) => self.understands(written, read, way),
            (_, Boxed(read)) => self.understands(written, read, way),
            (Option(written), Option(read)) => self.understands(written, read, way),
            (Option(_), _) => false,
            (_, Option(read)) => self.understands(written, read, way),
            (List(written), List(read)) => self.understands(written, read, way),
            (Named(written), Named(read)) => self.understands_named(written, read, way),
            (Named(name), String) => self.is_enumeration(name, way),
            (F32, F32 | F64) | (F64, F64) | (Char, Char | String) => true,
            (Bool, Bool) | (String, String) | (Bytes, Bytes) => true,
            (_, F32 | F64) if way == Way::Answer => false,
            (_, F32) => integer(written).is_some_and(|range| fits(&range, &(-(1 << 24)..=1 << 24))),
            (_, F64) => integer(written).is_some_and(|range| fits(&range, &(-(1 << 53)..=1 << 53))),
            _ => integer(written).zip(integer(read)).is_some_and(|(written, read)| fits(&written, &read)),
        }
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

    fn understands_named(&self, written: &'a str, read: &'a str, way: Way) -> bool {
        let pair = (written, read, way);
        let before = {
            let mut compared = self.compared.borrow_mut();
            if compared.assumed.contains(&pair) || compared.refuted.contains(&pair) {
                return compared.assumed.contains(&pair);
            }
            compared.assumed.push(pair);
            compared.assumed.len() - 1
        };
        let is_understood = match (self.written(written, way), self.read(read, way)) {
            (Some(written), Some(read)) => self.understands_shape(&written.shape, &read.shape, way),
            _ => false,
        };
        if !is_understood {
            let mut compared = self.compared.borrow_mut();
            // With it falls what was found on its account.
            compared.assumed.truncate(before);
            compared.refuted.push(pair);
        }
        is_understood
    }

    fn understands_shape(&self, written: &'a Shape, read: &'a Shape, way: Way) -> bool {
        match (written, read) {
            (Shape::Record { fields: written }, Shape::Record { fields: read }) => {
                read.iter().all(|field| self.understands_field(written, field, way))
            }
            (Shape::Enumeration { variants: written }, Shape::Enumeration { variants: read }) => {
                written.iter().all(|variant| has_variant(read, &variant.name))
            }
            _ => false,
        }
    }

    fn understands_field(&self, written: &'a [Field], read: &'a Field, way: Way) -> bool {
        match written.iter().find(|field| field.name == read.name) {
            Some(written) => self.understands(&written.ty, &read.ty, way),
            None => may_lack(&read.ty, way),
        }
    }
}

/// Whether a missing key reads as a value of the type.
pub(super) fn may_lack(ty: &Type, way: Way) -> bool {
    match way {
        Way::Request => may_be_null(ty),
        Way::Answer => matches!(ty, Type::Option(_)),
    }
}

/// Whether null is a value of the type.
fn may_be_null(ty: &Type) -> bool {
    match ty {
        Type::Option(_) => true,
        Type::Boxed(inner) => may_be_null(inner),
        _ => false,
    }
}

fn has_variant(variants: &[Variant], name: &str) -> bool {
    variants.iter().any(|variant| variant.name == name)
}

/// The values of an integer type, as they cross.
fn integer(ty: &Type) -> Option<RangeInclusive<i128>> {
    Some(match ty {
        Type::I8 => i8::MIN.into()..=i8::MAX.into(),
        Type::I16 => i16::MIN.into()..=i16::MAX.into(),
        Type::I32 => i32::MIN.into()..=i32::MAX.into(),
        Type::I64 | Type::Isize => i64::MIN.into()..=i64::MAX.into(),
        Type::U8 => 0..=u8::MAX.into(),
        Type::U16 => 0..=u16::MAX.into(),
        Type::U32 => 0..=u32::MAX.into(),
        Type::U64 | Type::Usize => 0..=u64::MAX.into(),
        _ => return None,
    })
}

fn fits(inner: &RangeInclusive<i128>, outer: &RangeInclusive<i128>) -> bool {
    outer.contains(inner.start()) && outer.contains(inner.end())
}
