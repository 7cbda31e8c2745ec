//! What cannot be changed, as keys and what an `Arc` shares, is written natively as it is: nothing goes through CBOR.

use ffi_runtime::__private_0_1_0::{Answer, Present, SchemaBuilder};
use ffi_runtime::schema::Type;
use ffi_runtime::{ByLength, Fault, FfiType, TextForm, cbor, ffi, from_pod, pod, to_pod};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem::MaybeUninit;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// A number without a form in CBOR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Native(u8);

// SAFETY: the number's form.
unsafe impl FfiType for Native {
    type Pod<F: TextForm> = u8;

    unsafe fn from_pod<F: TextForm>(pod: *const u8, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { u8::from_pod(pod, reader) }.map(Self)
    }

    unsafe fn write_pod<F: TextForm>(&mut self, place: *mut u8, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { self.write_shared(place, writer) }
    }

    unsafe fn write_shared<F: TextForm>(&self, place: *mut u8, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { self.0.write_shared(place, writer) }
    }

    fn encode(&self, _writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        panic!("{self:?} was serialized")
    }

    fn decode(_reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        panic!("it was serialized")
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::U8
    }
}

impl Present for Native {}

/// A record of such numbers.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    /// One.
    one: Native,
    /// One behind a pointer, if there is one.
    boxed: Option<Box<Native>>,
    /// Several, and a text.
    pair: (VecDeque<Native>, String),
    /// A fixed number.
    fixed: [Native; 2],
    /// Some of its own.
    within: Vec<Holder>,
}

/// Variants with such numbers.
#[ffi]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Choice {
    /// Nothing.
    Gap,
    /// One.
    One(Native),
    /// Two.
    Two(Native, Box<[Native]>),
    /// With names.
    Named {
        /// A record.
        holder: Holder,
        /// Others.
        others: Vec<Choice>,
    },
}

/// An enum without data.
#[ffi]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// The one.
    Left,
    /// The other.
    Right,
}

macro_rules! many {
    ($($field:ident)*) => {
        /// More fields than are expanded in place.
        #[ffi]
        #[derive(Clone, Debug, Default, PartialEq)]
        struct Many {
            $(
                /// One of them.
                $field: Native,
            )*
            /// A text.
            text: String,
        }
    };
}

many! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9
    e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 g0 g1 g2 g3 g4 g5 g6 g7 g8 g9
}

/// The value comes back natively, while somebody else has it too.
#[track_caller]
fn passes<T: FfiType + Clone + PartialEq + std::fmt::Debug>(value: T) {
    let shared = Arc::new(value);
    let mirror = to_pod(Arc::clone(&shared)).expect("it has a C form");
    // SAFETY: the mirror lives.
    let copy = unsafe { from_pod::<Arc<T>>(mirror.as_ptr()) }.map_err(|fault| fault.to_string());
    assert_eq!(copy, Ok(shared));
}

/// A queue whose first value stands behind the others in memory.
fn in_two_places<T, const N: usize>(first: T, others: [T; N]) -> VecDeque<T> {
    let mut values = VecDeque::with_capacity(2 * N);
    values.extend(others);
    values.push_front(first);
    assert_eq!((values.as_slices().0.len(), values.as_slices().1.len()), (1, N));
    values
}

fn holder() -> Holder {
    let inner = Holder { one: Native(1), boxed: Some(Box::new(Native(2))), ..Holder::default() };
    let numbers = in_two_places(Native(3), [Native(4), Native(5)]);
    Holder {
        pair: (numbers, "text".to_owned()),
        fixed: [Native(6), Native(7)],
        within: vec![inner.clone(), inner],
        ..Holder::default()
    }
}

#[test]
fn nothing_that_is_shared_is_serialized() {
    passes(Native(1));
    passes(holder());
    let named = Choice::Named { holder: holder(), others: vec![Choice::Gap, Choice::One(Native(1))] };
    passes(vec![Choice::Two(Native(1), Box::new([Native(2)])), named.clone()]);
    passes(Cow::<'static, [Choice]>::Owned(vec![named.clone()]));
    passes(Cow::<'static, [Native]>::Borrowed(&[Native(1), Native(2)]));
    passes(Cow::<'static, Side>::Borrowed(&Side::Right));
    passes(Many { a0: Native(1), g9: Native(2), text: "text".to_owned(), ..Many::default() });
}

#[test]
fn nor_is_a_key() {
    let named = Choice::Named { holder: holder(), others: Vec::new() };
    passes(BTreeMap::from([(holder(), Side::Left), (Holder::default(), Side::Right)]));
    passes(BTreeMap::from([(Some(Side::Left), Choice::Gap), (None, named.clone())]));
    passes(BTreeSet::from([Choice::Gap, Choice::One(Native(1)), named]));
    passes(BTreeSet::from([Cow::<'static, [Native]>::Borrowed(&[Native(1)])]));
    passes(BTreeSet::from([Box::<[Native]>::from([Native(1)])]));
}

/// A whole result that is bytes or text is these, while somebody else has the value too.
#[track_caller]
fn is_raw<T: FfiType + Clone>(value: T, bytes: &[u8]) {
    let shared = Arc::new(value);
    for mut given in [Arc::clone(&shared), Arc::new((*shared).clone())] {
        let (mut place, mut writer) = (MaybeUninit::uninit(), pod::Writer::<ByLength>::default());
        let raw = given.mirror(&mut place, &mut writer).expect("memory");
        // SAFETY: the value and the writer live.
        assert_eq!(unsafe { std::slice::from_raw_parts(raw.ptr, raw.len) }, bytes);
    }
}

#[test]
fn bytes_and_text_that_are_shared_are_those_of_the_value() {
    is_raw(in_two_places(9_u8, [1, 2, 3]), &[9, 1, 2, 3]);
    is_raw(vec![1_u8, 2], &[1, 2]);
    is_raw(Box::<[u8]>::from([1, 2]), &[1, 2]);
    is_raw(Cow::<'static, [u8]>::Borrowed(&[1, 2]), &[1, 2]);
    is_raw("text".to_owned(), b"text");
    is_raw(Box::<str>::from("text"), b"text");
    is_raw(Cow::<'static, str>::Borrowed("text"), b"text");
    is_raw(Cow::<'static, str>::Owned("text".to_owned()), b"text");
    is_raw(PathBuf::from("/a"), b"/a");
    is_raw(IpAddr::from([127, 0, 0, 1]), b"127.0.0.1");
}
