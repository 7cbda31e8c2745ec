//! What an annotated enum needs: its variants as a table, and the checks over it.

use crate::error::{Fault, FaultKind};
use crate::wire::Reader;

/// One variant of an annotated enum.
pub struct Variant<T> {
    /// Its name on the wire and in C.
    pub name: &'static str,
    /// Its name in Rust.
    pub rust_name: &'static str,
    /// Documentation, one string a line as rustc keeps it.
    pub docs: &'static [&'static str],
    /// Its value in C.
    pub value: i32,
    /// Makes it.
    pub make: fn() -> T,
}

/// An annotated enum.
pub trait Enumeration: Sized + 'static {
    /// The variants in declaration order.
    const VARIANTS: &'static [Variant<Self>];
}

/// Whether a discriminant is one of C's `int32_t`.
pub const fn fits_c_enum(value: i128) -> bool {
    value >= i32::MIN as i128 && value <= i32::MAX as i128
}

/// The variant of this value.
///
/// # Errors
/// That there is none.
pub fn variant_of_value<T: Enumeration>(value: i32) -> Result<T, Fault> {
    find(|variant| variant.value == value, || FaultKind::UnknownValue { value })
}

/// The variant whose name is next.
///
/// # Errors
/// That there is none, or that what is next is not text.
pub fn decode_variant<T: Enumeration>(reader: &mut Reader<'_>) -> Result<T, Fault> {
    let text = reader.text()?;
    find(|variant| variant.name == text, || FaultKind::UnknownVariant { text: text.chars().take(64).collect() })
}

fn find<T: Enumeration>(
    is_wanted: impl Fn(&Variant<T>) -> bool,
    fault: impl FnOnce() -> FaultKind,
) -> Result<T, Fault> {
    let variant = T::VARIANTS.iter().find(|variant| is_wanted(variant));
    variant.map(|variant| (variant.make)()).ok_or_else(|| fault().into())
}
