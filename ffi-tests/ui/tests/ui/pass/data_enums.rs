//! Enums with data in every form, and what may stand beside them.

use ffi_runtime::{FfiType, ffi, from_cbor, to_cbor};
use std::fmt::Debug;

/// Names that generated code has, names that mean something, and one that is also a constant.
pub mod names {
    use ffi_runtime::ffi;

    #[allow(non_upper_case_globals)]
    pub const value: u8 = 1;

    #[ffi]
    #[derive(Clone, Debug, PartialEq)]
    #[allow(non_camel_case_types)]
    pub enum Option {
        None,
        Some(u8),
        Ok(u8, u8),
        Err { value: u8, r#type: u8, r#match: bool },
        r#fn,
        Self_ { inner: core::option::Option<Box<Self>> },
    }
}

macro_rules! shapes {
    ($name:ident, $ty:ty) => {
        #[ffi]
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            Of($ty),
            In { inner: $ty, list: Vec<$ty> },
            Pair($ty, $ty),
        }
    };
}

shapes!(Numbers, u16);
shapes!(Texts, String);
shapes!(Nested, Numbers);

/// Without a unit, without a name, and with conditions.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Conditional {
    Kept(#[cfg(any())] Missing, #[cfg(all())] u8),
    #[cfg(any())]
    Gone(Missing),
    #[cfg_attr(all(), ffi(rename = "other"))]
    Named {
        #[cfg(any())]
        gone: Missing,
        #[cfg_attr(all(), ffi(rename = "kept"))]
        field: u8,
    },
}

/// Brackets in which a condition leaves nothing, or in which nothing stood.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub enum Emptied {
    Value(#[cfg(any())] Missing),
    Fields {
        #[cfg(any())]
        gone: Missing,
    },
    Nothing(),
    Kept(u8),
}

/// The same where no variant holds anything.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub enum AllEmptied {
    Value(#[cfg(any())] Missing),
    Fields {},
    Last,
}

/// An error that is all text, of which nothing is moved.
#[ffi(error)]
#[derive(Debug)]
pub enum Dropped {
    Io(#[ffi(text)] std::io::Error),
    At { #[ffi(text)] path: String, #[ffi(text)] error: std::fmt::Error },
    Gone,
}

impl Drop for Dropped {
    fn drop(&mut self) {}
}

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dropped")
    }
}

/// One variant alone.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub enum Alone {
    Only { of: Vec<Alone> },
}

/// A tree whose leaves are text.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Leaf(String),
    Both(Box<Tree>, Box<Tree>),
    Many { trees: Vec<Self>, first: Option<Box<Self>> },
}

fn crosses<T: FfiType + Clone + PartialEq + Debug>(value: T) {
    let bytes = to_cbor(&value).expect("it has a form on the wire");
    assert_eq!(from_cbor::<T>(&bytes, 1 << 16).expect("and is read"), value);
    let mirror = ffi_runtime::to_pod(value.clone()).expect("it has a form in C");
    // SAFETY: the mirror lives.
    assert_eq!(unsafe { ffi_runtime::from_pod::<T>(mirror.as_ptr()) }.expect("and is read"), value);
}

fn main() {
    use names::Option as Names;
    [
        Names::None,
        Names::Some(3),
        Names::Ok(1, 2),
        Names::Err { value: 1, r#type: 2, r#match: true },
        Names::r#fn,
        Names::Self_ { inner: Some(Box::new(Names::None)) },
    ]
    .into_iter()
    .for_each(crosses);
    [Numbers::Of(7), Numbers::In { inner: 8, list: vec![9, 10] }, Numbers::Pair(11, 12)].into_iter().for_each(crosses);
    crosses(Texts::In { inner: "a".into(), list: vec!["b".into(), "\0".into()] });
    crosses(Nested::Pair(Numbers::Of(1), Numbers::Pair(2, 3)));
    [Conditional::Kept(5), Conditional::Named { field: 6 }].into_iter().for_each(crosses);
    [Emptied::Value(), Emptied::Fields {}, Emptied::Nothing(), Emptied::Kept(1)].into_iter().for_each(crosses);
    [AllEmptied::Value(), AllEmptied::Fields {}, AllEmptied::Last].into_iter().for_each(crosses);
    assert_eq!(to_cbor(&Emptied::Fields {}).unwrap(), b"\x66Fields");
    crosses(Alone::Only { of: vec![Alone::Only { of: vec![] }] });
    let leaf = || Box::new(Tree::Leaf("leaf".into()));
    crosses(Tree::Many { trees: vec![Tree::Both(leaf(), leaf())], first: Some(leaf()) });
    crosses(Some(Tree::Leaf(String::new())));
    crosses(vec![Conditional::Kept(1)]);
    assert_eq!(to_cbor(&Conditional::Named { field: 1 }).unwrap(), b"\xa1\x65other\xa1\x64kept\x01");
    assert_eq!(to_cbor(&Conditional::Kept(1)).unwrap(), b"\xa1\x64Kept\x01");
}
