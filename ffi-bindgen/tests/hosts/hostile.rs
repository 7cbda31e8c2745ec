//! Written into the Rust client of `everything()` by the tests, as a module of its own.

use crate::runtime::call::Answer;
use crate::runtime::cbor::Writer;
use crate::runtime::error::Fault;
use crate::runtime::wire::Encode;
use crate::types::{All, Chain, Empty, Many, Maybe, Mode, Tree};

/// Reads an answer `give_T`, or an event `on_T`; gives the library's own CBOR of it.
fn read<T: Answer + Encode>(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let value = if name.starts_with("on_") { T::event_from_wire(name, bytes)? } else { T::from_wire(bytes)? };
    let mut writer = Writer::default();
    value.encode(&mut writer);
    Ok(writer.finish())
}

fn read_nothing(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let read = if name.starts_with("on_") { <()>::event_from_wire(name, bytes) } else { <()>::from_wire(bytes) };
    read.map(|()| vec![0xf6])
}

fn outcome(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let (_, of) = name.split_once('_').expect("a prefix");
    let read = match of {
        "nothing" => read_nothing,
        "i8" => read::<i8>,
        "i16" => read::<i16>,
        "i32" => read::<i32>,
        "i64" => read::<i64>,
        "isize" => read::<isize>,
        "u8" => read::<u8>,
        "u16" => read::<u16>,
        "u32" => read::<u32>,
        "u64" => read::<u64>,
        "usize" => read::<usize>,
        "f32" => read::<f32>,
        "f64" => read::<f64>,
        "bool" => read::<bool>,
        "char" => read::<char>,
        "text" => read::<String>,
        "blob" => read::<Vec<u8>>,
        "mode" => read::<Mode>,
        "list" => read::<Vec<Option<Mode>>>,
        "option" => read::<Option<Box<String>>>,
        "box" => read::<Box<Chain>>,
        "All" => read::<All>,
        "Many" => read::<Many>,
        "Maybe" => read::<Maybe>,
        "Empty" => read::<Empty>,
        "Tree" => read::<Tree>,
        "Chain" => read::<Chain>,
        other => panic!("the host does not know {other}"),
    };
    read(name, bytes)
}

fn unhex(digits: &str) -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("digits");
    if digits == "-" { Vec::new() } else { (0..digits.len()).step_by(2).map(byte).collect() }
}

/// What the threads of a library may have for a stack, and less.
const STACK: usize = 256 << 10;

#[test]
fn hostile_answers_are_errors() {
    let read = std::thread::Builder::new().stack_size(STACK).spawn(read_rows).expect("a thread");
    read.join().expect("every row is read");
}

fn read_rows() {
    let path = std::env::var("HOSTILE_ROWS").expect("the path of the rows");
    let rows = std::fs::read_to_string(path).expect("the rows");
    let mut wrong = Vec::new();
    // Each event has a listener of its own here.
    for row in rows.lines().filter(|row| !row.contains(" any ")) {
        let parts: Vec<&str> = row.splitn(5, ' ').collect();
        let &[verdict, name, digits, comes, what] = &parts[..] else { panic!("{row}") };
        let outcome = outcome(name, &unhex(digits));
        let is_right = match &outcome {
            Ok(own) => verdict == "taken" && *own == unhex(comes),
            Err(fault) => verdict == "refused" && (comes == "-" || fault.to_string().contains(&format!("{comes}: "))),
        };
        if !is_right {
            wrong.push(format!("{name}: {what}: not {verdict} {comes:.80}: {outcome:?}: {:.80}", digits));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.lines().count(), wrong.join("\n"));
}

/// However many fields a record has, reading it takes little stack.
#[test]
fn wide_records_within_each_other_take_little_stack() {
    let head = |count: u16| [&[0xb9][..], &count.to_be_bytes()].concat();
    let texts: Vec<u8> = (0..200)
        .flat_map(|at| {
            [&[0x62 + u8::from(at > 9) + u8::from(at > 99)][..], format!("f{at}").as_bytes(), &[0x60]].concat()
        })
        .collect();
    let outer = [head(201), texts.clone(), b"\x64next".to_vec()].concat();
    let answer = [outer.repeat(63), head(200), texts].concat();
    let read = move || crate::types::Wide::from_wire(&answer).map(drop);
    let read = std::thread::Builder::new().stack_size(STACK).spawn(read).expect("a thread");
    read.join().expect("no panic").expect("64 levels");
}

/// A description of a library for [`compare`](crate::runtime::compare::compare).
fn described(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

#[test]
fn hostile_descriptions_are_errors() {
    use crate::runtime::api::Transport;
    use crate::runtime::compare::compare;

    const NAME: &[u8] = b"\x64name\x61T";
    const PRINT: &[u8] = b"\x6bfingerprint\xa2\x66native\x01\x64wire\x02";
    const TYPES: &[u8] = b"\x65types";
    let one = described(&[b"\x81\xa2", NAME, PRINT]);
    let whole = described(&[b"\xa1", TYPES, &one]);
    let items = [("type", "T", 1, 2)];
    assert!(compare(&whole, &items, Transport::Native).is_ok());
    let bad = [
        described(&[b"\xa2\x61x", &b"\x81".repeat(20_000), b"\x00", TYPES, &one]),
        described(&[b"\xa2\x61x", &b"\xa1\x00".repeat(20_000), b"\x00", TYPES, &one]),
        described(&[b"\xa2", TYPES, &one, TYPES, &one]),
        described(&[b"\xa1", TYPES, b"\x82\xa2", NAME, PRINT, b"\xa2", NAME, PRINT]),
        described(&[b"\xa1", TYPES, b"\x81\xa3", NAME, NAME, PRINT]),
        described(&[b"\xa1", TYPES, b"\x81\xa3", NAME, PRINT, PRINT]),
        described(&[b"\xa1", TYPES, b"\x81\xa1", NAME]),
        described(&[b"\xa1", TYPES, b"\x81\xa1", PRINT]),
        described(&[b"\xa1", TYPES, b"\x81\xa2", NAME, b"\x6bfingerprint\xa1\x66native\x01"]),
        described(&[b"\xa1", TYPES, b"\x81\xa2", NAME, b"\x6bfingerprint\xa3\x66native\x01\x66native\x01\x64wire\x02"]),
        described(&[&whole, b"\x00"]),
        described(&[b"\xa1", TYPES, b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff"]),
        whole[..whole.len() - 1].to_vec(),
        Vec::new(),
    ];
    for (index, schema) in bad.iter().enumerate() {
        let refused = compare(schema, &items, Transport::Native);
        let text = refused.expect_err(&format!("description {index}")).to_string();
        assert!(text.contains("schema: "), "{index}: {text}");
    }
}
