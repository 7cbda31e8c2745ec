//! A response is read in every form CBOR has for it, and refused where C could not hold it.

mod support;

use support::echo::Echo;
use support::{hex, unhex};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

// The faults, as the header numbers them.
const TRUNCATED: u32 = 1;
const MALFORMED: u32 = 2;
const WRONG_TYPE: u32 = 3;
const OUT_OF_RANGE: u32 = 4;
const BAD_TEXT: u32 = 5;
const UNKNOWN_VARIANT: u32 = 6;
const MISSING_KEY: u32 = 7;
const DUPLICATE_KEY: u32 = 8;
const TOO_DEEP: u32 = 9;
const TRAILING_BYTES: u32 = 10;
const OTHER_EVENT: u32 = 13;

/// The function after `all_give_`, the response, and what its value is sent as.
type Case<'a> = (&'a str, &'a str, Result<&'a str, u32>);

fn check(cases: &[Case<'_>]) {
    let echo = Echo::of("responses");
    let responses: Vec<_> = cases.iter().map(|(name, hex, _)| (format!("all_give_{name}"), unhex(hex))).collect();
    for ((name, response, expected), outcome) in cases.iter().zip(echo.pass(&responses)) {
        let expected = expected.map(|hex| hex.replace(' ', ""));
        assert_eq!(outcome.map(|bytes| hex(&bytes)), expected, "{name} from {response}");
    }
}

/// `{"eventType": name, "payload": payload}`
fn message(name: &str, payload: &str) -> Vec<u8> {
    let head = [b"\xa2\x69eventType".as_slice(), &[0x60 + u8::try_from(name.len()).unwrap()], name.as_bytes()].concat();
    [head, b"\x67payload".to_vec(), unhex(payload)].concat()
}

#[test]
fn events_of_every_kind() {
    let echo = Echo::of("responses");
    let tree = "a2 646e616d65 60 686368696c6472656e 80";
    let nested = format!("{}{tree}{}", "a2 646e616d65 60 686368696c6472656e 81".repeat(31), "");
    let payloads = [
        ("i8", "387f"),
        ("bool", "f5"),
        ("text", "63616263"),
        ("blob", "43010203"),
        ("mode", "63 4d6178"),
        ("list", "82 f6 63 4f6666"),
        ("option", "f6"),
        ("Empty", "a0"),
        ("Tree", tree),
        ("Tree", &nested),
    ];
    let of = |(name, payload): &(&str, &str)| (format!("on_{name}"), message(&format!("on_{name}"), payload));
    let messages: Vec<_> = payloads.iter().map(of).collect();
    for ((name, payload), outcome) in payloads.iter().zip(echo.pass(&messages)) {
        assert_eq!(outcome.map(|bytes| hex(&bytes)), Ok(payload.replace(' ', "")), "{name}");
    }
    let named: Vec<_> = messages.iter().map(|(_, bytes)| ("name".to_owned(), bytes.clone())).collect();
    for ((event, _), name) in messages.iter().zip(echo.lines(&named)) {
        assert_eq!(*event, name);
    }
}

#[test]
fn messages_that_are_no_event_or_another() {
    let echo = Echo::of("responses");
    let cut = |bytes: &[u8]| bytes[..bytes.len() - 1].to_vec();
    let with = |mut bytes: Vec<u8>, first: u8, more: &[u8]| {
        bytes[0] = first;
        bytes.extend(more);
        bytes
    };
    let on_i8 = message("on_i8", "01");
    let cases = [
        ("on_i8", on_i8.clone(), Ok("01"), "on_i8"),
        // What a newer library adds, and a map of indefinite length.
        ("on_i8", with(on_i8.clone(), 0xa3, b"\x61x\x80"), Ok("01"), "on_i8"),
        ("on_i8", with(on_i8.clone(), 0xbf, b"\xff"), Ok("01"), "on_i8"),
        ("on_i16", on_i8.clone(), Err(OTHER_EVENT), "on_i8"),
        ("on_i8", message("on_unknown", "01"), Err(OTHER_EVENT), "none"),
        ("on_i8", message("on_i8", "1880"), Err(OUT_OF_RANGE), "on_i8"),
        ("on_i8", message("on_i8", "f6"), Err(WRONG_TYPE), "on_i8"),
        ("on_i8", cut(&on_i8), Err(TRUNCATED), "on_i8"),
        ("on_i8", with(on_i8.clone(), 0xa3, b"\x61x"), Err(TRUNCATED), "on_i8"),
        ("on_i8", with(on_i8.clone(), 0xa2, b"\x00"), Err(TRAILING_BYTES), "on_i8"),
        ("on_i8", with(on_i8[..17].to_vec(), 0xa1, b""), Err(MISSING_KEY), "on_i8"),
        ("on_i8", b"\xa1\x64name\x01".to_vec(), Err(MISSING_KEY), "none"),
        ("on_i8", b"\xa0".to_vec(), Err(MISSING_KEY), "none"),
        ("on_i8", b"\x01".to_vec(), Err(WRONG_TYPE), "none"),
        ("on_i8", Vec::new(), Err(TRUNCATED), "none"),
        ("on_nothing", message("on_nothing", "f6"), Err(0), "on_nothing"),
        ("on_nothing", message("on_nothing", "01"), Err(WRONG_TYPE), "on_nothing"),
    ];
    let messages: Vec<_> = cases.iter().map(|(read, bytes, ..)| ((*read).to_owned(), bytes.clone())).collect();
    let named: Vec<_> = cases.iter().map(|(_, bytes, ..)| ("name".to_owned(), bytes.clone())).collect();
    let names = echo.lines(&named);
    for (((_, bytes, expected, event), outcome), name) in cases.iter().zip(echo.pass(&messages)).zip(names) {
        assert_eq!(outcome.map(|bytes| hex(&bytes)), expected.map(str::to_owned), "{}", hex(bytes));
        assert_eq!(name, *event, "{}", hex(bytes));
    }
}

#[test]
fn numbers_within_their_range() {
    check(&[
        ("i8", "38 7f", Ok("387f")),
        ("i8", "18 7f", Ok("187f")),
        ("i8", "18 80", Err(OUT_OF_RANGE)),
        ("i8", "38 80", Err(OUT_OF_RANGE)),
        ("i64", "3b 7fffffffffffffff", Ok("3b7fffffffffffffff")),
        ("i64", "3b 8000000000000000", Err(OUT_OF_RANGE)),
        ("i64", "1b 8000000000000000", Err(OUT_OF_RANGE)),
        ("u64", "1b ffffffffffffffff", Ok("1bffffffffffffffff")),
        ("u64", "20", Err(OUT_OF_RANGE)),
        ("u16", "1a 00010000", Err(OUT_OF_RANGE)),
        ("u16", "1b 0000000000000017", Ok("17")),
        ("usize", "1b ffffffffffffffff", Ok("1bffffffffffffffff")),
        ("isize", "20", Ok("20")),
        ("u32", "c1 d8 20 05", Ok("05")),
        ("u32", "f9 3c00", Err(WRONG_TYPE)),
        ("u32", "61 31", Err(WRONG_TYPE)),
        ("u32", "1c", Err(MALFORMED)),
        ("u32", "1f", Err(MALFORMED)),
        ("u32", "df 05", Err(MALFORMED)),
        ("u32", "19 01", Err(TRUNCATED)),
        ("u32", "", Err(TRUNCATED)),
        ("u32", "c1", Err(TRUNCATED)),
        ("u32", "05 05", Err(TRAILING_BYTES)),
        ("bool", "f5", Ok("f5")),
        ("bool", "f4", Ok("f4")),
        ("bool", "01", Err(WRONG_TYPE)),
        ("bool", "f6", Err(WRONG_TYPE)),
    ]);
}

#[test]
fn floats_of_any_width() {
    check(&[
        ("f64", "fb 3ff8000000000000", Ok("f93e00")),
        ("f64", "fa 3fc00000", Ok("f93e00")),
        ("f64", "f9 3e00", Ok("f93e00")),
        ("f64", "f9 0001", Ok("f90001")),
        ("f64", "f9 83ff", Ok("f983ff")),
        ("f64", "f9 7bff", Ok("f97bff")),
        ("f64", "f9 fc00", Ok("f9fc00")),
        ("f64", "fa 7f800000", Ok("f97c00")),
        ("f64", "fb 7ff8000000000000", Ok("f97e00")),
        ("f64", "f9 8000", Ok("f98000")),
        ("f64", "fb 7e37e43c8800759c", Ok("fb7e37e43c8800759c")),
        ("f32", "fb 7e37e43c8800759c", Err(OUT_OF_RANGE)),
        ("f32", "fb fe37e43c8800759c", Err(OUT_OF_RANGE)),
        ("f32", "fb fff0000000000000", Ok("f9fc00")),
        ("f32", "fb 7ff8000000000000", Ok("f97e00")),
        ("f32", "fb 3fb999999999999a", Ok("fa3dcccccd")),
        ("f32", "fa 7f7fffff", Ok("fa7f7fffff")),
        ("f64", "01", Ok("f93c00")),
        ("f64", "f6", Err(WRONG_TYPE)),
        ("f64", "f9 3e", Err(TRUNCATED)),
    ]);
}

#[test]
fn text_and_bytes() {
    check(&[
        ("text", "60", Ok("60")),
        ("text", "63 616263", Ok("63616263")),
        ("text", "78 03 616263", Ok("63616263")),
        ("text", "7f 61 61 60 62 6263 ff", Ok("63616263")),
        ("text", "7f ff", Ok("60")),
        ("text", "7f 41 61 ff", Err(MALFORMED)),
        ("text", "7f 7f 61 61 ff ff", Err(MALFORMED)),
        ("text", "7f 61 61", Err(TRUNCATED)),
        ("text", "7f 62 61", Err(TRUNCATED)),
        ("text", "63 6162", Err(TRUNCATED)),
        ("text", "7b ffffffffffffffff 61", Err(TRUNCATED)),
        ("text", "61 00", Ok("6100")),
        ("text", "63 610062", Ok("63610062")),
        ("text", "61 80", Err(BAD_TEXT)),
        ("text", "62 c080", Err(BAD_TEXT)),
        ("text", "63 eda080", Err(BAD_TEXT)),
        ("text", "64 f4908080", Err(BAD_TEXT)),
        ("text", "61 c3", Err(BAD_TEXT)),
        ("text", "62 c3c3", Err(BAD_TEXT)),
        ("text", "61 f8", Err(BAD_TEXT)),
        ("text", "64 f09f9880", Ok("64f09f9880")),
        ("text", "43 616263", Err(WRONG_TYPE)),
        ("char", "61 61", Ok("6161")),
        ("char", "64 f48fbfbf", Ok("64f48fbfbf")),
        ("char", "61 00", Ok("6100")),
        ("char", "60", Err(BAD_TEXT)),
        ("char", "62 6161", Err(BAD_TEXT)),
        ("char", "18 61", Err(WRONG_TYPE)),
        ("blob", "40", Ok("40")),
        ("blob", "5f 41 01 40 42 0203 ff", Ok("43010203")),
        ("blob", "5f 61 01 ff", Err(MALFORMED)),
        ("blob", "5b 0000000100000000 01", Err(TRUNCATED)),
        ("blob", "63 616263", Err(WRONG_TYPE)),
        ("mode", "63 4f6666", Ok("634f6666")),
        ("mode", "7f 61 4d 62 6178 ff", Ok("634d6178")),
        ("mode", "62 4f66", Err(UNKNOWN_VARIANT)),
        ("mode", "64 4f666658", Err(UNKNOWN_VARIANT)),
        ("mode", "00", Err(WRONG_TYPE)),
    ]);
}

#[test]
fn lists_options_and_boxes() {
    check(&[
        ("list", "80", Ok("80")),
        ("list", "9f ff", Ok("80")),
        ("list", "83 63 4f6666 f6 64 46617374", Ok("83634f6666f66446617374")),
        ("list", "9f f6 c1 f6 ff", Ok("82f6f6")),
        ("list", "82 f6", Err(TRUNCATED)),
        ("list", "9f f6", Err(TRUNCATED)),
        ("list", "9b ffffffffffffffff f6", Err(TRUNCATED)),
        ("list", "9a 10000000 f6", Err(TRUNCATED)),
        ("list", "9f 62 4f66 ff", Err(UNKNOWN_VARIANT)),
        ("list", "a0", Err(WRONG_TYPE)),
        ("list", "81 f7", Ok("81f6")),
        ("option", "f6", Ok("f6")),
        ("option", "61 61", Ok("6161")),
        ("option", "01", Err(WRONG_TYPE)),
        ("option", "ff", Err(MALFORMED)),
        ("box", "a2 65 76616c7565 01 64 6e657874 f6", Ok("a26576616c756501646e657874f6")),
        ("box", "f6", Err(WRONG_TYPE)),
    ]);
}

#[test]
fn records_with_keys_in_any_order_unknown_ones_and_missing_options() {
    check(&[
        // Maybe has options only.
        (
            "Maybe",
            "a0",
            Ok(
                "a7 6474657874f6 64626c6f62f6 666e756d626572f6 646d6f6465f6 646c697374f6 677363616c617273f6 65626f786564f6",
            ),
        ),
        ("Chain", "a2 64 6e657874 f6 65 76616c7565 01", Ok("a2 6576616c756501 646e657874f6")),
        ("Chain", "a1 65 76616c7565 01", Ok("a2 6576616c756501 646e657874f6")),
        ("Chain", "bf 7f 63 76616c 62 7565 ff 01 ff", Ok("a2 6576616c756501 646e657874f6")),
        ("Chain", "c1 bf c1 65 76616c7565 01 ff", Ok("a2 6576616c756501 646e657874f6")),
        // Unknown keys, with values of every type, and keys that are not text.
        (
            "Chain",
            "a4 61 78 9f 01 82 5f 41 01 ff a1 61 79 fb 0000000000000000 ff 65 76616c7565 01 05 06 81 01 f8 ff",
            Ok("a2 6576616c756501 646e657874f6"),
        ),
        ("Empty", "a0", Ok("a0")),
        ("Empty", "a1 61 78 01", Ok("a0")),
        ("Empty", "bf 61 78 01 ff", Ok("a0")),
        ("Empty", "a1 61 78", Err(TRUNCATED)),
        ("Empty", "bf 61 78 ff", Err(MALFORMED)),
        ("Empty", "80", Err(WRONG_TYPE)),
        ("Chain", "a1 64 6e657874 f6", Err(MISSING_KEY)),
        ("Chain", "a2 65 76616c7565 01 65 76616c7565 01", Err(DUPLICATE_KEY)),
        ("Chain", "a1 65 76616c7565 65 76616c7565", Err(WRONG_TYPE)),
        ("Chain", "a2 65 76616c7565 01", Err(TRUNCATED)),
        ("Chain", "bb ffffffffffffffff 65 76616c7565 01", Err(TRUNCATED)),
        ("Chain", "bf 65 76616c7565 01", Err(TRUNCATED)),
        ("Chain", "a1 62 c328 01", Err(BAD_TEXT)),
        ("Chain", "a2 61 78 fc 65 76616c7565 01", Err(MALFORMED)),
        ("Tree", "a2 64 6e616d65 61 61 68 6368696c6472656e 81 a0", Err(MISSING_KEY)),
    ]);
}

#[test]
fn nesting_up_to_64() {
    let chain = |open: &str, close: &str, levels| {
        let end = "a1 65 76616c7565 01";
        format!("{}{end}{}", format!("{open} 65 76616c7565 01 64 6e657874 ").repeat(levels), close.repeat(levels))
    };
    let sent = |levels| {
        format!("{}a26576616c756501646e657874f6", "a26576616c756501646e657874".repeat(levels)).replace(' ', "")
    };
    // One unknown key whose value is a list in a list, and so on: two for each level that is left.
    let skipped = |levels| format!("a1 61 78 {} 80", "81".repeat(levels));
    let tags = format!("{} 05", "c1".repeat(10_000));
    check(&[
        ("Chain", &chain("a2", "", 63), Ok(&sent(63))),
        ("Chain", &chain("bf", "ff", 63), Ok(&sent(63))),
        ("Chain", &chain("a2", "", 64), Err(TOO_DEEP)),
        ("Chain", &chain("bf", "ff", 64), Err(TOO_DEEP)),
        ("Chain", &chain("a2", "", 5000), Err(TOO_DEEP)),
        ("Empty", &skipped(125), Ok("a0")),
        ("Empty", &skipped(126), Err(TOO_DEEP)),
        ("Empty", &skipped(5000), Err(TOO_DEEP)),
        ("u32", &tags, Ok("05")),
    ]);
}

#[test]
fn nothing_is_null_and_only_null() {
    let echo = Echo::of("responses");
    let cases =
        [("f6", 0), ("c1f6", 0), ("", WRONG_TYPE), ("00", WRONG_TYPE), ("a0", WRONG_TYPE), ("f6f6", TRAILING_BYTES)];
    let responses = cases.map(|(hex, _)| ("all_nothing".to_owned(), unhex(hex)));
    for ((response, expected), outcome) in cases.iter().zip(echo.pass(&responses)) {
        assert_eq!(outcome, Err(*expected), "{response}");
    }
}
