//! Enums with data on both paths: their bytes and their C form, what else is accepted, and what bad input is told.

use crate::common::{Host, Probe, hex, record};
use crate::said::{BUDGET, is, reads, refuses};
use every::everything::{Block, Level, Page, Point, Sign, Tree};
use ffi_runtime::{
    ByLength, ErrorKind, Fault, FfiCallback, FfiType, MAX_NESTING, Mirrored, NulTerminated, PodList, PodOption,
    PodText, RET_OK, from_cbor, to_cbor, to_pod,
};
use std::ffi::{c_int, c_void};
use std::fmt::Debug;
use std::mem::{MaybeUninit, size_of};
use std::ptr::{null, null_mut};

/// Bytes as digits.
fn spelled(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name of a variant, or of a field.
fn key(name: &str) -> String {
    format!("{:02x}{} ", 0x60 + name.len(), spelled(name.as_bytes()))
}

/// A variant with what it holds.
fn variant(name: &str, held: &str) -> String {
    format!("a1 {}{held}", key(name))
}

fn heading(children: Vec<Block>) -> Block {
    Block::Heading { level_of: 1, in_bold: true, children }
}

#[test]
fn a_variant_is_its_name_or_a_map_of_it_and_what_it_holds() {
    is(Block::Rule, "64 52756c65");
    is(Block::Paragraph("a".to_owned()), "a1 69 506172616772617068 6161");
    is(Block::Measure(1.5, None), "a1 67 4d656173757265 82 f93e00 f6");
    is(
        heading(vec![Block::Rule]),
        "a1 67 48656164696e67 a3 67 6c6576656c4f66 01 66 696e426f6c64 f5 68 6368696c6472656e 81 64 52756c65",
    );
    is(Block::Quote(Box::new(Block::Rule)), "a1 65 51756f7465 64 52756c65");
    is(Block::Picture(vec![1, 2]), "a1 65 696d616765 42 0102");
    is(Block::Signed(Sign::Between(-1, 1)), "a1 66 5369676e6564 a1 67 4265747765656e 82 20 01");
    is(Some(Sign::Without), "67 576974686f7574");
    is(None::<Sign>, "f6");
    is(vec![Sign::Plus(7)], "81 a1 64 506c7573 07");
}

#[test]
fn more_forms_of_a_variant_are_read() {
    for (bytes, block) in [
        // What holds nothing may stand in a map with null, as some encoders have it.
        (variant("Rule", "f6"), Block::Rule),
        (variant("Rule", "f7"), Block::Rule),
        (variant("Rule", "c1 f6"), Block::Rule),
        ("c1 6452756c65".to_owned(), Block::Rule),
        ("7f 62 5275 62 6c65 ff".to_owned(), Block::Rule),
        // Lengths that are left open, tags, wide heads, unknown keys, keys in another order.
        (format!("bf {}6161 ff", key("Paragraph")), Block::Paragraph("a".to_owned())),
        ("d9d9f7 b801 c1 7809 506172616772617068 c1 6161".to_owned(), Block::Paragraph("a".to_owned())),
        (variant("Measure", "9f 01 6162 ff"), Block::Measure(1.0, Some('b'))),
        (
            variant(
                "Heading",
                &format!("bf {}80 {}f5 {}01 6178 00 ff", key("children"), key("inBold"), key("levelOf")),
            ),
            heading(Vec::new()),
        ),
        (
            variant("Styled", &format!("a2 {}a1 617801 {}{}", key("at"), key("type"), key("Next"))),
            Block::Styled { r#type: Level::Next, at: Point { x: 1.0, y: None }, inner: None },
        ),
    ] {
        reads(&bytes, block);
    }
}

#[test]
fn every_fault_of_a_variant_has_its_words_and_its_path() {
    for (bytes, text) in [
        ("64 72756c65".to_owned(), r#""rule" is not a variant of the enumeration"#),
        (variant("Picture", "40"), r#""Picture" is not a variant of the enumeration"#),
        ("01".to_owned(), "expected the name of a variant, or a map of it, found an integer"),
        ("f6".to_owned(), "expected the name of a variant, or a map of it, found null"),
        ("82 6452756c65 f6".to_owned(), "expected the name of a variant, or a map of it, found an array"),
        ("a0".to_owned(), "the map of a variant has not exactly one entry"),
        ("bf ff".to_owned(), "the map of a variant has not exactly one entry"),
        (
            format!("a2 {}6161 {}6161", key("Paragraph"), key("Paragraph")),
            "the map of a variant has not exactly one entry",
        ),
        (format!("bf {}f6 {}f6 ff", key("Rule"), key("Rule")), "the map of a variant has not exactly one entry"),
        ("b8 ff".to_owned(), "the map of a variant has not exactly one entry"),
        ("a1 01 f6".to_owned(), "expected text, found an integer"),
        ("a1 62c328 f6".to_owned(), "invalid UTF-8 at byte 0"),
        // A payload where there is none, none where there is one, and one of another variant.
        (variant("Rule", "01"), "Rule: expected null, found an integer"),
        (variant("Rule", "a0"), "Rule: expected null, found a map"),
        (key("Paragraph"), "Paragraph: expected a map of the variant and what it holds, found its name alone"),
        (key("Heading"), "Heading: expected a map of the variant and what it holds, found its name alone"),
        (key("Measure"), "Measure: expected a map of the variant and what it holds, found its name alone"),
        (variant("Paragraph", "f6"), "Paragraph: expected text, found null"),
        (variant("Paragraph", "a0"), "Paragraph: expected text, found a map"),
        (variant("Measure", "a0"), "Measure: expected an array, found a map"),
        (variant("Heading", "83 01 f5 80"), "Heading: expected a map, found an array"),
        (variant("Signed", "6454687265"), r#"Signed: "Thre" is not a variant of the enumeration"#),
        // Tuples of another length.
        (variant("Measure", "81 01"), "Measure: expected an array of 2 elements"),
        (variant("Measure", "83 01 f6 f6"), "Measure: expected an array of 2 elements"),
        (variant("Measure", "9f 01 ff"), "Measure: expected an array of 2 elements"),
        (variant("Measure", "9f ff"), "Measure: expected an array of 2 elements"),
        (variant("Measure", "9f 01 f6 f6 ff"), "Measure: expected an array of 2 elements"),
        // What it holds, with the way to it.
        (variant("Measure", "82 6161 f6"), "Measure.0: expected a number, found text"),
        (variant("Measure", "82 01 626162"), "Measure.1: the text is not exactly one character"),
        (variant("Heading", &format!("a1 {}190100", key("levelOf"))), "Heading.levelOf: 256 does not fit u8"),
        (variant("Heading", &format!("a1 {}01", key("levelOf"))), "Heading.inBold: the key is missing"),
        (
            variant("Heading", &format!("a2 {}01 {}01", key("levelOf"), key("levelOf"))),
            "Heading.levelOf: the key appears twice",
        ),
        (
            variant("Quote", &variant("Quote", "01")),
            "Quote.Quote: expected the name of a variant, or a map of it, found an integer",
        ),
        (
            variant("Signed", &variant("Minus", &format!("a1 {}6131", key("by")))),
            "Signed.Minus.by: expected a number, found text",
        ),
        (variant("Planted", "a1 6576616c7565 00"), "Planted.children: the key is missing"),
        (variant("Paragraph", ""), "Paragraph: the request ends inside a value at byte 11"),
    ] {
        refuses::<Block>(&bytes, text);
    }
    let page = |first: &str| format!("a3 {}60 {}{first} {}80", key("title"), key("first"), key("others"));
    refuses::<Page>(&page(&variant("Measure", "82 f6 f6")), "first.Measure.0: expected a number, found null");
    refuses::<Vec<Sign>>(
        &format!("82 {}{}", key("Without"), key("Plus")),
        "[1].Plus: expected a map of the variant and what it holds, found its name alone",
    );
}

/// Blocks in each other, so many levels deep.
fn quotes(levels: u32) -> Block {
    (1..levels).fold(Block::Rule, |block, _| Block::Quote(Box::new(block)))
}

/// Makes a block of so many levels.
type Chain = fn(u32) -> Block;

#[test]
fn an_enum_is_one_level_of_nesting_whatever_it_holds() {
    let styled = |inner| Block::Styled { r#type: Level::Next, at: Point::default(), inner: Some(Box::new(inner)) };
    let chains: [(&str, Chain, u32); 3] = [
        ("boxes", quotes, MAX_NESTING),
        (
            "fields",
            |levels| {
                (1..levels).fold(Block::Rule, |block, _| Block::Styled {
                    r#type: Level::Next,
                    at: Point::default(),
                    inner: Some(Box::new(block)),
                })
            },
            MAX_NESTING,
        ),
        // A list is a level of its own.
        ("lists", |levels| (1..levels).fold(Block::Rule, |block, _| heading(vec![block])), MAX_NESTING / 2),
    ];
    for (what, chain, most) in chains {
        let (within, beyond) = (chain(most), chain(most + 1));
        let bytes = to_cbor(&within).expect("it is within the limit");
        assert_eq!(from_cbor::<Block>(&bytes, BUDGET).expect("so it is here"), within, "{what}");
        let mirror = to_pod(within.clone()).expect("and natively");
        // SAFETY: the mirror lives.
        assert_eq!(unsafe { ffi_runtime::from_pod::<Block>(mirror.as_ptr()) }.expect("both ways"), within, "{what}");
        let faults = [to_cbor(&beyond).err(), to_pod(beyond).err()].map(|fault| fault.expect("too deep").to_string());
        assert!(faults.iter().all(|text| text.ends_with("nested deeper than 64 levels")), "{what}: {faults:?}");
        let deeper = match what {
            "boxes" => variant("Quote", &spelled(&bytes)),
            _ => continue,
        };
        let fault = from_cbor::<Block>(&hex(&deeper), BUDGET).expect_err("too deep").to_string();
        assert!(fault.starts_with("Quote.Quote.") && fault.ends_with("nested deeper than 64 levels"), "{fault}");
    }
    assert_eq!(to_cbor(&styled(Block::Rule)).map(|bytes| bytes.len()).expect("it is flat"), 42);
}

#[test]
fn what_a_variant_holds_is_charged_as_in_a_record() {
    let takes = |bytes: &str, blocks: &[usize]| {
        let block = |bytes: &usize| (bytes + size_of::<usize>()).next_multiple_of(16).max(4 * size_of::<usize>()) + 16;
        let budget: usize = blocks.iter().map(block).sum();
        assert!(from_cbor::<Block>(&hex(bytes), budget).is_ok(), "{bytes}");
        assert!(budget == 0 || from_cbor::<Block>(&hex(bytes), budget - 1).is_err(), "{bytes}");
    };
    takes(&key("Rule"), &[]);
    takes(&variant("Paragraph", &format!("7828{}", "61".repeat(40))), &[41]);
    takes(&variant("Quote", &key("Rule")), &[size_of::<Block>()]);
    takes(&variant("Quote", &variant("Paragraph", "6161")), &[size_of::<Block>(), 2]);
}

/// `every_Sign`, as C has it.
#[repr(C)]
#[derive(Clone, Copy)]
struct SignPod {
    tag: i32,
    value: SignValue,
}

#[repr(C)]
#[derive(Clone, Copy)]
union SignValue {
    plus: u8,
    minus: i64,
    between: [i16; 2],
    bytes: [u8; 8],
}

/// `every_Block`, as far as it is used here.
#[repr(C)]
#[derive(Clone, Copy)]
struct BlockPod {
    tag: i32,
    value: BlockValue,
}

#[repr(C)]
#[derive(Clone, Copy)]
union BlockValue {
    paragraph: PodText,
    heading: HeadingPod,
    quote: *const BlockPod,
    bytes: [u8; 48],
}

#[repr(C)]
#[derive(Clone, Copy)]
struct HeadingPod {
    level_of: u8,
    in_bold: c_int,
    children: PodList<BlockPod>,
}

const RULE: i32 = 0;
const PARAGRAPH: i32 = 1;
const HEADING: i32 = 3;
const QUOTE: i32 = 4;

unsafe extern "C" {
    fn every_give_sign(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: *const SignPod) -> c_int;
    fn every_give_block(ctx: *mut c_void, cb: FfiCallback, data: *mut c_void, value: *const BlockPod) -> c_int;
    fn every_give_option_block(
        ctx: *mut c_void,
        cb: FfiCallback,
        data: *mut c_void,
        value: *const PodOption<BlockPod>,
    ) -> c_int;
}

/// Reads a C form that this test wrote.
fn read<T: FfiType, P>(pod: &P) -> Result<T, Fault> {
    assert_eq!((size_of::<P>(), align_of::<P>()), (size_of::<T::Pod<ByLength>>(), align_of::<T::Pod<ByLength>>()));
    // SAFETY: it has the layout, as the sizes say and a test of every layout, and its pointers are good or NULL.
    unsafe { ffi_runtime::from_pod::<T>((&raw const *pod).cast()) }
}

const fn block(tag: i32, value: BlockValue) -> BlockPod {
    BlockPod { tag, value }
}

fn said<T: Debug>(result: Result<T, Fault>) -> String {
    result.expect_err("a fault").to_string()
}

#[test]
fn natively_a_tag_that_no_variant_has_is_refused_and_what_it_does_not_tell_of_is_not_read() {
    let garbage = BlockValue { bytes: [0xff; 48] };
    assert_eq!(read::<Block, _>(&block(RULE, garbage)).expect("nothing is read"), Block::Rule);
    for tag in [-1, 9, i32::MIN, i32::MAX] {
        assert_eq!(said(read::<Block, _>(&block(tag, garbage))), format!("{tag} is not a value of the enumeration"));
    }
    let sign = SignPod { tag: 1, value: SignValue { minus: -1 } };
    assert_eq!(read::<Sign, _>(&sign).expect("a byte of eight is read"), Sign::Plus(255));
    let nowhere = std::ptr::without_provenance::<BlockPod>(1);
    let absent = PodOption { present: 0, value: MaybeUninit::new(block(77, BlockValue { quote: nowhere })) };
    assert_eq!(read::<Option<Block>, _>(&absent).expect("nothing is read"), None);
}

#[test]
fn natively_every_fault_in_a_variant_has_its_path() {
    let quote = |quote| block(QUOTE, BlockValue { quote });
    assert_eq!(said(read::<Block, _>(&quote(null()))), "Quote: NULL where a value is required");
    let rule = [block(RULE, BlockValue { bytes: [0; 48] }); 2];
    let odd = (&raw const rule[0]).wrapping_byte_add(1);
    assert_eq!(said(read::<Block, _>(&quote(odd))), "Quote: the pointer is not aligned to 8 bytes");
    let inner = quote(null());
    assert_eq!(said(read::<Block, _>(&quote(&raw const inner))), "Quote.Quote: NULL where a value is required");
    let text = |bytes: &[u8]| {
        block(PARAGRAPH, BlockValue { paragraph: PodText { ptr: bytes.as_ptr().cast(), len: bytes.len() } })
    };
    assert_eq!(said(read::<Block, _>(&text(b"\xff"))), "Paragraph: invalid UTF-8 at byte 0");
    let mut children = [rule[0], text(b"\xff")];
    let list = PodList { ptr: children.as_mut_ptr(), len: 2 };
    let heading = |children| block(HEADING, BlockValue { heading: HeadingPod { level_of: 1, in_bold: 1, children } });
    assert_eq!(said(read::<Block, _>(&heading(list))), "Heading.children[1].Paragraph: invalid UTF-8 at byte 0");
    let nothing = PodList { ptr: null_mut(), len: 3 };
    assert_eq!(said(read::<Block, _>(&heading(nothing))), "Heading.children: NULL with a length of 3");
}

#[test]
fn natively_what_holds_a_union_is_given_by_a_pointer_that_is_good_or_refused() {
    let host = Host::new();
    let sign = [SignPod { tag: 3, value: SignValue { between: [-3, 3] } }; 2];
    let give = |value: *const SignPod| {
        let probe = Probe::new();
        // SAFETY: the value is there for the call, or no pointer to one; the probe lives for ever.
        let ret = unsafe { every_give_sign(host.ctx(), Some(record), probe.user_data(), value) };
        (ret, probe.wait())
    };
    let (ret, answer) = give(&raw const sign[0]);
    assert_eq!(ret, RET_OK);
    let mut expected = [0; size_of::<SignPod>()];
    expected[0] = 3;
    expected[8..12].copy_from_slice(&[0xfd, 0xff, 3, 0]);
    assert_eq!(answer.ok(), expected, "what is past the variant is zero");
    for (value, text) in [
        (null(), "value: NULL where a value is required"),
        ((&raw const sign[0]).wrapping_byte_add(4), "value: the pointer is not aligned to 8 bytes"),
    ] {
        let (ret, answer) = give(value);
        assert_ne!(ret, RET_OK);
        assert_eq!(answer.error_of(ErrorKind::BadRequest), format!("every_give_sign: {text}"));
    }
    let value = PodOption { present: 1, value: MaybeUninit::new(block(9, BlockValue { bytes: [0; 48] })) };
    let probe = Probe::new();
    // SAFETY: as above.
    let ret = unsafe { every_give_option_block(host.ctx(), Some(record), probe.user_data(), &raw const value) };
    assert_ne!(ret, RET_OK);
    assert_eq!(
        probe.wait().error_of(ErrorKind::BadRequest),
        "every_give_option_block: value: 9 is not a value of the enumeration"
    );
    let probe = Probe::new();
    // SAFETY: as above.
    let ret = unsafe { every_give_block(host.ctx(), Some(record), probe.user_data(), null()) };
    assert_ne!(ret, RET_OK);
    assert_eq!(probe.wait().error_of(ErrorKind::BadRequest), "every_give_block: value: NULL where a value is required");
    assert_eq!(host.destroy(), RET_OK);
}

#[test]
fn natively_text_in_a_variant_has_the_librarys_form() {
    let heading =
        heading(vec![Block::Paragraph("a".to_owned()), Block::Quote(Box::new(Block::Paragraph(String::new())))]);
    let mirror = Mirrored::<_, NulTerminated>::new(heading.clone()).expect("a mirror");
    // SAFETY: the mirror lives.
    assert_eq!(unsafe { Mirrored::<Block, NulTerminated>::read(mirror.as_ptr()) }.expect("both ways"), heading);
    let inner = |block| Mirrored::<_, NulTerminated>::new(block).err().expect("C would end it").to_string();
    let told = "the string has a NUL at byte 1, where C would end it";
    assert_eq!(inner(Block::Quote(Box::new(Block::Paragraph("a\0b".to_owned())))), format!("Quote.Paragraph: {told}"));
    assert_eq!(size_of::<<Block as FfiType>::Pod<NulTerminated>>(), 56);
}

#[test]
fn natively_all_that_a_variant_does_not_hold_is_zero() {
    for (block, len) in [
        (Block::Rule, 4),
        (Block::Quote(Box::new(Block::Rule)), 16),
        (Block::Measure(-1.0, None), 16),
        (Block::Planted(Tree { value: -1, children: Vec::new() }), 12),
    ] {
        let mirror = to_pod(block.clone()).expect("a mirror");
        let size = size_of::<<Block as FfiType>::Pod<ByLength>>();
        // SAFETY: a mirror was zeroed before it was written, so all its bytes are initialized.
        let bytes = unsafe { std::slice::from_raw_parts(mirror.as_ptr().cast::<u8>(), size) };
        assert!(bytes[len..].iter().all(|&byte| byte == 0), "{block:?}: {bytes:?}");
    }
}
