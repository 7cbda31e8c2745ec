//! The integer types of C.

use serde::Serialize;

/// An integer type, its limits as expressions.
#[derive(Serialize)]
pub(super) struct Integer {
    pub(super) name: &'static str,
    ty: &'static str,
    signed: bool,
    min: &'static str,
    max: &'static str,
}

pub(super) fn integers() -> [Integer; 10] {
    let signed = |name, ty, min, max| Integer { name, ty, signed: true, min, max };
    let unsigned = |name, ty, max| Integer { name, ty, signed: false, min: "0", max };
    [
        signed("i8", "int8_t", "INT8_MIN", "INT8_MAX"),
        signed("i16", "int16_t", "INT16_MIN", "INT16_MAX"),
        signed("i32", "int32_t", "INT32_MIN", "INT32_MAX"),
        signed("i64", "int64_t", "INT64_MIN", "INT64_MAX"),
        signed("isize", "ptrdiff_t", "PTRDIFF_MIN", "PTRDIFF_MAX"),
        unsigned("u8", "uint8_t", "UINT8_MAX"),
        unsigned("u16", "uint16_t", "UINT16_MAX"),
        unsigned("u32", "uint32_t", "UINT32_MAX"),
        unsigned("u64", "uint64_t", "UINT64_MAX"),
        unsigned("usize", "size_t", "SIZE_MAX"),
    ]
}
