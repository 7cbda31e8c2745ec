//! Raw identifiers cross without their `r#`.
#![allow(non_camel_case_types)]

use ffi_runtime::ffi;

ffi_runtime::library!("r");

#[ffi(state)]
pub struct r#struct {
    r#type: u8,
}

#[ffi]
#[derive(Debug, PartialEq)]
pub struct r#mod {
    pub r#type: u8,
    pub r#fn: Option<r#match>,
}

#[ffi]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum r#match {
    r#if,
    r#else,
}

#[ffi(ctor)]
fn r_create(r#loop: r#mod) -> r#struct {
    r#struct { r#type: r#loop.r#type }
}

#[ffi(rename = "r_move")]
fn r#move(r#in: &r#struct, r#for: u8, r#async: r#match) -> r#mod {
    r#mod { r#type: r#in.r#type + r#for, r#fn: Some(r#async) }
}

#[ffi(dtor)]
fn r_destroy(_: r#struct) {}

fn main() {
    let value = r#move(&r_create(r#mod { r#type: 1, r#fn: None }), 2, r#match::r#else);
    let bytes = ffi_runtime::to_cbor(&value).unwrap();
    assert_eq!(bytes, b"\xa2\x64type\x03\x62fn\x64else");
    assert_eq!(ffi_runtime::from_cbor::<r#mod>(&bytes, 1 << 20).unwrap(), value);
}
