//! What is sent on the wire is deterministic: these values are these bytes.

use crate::common::hex;
use every::everything::{Currency, Level, Money, Point};
use ffi_runtime::{FfiType, ffi, from_cbor, to_cbor};

/// Holds one field under the name of the golden bytes.
macro_rules! record {
    ($name:ident { $field:ident: $ty:ty }) => {
        #[ffi]
        #[derive(Debug, PartialEq)]
        struct $name {
            $field: $ty,
        }
    };
}

record!(Name { name: String });
record!(Items { items: Vec<i64> });
record!(Blob { blob: Vec<u8> });
record!(Label { label: Option<String> });

#[ffi(rename_all = "camelCase")]
#[derive(Debug, PartialEq)]
struct Request {
    message: String,
    delay_ms: i64,
}

const BUDGET: usize = 1 << 20;

#[track_caller]
fn is<T: FfiType + std::fmt::Debug + PartialEq>(value: T, golden: &str) {
    assert_eq!(to_cbor(&value).expect("encodes"), hex(golden));
    assert_eq!(from_cbor::<T>(&hex(golden), BUDGET).expect("decodes"), value);
}

#[test]
fn records() {
    is(Name { name: "abc".to_owned() }, "a1646e616d6563616263");
    is(Request { message: "hi".to_owned(), delay_ms: 200 }, "a2676d6573736167656268696764656c61794d7318c8");
    is(Items { items: vec![] }, "a1656974656d7380");
    is(Blob { blob: vec![1, 2, 3] }, "a164626c6f6243010203");
    is(Label { label: None }, "a1656c6162656cf6");
    is(Label { label: Some("x".to_owned()) }, "a1656c6162656c6178");
    is(Point { x: 1.5, y: Some(-0.0) }, "a26178f93e006179f98000");
}

#[test]
fn an_absent_optional_is_read_too() {
    assert_eq!(from_cbor::<Label>(&hex("a0"), BUDGET).expect("decodes"), Label { label: None });
}

#[test]
fn integers_take_the_shortest_form() {
    is(0_u8, "00");
    is(23_i64, "17");
    is(24_u16, "1818");
    is(255_u8, "18ff");
    is(256_u32, "190100");
    is(65_536_u32, "1a00010000");
    is(1_u64 << 32, "1b0000000100000000");
    is(u64::MAX, "1bffffffffffffffff");
    is(-1_i8, "20");
    is(-25_i16, "3818");
    is(i8::MIN, "387f");
    is(i16::MIN, "397fff");
    is(i32::MIN, "3a7fffffff");
    is(i64::MIN, "3b7fffffffffffffff");
    let of_a_word = |of_64: &'static str, of_32| if usize::BITS == 64 { of_64 } else { of_32 };
    is(usize::MAX, of_a_word("1bffffffffffffffff", "1affffffff"));
    is(isize::MIN, of_a_word("3b7fffffffffffffff", "3a7fffffff"));
}

#[test]
fn floats_take_the_shortest_form_that_keeps_them() {
    is(0.0_f64, "f90000");
    is(1.0_f32, "f93c00");
    is(65_504.0_f64, "f97bff");
    is(100_000.0_f64, "fa47c35000");
    is(1.1_f64, "fb3ff199999999999a");
    is(1.1_f32, "fa3f8ccccd");
    is(f64::INFINITY, "f97c00");
    is(f32::NEG_INFINITY, "f9fc00");
    is(f64::MAX, "fb7fefffffffffffff");
    is(5.960_464_477_539_063e-8_f64, "f90001");
    assert_eq!(to_cbor(&f64::NAN).expect("encodes"), hex("f97e00"));
    assert!(from_cbor::<f64>(&hex("f97e00"), BUDGET).expect("decodes").is_nan());
}

#[test]
fn everything_else() {
    is(true, "f5");
    is(false, "f4");
    is('ü', "62c3bc");
    is("\u{10ffff}".to_owned(), "64f48fbfbf");
    is(Level::Highest, "63746f70");
    is(Level::Lowest, "664c6f77657374");
    is(vec![vec![1_i32], vec![]], "82810180");
    is(vec![Some(1_i16), None], "8201f6");
    is(Box::new(7_i32), "07");
    is(Money { cents: 5, currency: Currency::Yen }, "a26563656e7473056863757272656e63796359656e");
}
