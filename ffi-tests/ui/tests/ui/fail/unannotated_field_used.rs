//! A field of a type without `#[ffi]`, of a record that is used everywhere.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

pub struct Inner;

#[ffi]
pub struct Outer {
    pub name: String,
    pub inner: Inner,
    pub size: u32,
}

#[ffi]
pub struct Around {
    pub outer: Outer,
    pub maybe: Option<Outer>,
    pub many: Vec<Outer>,
}

#[ffi]
pub fn lib_turn(_state: &State, outer: Outer, _around: Around) -> Result<Outer, String> {
    Ok(outer)
}

#[ffi]
pub async fn lib_parse(_text: String, _outers: Vec<Outer>) -> Outer {
    unreachable!()
}

#[ffi(event)]
pub fn on_outer(outer: Outer);

#[ffi(event)]
pub fn on_turned(outer: Outer, times: u32);

fn main() {}
