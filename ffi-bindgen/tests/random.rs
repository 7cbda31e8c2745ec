//! Any value, in any CBOR form, comes out of C as another encoder writes it; any bytes are survived.

mod support;

use ciborium::Value;
use ffi_runtime::schema::{DataVariant, Library, Payload, Shape, Type};
use support::echo::Echo;
use support::random::Random;
use support::{every_given, everything, hex};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// How deep the values of recursive types go.
const DEPTH: usize = 4;

#[test]
fn values_survive_c_whatever_form_they_come_in() {
    let echo = Echo::of("random");
    let (library, mut random) = (everything(), Random::new(1));
    let mut responses = Vec::new();
    let mut expected = Vec::new();
    for (name, ty) in every_given().iter().cycle().take(1500) {
        let value = value(ty, &library, &mut random, DEPTH);
        let canonical = encoded(&value);
        let mut strange = Vec::new();
        write_strangely(&value, &mut random, &mut strange);
        responses.extend([canonical.clone(), strange].map(|bytes| (format!("all_give_{name}"), bytes)));
        expected.extend([canonical.clone(), canonical]);
    }
    for (((name, response), outcome), expected) in responses.iter().zip(echo.pass(&responses)).zip(expected) {
        let sent = outcome.unwrap_or_else(|fault| panic!("{name}: fault {fault} in {}", hex(response)));
        assert!(sent == expected, "{name} from {}:\n{} is not\n{}", hex(response), hex(&sent), hex(&expected));
    }
}

#[test]
fn broken_bytes_are_faults_or_values_and_nothing_else() {
    let echo = Echo::of("random");
    let (library, mut random) = (everything(), Random::new(2));
    let mut responses = Vec::new();
    for (name, ty) in every_given().iter().cycle().take(4000) {
        let mut bytes = Vec::new();
        let value = value(ty, &library, &mut random, 3);
        if random.one_in(2) {
            bytes = encoded(&value);
        } else {
            write_strangely(&value, &mut random, &mut bytes);
        }
        break_somewhere(&mut bytes, &mut random);
        responses.push((format!("all_give_{name}"), bytes));
    }
    let outcomes = echo.pass(&responses);
    let faults = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    assert!(faults > outcomes.len() / 2 && faults < outcomes.len(), "{faults} faults");
}

fn break_somewhere(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len());
    match random.below(4) {
        0 => bytes.truncate(at),
        1 => bytes[at] ^= 1 << random.below(8),
        2 => bytes[at] = random.byte(),
        _ => bytes.insert(at, random.byte()),
    }
}

fn value(ty: &Type, library: &Library, random: &mut Random, depth: usize) -> Value {
    match ty {
        Type::I8 => Value::from(random.bits(8) as i8),
        Type::I16 => Value::from(random.bits(16) as i16),
        Type::I32 => Value::from(random.bits(32) as i32),
        Type::I64 | Type::Isize => Value::from(random.bits(64) as i64),
        Type::U8 => Value::from(random.bits(8) as u8),
        Type::U16 => Value::from(random.bits(16) as u16),
        Type::U32 => Value::from(random.bits(32) as u32),
        Type::U64 | Type::Usize => Value::from(random.bits(64)),
        Type::F32 => Value::from(f64::from(random.f32())),
        Type::F64 => Value::from(random.f64()),
        Type::Bool => Value::from(random.one_in(2)),
        Type::Char => Value::from(random.character().to_string()),
        Type::String => Value::from(random.text()),
        Type::Bytes => Value::Bytes((0..random.length()).map(|_| random.byte()).collect()),
        Type::List(item) => {
            let len = if depth == 0 { 0 } else { random.length() };
            Value::Array((0..len).map(|_| value(item, library, random, depth - 1)).collect())
        }
        Type::I128 | Type::U128 => wide(*ty == Type::I128, random),
        Type::Duration => Value::Array(vec![random.bits(33).into(), (random.below(1_000_000_000) as u64).into()]),
        Type::Time => {
            let secs = random.bits(35) as i64 >> random.below(36);
            let entries = vec![(1.into(), secs.into()), ((-9).into(), (random.below(1_000_000_000) as u64).into())];
            Value::Tag(TIME, Box::new(Value::Map(entries)))
        }
        Type::Path => random.text().into(),
        Type::IpAddr => std::net::IpAddr::from([random.byte(); 4]).to_string().into(),
        Type::SocketAddr => std::net::SocketAddr::from(([random.byte(); 16], 80)).to_string().into(),
        Type::Tuple(items) => {
            let values = items.iter().map(|item| value(item, library, random, depth.saturating_sub(1)));
            Value::Array(values.collect())
        }
        Type::Array(item, len) if **item == Type::U8 => Value::Bytes((0..*len).map(|_| random.byte()).collect()),
        Type::Array(item, len) => {
            let values = (0..*len).map(|_| value(item, library, random, depth.saturating_sub(1)));
            Value::Array(values.collect())
        }
        Type::Set(item) => {
            let len = if depth == 0 { 0 } else { random.length() };
            let values = (0..len).map(|_| (value(item, library, random, depth - 1), Value::Null));
            Value::Tag(KEYED, Box::new(Value::Array(in_order(values.collect()).into_iter().map(|it| it.0).collect())))
        }
        Type::Map(key, of) => {
            let len = if depth == 0 { 0 } else { random.length() };
            let entries = (0..len)
                .map(|_| (value(key, library, random, depth - 1), value(of, library, random, depth - 1)))
                .collect();
            Value::Tag(KEYED, Box::new(Value::Map(in_order(entries))))
        }
        Type::Option(_) if depth == 0 || random.one_in(3) => Value::Null,
        Type::Option(item) => value(item, library, random, depth - 1),
        Type::Boxed(item) => value(item, library, random, depth.saturating_sub(1)),
        Type::Named(name) => named_value(name, library, random, depth.saturating_sub(1)),
    }
}

