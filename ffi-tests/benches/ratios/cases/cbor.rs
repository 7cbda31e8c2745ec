//! The CBOR form alone, against serde's by ciborium. The goals are of instructions, which these
//! times follow.

use crate::measure::{Case, Work, repeat};
use benched::record::Record;
use ciborium::Value;
use ffi_runtime::FfiType;
use ffi_runtime::cbor::Writer;
use std::hint::black_box;

/// More memory than the record takes.
const BUDGET: usize = 1 << 20;

pub(crate) fn cases() -> Vec<Case> {
    let record = Record::with_messages(10);
    let canonical = ffi_runtime::to_cbor(&record).expect("a record has a CBOR form");
    let reversed = bytes(&with_keys_reversed(ciborium::from_reader(&*canonical).expect("it is CBOR")));
    for bytes in [&canonical, &reversed] {
        assert_eq!(ours(bytes), record);
        assert_eq!(theirs(bytes), record);
    }
    vec![
        Case::new("CBOR: encode, record of 10", encode(&record), ("ciborium", encode_by_serde(&record)), 0.30),
        decode("CBOR: decode, as this library encodes", &canonical, 0.25),
        decode("CBOR: decode, keys in another order", &reversed, 1.15),
    ]
}

/// Both sides encode into a buffer that is kept, which has the room already.
fn encode(record: &Record) -> Work {
    let (record, mut buffer) = (record.clone(), Vec::new());
    repeat(move || {
        buffer.clear();
        black_box(&record).encode(&mut Writer::new(&mut buffer)).expect("a record has a CBOR form");
        black_box(buffer.as_ptr());
    })
}

fn encode_by_serde(record: &Record) -> Work {
    let (record, mut buffer) = (record.clone(), Vec::new());
    repeat(move || {
        buffer.clear();
        ciborium::into_writer(black_box(&record), &mut buffer).expect("memory takes everything");
        black_box(buffer.as_ptr());
    })
}

fn decode(name: &'static str, bytes: &[u8], most: f64) -> Case {
    let [bytes, same] = [bytes.to_vec(), bytes.to_vec()];
    let work = repeat(move || ours(black_box(&bytes)));
    Case::new(name, work, ("ciborium", repeat(move || theirs(black_box(&same)))), most)
}

fn ours(bytes: &[u8]) -> Record {
    ffi_runtime::from_cbor(bytes, BUDGET).expect("the record's CBOR")
}

fn theirs(bytes: &[u8]) -> Record {
    ciborium::from_reader(bytes).expect("the record's CBOR")
}

fn bytes(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("memory takes everything");
    bytes
}

/// The value with the keys of every map in another order.
fn with_keys_reversed(value: Value) -> Value {
    match value {
        Value::Map(pairs) => {
            Value::Map(pairs.into_iter().rev().map(|(key, value)| (key, with_keys_reversed(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(with_keys_reversed).collect()),
        other => other,
    }
}
