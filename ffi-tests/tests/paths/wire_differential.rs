//! The wire form agrees with ciborium and serde on random values, both ways, and whatever
//! bytes come, the two agree on what is well-formed.

use ffi_runtime::{ffi, from_cbor, to_cbor};
use serde::{Deserialize, Serialize};
use std::iter::repeat_with;

#[ffi(rename_all = "camelCase")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sample {
    small: i8,
    middle: i32,
    large: i64,
    huge: u64,
    single: f32,
    double: f64,
    is_set: bool,
    letter: char,
    text: String,
    kind: Kind,
    shape: Shape,
    numbers: Vec<i16>,
    texts: Vec<String>,
    maybe: Option<u32>,
    maybe_text: Option<String>,
    boxed: Box<u16>,
    inner: Vec<Sample>,
    next: Option<Box<Sample>>,
}

#[ffi]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    First,
    Second,
}

/// As serde has enums whose variants hold something, if nothing else is asked of it.
#[ffi]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Point,
    Circle(u32),
    Box(i16, Option<String>),
    #[ffi(rename_all = "camelCase")]
    #[serde(rename_all = "camelCase")]
    Group {
        is_closed: bool,
        shapes: Vec<Shape>,
        around: Option<Box<Shape>>,
    },
}

const BUDGET: usize = 1 << 24;

fn text(rng: &mut fastrand::Rng) -> String {
    let len = rng.usize(0..40);
    (0..len).map(|_| rng.char(..)).collect()
}

/// Any bits, or a small number, so that every width is met.
fn bits(rng: &mut fastrand::Rng) -> u64 {
    rng.u64(..) >> rng.u32(0..64)
}

fn shape(rng: &mut fastrand::Rng, depth: u32) -> Shape {
    match rng.u8(0..if depth == 0 { 3 } else { 5 }) {
        0 => Shape::Point,
        1 => Shape::Circle(bits(rng) as u32),
        2 => Shape::Box(bits(rng) as i16, rng.bool().then(|| text(rng))),
        _ => Shape::Group {
            is_closed: rng.bool(),
            shapes: (0..rng.usize(0..3)).map(|_| shape(rng, depth - 1)).collect(),
            around: rng.bool().then(|| Box::new(shape(rng, depth - 1))),
        },
    }
}

fn sample(rng: &mut fastrand::Rng, depth: u32) -> Sample {
    let inner = if depth == 0 { 0 } else { rng.usize(0..3) };
    let double = if rng.bool() { f64::from_bits(rng.u64(..)) } else { f64::from(f32::from_bits(rng.u32(..))) };
    Sample {
        small: bits(rng) as i8,
        middle: bits(rng) as i32,
        large: bits(rng) as i64,
        huge: bits(rng),
        single: Some(f32::from_bits(rng.u32(..))).filter(|f| !f.is_nan()).unwrap_or(-0.0),
        double: Some(double).filter(|f| !f.is_nan()).unwrap_or(65_504.0),
        is_set: rng.bool(),
        letter: rng.char(..),
        text: text(rng),
        kind: if rng.bool() { Kind::First } else { Kind::Second },
        shape: shape(rng, depth),
        numbers: (0..rng.usize(0..20)).map(|_| bits(rng) as i16).collect(),
        texts: (0..rng.usize(0..4)).map(|_| text(rng)).collect(),
        maybe: rng.bool().then(|| rng.u32(..)),
        maybe_text: rng.bool().then(|| text(rng)),
        boxed: Box::new(rng.u16(..)),
        inner: (0..inner).map(|_| sample(rng, depth - 1)).collect(),
        next: (depth > 0 && rng.bool()).then(|| Box::new(sample(rng, depth - 1))),
    }
}

#[test]
fn random_values_have_the_same_bytes_and_come_back() {
    let mut rng = fastrand::Rng::with_seed(7);
    for _ in 0..2_000 {
        let value = sample(&mut rng, 3);
        let ours = to_cbor(&value).expect("encodes");
        let mut theirs = Vec::new();
        ciborium::into_writer(&value, &mut theirs).expect("encodes");
        assert_eq!(ours, theirs);
        assert_eq!(from_cbor::<Sample>(&theirs, BUDGET).expect("decodes"), value);
        assert_eq!(ciborium::from_reader::<Sample, _>(&ours[..]).expect("decodes"), value);
    }
}

#[test]
fn whatever_we_accept_of_mutated_bytes_means_the_same_to_ciborium() {
    let mut rng = fastrand::Rng::with_seed(8);
    let mut accepted = 0;
    for _ in 0..20_000 {
        let mut bytes = to_cbor(&sample(&mut rng, 1)).expect("encodes");
        for _ in 0..rng.usize(1..3) {
            let at = rng.usize(0..bytes.len());
            bytes[at] = rng.u8(..);
        }
        let Ok(ours) = from_cbor::<Sample>(&bytes, BUDGET) else { continue };
        accepted += 1;
        // ciborium refuses some of what we accept (keys that are no text, say), never reads it
        // as something else.
        if let Ok(theirs) = ciborium::from_reader::<Sample, _>(&bytes[..]) {
            assert_eq!(to_cbor(&ours).expect("encodes"), to_cbor(&theirs).expect("encodes"));
        }
    }
    assert!(accepted > 1_000, "only {accepted} were accepted: the mutations are too rough to tell anything");
}

#[test]
fn random_bytes_never_panic() {
    let mut rng = fastrand::Rng::with_seed(9);
    for _ in 0..50_000 {
        let len = rng.usize(0..64);
        let bytes: Vec<u8> = repeat_with(|| rng.u8(..)).take(len).collect();
        let _ = from_cbor::<Sample>(&bytes, BUDGET);
        let _ = from_cbor::<every::everything::Everything>(&bytes, BUDGET);
        let _ = from_cbor::<Vec<u8>>(&bytes, BUDGET);
    }
}
