//! Bytes that say the same in another form, and bytes that were harmed.

use super::blocks;
use ciborium::Value;
use fastrand::Rng;

/// Writes a value in any form that the standard has for it: heads wider than need be, lengths left
/// open, tags, bignums, maps in another order and with keys that nobody knows.
pub(crate) fn another_form(value: &Value, rng: &mut Rng, out: &mut Vec<u8>) {
    if rng.u8(..) < 16 {
        head(6, bits_but_bignum(rng), rng, out);
    }
    match value {
        Value::Integer(number) => integer(i128::from(*number), rng, out),
        Value::Text(text) => chunks(3, text.as_bytes(), rng, out),
        Value::Bytes(bytes) => chunks(2, bytes, rng, out),
        Value::Array(items) => {
            let is_open = open(4, items.len(), rng, out);
            items.iter().for_each(|item| another_form(item, rng, out));
            close(is_open, out);
        }
        Value::Map(entries) => map(entries, rng, out),
        other => ciborium::into_writer(other, out).expect("encodes"),
    }
}

fn map(entries: &[(Value, Value)], rng: &mut Rng, out: &mut Vec<u8>) {
    let mut entries = entries.to_vec();
    if rng.bool() {
        rng.shuffle(&mut entries);
    }
    let unknown = if blocks::is_variant(&entries) { 0 } else { rng.usize(0..4).saturating_sub(1) };
    for _ in 0..unknown {
        let key = rng.choice([Value::from("nobody knows this key"), Value::from(7), Value::Null, Value::from("")]);
        let value = rng.choice([Value::from(vec![Value::Null; 3]), Value::from("é"), Value::from(-1.5)]);
        entries.insert(rng.usize(0..=entries.len()), (key.expect("a key"), value.expect("a value")));
    }
    let is_open = open(5, entries.len(), rng, out);
    for (key, value) in &entries {
        another_form(key, rng, out);
        another_form(value, rng, out);
    }
    close(is_open, out);
}

fn integer(number: i128, rng: &mut Rng, out: &mut Vec<u8>) {
    let (major, tag, rest) = if number < 0 { (1, 3, -1 - number) } else { (0, 2, number) };
    let rest = u64::try_from(rest).expect("an integer of CBOR");
    if rng.u8(..) >= 16 {
        return head(major, rest, rng, out);
    }
    head(6, tag, rng, out);
    let zeros = vec![0; rng.usize(0..3)];
    chunks(2, &[&zeros[..], &rest.to_be_bytes()].concat(), rng, out);
}

/// A text or byte string, now and then in chunks, which end between two characters.
fn chunks(major: u8, bytes: &[u8], rng: &mut Rng, out: &mut Vec<u8>) {
    if rng.u8(..) >= 32 {
        head(major, bytes.len() as u64, rng, out);
        return out.extend(bytes);
    }
    out.push(major << 5 | 31);
    let mut at = rng.usize(0..=bytes.len());
    while major == 3 && bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
        at += 1;
    }
    for chunk in [&bytes[..at], &bytes[at..]] {
        head(major, chunk.len() as u64, rng, out);
        out.extend(chunk);
    }
    out.push(0xff);
}

fn open(major: u8, len: usize, rng: &mut Rng, out: &mut Vec<u8>) -> bool {
    let is_open = rng.u8(..) < 64;
    if is_open {
        out.push(major << 5 | 31)
    } else {
        head(major, len as u64, rng, out)
    }
    is_open
}

fn close(is_open: bool, out: &mut Vec<u8>) {
    out.extend(is_open.then_some(0xff));
}

/// A head in one of the widths that hold its number, mostly the shortest.
fn head(major: u8, number: u64, rng: &mut Rng, out: &mut Vec<u8>) {
    let shortest = match number {
        0..=23 => 0,
        24..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 3,
        _ => 4,
    };
    let width = if rng.u8(..) < 32 { rng.u8(shortest..=4) } else { shortest };
    let bytes = number.to_be_bytes();
    match width {
        0 => out.push(major << 5 | number as u8),
        width => {
            out.push(major << 5 | (23 + width));
            out.extend(&bytes[8 - (1 << (width - 1))..]);
        }
    }
}

fn bits_but_bignum(rng: &mut Rng) -> u64 {
    4 + (rng.u64(..) >> rng.u32(4..64))
}

/// Harms the bytes in one of several ways.
pub(crate) fn harm(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let at = rng.usize(0..bytes.len().max(1)).min(bytes.len().saturating_sub(1));
    let to = rng.usize(at..=bytes.len());
    match rng.u8(0..7) {
        _ if bytes.is_empty() => {}
        0 => bytes.truncate(at),
        1 => bytes[at] = rng.u8(..),
        2 => bytes[at] ^= 1 << rng.u8(0..8),
        // What takes the place of a head: a break, reserved bits, an endless length, a tag.
        3 => bytes[at] = rng.choice([0xff, 0xfc, 0x1f, 0xdf, 0x9f, 0xbf, 0x7f, 0xf8, 0xc2, 0xf6]).expect("a byte"),
        4 => drop(bytes.drain(at..to.min(at + 8))),
        5 => {
            let piece = bytes[at..to.min(at + 40)].to_vec();
            let place = rng.usize(0..=bytes.len());
            drop(bytes.splice(place..place, piece));
        }
        _ => bytes.push(rng.u8(..)),
    }
}

/// A map with one of its entries once more, anywhere.
pub(crate) fn with_duplicate(value: &mut Value, rng: &mut Rng) {
    if let Value::Map(entries) = value
        && let Some(entry) = rng.choice(entries.clone())
    {
        entries.insert(rng.usize(0..=entries.len()), entry);
    }
}
