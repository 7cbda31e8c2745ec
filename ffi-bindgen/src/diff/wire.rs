//! Whether one side reads what the other side writes, once only one of them has changed.

use ffi_runtime::schema::{Field, Library, Shape, Type, TypeDef, Variant};
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
    /// Pairs that are being compared, which are taken to read each other: a type may contain itself.
    assumed: RefCell<HashSet<(&'a str, &'a str, Way)>>,
}

impl<'a> Wire<'a> {
    pub(super) fn new(old: &'a Library, new: &'a Library) -> Self {
        let index = |library: &'a Library| library.types.iter().map(|def| (def.name.as_str(), def)).collect();
        Self { old: index(old), new: index(new), assumed: RefCell::default() }
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
            (Some(old), None) => is_optional(old),
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
        if !self.assumed.borrow_mut().insert((written, read, way)) {
            return true;
        }
        let is_understood = match (self.written(written, way), self.read(read, way)) {
            (Some(written), Some(read)) => self.understands_shape(&written.shape, &read.shape, way),
            _ => false,
        };
        self.assumed.borrow_mut().remove(&(written, read, way));
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
            None => is_optional(&read.ty),
        }
    }
}

/// Whether a missing key reads as a value of the type.
pub(super) fn is_optional(ty: &Type) -> bool {
    match ty {
        Type::Option(_) => true,
        Type::Boxed(inner) => is_optional(inner),
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
