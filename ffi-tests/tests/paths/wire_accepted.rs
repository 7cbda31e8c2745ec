//! What is accepted on the wire is wider than what is sent, and every fault names its path.

use crate::common::hex;
use every::everything::{Block, Everything, Level, Link, Point, Tree};
use ffi_runtime::{FfiType, MAX_NESTING, ffi, from_cbor, to_cbor};
use std::fmt::Debug;

#[ffi]
#[derive(Debug, PartialEq)]
struct Item {
    n: i8,
    t: Option<String>,
}

#[ffi]
#[derive(Debug, PartialEq)]
struct Order {
    items: Vec<Item>,
}

const BUDGET: usize = 1 << 20;

#[track_caller]
fn reads<T: FfiType + Debug + PartialEq>(bytes: &str, value: T) {
    assert_eq!(from_cbor::<T>(&hex(bytes), BUDGET).map_err(|fault| fault.to_string()), Ok(value));
}

#[track_caller]
fn refuses<T: FfiType + Debug>(bytes: &str, text: &str) {
    assert_eq!(from_cbor::<T>(&hex(bytes), BUDGET).expect_err("a fault").to_string(), text);
}

fn item(n: i8, t: Option<&str>) -> Item {
    Item { n, t: t.map(str::to_owned) }
}

#[test]
fn a_missing_optional_is_none_and_so_are_null_and_undefined() {
    reads("a1616e01", item(1, None));
    reads("a2616e016174f6", item(1, None));
    reads("a2616e016174f7", item(1, None));
}

#[test]
fn unknown_keys_are_ignored_whatever_they_are() {
    let long = "78 40".to_owned() + &"61".repeat(64);
    reads(&format!("a3 {long} 01 616e 02 6178 a1 6179 80"), item(2, None));
    reads("a4 01 f6 616e 02 41ff 00 f5 9f 01 ff", item(2, None));
    reads("a3 7f 6161 6162 ff 01 616e 02 c1 6163 00", item(2, None));
    reads("a3 80 01 a0 02 616e 02", item(2, None));
}

#[test]
fn indefinite_lengths_are_read() {
    reads("bf 616e 03 6174 7f 6161 6162 ff ff", item(3, Some("ab")));
    reads("a1 656974656d73 9f a1 616e 01 bf 616e 02 ff ff", Order { items: vec![item(1, None), item(2, None)] });
    reads("5f 4101 4102 ff", vec![1_u8, 2]);
    reads("7f ff", String::new());
    reads("9f ff", Vec::<i32>::new());
    reads("a2 7f 61 6e ff 03 6174 6161", item(3, Some("a")));
}

#[test]
fn bytes_are_read_from_an_array_of_integers() {
    reads("83 01 02 18ff", vec![1_u8, 2, 255]);
    reads("9f 01 ff", vec![1_u8]);
    refuses::<Vec<u8>>("82 01 190100", "[1]: 256 does not fit u8");
    refuses::<Vec<u8>>("6161", "expected a byte string, found text");
}

#[test]
fn integers_are_read_as_floats_where_they_are_exact() {
    reads("01", 1.0_f64);
    reads("20", -1.0_f32);
    reads("1b0020000000000000", 9_007_199_254_740_992.0_f64);
    refuses::<f64>("1b0020000000000001", "9007199254740993 does not fit f64");
    refuses::<f32>("1a01000001", "16777217 does not fit f32");
    reads("1bfffffffffffff800", 18_446_744_073_709_549_568.0_f64);
    refuses::<f64>("1bffffffffffffffff", "18446744073709551615 does not fit f64");
    reads("c2 42 0100", 256.0_f64);
}

#[test]
fn floats_are_never_integers_and_stay_in_range() {
    refuses::<i64>("f93c00", "expected an integer, found a float");
    refuses::<f32>("fb7e37e43c8800759c", "1e300 does not fit f32");
    reads("fa7f7fffff", f32::MAX);
    reads("f97c00", f32::INFINITY);
    reads("fb3fb999999999999a", 0.1_f32);
}

