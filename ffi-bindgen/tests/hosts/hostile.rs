//! Written into the Rust client of `everything()` by the tests, as a module of its own.

use crate::runtime::arena::Arena;
use crate::runtime::call::Answer;
use crate::runtime::cbor::Writer;
use crate::runtime::error::Fault;
use crate::runtime::native::{Lend, Take};
use crate::runtime::shape::{Entries, Shape};
use crate::runtime::wire::Encode;
use crate::types::{All, Block, Chain, Choice, Empty, Held, Many, Maybe, Mode, Tree, Wide};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// Reads an answer `give_T`, or an event `on_T`; gives the library's own CBOR of it.
fn read<S: Answer<Given = <S as Shape>::Value> + Encode>(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let value = if name.starts_with("on_") { S::event_from_wire(name, bytes)? } else { S::from_wire(bytes)? };
    let mut writer = Writer::default();
    S::encode(&value, &mut writer)?;
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
        "Block" => read::<Block>,
        "Held" => read::<Held>,
        "map" => read::<BTreeMap<String, i8>>,
        "map_pair" => read::<Entries<Vec<((i8, i8), Option<bool>)>>>,
        "set" => read::<BTreeSet<u8>>,
        "set_text" => read::<BTreeSet<String>>,
        "tuple" => read::<(i8, Option<char>)>,
        "array" => read::<[i8; 2]>,
        "array_bytes" => read::<[u8; 2]>,
        "duration" => read::<Duration>,
        "time" => read::<SystemTime>,
        "i128" => read::<i128>,
        "u128" => read::<u128>,
        "path" => read::<PathBuf>,
        "ip_addr" => read::<IpAddr>,
        "socket_addr" => read::<SocketAddr>,
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

/// The head of a map, and the keys `f0` to `f199` with a text each.
fn texts(count: u16) -> Vec<u8> {
    let text = |at| {
        let head = 0x62 + u8::from(at > 9) + u8::from(at > 99);
        [&[head][..], format!("f{at}").as_bytes(), &[0x60]].concat()
    };
    [&[0xb9][..], &count.to_be_bytes(), &(0..200).flat_map(text).collect::<Vec<_>>()].concat()
}

/// Reads this with little stack.
fn read_narrowly<T: Answer>(answer: Vec<u8>) -> Result<(), Fault> {
    let read = move || T::from_wire(&answer).map(drop);
    let read = std::thread::Builder::new().stack_size(STACK).spawn(read).expect("a thread");
    read.join().expect("no panic")
}

/// However many fields a record has, reading it takes little stack.
#[test]
fn wide_records_within_each_other_take_little_stack() {
    let outer = [texts(201), b"\x64next".to_vec()].concat();
    read_narrowly::<Wide>([outer.repeat(63), texts(200)].concat()).expect("64 levels");
}

/// However many fields a variant has, reading it takes little stack; each is one level, and so is a name alone.
#[test]
fn wide_variants_within_each_other_take_little_stack() {
    let broad = [b"\xa1\x65Broad".to_vec(), texts(201), b"\x64next".to_vec()].concat();
    let empty = b"\x65Empty";
    for (outer, levels) in [(&b"\xa1\x63One"[..], 1), (&broad, 1), (&b"\xa1\x64Pair\x82\x00\x81"[..], 2)] {
        let above = 63 / levels;
        read_narrowly::<Choice>([&outer.repeat(above), &empty[..]].concat()).expect("64 levels");
        let fault = read_narrowly::<Choice>([&outer.repeat(above + 1), &empty[..]].concat()).unwrap_err();
        assert!(fault.to_string().ends_with(": nested too deep"), "{fault}");
    }
}

/// However large the values are that collections hold, reading them takes little stack; each collection is one level.
#[test]
fn wide_values_in_collections_take_little_stack() {
    let empty = b"\x65Empty";
    let fixed = [&b"\xa1\x65Fixed\x82"[..], empty].concat();
    for (outer, behind) in [
        (&b"\xa1\x66Mapped\xa1\x60"[..], &b""[..]),
        (b"\xa1\x65Apart\xa1\x00", b""),
        (&fixed, b""),
        (b"\xa1\x64Both\x82", b"\x00"),
    ] {
        let deep = |levels| [&outer.repeat(levels), &empty[..], &behind.repeat(levels)].concat();
        read_narrowly::<Choice>(deep(31)).expect("63 levels");
        let fault = read_narrowly::<Choice>(deep(32)).unwrap_err();
        assert!(fault.to_string().ends_with(": nested too deep"), "{fault}");
    }
}

/// What is a key twice to a map is so in C as well; where Rust has no order of keys, nobody looks.
#[test]
fn a_key_that_stands_twice_in_c_is_refused_with_its_place() {
    let mut arena = Arena::default();
    let pairs = [("a".to_owned(), 1), ("b".to_owned(), 2), ("a".to_owned(), 3)];
    let map = Entries::<&[(String, i8)]>::lend(&&pairs[..], &mut arena).unwrap();
    // SAFETY: it is a form of this type too, and what it points to is there.
    let fault = unsafe { BTreeMap::<String, i8>::take(&map) }.unwrap_err();
    assert_eq!(fault.to_string(), "[2].key: stands twice");
    // SAFETY: as above.
    assert_eq!(unsafe { Entries::<Vec<(String, i8)>>::take(&map) }.unwrap(), pairs);
    let set = <&[u8]>::lend(&&[1, 1][..], &mut arena).unwrap();
    // SAFETY: as above.
    let fault = unsafe { <BTreeSet<u8> as Take>::take(&set) }.unwrap_err();
    assert_eq!(fault.to_string(), "[1]: stands twice");
}

/// What is no variant is an error, which names the place.
#[test]
fn what_is_no_variant_is_refused_with_its_place() {
    let empty = b"\x65Empty";
    let of = |head: &[u8]| [head, empty].concat();
    for bytes in [of(b""), b"\xa1\x65Empty\xf6".to_vec(), b"\xbf\x65Empty\xf6\xff".to_vec()] {
        assert_eq!(Choice::from_wire(&bytes), Ok(Choice::Empty), "{bytes:x?}");
    }
    for (bytes, said) in [
        (b"\x65Other".to_vec(), "\"Other\" is no Choice"),
        (b"\xa1\x65Other\x00".to_vec(), "\"Other\" is no Choice"),
        (b"\xa0".to_vec(), "is not the map of one variant"),
        (of(b"\xa2\x65Empty\xf6\x65Empty\xf6"), "is not the map of one variant"),
        (b"\xa1\x65Empty\x00".to_vec(), "Empty: holds nothing"),
        (b"\x63One".to_vec(), "One: stands alone"),
        (b"\xa1\x63One\xf6".to_vec(), "One: expected a map, found null"),
        (b"\xa1\x64Pair\xa0".to_vec(), "Pair: expected a list, found a map"),
        (b"\xa1\x64Pair\x81\x00".to_vec(), "Pair: expected 2 elements"),
        (b"\xa1\x64Pair\x83\x00\x80\x00".to_vec(), "Pair: expected 2 elements"),
        (of(b"\xa1\x64Pair\x82\x20\x81"), "Pair.0: -1 is out of range"),
        (b"\xa1\x64Pair\x82\x00\x81\x00".to_vec(), "Pair.1[0]: expected a map, found an integer"),
        (of(b"\xa1\x65Broad\xa2\x62f0\x60\x62f0\x60"), "Broad.f0: stands twice"),
        (b"\xa1\x65Broad\xa1\x64next\x00".to_vec(), "Broad.next: expected a map, found an integer"),
        (b"\xa1\x65Broad\xa0".to_vec(), "Broad.f0: missing"),
        (b"\xa1\x66Record\xa1\x62f0\x00".to_vec(), "Record.f0: expected a text, found an integer"),
        (b"\xbf\x63One\x65Empty".to_vec(), "malformed CBOR"),
    ] {
        assert_eq!(Choice::from_wire(&bytes).unwrap_err().to_string(), said, "{bytes:x?}");
    }
}

/// What a variant does not hold is zero in C, and a tag that there is not is an error.
#[test]
fn a_variant_is_what_its_tag_says() {
    let one = Choice::One(Box::new(Choice::Empty));
    let wide = Wide { f0: "text".to_owned(), next: Some(Box::default()), ..Wide::default() };
    let pair = Choice::Pair(7, vec![one.clone(), Choice::Empty]);
    for choice in [Choice::Empty, one.clone(), pair, Choice::Record(wide)] {
        let mut arena = Arena::default();
        let mirror = Choice::lend(&choice, &mut arena).unwrap();
        // SAFETY: it is a form of this type, and what it points to is there.
        assert_eq!(unsafe { Choice::take(&mirror) }, Ok(choice));
    }
    let mut arena = Arena::default();
    let mut mirror = Choice::lend(&one, &mut arena).unwrap();
    let start = (&raw mut mirror).cast::<u8>();
    // SAFETY: the tag and the pointer take 16 bytes, and what is behind them was written.
    let behind = unsafe { std::slice::from_raw_parts(start.add(16), size_of_val(&mirror) - 16) };
    assert!(behind.iter().all(|&byte| byte == 0), "{behind:?}");
    for tag in [i32::MIN, -1, 9, i32::MAX] {
        // SAFETY: the form begins with its tag.
        unsafe { start.cast::<i32>().write(tag) };
        // SAFETY: as above.
        let fault = unsafe { Choice::take(&mirror) }.unwrap_err();
        assert_eq!(fault.to_string(), format!("{tag} is no Choice"));
    }
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
