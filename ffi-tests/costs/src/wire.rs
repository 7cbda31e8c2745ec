//! The CBOR form of a record with ten records in it, by the runtime and by ciborium.

use ffi_runtime::{FfiType, cbor, ffi, from_cbor};
use serde::{Deserialize, Serialize};
use std::hint::black_box;

/// One of several.
#[ffi(rename_all = "camelCase")]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    message: String,
    delay_ms: i64,
}

/// What the example of a timer calls a complex request.
#[ffi(rename_all = "camelCase")]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    messages: Vec<Message>,
    tags: Vec<String>,
    note: Option<String>,
    retries: Option<i64>,
}

/// Does one thing so many times.
pub type Case = fn(u64);

/// What is counted, by name.
const CASES: [(&str, Case); 6] = [
    ("encode", |count| encode(count, counted_encode)),
    ("encode_ciborium", |count| encode(count, counted_encode_ciborium)),
    ("decode", |count| decode(count, &canonical(), counted_decode)),
    ("decode_ciborium", |count| decode(count, &canonical(), counted_decode_ciborium)),
    ("decode_other", |count| decode(count, &in_another_form(), counted_decode)),
    ("decode_other_ciborium", |count| decode(count, &in_another_form(), counted_decode_ciborium)),
];

/// The case of this name.
pub fn case_of(name: &str) -> Option<Case> {
    CASES.iter().find(|(known, _)| *known == name).map(|&(_, case)| case)
}

fn encode(count: u64, by: fn(&Request, &mut Vec<u8>)) {
    let (request, mut buffer) = (request(), Vec::with_capacity(4096));
    for _ in 0..count {
        buffer.clear();
        by(black_box(&request), &mut buffer);
    }
    assert_eq!(buffer, canonical());
}

fn decode(count: u64, bytes: &[u8], by: fn(&[u8]) -> Request) {
    for _ in 0..count {
        black_box(by(black_box(bytes)));
    }
}

// Only these are counted, by their names: what drops a value isn't.

#[inline(never)]
fn counted_encode(request: &Request, buffer: &mut Vec<u8>) {
    request.encode(&mut cbor::Writer::new(buffer)).expect("encodes");
}

#[inline(never)]
fn counted_encode_ciborium(request: &Request, buffer: &mut Vec<u8>) {
    ciborium::into_writer(request, buffer).expect("encodes");
}

#[inline(never)]
fn counted_decode(bytes: &[u8]) -> Request {
    from_cbor(bytes, 1 << 20).expect("decodes")
}

#[inline(never)]
fn counted_decode_ciborium(bytes: &[u8]) -> Request {
    ciborium::from_reader(bytes).expect("decodes")
}

fn request() -> Request {
    let message = |number: i64| Message { message: format!("message number {number}"), delay_ms: 100 * number };
    Request {
        messages: (0..10).map(message).collect(),
        tags: vec!["urgent".to_owned(), "home".to_owned()],
        note: Some("a note to remember".to_owned()),
        retries: Some(3),
    }
}

fn canonical() -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(&request(), &mut bytes).expect("encodes");
    bytes
}

/// The same request with its keys in another order, lengths left open, heads wider than need be and
/// keys that nobody knows.
fn in_another_form() -> Vec<u8> {
    let request = request();
    let mut bytes = vec![0xbf];
    text("retries", &mut bytes);
    bytes.extend([0x18, 3]);
    text("unknown", &mut bytes);
    bytes.extend([0x82, 1, 0xf6]);
    text("tags", &mut bytes);
    bytes.push(0x9f);
    request.tags.iter().for_each(|tag| text(tag, &mut bytes));
    bytes.push(0xff);
    text("note", &mut bytes);
    text(&request.note.expect("a note"), &mut bytes);
    text("messages", &mut bytes);
    bytes.push(0x9f);
    request.messages.iter().for_each(|message| message_in_another_form(message, &mut bytes));
    bytes.extend([0xff, 0xff]);
    bytes
}

fn message_in_another_form(message: &Message, bytes: &mut Vec<u8>) {
    bytes.push(0xbf);
    text("delayMs", bytes);
    bytes.push(0x1b);
    bytes.extend(message.delay_ms.to_be_bytes());
    text("extra", bytes);
    bytes.push(0xf6);
    text("message", bytes);
    text(&message.message, bytes);
    bytes.push(0xff);
}

/// A text whose length stands in a byte of its own.
fn text(text: &str, bytes: &mut Vec<u8>) {
    bytes.extend([0x78, u8::try_from(text.len()).expect("a short text")]);
    bytes.extend(text.as_bytes());
}