#[test]
fn a_float_is_rounded_to_32_bits_but_neither_to_infinity_nor_to_zero() {
    // The last below 2^128 - 2^103, which is half-way to what 32 bits do not hold; then that itself.
    reads("fb47efffffefffffff", f32::MAX);
    reads("fbc7efffffefffffff", f32::MIN);
    refuses::<f32>("fb47effffff0000000", "3.4028235677973366e38 does not fit f32");
    refuses::<f32>("fbc7effffff0000000", "-3.4028235677973366e38 does not fit f32");
    refuses::<f32>("fb7fefffffffffffff", "1.7976931348623157e308 does not fit f32");
    // The first above 2^-150, which is half-way to the least that 32 bits hold; then that itself.
    reads("fb3690000000000001", f32::from_bits(1));
    reads("fbb690000000000001", -f32::from_bits(1));
    refuses::<f32>("fb3690000000000000", "7.006492321624085e-46 does not fit f32");
    refuses::<f32>("fbb690000000000000", "-7.006492321624085e-46 does not fit f32");
    refuses::<f32>("fb01a56e1fc2f8f359", "1e-300 does not fit f32");
    refuses::<f32>("fb0000000000000001", "5e-324 does not fit f32");
    // Subnormal as they are, in 64, 32 and 16 bits, and rounded to one.
    reads("fb36a0000000000000", f32::from_bits(1));
    reads("fa00000001", f32::from_bits(1));
    reads("fa80000001", -f32::from_bits(1));
    reads("f90001", 5.960_464_5e-8_f32);
    reads("fb380fffffffffffff", f32::from_bits(0x0080_0000));
    reads("f97bff", 65_504.0_f32);
    for (zero, sign) in
        [("fb0000000000000000", false), ("fb8000000000000000", true), ("f98000", true), ("fa80000000", true)]
    {
        let value: f32 = from_cbor(&hex(zero), 1024).expect("a zero");
        assert!(value == 0.0 && value.is_sign_negative() == sign, "{zero}: {value:?}");
    }
    for nan in ["f97e00", "fa7fc00000", "fb7ff8000000000000", "fb7ff0000000000001", "fbfff8000000000000"] {
        assert!(from_cbor::<f32>(&hex(nan), 1024).expect("not a number").is_nan(), "{nan}");
        assert!(from_cbor::<f64>(&hex(nan), 1024).expect("not a number").is_nan(), "{nan}");
    }
    for (infinity, value) in
        [("f97c00", f32::INFINITY), ("fa7f800000", f32::INFINITY), ("fbfff0000000000000", f32::NEG_INFINITY)]
    {
        reads(infinity, value);
    }
    // What 64 bits hold is read as it is.
    reads("fb0000000000000001", f64::from_bits(1));
    reads("fb7fefffffffffffff", f64::MAX);
    reads("fa00000001", f64::from(f32::from_bits(1)));
}

#[test]
fn integers_and_bignums_are_floats_where_they_are_exact() {
    reads("1a01000000", 16_777_216.0_f32);
    refuses::<f32>("3a01000000", "-16777217 does not fit f32");
    reads("1bffffff0000000000", 18_446_742_974_197_923_840.0_f32);
    refuses::<f32>("1bffffffffffffffff", "18446744073709551615 does not fit f32");
    reads("3b7fffffffffffffff", -9_223_372_036_854_775_808.0_f32);
    reads("c2 44 01000000", 16_777_216.0_f32);
    refuses::<f32>("c2 44 01000001", "16777217 does not fit f32");
    reads("c3 44 00ffffff", -16_777_216.0_f32);
    reads("c2 49 010000000000000000", 18_446_744_073_709_551_616.0_f32);
    reads("c2 49 010000000000000000", 18_446_744_073_709_551_616.0_f64);
    reads("c3 49 0fffffffffffffffff", -(2_f64.powi(68)));
    refuses::<f64>("c3 49 010000000000000000", "a bignum does not fit f64");
    refuses::<f64>("c2 49 010000000000000001", "a bignum does not fit f64");
    let power = |bits: usize| format!("c2 58{:02x} {:02x}{}", bits / 8 + 1, 1 << (bits % 8), "00".repeat(bits / 8));
    reads(&power(127), 2_f32.powi(127));
    refuses::<f32>(&power(128), "a bignum does not fit f32");
    reads(&power(1023), 2_f64.powi(1023));
    refuses::<f64>(&power(1024), "a bignum does not fit f64");
    refuses::<i64>(&power(64), "a bignum does not fit 64 bits");
    reads("00", 0.0_f32);
    reads("c2 40", 0.0_f32);
}

