//! Generated code keeps the strictest lints quiet.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unsafe_op_in_unsafe_fn,
    unused_qualifications,
    unused_lifetimes,
    single_use_lifetimes,
    elided_lifetimes_in_paths,
    trivial_casts,
    trivial_numeric_casts,
    unused_results,
    let_underscore_drop,
    non_ascii_idents,
    rust_2024_compatibility,
    missing_copy_implementations,
    variant_size_differences
)]

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

/// The state.
#[ffi(state)]
#[derive(Clone, Copy, Debug)]
pub struct State;

/// A value.
#[ffi]
#[derive(Clone, Debug)]
pub struct Config {
    /// Its name.
    pub name: String,
    /// Old.
    #[deprecated]
    pub old: u8,
}

/// Another style.
#[ffi]
#[allow(non_snake_case)]
#[derive(Clone, Copy, Debug)]
pub struct Foreign {
    /// Its name.
    pub dwSize: u32,
}

/// A choice.
#[ffi]
#[derive(Clone, Copy, Debug)]
pub enum Level {
    /// Low.
    Low,
    /// Old.
    #[deprecated]
    High,
}

/// Makes it.
#[ffi(ctor)]
#[must_use]
pub fn lib_create(config: Config, _unused: u8) -> State {
    drop(config);
    State
}

/// Calls it.
#[ffi]
#[must_use]
pub async fn lib_use(_state: &State, level: Level) -> Level {
    level
}

/// Old.
#[deprecated = "use lib_use"]
#[ffi]
pub fn lib_old(_state: &mut State) {}

/// It happened.
#[ffi(event)]
pub fn on_it();

/// A value changed.
#[ffi(event = "changed")]
pub fn on_change(config: Config);

/// Several values.
#[ffi(event, rename_all = "camelCase")]
#[allow(non_snake_case)]
pub fn on_several(
    /// Of another style.
    dwSize: u32,
    old_level: Level,
    #[cfg(any())] missing: Missing,
);

/// Old.
#[deprecated = "use on_it"]
#[ffi(event)]
pub fn on_old(level: Level);

/// Ends it.
#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {}
