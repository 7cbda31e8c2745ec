//! An oracle for the runtime's coder: the same rules, written a second time, for the types of the
//! tests. It shares with the runtime how a fault is worded, and nothing else.

mod blocks;
pub(crate) mod damage;
pub(crate) mod reader;

use every::everything::{Currency, Empty, Everything, Keywords, Level, Link, Money, Page, Point, Tree};
use fastrand::Rng;
use ffi_runtime::{Fault, FaultKind};
use reader::Slow;

/// A type that the oracle reads, and makes at random.
pub(crate) trait Read: Sized {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault>;

    fn absent(_slow: &mut Slow<'_>) -> Result<Option<Self>, Fault> {
        Ok(None)
    }

    fn read_list(slow: &mut Slow<'_>) -> Result<Vec<Self>, Fault> {
        slow.list()
    }

    /// A value with up to `depth` levels of what contains itself.
    fn make(rng: &mut Rng, depth: u32) -> Self;
}

/// Any bits, or a small number, so that every width is met.
fn bits(rng: &mut Rng) -> u64 {
    rng.u64(..) >> rng.u32(0..64)
}

macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl Read for $ty {
            fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
                let found = FaultKind::WrongType { expected: "an integer", found: "a float" };
                let value = slow.number()?.map_err(|_| found)?;
                let fault = FaultKind::OutOfRange { value: value.to_string(), ty: stringify!($ty) };
                Self::try_from(value).map_err(|_| fault.into())
            }

            integers!(@list $ty);

            fn make(rng: &mut Rng, _depth: u32) -> Self {
                bits(rng) as Self
            }
        }
    )*};
    (@list u8) => {
        fn read_list(slow: &mut Slow<'_>) -> Result<Vec<Self>, Fault> {
            slow.bytes()
        }
    };
    (@list $ty:ident) => {};
}

integers!(u8 i8 i16 i32 i64 isize u16 u32 u64 usize);

macro_rules! floats {
    ($($ty:ident)*) => {$(
        impl Read for $ty {
            fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
                let (value, text, is_in_range) = match slow.number()? {
                    Ok(value) => (value as Self, value.to_string(), (value as Self) as i128 == value),
                    Err(value) => {
                        let near = value as Self;
                        let is_kept = near.is_finite() == value.is_finite() && (near == 0.0) == (value == 0.0);
                        (near, format!("{value:e}"), is_kept)
                    }
                };
                let fault = FaultKind::OutOfRange { value: text, ty: stringify!($ty) };
                if is_in_range { Ok(value) } else { Err(fault.into()) }
            }

            fn make(rng: &mut Rng, _depth: u32) -> Self {
                let any = f64::from_bits(rng.u64(..)) as Self;
                let single = f32::from_bits(rng.u32(..)) as Self;
                let whole = Self::from(bits(rng) as i16);
                [any, single, whole, Self::INFINITY, -0.0][rng.usize(0..5)]
            }
        }
    )*};
}

floats!(f32 f64);

impl Read for bool {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
        slow.bool()
    }

    fn make(rng: &mut Rng, _depth: u32) -> Self {
        rng.bool()
    }
}

impl Read for char {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
        let text = slow.text()?;
        let only = text.chars().next().filter(|only| only.len_utf8() == text.len());
        only.ok_or_else(|| FaultKind::NotOneCharacter.into())
    }

    fn make(rng: &mut Rng, _depth: u32) -> Self {
        if rng.bool() { rng.alphanumeric() } else { rng.char(..) }
    }
}

