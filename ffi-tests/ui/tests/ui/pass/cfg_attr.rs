//! `#[cfg_attr]` may hold options and conditions of fields and variants, and the attribute itself.

use ffi_runtime::{ffi, from_cbor, to_cbor};

#[cfg_attr(all(), ffi(rename_all = "camelCase"))]
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    #[cfg_attr(all(), ffi(rename = "title"), doc = "What it is called.")]
    pub name: u8,
    #[cfg_attr(any(), ffi(rename = "no such name"))]
    pub second_one: u8,
    #[cfg_attr(all(), cfg(any()))]
    pub gone: NoSuchType,
    #[cfg_attr(all(), cfg(all()))]
    pub here: u8,
}

#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(all(), ffi)]
pub enum Level {
    #[cfg_attr(all(), ffi(rename = "low"))]
    Low,
    #[cfg_attr(all(), cfg(any()), ffi(rename = "low"))]
    Gone = NO_SUCH_CONST,
    #[cfg_attr(any(), ffi(rename = "low"))]
    High,
}

/// Without the attribute, its options may not stand here either.
#[cfg_attr(any(), ffi)]
pub struct Plain {
    #[cfg_attr(any(), ffi(rename = "title"))]
    pub name: u8,
}

/// A helper attribute from a macro, which is not the attribute that the macro's crate imports.
macro_rules! record {
    ($name:ident { $(#[$attr:meta] $field:ident: $ty:ty),* }) => {
        #[ffi]
        #[derive(Debug, PartialEq)]
        struct $name {
            $(#[$attr] $field: $ty,)*
            #[cfg_attr(all(), ffi(rename = "b"))]
            own: u8,
        }
    };
}

record!(Made { #[cfg_attr(all(), ffi(rename = "a"))] field: u8, #[ffi(rename = "c")] other: Option<u8> });

mod apart {
    /// The attribute by its path, where no `ffi` is in scope.
    #[ffi_runtime::ffi(rename = "Other")]
    pub struct Apart {
        #[ffi(rename = "title")]
        pub name: u8,
    }
}

fn main() {
    #[ffi]
    struct Inner {
        #[cfg_attr(all(), ffi(rename = "inner"))]
        value: u8,
    }

    let config = Config { name: 1, second_one: 2, here: 3 };
    let bytes = to_cbor(&config).unwrap();
    assert_eq!(bytes, b"\xa3\x65title\x01\x69secondOne\x02\x64here\x03");
    assert_eq!(from_cbor::<Config>(&bytes, 1 << 20).unwrap(), config);
    assert_eq!(to_cbor(&Level::Low).unwrap(), b"\x63low");
    assert_eq!(from_cbor::<Level>(b"\x64High", 1 << 20).unwrap(), Level::High);
    assert_eq!(to_cbor(&Made { field: 1, other: None, own: 2 }).unwrap(), b"\xa3\x61a\x01\x61c\xf6\x61b\x02");
    assert_eq!(to_cbor(&apart::Apart { name: 1 }).unwrap(), b"\xa1\x65title\x01");
    assert_eq!(to_cbor(&Inner { value: 1 }).unwrap(), b"\xa1\x65inner\x01");
    assert_eq!(Plain { name: 1 }.name, 1);
}