#[test]
fn a_float_that_does_not_fit_is_told_with_the_way_to_it() {
    refuses::<Vec<f32>>("82 01 fb7e37e43c8800759c", "[1]: 1e300 does not fit f32");
    refuses::<Option<f32>>("fb01a56e1fc2f8f359", "1e-300 does not fit f32");
    refuses::<Vec<Vec<Option<f32>>>>("82 80 82 f6 fb01a56e1fc2f8f359", "[1][1]: 1e-300 does not fit f32");
}

#[test]
fn tags_are_skipped_and_bignums_in_range_are_integers() {
    reads("d9d9f7 a1 616e c1 01", item(1, None));
    reads("c2 41ff", 255_u8);
    reads("c3 417f", -128_i8);
    reads("c2 49 00ffffffffffffffff", u64::MAX);
    reads("c3 48 7fffffffffffffff", i64::MIN);
    reads("c2 5f 4101 4100 ff", 256_i32);
    reads("c2 40", 0_i32);
    refuses::<u8>("c2 420100", "256 does not fit u8");
    refuses::<u64>("c2 49 010000000000000000", "a bignum does not fit 64 bits");
    refuses::<i64>("4101", "expected a number, found a byte string");
    reads("c1 f6", None::<i32>);
    reads("c2 41 05", Some(5_i32));
    reads("c2 43 010203", vec![1_u8, 2, 3]);
}

#[test]
fn faults_name_their_path() {
    let order = |inner: &str| format!("a1 656974656d73 82 a1616e01 {inner}");
    refuses::<Order>(&order("a1 616e 1880"), "items[1].n: 128 does not fit i8");
    refuses::<Order>(&order("a1 616e 6161"), "items[1].n: expected a number, found text");
    refuses::<Order>(&order("a2 616e 01 616e 01"), "items[1].n: the key appears twice");
    refuses::<Order>(&order("a2 616e 01 6174 62c328"), "items[1].t: invalid UTF-8 at byte 0");
    refuses::<Order>(&order("a0"), "items[1].n: the key is missing");
    refuses::<Order>(&order("01"), "items[1]: expected a map, found an integer");
    refuses::<Order>(&order(""), "items[1]: the request ends inside a value at byte 12");
    refuses::<Order>("a1 656974656d73 f6", "items: expected an array, found null");
    // Where a machine counts no further, it tells as many as it can count.
    let announced = |count: u64| format!("{} elements announced, 0 bytes left", count.min(usize::MAX as u64));
    refuses::<Order>("a1 656974656d73 9b7fffffffffffffff", &format!("items: {}", announced(i64::MAX as u64)));
    refuses::<Order>("a1 656974656d73 9bffffffffffffffff", &format!("items: {}", announced(u64::MAX)));
    refuses::<Order>("a1 656974656d73 9b0000000100000000", &format!("items: {}", announced(1 << 32)));
    refuses::<Order>("bf", "the request ends inside a value at byte 1");
    refuses::<Order>("ff", "expected a map, found a break");
    refuses::<Order>("fc", "no CBOR item at byte 0");
    refuses::<Order>("a1 656974656d73 80 00", "1 bytes follow the request");
    refuses::<Order>("bbffffffffffffffff", &announced(u64::MAX));
    refuses::<Order>("a1 62c328 00", "invalid UTF-8 at byte 0");
    refuses::<Order>("a1 6178 62c328", "invalid UTF-8 at byte 0");
}

#[test]
fn what_the_standard_forbids_is_malformed() {
    refuses::<bool>("f814", "no CBOR item at byte 0");
    refuses::<Option<i32>>("f816", "no CBOR item at byte 0");
    refuses::<String>("7f c1 6161 ff", "expected a chunk of text, found a tag");
    refuses::<Vec<u8>>("5f c1 4101 ff", "expected a chunk of bytes, found a tag");
    refuses::<String>("7f 7f ff ff", "expected a chunk of text, found text");
}