impl Read for String {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
        slow.string()
    }

    fn make(rng: &mut Rng, depth: u32) -> Self {
        let is_plain = rng.bool();
        let most = [4, 30, 90][rng.usize(0..3)];
        let len = rng.usize(0..most);
        (0..len).map(|_| if is_plain { rng.alphanumeric() } else { char::make(rng, depth) }).collect()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
        T::read_list(slow)
    }

    fn make(rng: &mut Rng, depth: u32) -> Self {
        let len = if depth == 0 { 0 } else { rng.usize(0..4) };
        (0..len).map(|_| T::make(rng, depth - 1)).collect()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
        if slow.null()? { Ok(None) } else { T::read(slow).map(Some) }
    }

    fn absent(_slow: &mut Slow<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(None))
    }

    fn make(rng: &mut Rng, depth: u32) -> Self {
        (depth > 0 && rng.bool()).then(|| T::make(rng, depth - 1))
    }
}

impl<T: Read> Read for Box<T> {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
        slow.charge_block(size_of::<T>())?;
        T::read(slow).map(Self::new)
    }

    fn absent(slow: &mut Slow<'_>) -> Result<Option<Self>, Fault> {
        let absent = T::absent(slow)?.map(Self::new);
        slow.charge_block(if absent.is_some() { size_of::<T>() } else { 0 })?;
        Ok(absent)
    }

    fn make(rng: &mut Rng, depth: u32) -> Self {
        Self::new(T::make(rng, depth))
    }
}

macro_rules! enumeration {
    ($ty:ident: $($variant:ident $name:literal),*) => {
        impl Read for $ty {
            fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
                match slow.text()?.as_str() {
                    $($name => Ok(Self::$variant),)*
                    other => Err(FaultKind::UnknownVariant { text: other.chars().take(64).collect() }.into()),
                }
            }

            fn make(rng: &mut Rng, _depth: u32) -> Self {
                rng.choice([$(Self::$variant),*]).expect("a variant")
            }
        }
    };
}

enumeration!(Level: Lowest "Lowest", Middle "Middle", Next "Next", Highest "top");
enumeration!(Currency: Euro "Euro", Yen "Yen");

macro_rules! record {
    ($ty:ident: $($field:ident $($name:literal)?),*) => {
        impl Read for $ty {
            fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
                $(let mut $field = None;)*
                slow.record(|slow, _key| {
                    $(if _key == record!(@name $field $($name)?) {
                        return fill(&mut $field, slow).map_err(|fault| fault.at_key(record!(@name $field $($name)?)));
                    })*
                    slow.skip()
                })?;
                Ok(Self {
                    $($field: taken($field, slow).map_err(|fault| fault.at_key(record!(@name $field $($name)?)))?),*
                })
            }

            #[allow(unused_variables, reason = "an empty struct makes nothing")]
            fn make(rng: &mut Rng, depth: u32) -> Self {
                Self { $($field: Read::make(rng, depth)),* }
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}

fn fill<T: Read>(field: &mut Option<T>, slow: &mut Slow<'_>) -> Result<(), Fault> {
    if field.is_some() {
        return Err(FaultKind::DuplicateKey.into());
    }
    *field = Some(T::read(slow)?);
    Ok(())
}

fn taken<T: Read>(field: Option<T>, slow: &mut Slow<'_>) -> Result<T, Fault> {
    if let Some(value) = field {
        return Ok(value);
    }
    T::absent(slow)?.ok_or_else(|| FaultKind::MissingKey.into())
}

record!(Point: x, y);
record!(Empty:);
record!(Money: cents, currency);
record!(Tree: value, children);
record!(Link: value, next);
record!(Page: title, first, others, sign);
record!(Keywords: r#type "type", r#struct "struct", class, int, new, linux, errno, other_name "otherName");
record!(Everything:
    byte, i8, i16, i32, i64, u16, u32, u64, isize, usize, f32, f64, bool, char, string, bytes, level, point, empty,
    money, keywords, temperatures, list_i8, list_i64, list_f64, list_bool, list_char, list_string, list_bytes,
    list_level, list_point, list_empty, list_list, list_option, list_option_string, list_box, option_i64,
    option_byte, option_f64, option_bool, option_char, option_string, option_bytes, option_level, option_point,
    option_list, option_list_option, option_box, box_i32, box_string, box_list, box_option, box_box, tree, link
);
