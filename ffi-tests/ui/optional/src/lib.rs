//! Types whose annotations, with their options, are there with the feature `ffi` alone.
#![deny(warnings)]

/// A value.
#[cfg_attr(feature = "ffi", ffi_runtime::ffi)]
#[derive(Clone)]
pub struct Song {
    /// What it is called.
    #[cfg_attr(feature = "ffi", ffi(rename = "title"))]
    pub name: u8,
    /// Without the feature alone.
    #[cfg(not(feature = "ffi"))]
    pub note: &'static str,
}

/// A choice.
#[derive(Clone, Copy)]
#[cfg_attr(feature = "ffi", ffi_runtime::ffi(rename_all = "snake_case"))]
pub enum Volume {
    /// Under another name.
    #[cfg_attr(feature = "ffi", ffi(rename = "soft"))]
    Quiet,
    /// As it is.
    VeryLoud,
}
