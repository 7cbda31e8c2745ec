//! Annotated types in a crate without a library, for the libraries of other crates to use.

#![forbid(unsafe_code)]

pub mod blocks;
pub mod everything;
pub mod shelves;

use ffi_runtime::ffi;

/// An amount of money.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Money {
    /// Hundredths of the currency's unit.
    pub cents: i64,
    /// Which currency.
    pub currency: Currency,
}

/// Some currencies.
#[ffi]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Currency {
    /// The euro.
    #[default]
    Euro,
    /// The yen, which has no hundredths.
    Yen = 392,
}