#[test]
fn many_small_lists_cost_what_they_hold() {
    // 20,000 rows of one number, none of them announcing how long it is.
    let mut bytes = hex("9f");
    for _ in 0..20_000 {
        bytes.extend(hex("9f 01 ff"));
    }
    bytes.push(0xff);
    let rows = from_cbor::<Vec<Vec<i64>>>(&bytes, 4 << 20).expect("within the budget");
    assert_eq!((rows.len(), rows[19_999].as_slice()), (20_000, &[1][..]));
}

#[test]
fn texts_that_are_no_value_are_refused() {
    refuses::<Level>("63 626164", "\"bad\" is not a variant of the enumeration");
    refuses::<Level>("00", "expected text, found an integer");
    refuses::<Level>("67 48696768657374", "\"Highest\" is not a variant of the enumeration");
    reads("7f 63 746f70 ff", Level::Highest);
    refuses::<char>("62 6162", "the text is not exactly one character");
    refuses::<char>("60", "the text is not exactly one character");
    refuses::<bool>("01", "expected true or false, found an integer");
    refuses::<String>("4161", "expected text, found a byte string");
    refuses::<String>("7f 4161 ff", "expected a chunk of text, found a byte string");
    refuses::<String>("7f 61c3 61bc ff", "invalid UTF-8 at byte 0");
    refuses::<Vec<u8>>("5f 6161 ff", "expected a chunk of bytes, found text");
    refuses::<String>("7bffffffffffffffff", "the request ends inside a value at byte 9");
    refuses::<Vec<u8>>("5b7fffffffffffffff", "the request ends inside a value at byte 9");
    refuses::<String>("7b0000000100000001 61", "the request ends inside a value at byte 10");
    refuses::<Option<String>>("7b0000000100000001 61", "the request ends inside a value at byte 10");
}

#[test]
fn nesting_past_64_levels_is_refused() {
    let nested = |levels: usize| format!("{}80{}", "81".repeat(levels - 1), "");
    let tree = |levels: usize| {
        let open = "a2 6576616c7565 00 686368696c6472656e 81".repeat(levels - 1);
        open + "a2 6576616c7565 00 686368696c6472656e 80"
    };
    // A tree is two levels: the struct and its list.
    assert!(from_cbor::<Tree>(&hex(&tree(32)), BUDGET).is_ok());
    let fault = from_cbor::<Tree>(&hex(&tree(33)), BUDGET).expect_err("too deep").to_string();
    assert!(fault.starts_with("children[0].children[0]"), "{fault}");
    assert!(fault.ends_with(": nested deeper than 64 levels"), "{fault}");
    // What is ignored, here inside one struct, may be enums with data, which are one level and two maps each.
    assert!(from_cbor::<Item>(&hex(&format!("a2 616e 01 6178 {}", nested(126))), BUDGET).is_ok());
    refuses::<Item>(&format!("a2 616e 01 6178 {}", nested(127)), "nested deeper than 64 levels");
    refuses::<Item>(&format!("a2 616e 01 6178 {}", nested(100_000)), "nested deeper than 64 levels");
}

#[test]
fn what_is_unknown_may_be_an_enum_as_deep_as_one_that_is_read() {
    let chain = |levels: u32| (1..levels).fold(Block::Rule, |block, _| Block::Quote(Box::new(block)));
    let fields = |levels: u32| {
        (1..levels).fold(Block::Rule, |block, _| Block::Styled {
            r#type: Level::Next,
            at: Point::default(),
            inner: Some(Box::new(block)),
        })
    };
    let unread = |block: &[u8]| from_cbor::<Item>(&[&hex("a2 616e 01 6178"), block].concat(), BUDGET);
    // The struct is a level.
    for block in [chain(MAX_NESTING - 1), fields(MAX_NESTING - 1)] {
        let block = to_cbor(&block).expect("it is within the limit");
        assert_eq!(unread(&block).map_err(|fault| fault.to_string()), Ok(Item { n: 1, t: None }));
    }
    let block = to_cbor(&fields(MAX_NESTING - 1)).expect("it is within the limit");
    let deeper = [&hex("a1 00 a1 00 a1 00"), &block[..]].concat();
    assert!(unread(&deeper).expect_err("too deep").to_string().ends_with("nested deeper than 64 levels"));
}

