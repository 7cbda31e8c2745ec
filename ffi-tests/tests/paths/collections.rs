//! Maps, sets, tuples and arrays on both paths: their bytes and their C form, what else is accepted, and what bad input is
//! told.

use crate::common::hex;
use crate::said::{BUDGET, is, reads, refuses};
use every::everything::{Level, Piece, Point, Shelf};
use ffi_runtime::{
    ByLength, FfiType, MAX_NESTING, Mirrored, PodArray, PodEntry, PodList, PodText, PodTuple2, from_cbor, from_pod,
    to_cbor, to_pod,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{Hash, Hasher};
use std::mem::size_of;
use std::net::SocketAddrV6;
use std::num::NonZero;
use std::ptr::null_mut;
use std::sync::Arc;

#[test]
fn a_map_is_sent_in_the_order_of_its_encoded_keys() {
    let texts = ["", "b", "aa", "é", "x"].map(str::to_owned);
    let map: BTreeMap<String, u8> = texts.iter().cloned().zip(0..).collect();
    is(map.clone(), "a5 60 00 6162 01 6178 04 626161 02 62c3a9 03");
    is(map.into_iter().collect::<HashMap<_, _>>(), "a5 60 00 6162 01 6178 04 626161 02 62c3a9 03");
    // Numbers below zero stand behind the others, and wide heads behind short ones.
    is(BTreeMap::from([(-1_i64, true), (-300, true), (0, false), (24, false)]), "a4 00f4 1818f4 20f5 39012bf5");
    is(HashMap::from([(Level::Next, 'a'), (Level::Highest, 'b')]), "a2 63746f70 6162 644e657874 6161");
    is(
        BTreeMap::from([((1_u8, "a".to_owned()), ()), ((0, String::new()), ())].map(|(k, ())| (k, 0_u8))),
        "a2 820060 00 82016161 00",
    );
    is(BTreeMap::<u8, u8>::new(), "a0");
    is(BTreeMap::from([("a".to_owned(), BTreeMap::from([(1_u8, vec![2_u8])]))]), "a1 6161 a1 01 4102");
}

#[test]
fn a_set_is_sent_in_the_order_of_its_encoded_values() {
    is(HashSet::from([255_u8, 0, 24, 23]), "84 00 17 1818 18ff");
    is(BTreeSet::from([-1_i8, 1]), "82 01 20");
    is(BTreeSet::from([[1_u8, 2], [0, 255]]), "82 4200ff 420102");
    is(BTreeSet::<String>::new(), "80");
}

#[test]
fn tuples_and_arrays_have_their_length() {
    is((1_u8, "a".to_owned()), "82 01 6161");
    is((-1_i8,), "81 20");
    is((1_u8, 2_u8, 3_u8, 4_u8, 5_u8, 6_u8, 7_u8, 8_u8, 9_u8, 10_u8, 11_u8, 12_u8), "8c 0102030405060708090a0b0c");
    is([1_u8, 2, 3], "43 010203");
    is([1_i8, -1], "82 01 20");
    is([["a".to_owned()], ["b".to_owned()]], "82 816161 816162");
    is([NonZero::<u8>::MIN; 2], "42 0101");
    is([Arc::new(1_u8), Arc::new(2)], "42 0102");
    is([Cow::<'static, u8>::Owned(7)], "41 07");
    is([NonZero::<u16>::MIN; 2], "82 0101");
    reads("82 01 02", [Arc::new(1_u8), Arc::new(2)]);
    refuses::<[NonZero<u8>; 2]>("42 0100", "[1]: 0 where the type has no 0");
    refuses::<[Arc<u8>; 2]>("41 01", "expected an array of 2 elements");
    is(([Some(1_u8), None], (true,)), "82 8201f6 81f5");
    is(Some((1_u8, None::<u8>)), "82 01 f6");
}

#[test]
fn what_holds_another_type_is_as_that() {
    is(Arc::new(Point::default()), "a2 6178 f90000 6179 f6");
    is(Arc::<str>::from("a\0b"), "63 610062");
    is(Arc::<[u8]>::from([1, 2]), "42 0102");
    is(Arc::<[u16]>::from([1, 2]), "82 0102");
    is(Box::<str>::from("é"), "62 c3a9");
    is(Box::<[bool]>::from([true]), "81 f5");
    is(VecDeque::from([1_u16, 2]), "82 0102");
    is(VecDeque::from([1_u8, 2]), "42 0102");
    is(Cow::<'static, str>::Borrowed("ab"), "62 6162");
    is(Cow::<'static, [u8]>::Borrowed(&[1]), "41 01");
    is(Cow::<'static, Point>::Owned(Point::default()), "a2 6178 f90000 6179 f6");
    is(Some(Arc::new(Some(1_u8))).map(|it| (it,)), "81 01");
    // A list with two ends may begin in the middle of its memory.
    let mut turned = VecDeque::with_capacity(4);
    turned.extend([3_u8, 4]);
    turned.push_front(2);
    turned.push_front(1);
    assert!(!turned.as_slices().1.is_empty());
    is(turned.clone(), "44 01020304");
    is(turned.into_iter().map(u16::from).collect::<VecDeque<_>>(), "84 01020304");
}

#[test]
fn more_forms_of_them_are_read() {
    let map = || BTreeMap::from([("a".to_owned(), 1_u8), ("b".to_owned(), 2)]);
    for bytes in [
        "a2 6162 02 6161 01",
        "bf 6162 02 6161 01 ff",
        "b802 c1 7f6161ff 1801 6162 c102",
        "d9d9f7 a2 780161 01 6162 02",
    ] {
        reads(bytes, map());
    }
    reads("9f 1801 01ff", BTreeSet::from([1_u16]).into_iter().map(|it| (it, 1_u8)).next().expect("one"));
    reads("9f 02 1801 ff", BTreeSet::from([1_u16, 2]));
    reads("c1 9802 01 c16161", (1_u8, "a".to_owned()));
    reads("82 01 1802", [1_u8, 2]);
    reads("5f 4101 4102 ff", [1_u8, 2]);
}

#[test]
fn every_fault_of_them_has_its_words_and_its_path() {
    type Map = BTreeMap<String, u8>;
    for (bytes, text) in [
        ("a2 6161 01 6161 01", "[1].key: the key appears twice"),
        ("a3 6161 01 6162 01 7f6161ff 01", "[2].key: the key appears twice"),
        ("bf 6161 01 6161 02 ff", "[1].key: the key appears twice"),
        ("a1 01 01", "[0].key: expected text, found an integer"),
        ("a1 6161 190100", "[0].value: 256 does not fit u8"),
        ("a2 6161 01 6162 f6", "[1].value: expected a number, found null"),
        ("80", "expected a map, found an array"),
        ("f6", "expected a map, found null"),
        ("a1 6161", "[0].value: the request ends inside a value at byte 3"),
        ("ba 00100000", "1048576 elements announced, 0 bytes left"),
    ] {
        refuses::<Map>(bytes, text);
        refuses::<HashMap<String, u8>>(bytes, text);
    }
    refuses::<BTreeMap<(u8, bool), u8>>("a1 820101 01", "[0].key.1: expected true or false, found an integer");
    refuses::<BTreeMap<u8, Map>>("a1 01 a2 6161 01 6161 01", "[0].value[1].key: the key appears twice");
    refuses::<BTreeMap<i64, u8>>("a2 01 01 1801 01", "[1].key: the key appears twice");
    for (bytes, text) in [
        ("82 01 1801", "[1]: the value appears twice"),
        ("83 02 01 02", "[2]: the value appears twice"),
        ("82 01 190100", "[1]: 256 does not fit u8"),
        ("42 0102", "expected an array, found a byte string"),
        ("a0", "expected an array, found a map"),
    ] {
        refuses::<BTreeSet<u8>>(bytes, text);
        refuses::<HashSet<u8>>(bytes, text);
    }
    for (bytes, text) in [
        ("81 01", "expected an array of 2 elements"),
        ("83 01 02 03", "expected an array of 2 elements"),
        ("9f 01 ff", "expected an array of 2 elements"),
        ("9f 01 02 03 ff", "expected an array of 2 elements"),
        ("a0", "expected an array, found a map"),
    ] {
        refuses::<(u8, u8)>(bytes, text);
        refuses::<[u16; 2]>(bytes, text);
    }
    refuses::<(u8, bool)>("82 190100 f5", "0: 256 does not fit u8");
    refuses::<(u8, bool)>("82 01 01", "1: expected true or false, found an integer");
    refuses::<[i8; 2]>("82 01 1880", "[1]: 128 does not fit i8");
    refuses::<[u8; 2]>("43 010203", "expected an array of 2 elements");
    refuses::<[u8; 2]>("81 01", "expected an array of 2 elements");
    refuses::<[u8; 2]>("62 6161", "expected a byte string, found text");
    refuses::<Piece>(
        "a1 65496e646578 82 a1 6161 63476f70 80",
        r#"Index.0[0].value: "Gop" is not a variant of the enumeration"#,
    );
}

/// A key that is equal to others in its own way.
#[derive(Clone, Debug, Eq)]
struct Folded(String);

impl PartialEq for Folded {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Hash for Folded {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_ascii_lowercase().hash(state);
    }
}

#[test]
fn keys_are_the_same_as_their_type_has_it() {
    // Such a type is made of one that crosses, as an author would do it by hand.
    let keys = HashMap::from([(Folded("A".to_owned()), 1), (Folded("b".to_owned()), 2)]);
    assert_eq!(keys.get(&Folded("a".to_owned())), Some(&1));
    refuses::<HashMap<Level, u8>>("a2 644e657874 01 644e657874 02", "[1].key: the key appears twice");
}

#[test]
fn keys_that_are_one_on_the_wire_are_not_sent() {
    let [one, other] = [0, 7].map(|flow| SocketAddrV6::new(std::net::Ipv6Addr::LOCALHOST, 1, flow, 0));
    let map = HashMap::from([(one, 1_u8), (other, 2)]);
    assert_eq!(to_cbor(&map).expect_err("two are one").to_string(), "the key appears twice");
    let set = HashSet::from([one, other]);
    assert_eq!(to_cbor(&set).expect_err("two are one").to_string(), "the value appears twice");
}

/// The value comes back natively, mirrored as its own or as one that is shared.
#[track_caller]
fn passes<T: FfiType + Clone + PartialEq + std::fmt::Debug>(value: T) {
    let mirror = to_pod(value.clone()).expect("it has a C form");
    // SAFETY: the mirror lives.
    assert_eq!(unsafe { from_pod::<T>(mirror.as_ptr()) }.map_err(|fault| fault.to_string()), Ok(value.clone()));
    let shared = Arc::new(value.clone());
    let mirror = to_pod(Arc::clone(&shared)).expect("so has what is shared");
    // SAFETY: the mirror lives.
    assert_eq!(unsafe { from_pod::<Arc<T>>(mirror.as_ptr()) }.map_err(|fault| fault.to_string()), Ok(Arc::new(value)));
    drop(shared);
}

#[test]
fn they_come_back_natively() {
    let text = |text: &str| text.to_owned();
    passes(BTreeMap::from([(text("a"), vec![1_u8]), (text(""), Vec::new())]));
    passes(HashMap::from([((1_u8, text("a")), Some(Point::default()))]));
    passes(BTreeMap::from([(vec![text("a"), text("b")], BTreeSet::from([text("c")]))]));
    passes(BTreeMap::from([(Box::new(1_u8), [text("a"), text("b")])]));
    passes(BTreeMap::from([(Some(text("a")), Piece::Pair((1, text("b"))))]));
    passes(HashSet::from([text("a"), text("b\0c")]));
    passes((1_u8, text("a"), vec![Some(true)], 'c'));
    passes([[text("a")], [text("")]]);
    passes(VecDeque::from([text("a")]));
    passes(Box::<str>::from("abc"));
    passes(Box::<[String]>::from([text("a")]));
    passes(Cow::<'static, str>::Borrowed("static"));
    passes((Arc::<str>::from("a"), Arc::<[String]>::from([text("b")])));
    passes(Shelf::default());
    passes(Piece::Index(BTreeMap::from([(text("a"), Piece::Gap)]), BTreeSet::from([1, 2])));
}

#[test]
fn their_c_forms_are_as_the_header_has_them() {
    let mirror = Mirrored::<_, ByLength>::new(BTreeMap::from([("k".to_owned(), 7_i64)])).expect("a map");
    // SAFETY: the mirror lives.
    let list: &PodList<PodEntry<PodText, i64>> = unsafe { &*mirror.as_ptr() };
    // SAFETY: it has one entry.
    let entry = unsafe { &*list.ptr };
    assert_eq!((list.len, entry.key.len, entry.value), (1, 1, 7));
    // SAFETY: a NUL follows the text.
    assert_eq!(unsafe { std::ffi::CStr::from_ptr(entry.key.ptr) }, c"k");
    let mirror = to_pod((1_u8, 2_u32)).expect("a tuple");
    // SAFETY: the mirror lives.
    let tuple: &PodTuple2<u8, u32> = unsafe { &*mirror.as_ptr() };
    assert_eq!((tuple._0, tuple._1, size_of_val(tuple)), (1, 2, 8));
    let mirror = to_pod([1_u16, 2, 3]).expect("an array");
    // SAFETY: the mirror lives.
    let array: &PodArray<u16, 3> = unsafe { &*mirror.as_ptr() };
    assert_eq!((array.items, size_of_val(array)), ([1, 2, 3], 6));
}

#[test]
fn bad_c_forms_are_faults_with_their_path() {
    let mut entries = [PodEntry { key: 1_u8, value: 1_i32 }, PodEntry { key: 1, value: 2 }];
    let list = PodList { ptr: entries.as_mut_ptr(), len: 2 };
    // SAFETY: the list has two entries.
    let fault = unsafe { from_pod::<BTreeMap<u8, bool>>((&raw const list).cast()) }.expect_err("the key is twice");
    assert_eq!(fault.to_string(), "[1].key: the key appears twice");
    let mut values = [1_u8, 2, 1];
    let list = PodList { ptr: values.as_mut_ptr(), len: 3 };
    // SAFETY: the list has three values.
    let fault = unsafe { from_pod::<HashSet<u8>>(&raw const list) }.expect_err("the value is twice");
    assert_eq!(fault.to_string(), "[2]: the value appears twice");
    let list = PodList::<PodEntry<u8, u8>> { ptr: null_mut(), len: 1 };
    // SAFETY: NULL is looked for.
    let fault = unsafe { from_pod::<BTreeMap<u8, u8>>(&raw const list) }.expect_err("no entries");
    assert_eq!(fault.to_string(), "NULL with a length of 1");
    let tuple = PodTuple2 { _0: 0xd800_u32, _1: 1_u8 };
    // SAFETY: a tuple of a number and a byte.
    let fault = unsafe { from_pod::<(char, u8)>(&raw const tuple) }.expect_err("no character");
    assert_eq!(fault.to_string(), "0: 0xd800 is not a Unicode scalar value");
    let array = PodArray { items: [65_u32, 0xd800] };
    // SAFETY: an array of two numbers.
    let fault = unsafe { from_pod::<[char; 2]>(&raw const array) }.expect_err("no character");
    assert_eq!(fault.to_string(), "[1]: 0xd800 is not a Unicode scalar value");
}

#[test]
fn each_is_one_level_of_nesting() {
    let deep = |levels: u32| {
        (1..levels).fold(Piece::Gap, |piece, _| Piece::Index(BTreeMap::from([(String::new(), piece)]), BTreeSet::new()))
    };
    // A variant and its map are two levels each, and the innermost variant one.
    let (within, beyond) = (deep(MAX_NESTING / 2), deep(MAX_NESTING / 2 + 1));
    let bytes = to_cbor(&within).expect("it is within the limit");
    assert_eq!(from_cbor::<Piece>(&bytes, BUDGET).expect("so it is here"), within);
    let mirror = to_pod(within.clone()).expect("and natively");
    // SAFETY: the mirror lives.
    assert_eq!(unsafe { from_pod::<Piece>(mirror.as_ptr()) }.expect("both ways"), within);
    let inner: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let around = from_cbor::<Piece>(&hex(&format!("a1 65496e646578 82 a1 60 {inner} 80")), BUDGET);
    let faults = [to_cbor(&beyond).err(), to_pod(beyond).err(), around.err()];
    for fault in faults {
        let text = fault.expect("too deep").to_string();
        assert!(text.ends_with("nested deeper than 64 levels"), "{text}");
    }
    // Tuples, arrays, sets and times are levels as well; arrays of bytes are none.
    type In8<T> = ((((T,),),),);
    type In63<T> = In8<In8<In8<In8<In8<In8<In8<In8<In8<In8<In8<In8<In8<In8<In8<(((T,),),)>>>>>>>>>>>>>>>;
    let at_the_end = |bytes: &str| format!("{} {bytes}", "81".repeat(63));
    assert!(from_cbor::<In63<[u8; 1]>>(&hex(&at_the_end("4101")), BUDGET).is_ok());
    refuses_deep::<In63<[[u8; 1]; 1]>>(&at_the_end("81 4101"), true);
    refuses_deep::<In63<[[i8; 1]; 1]>>(&at_the_end("81 8101"), false);
    refuses_deep::<In63<std::time::Duration>>(&at_the_end("82 01 01"), true);
    refuses_deep::<In63<(std::time::Duration,)>>(&at_the_end("81 82 01 01"), false);
    refuses_deep::<In63<(std::time::SystemTime,)>>(&at_the_end("81 d903e9 a1 01 01"), false);
    refuses_deep::<In63<BTreeSet<(u8,)>>>(&at_the_end("81 81 01"), false);
    refuses_deep::<In63<BTreeMap<u8, u8>>>(&at_the_end("a1 01 01"), true);
}

/// Asserts that bytes are read, or nest too deep.
#[track_caller]
fn refuses_deep<T: FfiType + std::fmt::Debug>(bytes: &str, is_within: bool) {
    match from_cbor::<T>(&hex(bytes), BUDGET) {
        Ok(_) => assert!(is_within, "it is too deep"),
        Err(fault) => assert!(!is_within && fault.to_string().ends_with("nested deeper than 64 levels"), "{fault}"),
    }
}

#[test]
fn where_the_stack_is_small_large_values_are_refused_and_do_not_overflow_it() {
    type Large = [u8; 20_000];
    let values: BTreeSet<Vec<u8>> = (0..60_u8).map(|at| vec![at; 20_000]).collect();
    let entries: BTreeMap<Vec<u8>, Vec<u8>> = values.iter().map(|value| (value.clone(), value.clone())).collect();
    let (set, map) = (to_cbor(&values).expect("encodes"), to_cbor(&entries).expect("encodes"));
    let mut seen = [[false; 2]; 2];
    for stack in (200..3_200).step_by(60) {
        let (set, map) = (set.clone(), map.clone());
        let read = std::thread::Builder::new().stack_size(stack << 10).spawn(move || {
            let set = from_cbor::<BTreeSet<Large>>(&set, BUDGET << 4).map(|set| set.len());
            let map = from_cbor::<BTreeMap<Large, Large>>(&map, BUDGET << 4).map(|map| map.len());
            [set, map].map(|read| read.map_err(|fault| fault.to_string()))
        });
        let read = read.expect("a thread").join().expect("no panic");
        for (read, seen) in read.into_iter().zip(&mut seen) {
            seen[usize::from(read.is_ok())] = true;
            assert!(read.is_ok() || read.is_err_and(|text| text.contains("of the thread's stack")));
        }
    }
    assert_eq!(seen, [[true; 2]; 2], "each is refused on small stacks, and read on large ones");
}

#[test]
fn they_are_charged_for_what_the_allocator_takes() {
    let block = |bytes: usize| (bytes + size_of::<usize>()).next_multiple_of(16).max(4 * size_of::<usize>()) + 16;
    let least = |bytes: &[u8], read: &dyn Fn(&[u8], usize) -> bool| {
        (0..1 << 16).find(|&budget| read(bytes, budget)).expect("it is read within that")
    };
    let of_tuple = least(&to_cbor(&("a".to_owned(), 1_u8)).expect("encodes"), &|bytes, budget| {
        from_cbor::<(String, u8)>(bytes, budget).is_ok()
    });
    assert_eq!(of_tuple, block(2), "a tuple takes what its values do");
    let of_array =
        least(&to_cbor(&[1_u32, 2]).expect("encodes"), &|bytes, budget| from_cbor::<[u32; 2]>(bytes, budget).is_ok());
    assert_eq!(of_array, block(8), "an array is a list for as long as it is read");
    let of_arc =
        least(&to_cbor(&1_u64).expect("encodes"), &|bytes, budget| from_cbor::<Arc<u64>>(bytes, budget).is_ok());
    assert_eq!(of_arc, block(8 + 2 * size_of::<usize>()));
    let of_map = least(&to_cbor(&BTreeMap::from([(1_u64, 1_u64)])).expect("encodes"), &|bytes, budget| {
        from_cbor::<BTreeMap<u64, u64>>(bytes, budget).is_ok()
    });
    assert!(of_map >= block(11 * 16), "a tree has its first node: {of_map}");
    let of_set = least(&to_cbor(&HashSet::from([1_u64])).expect("encodes"), &|bytes, budget| {
        from_cbor::<HashSet<u64>>(bytes, budget).is_ok()
    });
    assert!(of_set >= block(4 * 8 + 4 + 16), "a table has its first places: {of_set}");
}
