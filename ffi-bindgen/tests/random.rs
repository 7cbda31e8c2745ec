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
        let mut canonical = Vec::new();
        ciborium::into_writer(&value, &mut canonical).unwrap();
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
            ciborium::into_writer(&value, &mut bytes).unwrap();
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
        Type::Option(_) if depth == 0 || random.one_in(3) => Value::Null,
        Type::Option(item) => value(item, library, random, depth - 1),
        Type::Boxed(item) => value(item, library, random, depth.saturating_sub(1)),
        Type::Named(name) => named_value(name, library, random, depth.saturating_sub(1)),
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
