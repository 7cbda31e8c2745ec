use super::{Way, Wire};
use ffi_runtime::schema::{FORMAT, Library, Options, Target, Type};

fn library() -> Library {
    Library {
        format: FORMAT,
        name: "l".to_owned(),
        version: String::new(),
        docs: String::new(),
        target: Target { pointer_bits: 64, little_endian: true },
        options: Options::DEFAULT,
        functions: Vec::new(),
        events: Vec::new(),
        types: Vec::new(),
        abi_hash: 0,
    }
}

/// Whether a library that reads the second type understands an old caller that writes the first.
fn reads(written: &Type, read: &Type) -> bool {
    let (old, new) = (library(), library());
    Wire::new(&old, &new).reads(written, read, Way::Request)
}

fn map(key: Type, value: Type) -> Type {
    Type::Map(Box::new(key), Box::new(value))
}

fn set(item: Type) -> Type {
    Type::Set(Box::new(item))
}

fn list(item: Type) -> Type {
    Type::List(Box::new(item))
}

fn array(item: Type, len: u64) -> Type {
    Type::Array(Box::new(item), len)
}

fn pair(first: Type, second: Type) -> Type {
    Type::Tuple(vec![first, second])
}

#[test]
fn what_is_the_same_on_the_wire_is_understood() {
    for (written, read) in [
        (map(Type::U8, Type::U8), map(Type::U16, Type::U32)),
        (set(Type::U8), set(Type::I16)),
        (set(Type::U8), list(Type::U16)),
        (array(Type::I8, 2), list(Type::I16)),
        (array(Type::I8, 2), array(Type::I16, 2)),
        (array(Type::U8, 2), Type::Bytes),
        (array(Type::I8, 2), pair(Type::I16, Type::I64)),
        (pair(Type::I8, Type::I16), array(Type::I16, 2)),
        (pair(Type::I8, Type::I16), list(Type::I16)),
        (pair(Type::U8, Type::Char), pair(Type::U16, Type::String)),
        (Type::U64, Type::I128),
        (Type::U64, Type::U128),
        (Type::I64, Type::I128),
        (Type::IpAddr, Type::String),
        (Type::IpAddr, Type::Path),
        (Type::String, Type::Path),
        (Type::Duration, Type::Duration),
        (Type::Time, Type::Option(Box::new(Type::Time))),
    ] {
        assert!(reads(&written, &read), "{written:?} as {read:?}");
    }
}

#[test]
fn what_may_be_refused_is_not() {
    for (written, read) in [
        (map(Type::U16, Type::U8), map(Type::U8, Type::U8)),
        (map(Type::U8, Type::U8), map(Type::U8, Type::Bool)),
        (map(Type::U8, Type::U8), list(pair(Type::U8, Type::U8))),
        (list(Type::U8), set(Type::U8)),
        (list(Type::U8), array(Type::U8, 2)),
        (Type::Bytes, array(Type::U8, 2)),
        (array(Type::U8, 2), list(Type::U16)),
        (array(Type::U8, 2), array(Type::U16, 2)),
        (array(Type::U8, 2), pair(Type::U8, Type::U8)),
        (array(Type::U8, 2), array(Type::U8, 3)),
        (pair(Type::U8, Type::U8), array(Type::U8, 2)),
        (pair(Type::U8, Type::U8), Type::Tuple(vec![Type::U8])),
        (Type::I64, Type::U128),
        (Type::I128, Type::I64),
        (Type::I128, Type::U128),
        (Type::String, Type::IpAddr),
        (Type::IpAddr, Type::SocketAddr),
        (Type::Duration, pair(Type::U64, Type::U32)),
        (Type::Time, Type::Duration),
    ] {
        assert!(!reads(&written, &read), "{written:?} as {read:?}");
    }
}
