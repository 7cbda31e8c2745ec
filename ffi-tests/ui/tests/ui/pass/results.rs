//! A function returns `Result<T, E>` with any `E: Display`, a bare value, or nothing.

use ffi_runtime::ffi;
use std::fmt;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

/// Like `anyhow::Error`: its alternate form has the causes, and it is neither an `Error` nor
/// `Clone`.
pub struct Failure {
    causes: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { f.write_str(&self.causes.join(": ")) } else { f.write_str("failure") }
    }
}

mod anyhow_like {
    pub type Result<T, E = super::Failure> = core::result::Result<T, E>;
}

#[ffi(ctor)]
fn lib_create() -> anyhow_like::Result<State> {
    Ok(State)
}

#[ffi]
fn lib_nothing(_state: &State) {}

#[ffi]
fn lib_unit(_state: &State) -> () {}

#[ffi]
fn lib_bare(_state: &State) -> Option<Vec<bool>> {
    None
}

#[ffi]
fn lib_unit_result(_state: &State) -> Result<(), Failure> {
    Err(Failure { causes: Vec::new() })
}

#[ffi]
fn lib_default(_state: &State) -> anyhow_like::Result<String> {
    Ok(String::new())
}

#[ffi]
fn lib_boxed(_state: &State) -> Result<u8, Box<dyn std::error::Error + Send + Sync>> {
    Err("boxed".into())
}

#[ffi]
fn lib_text(_state: &State) -> Result<u8, &'static str> {
    Err("text")
}

#[ffi]
fn lib_infallible(_state: &State) -> Result<u8, std::convert::Infallible> {
    Ok(1)
}

#[ffi]
fn lib_io(_state: &State) -> std::io::Result<Vec<u8>> {
    Ok(Vec::new())
}

#[ffi(dtor)]
fn lib_destroy(_state: State) -> () {}

fn main() {}