/// The tag of times, and one that marks maps and sets here and is not sent.
const TIME: u64 = 1001;
const KEYED: u64 = 0xfeed;

/// An integer of up to 128 bits.
fn wide(is_signed: bool, random: &mut Random) -> Value {
    let words = (u128::from(random.bits(64)) << 64 | u128::from(random.bits(64))) >> random.below(128);
    let is_negative = is_signed && random.one_in(2);
    let number = if is_signed { words >> 1 } else { words };
    match u64::try_from(number) {
        Ok(number) if is_negative => {
            Value::Integer(ciborium::value::Integer::try_from(!i128::from(number)).expect("CBOR holds it"))
        }
        Ok(number) => number.into(),
        Err(_) => {
            let zeros = number.leading_zeros() as usize / 8;
            Value::Tag(if is_negative { 3 } else { 2 }, Box::new(Value::Bytes(number.to_be_bytes()[zeros..].to_vec())))
        }
    }
}

/// Each key once, in the order of their bytes.
fn in_order(entries: Vec<(Value, Value)>) -> Vec<(Value, Value)> {
    let bytes = |key: &Value| encoded(key);
    let sorted: std::collections::BTreeMap<_, _> = entries.into_iter().map(|entry| (bytes(&entry.0), entry)).collect();
    sorted.into_values().collect()
}

/// The library's own bytes.
fn encoded(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(&unmarked(value), &mut bytes).unwrap();
    bytes
}

fn unmarked(value: &Value) -> Value {
    match value {
        Value::Tag(KEYED, inner) => unmarked(inner),
        Value::Tag(tag, inner) => Value::Tag(*tag, Box::new(unmarked(inner))),
        Value::Array(items) => Value::Array(items.iter().map(unmarked).collect()),
        Value::Map(entries) => Value::Map(entries.iter().map(|(k, v)| (unmarked(k), unmarked(v))).collect()),
        plain => plain.clone(),
    }
}

fn named_value(name: &str, library: &Library, random: &mut Random, depth: usize) -> Value {
    let def = library.types.iter().find(|def| def.name == name).unwrap();
    match &def.shape {
        Shape::Enumeration { variants } => Value::from(variants[random.below(variants.len())].name.clone()),
        Shape::Record { fields } => {
            let pairs = fields.iter().map(|f| (f.name.clone().into(), value(&f.ty, library, random, depth)));
            Value::Map(pairs.collect())
        }
        Shape::DataEnum { variants } => {
            // What is deep ends with a variant that holds nothing, where there is one.
            let unit = variants.iter().find(|variant| depth == 0 && variant.payload == Payload::Unit);
            let DataVariant { name, payload, fields, .. } =
                unit.unwrap_or_else(|| &variants[random.below(variants.len())]);
            let mut held = fields
                .iter()
                .map(|f| (f.name.clone().into(), value(&f.ty, library, random, depth)))
                .collect::<Vec<_>>();
            let held = match payload {
                Payload::Unit => return name.clone().into(),
                Payload::Value => held.remove(0).1,
                Payload::Tuple => Value::Array(held.into_iter().map(|(_, value)| value).collect()),
                Payload::Fields => Value::Map(held),
            };
            Value::Map(vec![(name.clone().into(), held)])
        }
    }
}

/// Writes the value in a form that no encoder would choose and every decoder must know.
fn write_strangely(value: &Value, random: &mut Random, out: &mut Vec<u8>) {
    while random.one_in(8) {
        head(6, random.bits(64), random, out);
    }
    match value {
        Value::Integer(number) if i128::from(*number) < 0 => {
            head(1, u64::try_from(-1 - i128::from(*number)).unwrap(), random, out);
        }
        Value::Integer(number) => head(0, u64::try_from(*number).unwrap(), random, out),
        // A variant that holds nothing may stand in a map.
        Value::Text(text) if text == "Rule" && random.one_in(3) => many(5, 1, random, out, |_, random, out| {
            string(3, text.as_bytes(), random, out);
            out.push(0xf6);
        }),
        Value::Text(text) => string(3, text.as_bytes(), random, out),
        Value::Tag(KEYED, inner) => keyed(inner, random, out),
        Value::Tag(tag, inner) => tagged(*tag, inner, random, out),
        Value::Bytes(bytes) => string(2, bytes, random, out),
        Value::Array(items) => many(4, items.len(), random, out, |i, random, out| {
            write_strangely(&items[i], random, out);
        }),
        Value::Map(pairs) => map(pairs, random, out),
        Value::Float(number) if random.one_in(2) => {
            out.push(0xfb);
            out.extend(number.to_bits().to_be_bytes());
        }
        plain => ciborium::into_writer(plain, out).unwrap(),
    }
}