#[test]
fn decoded_memory_is_charged_before_it_is_taken() {
    let bytes = |count: usize| {
        let mut bytes = hex("9a");
        bytes.extend_from_slice(&u32::try_from(count).unwrap().to_be_bytes());
        bytes.extend(std::iter::repeat_n(0xa0, count));
        bytes
    };
    // One byte on the wire is a whole struct in memory.
    #[ffi]
    #[derive(Debug, PartialEq)]
    struct Wide {
        a: Option<Point>,
        b: Option<Point>,
        c: Option<String>,
    }
    // While the list grows for the last time there are two blocks.
    let enough = block(1000 * size_of::<Wide>()) + block(512 * size_of::<Wide>());
    assert!(from_cbor::<Vec<Wide>>(&bytes(1000), enough).is_ok());
    let fault = from_cbor::<Vec<Wide>>(&bytes(1000), enough - 1).expect_err("over budget");
    assert_eq!(fault.to_string(), format!("the request decodes to more than the limit of {} bytes", enough - 1));
    let chain = |links: usize| {
        let mut bytes = "a2 6576616c7565 00 646e657874".repeat(links - 1);
        bytes.push_str("a1 6576616c7565 00");
        hex(&bytes)
    };
    assert!(from_cbor::<Link>(&chain(64), BUDGET).is_ok());
    assert!(from_cbor::<Link>(&chain(65), BUDGET).expect_err("too deep").to_string().ends_with("64 levels"));
    let deep = (0..64).fold(Link::default(), |next, _| Link { value: 0, next: Some(Box::new(next)) });
    assert!(ffi_runtime::to_cbor(&deep).expect_err("too deep").to_string().ends_with("64 levels"));
    assert!(ffi_runtime::to_cbor(&*deep.next.expect("a next")).is_ok());
    let link = "a2 6576616c7565 00 646e657874".to_owned() + "a1 6576616c7565 00";
    takes::<Link>(&link, block(size_of::<Link>()));
    // A text has a byte to spare, and a small block takes the allocator's smallest.
    takes::<String>(&format!("7828{}", "61".repeat(40)), block(41));
    takes::<String>("63616263", block(1));
    takes::<Vec<u8>>("5f 43616263 ff", block(1));
    takes::<Vec<u8>>("43616263", block(1));
    takes::<Box<u8>>("01", block(1));
    takes::<Vec<Box<u8>>>("81 01", 2 * block(8));
    takes::<Vec<Option<Box<u16>>>>("81 01", 2 * block(8));
    assert!(from_cbor::<String>(&hex("60"), 0).is_ok());
    assert!(from_cbor::<Vec<u8>>(&hex("5f 40 ff"), 0).is_ok());
}

/// Asserts that decoding takes so many bytes of the budget, and no less.
#[track_caller]
fn takes<T: FfiType>(bytes: &str, budget: usize) {
    assert!(from_cbor::<T>(&hex(bytes), budget).is_ok());
    assert!(from_cbor::<T>(&hex(bytes), budget - 1).is_err());
}

/// What an allocator takes for a small block.
fn block(bytes: usize) -> usize {
    (bytes + size_of::<usize>()).next_multiple_of(16).max(4 * size_of::<usize>()) + 16
}

#[test]
fn what_stands_for_a_missing_key_is_charged_too() {
    // No byte on the wire, and a whole struct in memory.
    #[ffi]
    #[derive(Debug, PartialEq)]
    struct Hollow {
        filling: Box<Option<Everything>>,
    }
    let size = block(size_of::<Option<Everything>>());
    assert_eq!(from_cbor::<Hollow>(&hex("a0"), size).expect("within the budget"), Hollow { filling: Box::new(None) });
    let fault = from_cbor::<Hollow>(&hex("a0"), size - 1).expect_err("over budget");
    assert_eq!(fault.to_string(), format!("filling: the request decodes to more than the limit of {} bytes", size - 1));
}

#[test]
fn a_truncated_value_is_refused_at_every_byte() {
    let whole = ffi_runtime::to_cbor(&Everything {
        list_point: vec![Point { x: 1.0, y: None }; 3],
        string: "text".to_owned(),
        bytes: vec![1, 2, 3],
        ..Everything::default()
    })
    .expect("encodes");
    for len in 0..whole.len() {
        from_cbor::<Everything>(&whole[..len], BUDGET).expect_err("a part is no value");
    }
    assert!(from_cbor::<Everything>(&whole, BUDGET).is_ok());
}