/// A map or a set, in any order.
fn keyed(value: &Value, random: &mut Random, out: &mut Vec<u8>) {
    let (major, mut entries) = match value {
        Value::Map(entries) => (5, entries.clone()),
        Value::Array(items) => (4, items.iter().map(|item| (item.clone(), Value::Null)).collect()),
        _ => unreachable!("no other is marked"),
    };
    for last in (1..entries.len()).rev() {
        entries.swap(last, random.below(last + 1));
    }
    many(major, entries.len(), random, out, |i, random, out| {
        write_strangely(&entries[i].0, random, out);
        if major == 5 {
            write_strangely(&entries[i].1, random, out);
        }
    });
}

/// What has a tag that counts: a time, in which keys below zero that nobody knows may stand, or a large integer.
fn tagged(tag: u64, value: &Value, random: &mut Random, out: &mut Vec<u8>) {
    head(6, tag, random, out);
    match value {
        Value::Bytes(digits) => {
            let zeros = vec![0; random.below(4)];
            string(2, &[zeros, digits.clone()].concat(), random, out);
        }
        Value::Map(entries) => {
            let mut entries = entries.clone();
            if random.one_in(3) {
                entries.push(((-5).into(), Value::Array(vec![Value::Null])));
            }
            for last in (1..entries.len()).rev() {
                entries.swap(last, random.below(last + 1));
            }
            many(5, entries.len(), random, out, |i, random, out| {
                write_strangely(&entries[i].0, random, out);
                write_strangely(&entries[i].1, random, out);
            });
        }
        _ => unreachable!("no other has a tag"),
    }
}

/// A head whose argument may be longer than it must.
fn head(major: u8, value: u64, random: &mut Random, out: &mut Vec<u8>) {
    let least = [24, 1 << 8, 1 << 16, 1 << 32].iter().filter(|limit| value >= **limit).count();
    let width = least + random.below(5 - least);
    let bytes = value.to_be_bytes();
    if width == 0 {
        out.push(major << 5 | bytes[7]);
    } else {
        out.push(major << 5 | (23 + u8::try_from(width).unwrap()));
        out.extend(&bytes[8 - (1 << (width - 1))..]);
    }
}

fn string(major: u8, bytes: &[u8], random: &mut Random, out: &mut Vec<u8>) {
    if random.one_in(2) {
        head(major, bytes.len() as u64, random, out);
        out.extend(bytes);
        return;
    }
    out.push(major << 5 | 31);
    let mut rest = bytes;
    while !rest.is_empty() || random.one_in(4) {
        let mut end = random.below(rest.len() + 1);
        // RFC 8949, 3.2.3: each chunk of a text is a text, and no character stands in two.
        while major == 3 && rest.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
            end += 1;
        }
        let (chunk, more) = rest.split_at(end);
        head(major, chunk.len() as u64, random, out);
        out.extend(chunk);
        rest = more;
    }
    out.push(0xff);
}

/// The keys shuffled, nulls left out, and keys that nobody knows.
fn map(pairs: &[(Value, Value)], random: &mut Random, out: &mut Vec<u8>) {
    let mut pairs: Vec<_> = pairs.to_vec();
    // A variant's map has its one entry.
    let is_variant =
        matches!(&pairs[..], [(Value::Text(name), _)] if ["Text", "Maybe", "Pair", "Head", "Quote"].contains(&&**name));
    pairs.retain(|(_, value)| is_variant || !(value.is_null() && random.one_in(2)));
    while !is_variant && random.one_in(3) {
        let values = [Value::from(1), Value::from(vec![Value::Null, Value::from("x")]), Value::Map(vec![])];
        let keys = [Value::from("no such key"), Value::from(""), Value::from(-5), Value::Bytes(vec![1])];
        pairs.push((keys[random.below(4)].clone(), values[random.below(3)].clone()));
    }
    for last in (1..pairs.len()).rev() {
        pairs.swap(last, random.below(last + 1));
    }
    many(5, pairs.len(), random, out, |i, random, out| {
        write_strangely(&pairs[i].0, random, out);
        write_strangely(&pairs[i].1, random, out);
    });
}

fn many(
    major: u8,
    count: usize,
    random: &mut Random,
    out: &mut Vec<u8>,
    mut write: impl FnMut(usize, &mut Random, &mut Vec<u8>),
) {
    let indefinite = random.one_in(2);
    if indefinite {
        out.push(major << 5 | 31);
    } else {
        head(major, count as u64, random, out);
    }
    (0..count).for_each(|i| write(i, random, out));
    if indefinite {
        out.push(0xff);
    }
}
